import type { Language, Text } from '../../kernel/text.js';
import { textIn } from '../../kernel/text.js';
import { purposeBit } from './bits.js';
import type { Outcome } from './decide.js';
import type { AccessPolicy } from './policy.js';
import type { Question } from './question.js';
import type { World } from './world.js';

/** What an answer says beside the outcome; texts are already JSON. */
export interface AnswerFrame {
  readonly evaluationId: string;
  /** RFC 3339 time of the outcome's `validUntil`. */
  readonly validUntil: string;
}

interface RenderedRow {
  /** `{"decision":…,"context":{"reason":{…}` */
  readonly head: string;
  readonly obligations: readonly string[];
  readonly obligationsBy: WeakMap<object, string>;
  readonly nextStep: string;
  readonly href: HrefTemplate | undefined;
}

/**
 * Writes AuthZEN answers. What depends only on the row and the language is rendered once per policy version, so that
 * an answer is a handful of concatenations.
 */
export class AnswerWriter {
  private readonly rendered: { readonly [L in Language]: readonly RenderedRow[] };
  private readonly tail: string;

  constructor(readonly policy: AccessPolicy) {
    this.rendered = { zh: renderRows(policy, 'zh'), en: renderRows(policy, 'en') };
    this.tail = `,"policyVersion":${JSON.stringify(policy.version)},"revision":`;
  }

  write(question: Question, outcome: Outcome, world: World, frame: AnswerFrame, language: Language): string {
    const row = this.rendered[language][outcome.row] as RenderedRow;
    let json = row.head;
    if (outcome.permit) json += obligationsJson(row, question, outcome, world, language);
    if (row.nextStep !== 'none' || !outcome.permit) json += this.nextStep(row, outcome, world);
    if (outcome.grant >= 0) json += `,"grant":"${world.grants.idOf(outcome.grant)}"`;
    if (outcome.purpose !== null) json += purposeJson(outcome.purpose);
    if (this.policy.rows[outcome.row]?.reason === 'items-partly-covered')
      json += coverageJson(question, outcome, world);
    return `${json}${this.tail}${world.revision},"validUntil":"${frame.validUntil}","evaluationId":"${frame.evaluationId}"}}`;
  }

  /** An item of a batch that is no complete question: false, and why, without touching its neighbours. */
  writeFault(pointer: string, detail: string, language: Language): string {
    const text = reasonText(this.policy, 'invalid-question', language);
    const reason = JSON.stringify({ code: 'invalid-question', text });
    return `{"decision":false,"context":{"reason":${reason},"error":${JSON.stringify({ status: 400, pointer, detail })}}}`;
  }

  private nextStep(row: RenderedRow, outcome: Outcome, world: World): string {
    const href = row.href === undefined ? undefined : fillHref(row.href, outcome, world);
    return href === undefined
      ? `,"nextStep":{"code":"${row.nextStep}"}`
      : `,"nextStep":{"code":"${row.nextStep}","href":"${href}"}`;
  }
}

const reasonText = (policy: AccessPolicy, code: string, language: Language): string =>
  textIn(policy.vocabulary.reasons[code]?.text ?? {}, language);

const templateOf = (href: string | undefined) => (href === undefined ? undefined : hrefTemplate(href));

function renderRows(policy: AccessPolicy, language: Language): RenderedRow[] {
  return policy.rows.map((row) => {
    const undecided = policy.vocabulary.reasons[row.reason]?.undecided === true ? { undecided: true } : {};
    const reason = { code: row.reason, text: reasonText(policy, row.reason, language), ...undecided };
    return {
      head: `{"decision":${row.effect === 'allow'},"context":{"reason":${JSON.stringify(reason)}`,
      obligations: row.obligations,
      obligationsBy: new WeakMap(),
      nextStep: row.nextStep,
      href: templateOf(policy.vocabulary.nextSteps[row.nextStep]?.href),
    };
  });
}

const purposeJson = (purpose: string): string =>
  purposeBit(purpose) === 0 ? `,"purpose":${JSON.stringify(purpose)}` : `,"purpose":"${purpose}"`;

/** A row's obligations are written once per publisher as it stands; a changed name is another object. */
function obligationsJson(
  row: RenderedRow,
  question: Question,
  outcome: Outcome,
  world: World,
  language: Language,
): string {
  const publisher = world.organisations.get(outcome.dataset?.publisher ?? '') ?? NOBODY;
  let fixed = row.obligationsBy.get(publisher);
  if (fixed === undefined) {
    fixed = row.obligations.map((type) => obligationJson(type, publisher.name, language)).join(',');
    row.obligationsBy.set(publisher, fixed);
  }
  if (question.items === null) return fixed === '' ? '' : `,"obligations":[${fixed}]`;
  const mask = `{"type":"mask","keep":${JSON.stringify(question.items)}}`;
  return fixed === '' ? `,"obligations":[${mask}]` : `,"obligations":[${fixed},${mask}]`;
}

const NOBODY: { readonly name: Text } = { name: {} };

function obligationJson(type: string, publisher: Text, language: Language): string {
  switch (type) {
    case 'attribute':
      return `{"type":"attribute","source":${JSON.stringify(textIn(publisher, language))}}`;
    case 'count':
      return '{"type":"count","href":"/access/v1/deliveries"}';
    default:
      return `{"type":${JSON.stringify(type)}}`;
  }
}

/** Which of the wanted items the grant covers, and which not. */
export function coverage(question: Question, outcome: Outcome, world: World): { covered: string[]; missing: string[] } {
  const granted = outcome.grant < 0 ? [] : world.itemSet(world.grants.columns.items[outcome.grant] as number);
  const wanted = question.items ?? outcome.dataset?.items ?? [];
  return {
    covered: wanted.filter((item) => granted.includes(item)),
    missing: wanted.filter((item) => !granted.includes(item)),
  };
}

const coverageJson = (question: Question, outcome: Outcome, world: World): string =>
  `,"items":${JSON.stringify(coverage(question, outcome, world))}`;

/** An address with places for ids, taken apart once: texts at even, names of places at odd positions. */
export type HrefTemplate = readonly string[];

/** Texts are made fit for JSON here; ids are ours and hold letters and digits only. */
export const hrefTemplate = (href: string): HrefTemplate =>
  JSON.stringify(href)
    .slice(1, -1)
    .split(/\{([a-z]+)\}/);

/** Fills `{dataset}` and `{grant}`; an address with a part that is not known is left out. */
export function fillHref(template: HrefTemplate, outcome: Outcome, world: World): string | undefined {
  let filled = template[0] as string;
  for (let at = 1; at < template.length; at += 2) {
    const id = template[at] === 'dataset' ? outcome.dataset?.id : grantOf(outcome, world);
    if (id === undefined) return undefined;
    filled += id + (template[at + 1] as string);
  }
  return filled;
}

const grantOf = ({ grant }: Outcome, world: World): string | undefined =>
  grant < 0 ? undefined : world.grants.idOf(grant);
