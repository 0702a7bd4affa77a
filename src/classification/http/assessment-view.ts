import { etagOf } from '../../kernel/etag.js';
import { accountsOf, type Principal } from '../../kernel/principal.js';
import { type Language, textIn } from '../../kernel/text.js';
import { strictness, viewsOfItems } from '../../kernel/tier.js';
import { isoOf } from '../../kernel/time.js';
import { sourceText } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import { carries } from '../domain/evidence-carriers.js';
import type { Finding } from '../domain/facts.js';
import { itemTiersAt } from '../domain/hold.js';
import type { Pack } from '../domain/pack.js';
import type { FiredRule, ItemTier, Verdict } from '../domain/verdict.js';
import { contentView } from './sample-view.js';
import type { AssessmentBody, NewerListBody, PreviewBody, RulePackBody } from './assessment-responses.js';

interface PackName {
  readonly id: string;
  readonly version: number;
}

export const ruleView = (rule: FiredRule, pack: PackName, language: Language) => ({
  id: rule.id,
  pack: pack.id,
  version: pack.version,
  reason: rule.reason,
  text: textIn(rule.text, language),
  source: textIn(sourceText(rule.source), language),
  verified: rule.verified,
  outcome: rule.outcome,
  inputs: rule.inputs,
});

export const verdictView = (verdict: Verdict, tier = verdict.tier, proposed = verdict.proposed) => ({
  tier,
  proposed,
  declared: verdict.declared,
  floor: verdict.floor,
  status: verdict.tierStatus,
  abstained: verdict.abstained,
  confidence: verdict.confidence,
});

const itemViews = (items: readonly ItemTier[], findings: readonly Finding[] = [], next: readonly ItemTier[] = []) =>
  items.map(({ name, tier }, at) => {
    const proposed = next[at]?.tier ?? tier;
    const found = findings.filter((finding) => finding.item === name);
    return { name, tier, ...(proposed !== tier && { proposed }), findings: found };
  });

/** What the server would accept from this caller now: an officer decides, never on what they proposed or asked for. */
export function commandsFor(row: AssessmentRow, principal: Principal): string[] {
  const accounts = accountsOf(principal);
  const { state, proposal, proposed_tier: proposed, tier, evidence } = row;
  const theirs = accounts.includes(proposal.by) || accounts.includes(proposal.objection?.by ?? '');
  if (state !== 'proposed' || !principal.roles.includes('officer') || theirs) return [];
  const lowers = proposed !== null && strictness(proposed) < strictness(tier);
  const confirms = proposed !== null && !(lowers && carries(evidence, { accounts, name: principal.name }));
  return [...(confirms ? ['confirm'] : []), 'override', 'return'];
}

export const issueViews = (verdict: Verdict, pack: Pack | null, language: Language) =>
  verdict.issues.map((issue) => ({
    ...issue,
    text: textIn(pack?.issues.find(({ code }) => code === issue.code)?.label ?? {}, language) || issue.code,
  }));

/** What waits for an officer is under review, also where the rules alone would have asked nobody. */
const standingOf = ({ state, verdict }: AssessmentRow): Verdict['tierStatus'] =>
  state === 'proposed' ? 'pending-review' : verdict.tierStatus;

const NO_RISK = { status: 'not-assessed', reason: 'no-content' } as const;

/**
 * The items as they are, and what confirming would make of them. A tier for the whole leaves what is milder to be asked
 * for alone: whoever confirms it has to see which items these are.
 */
function itemsOf({ state, verdict, tier, proposed_tier: proposed, facts }: AssessmentRow) {
  const confirmed = proposed ?? tier;
  const next = state === 'proposed' ? itemTiersAt(verdict, confirmed) : [];
  const milder = viewsOfItems(confirmed, next);
  return {
    items: itemViews(itemTiersAt(verdict, tier), facts.findings, next),
    ...(milder === undefined ? {} : { milder }),
  };
}

/** An assessment as the API shows it. Texts in the caller's language; codes never change. */
export function assessmentView(
  row: AssessmentRow,
  pack: Pack | null,
  language: Language,
  principal: Principal,
): AssessmentBody {
  const { verdict, decision, proposal } = row;
  const named = { id: row.pack, version: row.pack_version };
  return {
    id: row.id,
    dataset: row.dataset,
    datasetTitle: row.facts.title,
    publisher: row.publisher,
    state: row.state,
    verdict: { ...verdictView(verdict, row.tier, row.proposed_tier), status: standingOf(row) },
    ...itemsOf(row),
    risk: row.evidence?.content?.risk ?? NO_RISK,
    rules: verdict.rules.map((rule) => ruleView(rule, named, language)),
    issues: issueViews(verdict, pack, language),
    lowering: [...(row.evidence?.content?.lowering ?? [])],
    content: contentView(row.evidence?.content),
    progress: null,
    failure: null,
    proposal: {
      ...proposal,
      tier: row.proposed_tier,
      evidence: proposal.evidence ?? null,
      objection: proposal.objection?.id ?? null,
    },
    decision: decision === null ? null : { ...decision, grounds: [...decision.grounds] },
    allowedCommands: commandsFor(row, principal),
    group: row.group_key,
    replayHash: row.replay_hash,
    createdAt: isoOf(row.created_at),
    decidedAt: row.decided_at === null ? null : isoOf(row.decided_at),
    etag: etagOf(row.version),
  };
}

export const previewView = (
  verdict: Verdict,
  pack: Pack,
  findings: readonly Finding[] | undefined,
  replayHash: string,
  language: Language,
): PreviewBody => ({
  verdict: verdictView(verdict),
  items: itemViews(verdict.itemTiers, findings),
  rules: verdict.rules.map((rule) => ruleView(rule, pack, language)),
  issues: issueViews(verdict, pack, language),
  replayHash,
});

interface ShownPack {
  readonly pack: Pack;
  readonly shipped: boolean;
  readonly newer: readonly NewerListBody[];
}

/** A rule pack as people read it: every rule with its own words, its source, and whether that text was read. */
export function packView({ pack, shipped, newer }: ShownPack, language: Language): RulePackBody {
  const labels = (list: readonly { code: string; label: { zh?: string; en?: string } }[]) =>
    list.map(({ code, label }) => ({ code, label: textIn(label, language) }));
  return {
    id: pack.id,
    version: pack.version,
    hash: pack.hash,
    origin: shipped ? 'shipped' : 'published',
    title: textIn(pack.title, language),
    tiers: Object.fromEntries(Object.entries(pack.tiers).map(([tier, label]) => [tier, textIn(label, language)])),
    rules: pack.rules.map(({ id, test, outcome, reason, text, source, verified, unless }) => ({
      id,
      test,
      outcome,
      reason,
      text: textIn(text, language),
      source: textIn(sourceText(source), language),
      verified,
      unless: unless ?? [],
    })),
    conditionKinds: [...pack.conditionKinds],
    reasons: labels(pack.reasons),
    verifiedRules: pack.rules.filter((rule) => rule.verified).length,
    newer: [...newer],
  };
}
