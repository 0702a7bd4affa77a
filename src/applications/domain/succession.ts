import { dutyTermOf, isSameTerm } from '../../kernel/duty-term.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { addDays, addMonths, type Day, dayOf, endOfDay, type Instant, startOfDay } from '../../kernel/time.js';
import type { Application, ApplicationRequest, Period, Succession, SuccessionKind } from './application.js';
import { type Facts, type Predecessor, type Rules, rulesOf } from './facts.js';
import type { Entry } from './workflow.js';

const DAY = 86_400_000;

/**
 * The days a renewal or an amendment is for: a renewal begins the day after the grant ends, so that nothing overlaps and
 * nothing is missing; an amendment is for what is left of it.
 */
export function periodOf({ kind }: Succession, { period }: Predecessor, asked: Period, today: Day): Period {
  const from = kind === 'renewal' ? addDays(period.to, 1) : period.from;
  return { from: from < today ? today : from, to: kind === 'renewal' ? asked.to : period.to };
}

/** What the draft begins with: what was granted, and what was said when it was asked for. */
export function requestOf(
  succession: Succession,
  before: Predecessor,
  earlier: ApplicationRequest,
  unknownMembers: readonly string[],
  today: Day,
): ApplicationRequest {
  const { bundle: _left, ...said } = earlier;
  const length = Math.round((startOfDay(before.period.to) - startOfDay(before.period.from)) / DAY);
  const first = periodOf(succession, before, before.period, today).from;
  const last = addMonths(today, MOST_MONTHS);
  const to = addDays(first, length);
  const asked = { from: first, to: to > last ? last : to };
  return {
    ...said,
    datasets: [{ dataset: before.dataset, items: before.items }],
    purpose: { ...said.purpose, category: before.purpose, scenario: before.scenario },
    delivery: before.delivery,
    period: periodOf(succession, before, asked, today),
    members: before.members.filter((one) => !unknownMembers.includes(one)),
  };
}

/** As many as a draft may ask for. */
const MOST_MONTHS = 24;

/** Why the grant cannot be renewed or amended by this application; null where nothing stands against it. */
export function successionBar(state: Pick<Application, 'id' | 'succeeds'>, facts: Facts): Refusal | null {
  const { succeeds } = state;
  if (succeeds === undefined) return null;
  const { predecessor: before } = facts;
  if (before === null) return refusal('grant-ended', `There is no grant ${succeeds.grant}.`);
  return standsAgainst(succeeds.kind, before, state.id, facts.now);
}

function standsAgainst(kind: SuccessionKind, before: Predecessor, application: string | null, now: Instant) {
  const { followedBy, restrained, ended, endsAt } = before;
  if (followedBy !== null && followedBy !== application)
    return refusal('renewal-open', `Application ${followedBy} renews or amends the grant.`, {
      extra: { linked: { application: followedBy, href: `/api/applications/${followedBy}` } },
    });
  if (ended === 'revoked' || ended === 'relinquished') return refusal('grant-ended', `The grant was ${ended}.`);
  if (kind === 'amendment' && (ended !== null || now >= endsAt))
    return refusal('grant-ended', 'The period of the grant is over.');
  return restrained ? refusal('grant-restrained', 'The grant is held or limited.') : null;
}

/** The same when somebody asks for it, when the days count, too: not long before the end, and not long after it. */
export function openingBar(rules: Rules, kind: SuccessionKind, before: Predecessor, now: Instant): Refusal | null {
  if (!before.signed) return refusal('grant-state', 'The agreement of the grant was never accepted.');
  const stopped = standsAgainst(kind, before, null, now);
  if (stopped !== null || kind === 'amendment') return stopped;
  const { opens, closes } = rulesOf(rules, before).workflow.source.routes.renewal;
  const opensOn = addDays(before.period.to, -opens);
  if (dayOf(now) < opensOn)
    return refusal('renewal-too-early', `It can be renewed from ${opensOn}.`, { extra: { opensOn } });
  if (now < endOfDay(addDays(before.period.to, closes))) return null;
  return refusal('grant-ended', `It ended on ${before.period.to}; ask for the data anew.`);
}

/** A renewal or an amendment asks for the one dataset of its grant, for the days that follow from it. */
export function bound(asked: ApplicationRequest, facts: Facts): Result<ApplicationRequest> {
  const { predecessor: before, succeeds } = facts;
  if (before === null || succeeds === null) return ok(asked);
  const [first] = asked.datasets;
  if (asked.datasets.length !== 1 || first?.dataset !== before.dataset) {
    const detail = `It renews or amends a grant of ${before.dataset}.`;
    const code = 'grant-dataset';
    return err(refusal(code, detail, { errors: [{ code, pointer: '/datasets', detail }] }));
  }
  return ok({ ...asked, period: periodOf(succeeds, before, asked.period, dayOf(facts.now)) });
}

const sameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
const daysOf = ({ from, to }: Period): number => startOfDay(to) - startOfDay(from);

/** Whether it asks for nothing but what was granted, under no condition that is new. */
export function isUnchanged({ request }: Pick<Application, 'request'>, facts: Facts): boolean {
  const before = facts.predecessor;
  const [asked] = request.datasets;
  if (before === null || asked === undefined) return false;
  const published = facts.datasets.get(asked.dataset)?.conditions ?? [];
  return (
    sameSet(asked.items, before.items) &&
    sameSet(request.members, before.members) &&
    request.purpose.category === before.purpose &&
    request.purpose.scenario === before.scenario &&
    request.delivery === before.delivery &&
    daysOf(request.period) <= daysOf(before.period) &&
    published.every((one) => before.conditions.some((other) => other.kind === one.kind && isSameTerm(other, one)))
  );
}

/** Where a submission enters the life cycle, as the workflow says of what it is. */
export function entryOf({ workflow }: Rules, state: Application, facts: Facts): Entry | 'approved' {
  const { application, ...succeeding } = workflow.source.routes;
  const route = state.succeeds === undefined ? application : succeeding[state.succeeds.kind];
  if (route.unconditional !== undefined && isUnconditional(state, facts)) return route.unconditional;
  return state.succeeds?.kind === 'renewal' && isUnchanged(state, facts) ? succeeding.renewal.unchanged : route.enters;
}

const isUnconditional = ({ request }: Pick<Application, 'request'>, { datasets }: Facts): boolean =>
  request.datasets.every(({ dataset }) => datasets.get(dataset)?.unconditional === true);

/** What an approver added to the earlier grant: what is not among the conditions published now. */
export const addedBefore = ({ conditions }: Predecessor, published: readonly { readonly kind: string }[]) =>
  conditions
    .filter(({ kind }) => !published.some((one) => one.kind === kind))
    .map(({ kind, text, ...term }) => ({ kind, text: text.zh ?? text.en ?? '', ...dutyTermOf(term) }));
