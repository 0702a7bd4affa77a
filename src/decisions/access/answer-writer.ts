import { type Language, type Text, textIn } from '../../kernel/text.js';
import type { Outcome } from '../domain/decide.js';
import { wholeTierCode } from '../domain/dataset-entry.js';
import { AT, CODE } from '../domain/facts.js';
import { type HrefTemplate, hrefTemplate, placeOf } from '../domain/href.js';
import { unpack } from '../domain/packed.js';
import { asOpen, offers } from '../domain/reduce.js';
import type { AccessPolicy } from '../domain/policy.js';
import type { Question } from '../domain/question.js';
import type { World } from '../domain/world.js';
import { type AnswerBytes, fragment, type Fragment } from './answer-bytes.js';

/** What depends on nothing but a row of the policy and the language. */
interface RenderedRow {
  /** `{"decision":…,"context":{"reason":{…}` */
  readonly head: Fragment;
  readonly obligations: readonly string[];
  /** Written out once per publisher as it stands; a changed name is another object. */
  readonly obligationsBy: WeakMap<object, Fragment>;
  readonly hasNextStep: boolean;
  readonly nextStep: Fragment;
  readonly href: { readonly template: HrefTemplate; readonly texts: readonly Fragment[] } | undefined;
  readonly coverage: Coverage | undefined;
}

const MASK_START = fragment('{"type":"mask","keep":');
const CUT = fragment('{"type":"cut"}');
const OBLIGATIONS_START = fragment(',"obligations":[');
const HREF_START = fragment(',"href":"');
const GRANT_START = fragment(',"grant":"');
const PURPOSE_START = fragment(',"purpose":');
const ITEMS_START = fragment(',"items":');
const QUOTE = fragment('"');
const COMMA = fragment(',');
const CLOSE_OBJECT = fragment('}');
const CLOSE_LIST = fragment(']');
const END = fragment('"}}');

/** Writes AuthZEN answers out of fragments that are rendered once per policy version. */
export class AnswerWriter {
  private readonly rendered: { readonly [L in Language]: readonly RenderedRow[] };
  private readonly purposes = new Map<string, Fragment>();
  private tail: { readonly revision: number; readonly validUntil: string; readonly bytes: Fragment } | null = null;

  constructor(readonly policy: AccessPolicy) {
    this.rendered = { zh: renderRows(policy, 'zh'), en: renderRows(policy, 'en') };
  }

  /** @param validUntil RFC 3339 time of the outcome's. */
  write(
    into: AnswerBytes,
    question: Question,
    outcome: Outcome,
    world: World,
    { evaluationId, validUntil }: { readonly evaluationId: string; readonly validUntil: string },
    language: Language,
  ): void {
    const row = this.rendered[language][outcome.row] as RenderedRow;
    into.put(row.head);
    if (outcome.permit) writeObligations(into, row, question, outcome, world, language);
    if (row.hasNextStep) writeNextStep(into, row, outcome, world);
    if (outcome.grant >= 0) {
      into.put(GRANT_START);
      into.ascii(world.grants.idOf(outcome.grant));
      into.put(QUOTE);
    }
    if (outcome.purpose !== null) this.writePurpose(into, outcome.purpose);
    const items = row.coverage?.(question, outcome, world, this.policy);
    if (items !== undefined) {
      into.put(ITEMS_START);
      into.text(JSON.stringify(items));
    }
    into.put(this.tailOf(world.revision, validUntil));
    into.ascii(evaluationId);
    into.put(END);
  }

  /** An item of a batch that is no complete question: false, and why, without touching its neighbours. */
  writeFault(into: AnswerBytes, pointer: string, detail: string, language: Language): void {
    const reason = { code: 'invalid-question', text: reasonText(this.policy, 'invalid-question', language) };
    into.text(JSON.stringify({ decision: false, context: { reason, error: { status: 400, pointer, detail } } }));
  }

  /** Purposes of the vocabulary are rendered once; whatever else somebody names is written out. */
  private writePurpose(into: AnswerBytes, purpose: string): void {
    into.put(PURPOSE_START);
    const known = this.purposes.get(purpose);
    if (known !== undefined) return into.put(known);
    const rendered = fragment(JSON.stringify(purpose));
    if (this.purposes.size < MOST_PURPOSES) this.purposes.set(purpose, rendered);
    into.put(rendered);
  }

  private tailOf(revision: number, validUntil: string): Fragment {
    if (this.tail?.revision !== revision || this.tail.validUntil !== validUntil) {
      const version = JSON.stringify(this.policy.version);
      const text = `,"policyVersion":${version},"revision":${revision},"validUntil":"${validUntil}","evaluationId":"`;
      this.tail = { revision, validUntil, bytes: fragment(text) };
    }
    return this.tail.bytes;
  }
}

/** Purposes remembered; callers may name anything. */
const MOST_PURPOSES = 64;

const reasonText = (policy: AccessPolicy, code: string, language: Language): string =>
  textIn(policy.vocabulary.reasons[code]?.text ?? {}, language);

function renderRows(policy: AccessPolicy, language: Language): RenderedRow[] {
  return policy.rows.map((row) => {
    const undecided = policy.vocabulary.reasons[row.reason]?.undecided === true ? { undecided: true } : {};
    const reason = { code: row.reason, text: reasonText(policy, row.reason, language), ...undecided };
    const href = policy.vocabulary.nextSteps[row.nextStep]?.href;
    return {
      head: fragment(`{"decision":${row.effect === 'allow'},"context":{"reason":${JSON.stringify(reason)}`),
      obligations: row.obligations,
      obligationsBy: new WeakMap(),
      hasNextStep: row.nextStep !== 'none' || row.effect !== 'allow',
      nextStep: fragment(`,"nextStep":{"code":"${row.nextStep}"`),
      href: href === undefined ? undefined : rendered(hrefTemplate(href)),
      coverage: COVERAGE.get(row.reason),
    };
  });
}

const rendered = (template: HrefTemplate): RenderedRow['href'] => ({ template, texts: template.map(fragment) });

function writeObligations(
  into: AnswerBytes,
  row: RenderedRow,
  question: Question,
  outcome: Outcome,
  world: World,
  language: Language,
): void {
  const fixed = obligationsBy(row, world.organisations.get(outcome.dataset?.publisher ?? '') ?? NOBODY, language);
  const cut = mustCut(outcome);
  if (fixed.length === 0 && !cut && question.items === null) return;
  into.put(OBLIGATIONS_START);
  into.put(fixed);
  if (cut) {
    if (fixed.length > 0) into.put(COMMA);
    into.put(CUT);
  }
  if (question.items !== null) {
    if (fixed.length > 0 || cut) into.put(COMMA);
    into.put(MASK_START);
    into.text(JSON.stringify(question.items));
    into.put(CLOSE_OBJECT);
  }
  into.put(CLOSE_LIST);
}

/** Whether what is served under a grant has to end with it, also in the middle: its dataset's published terms say so. */
export const mustCut = ({ grant, dataset }: Outcome): boolean => grant >= 0 && dataset?.cut === true;

const NOBODY: { readonly name: Text } = { name: {} };

function obligationsBy(row: RenderedRow, publisher: { readonly name: Text }, language: Language): Fragment {
  const known = row.obligationsBy.get(publisher);
  if (known !== undefined) return known;
  const all = row.obligations.map((type) => JSON.stringify(obligationOf(type, publisher.name, language)));
  const written = fragment(all.join(','));
  row.obligationsBy.set(publisher, written);
  return written;
}

function obligationOf(type: string, publisher: Text, language: Language): object {
  switch (type) {
    case 'attribute':
      return { type, source: textIn(publisher, language) };
    case 'count':
      return { type, href: '/access/v1/deliveries' };
    default:
      return { type };
  }
}

/** What a permit obliges to, as an answer says it. */
export function obligationsOf(
  { items }: Question,
  outcome: Outcome,
  world: World,
  policy: AccessPolicy,
  language: Language,
): object[] {
  const { row, dataset } = outcome;
  const { name } = world.organisations.get(dataset?.publisher ?? '') ?? NOBODY;
  const types = [...(policy.rows[row]?.obligations ?? []), ...(mustCut(outcome) ? ['cut'] : [])];
  const fixed = types.map((type) => obligationOf(type, name, language));
  return items === null ? fixed : [...fixed, { type: 'mask', keep: items }];
}

function writeNextStep(into: AnswerBytes, row: RenderedRow, outcome: Outcome, world: World): void {
  into.put(row.nextStep);
  if (row.href !== undefined) writeHref(into, row.href, outcome, world);
  into.put(CLOSE_OBJECT);
}

/** An address with a part that is not known is left out. */
function writeHref(
  into: AnswerBytes,
  { template, texts }: NonNullable<RenderedRow['href']>,
  outcome: Outcome,
  world: World,
): void {
  const ids = template.map((place, at) => (at % 2 === 0 ? '' : placeOf(place, outcome, world)));
  if (ids.includes(undefined)) return;
  into.put(HREF_START);
  for (let at = 0; at < template.length; at++) {
    if (at % 2 === 0) into.put(texts[at] as Fragment);
    else into.ascii(ids[at] as string);
  }
  into.put(QUOTE);
}

interface Covered {
  readonly covered: readonly string[];
  readonly missing: readonly string[];
}

/** Which of the wanted items a narrower question could name, and which not; nothing where there is no such question. */
type Coverage = (question: Question, outcome: Outcome, world: World, policy: AccessPolicy) => Covered | undefined;

const parted = (wanted: readonly string[], isCovered: (item: string) => boolean): Covered => ({
  covered: wanted.filter(isCovered),
  missing: wanted.filter((item) => !isCovered(item)),
});

function byGrant({ items }: Question, { grant, dataset }: Outcome, world: World): Covered {
  const granted = grant < 0 ? [] : world.itemSet(world.grants.records.items(grant));
  return parted(items ?? dataset?.items ?? [], (item) => granted.includes(item));
}

/** Of a dataset that is served, what does not rest, where nothing else stands against it; a file holds all of it. */
function byRest({ items, resourceType }: Question, outcome: Outcome, world: World, policy: AccessPolicy) {
  const { grant, dataset } = outcome;
  if (dataset === undefined || dataset.state !== 'listed' || resourceType === 'distribution') return undefined;
  if (!isPermittedOtherwise(outcome, policy)) return undefined;
  const granted = grant < 0 ? [] : world.itemSet(world.grants.records.items(grant));
  const isGranted = (item: string): boolean => granted.length === 0 || granted.includes(item);
  const told = parted(items ?? dataset.items, (item) => isGranted(item) && !dataset.resting.includes(item));
  return told.covered.length === 0 ? undefined : told;
}

/** What the policy says of the same facts, had nothing of what is asked rested. */
function isPermittedOtherwise({ low, high }: Outcome, policy: AccessPolicy): boolean {
  const vector = unpack(low, high);
  vector[AT.dataset] = CODE.dataset.listed;
  if (vector[AT.items] === CODE.items.part) vector[AT.items] = CODE.items.all;
  return policy.permits(policy.rowFor(vector));
}

/** Of a stricter dataset, the open items, where the policy would serve them to whoever asks for them alone. */
function byView(question: Question, { low, high, dataset }: Outcome, _: World, policy: AccessPolicy) {
  if (dataset?.views === undefined || wholeTierCode(question, dataset) !== dataset.tierCode) return undefined;
  const { views, resting } = dataset;
  const told = parted(question.items ?? dataset.items, (item) => views.open.includes(item) && !resting.includes(item));
  if (told.covered.length === 0 || !offers(question, dataset)) return undefined;
  return policy.permits(policy.rowFor(asOpen(low, high))) ? told : undefined;
}

const COVERAGE: ReadonlyMap<string, Coverage> = new Map<string, Coverage>([
  ['items-partly-covered', byGrant],
  ['dataset-suspended', byRest],
  ['restricted', byView],
  ['no-grant', byView],
  ['sign-in-required', byView],
]);
