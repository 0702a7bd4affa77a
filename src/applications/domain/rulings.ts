import { dutyTermOf } from '../../kernel/duty-term.js';
import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { type Delivery, isNarrower } from '../../kernel/purpose.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Day, dayOf } from '../../kernel/time.js';
import type { Application, ApplicationRequest, AskedDataset, Outcome, Period, RefusalReason } from './application.js';
import type { Approval, LeftOut } from './commands.js';
import { restrictionFault, tierAsked } from './draft.js';
import type { Term } from './events.js';
import type { DatasetFacts, Facts } from './facts.js';
import { proofOf, unverified } from './proofs.js';
import { addedBefore, successionBar } from './succession.js';

/** Why a dataset cannot be approved now, whatever the approver writes. */
export function approvalBar(state: Application, asked: AskedDataset, facts: Facts): Refusal | null {
  const dataset = facts.datasets.get(asked.dataset);
  if (dataset === undefined || dataset.state === 'withdrawn' || dataset.state === 'draft') {
    return refusal('dataset-unavailable', `The dataset ${asked.dataset} is ${dataset?.state ?? 'gone'}.`);
  }
  const raised = tierAsked(dataset, asked) === 'restricted' && state.tiers[asked.dataset] !== 'restricted';
  if (raised) return refusal('tier-changed', `The tier of ${asked.dataset} was raised to restricted.`);
  const banned = restrictionFault(facts, asked.dataset);
  return banned === null ? null : refusal(banned.code, banned.detail);
}

/** The same before the ruling, when what is on file has to be verified, too. */
export const rulingBar = (state: Application, asked: AskedDataset, facts: Facts): Refusal | null =>
  approvalBar(state, asked, facts) ?? successionBar(state, facts) ?? unverified(state.request, asked.dataset, facts);

const fault = (
  code: 'not-narrower' | 'unknown-item' | 'delivery-not-offered' | 'invalid-period',
  pointer: string,
  detail: string,
) => err(refusal(code, detail, { errors: [{ code, pointer, detail }] }));

function itemsOf(
  asked: AskedDataset,
  wanted: readonly string[] | undefined,
  dataset: DatasetFacts,
  at: string,
): Result<readonly string[]> {
  if (wanted === undefined || wanted.length === 0) return ok(asked.items);
  for (const name of wanted) {
    if (!dataset.items.some((item) => item.name === name))
      return fault('unknown-item', `${at}/items`, `No item ${name}.`);
    if (asked.items.length > 0 && !asked.items.includes(name))
      return fault('not-narrower', `${at}/items`, `${name} was not asked for.`);
  }
  const all = asked.items.length === 0 ? dataset.items.map(({ name }) => name) : asked.items;
  return ok(all.every((name) => wanted.includes(name)) ? asked.items : wanted);
}

function deliveryOf(
  asked: Delivery,
  wanted: Delivery | undefined,
  dataset: DatasetFacts,
  at: string,
): Result<Delivery> {
  if (wanted === undefined || wanted === asked) return ok(asked);
  if (!isNarrower(wanted, asked)) return fault('not-narrower', `${at}/delivery`, `${asked} was asked for.`);
  if (!dataset.deliveryKinds.includes(wanted))
    return fault('delivery-not-offered', `${at}/delivery`, `Not delivered by ${wanted}.`);
  return ok(wanted);
}

function periodOf(asked: Period, wanted: Period | undefined, today: Day, at: string): Result<Period> {
  if (wanted === undefined) return ok(asked);
  if (wanted.to < wanted.from || wanted.to < today)
    return fault('invalid-period', `${at}/period/to`, 'The period is over before it begins.');
  if (wanted.from < asked.from || wanted.to > asked.to) {
    return fault('not-narrower', `${at}/period`, `${asked.from} to ${asked.to} was asked for.`);
  }
  return ok(wanted);
}

/** What goes on from the grant that is renewed or amended, unless the approver says otherwise. */
const termsBefore = ({ conditions }: DatasetFacts, { predecessor }: Facts) => ({
  quota: predecessor?.quota ?? null,
  conditions: predecessor === null ? NONE_ADDED : addedBefore(predecessor, conditions),
});
const NONE_ADDED: Outcome['conditions'] = [];

/** One dataset's outcome: what the approver gives, never more than was asked. */
function outcomeOf(
  state: Application,
  asked: AskedDataset,
  approval: Approval,
  facts: Facts,
  at: string,
): Result<Outcome> {
  const bar = rulingBar(state, asked, facts);
  if (bar !== null) return err(bar);
  const dataset = facts.datasets.get(asked.dataset) as DatasetFacts;
  const { request } = state;
  const items = itemsOf(asked, approval.items, dataset, at);
  if (!items.ok) return items;
  const delivery = deliveryOf(request.delivery, approval.delivery, dataset, at);
  if (!delivery.ok) return delivery;
  const period = periodOf(request.period, approval.period, dayOf(facts.now), at);
  if (!period.ok) return period;
  const given = { items: items.value, delivery: delivery.value, period: period.value };
  const before = termsBefore(dataset, facts);
  const terms = { quota: approval.quota ?? before.quota, conditions: approval.conditions ?? before.conditions };
  const asBefore =
    terms.conditions === before.conditions || (terms.conditions.length === 0 && before.conditions.length === 0);
  const whole =
    given.items === asked.items &&
    given.delivery === request.delivery &&
    given.period.from === request.period.from &&
    given.period.to === request.period.to &&
    terms.quota === before.quota &&
    asBefore;
  return ok({ dataset: asked.dataset, ruling: whole ? 'approved' : 'approved-in-part', ...given, ...terms });
}

/** Every condition the grant will rest on: those published with the dataset, then those the approver added. */
export function termsOf({ request }: Application, { dataset, conditions }: Outcome, facts: Facts): readonly Term[] {
  const published = facts.datasets.get(dataset)?.conditions ?? [];
  return [
    ...published.map((one) => ({
      kind: one.kind,
      text: one.text,
      ...dutyTermOf(one),
      ...proofOf(request, one.kind, one.evidenceRequired, facts),
    })),
    ...conditions.map(({ kind, text, ...term }) => ({
      kind,
      text: { zh: text, en: text },
      ...dutyTermOf(term),
      validUntil: null,
    })),
  ];
}

const refused = (
  { delivery, period }: ApplicationRequest,
  { dataset, items }: AskedDataset,
  reason?: RefusalReason,
): Outcome => ({
  dataset,
  ruling: 'refused',
  items,
  delivery,
  period,
  quota: null,
  conditions: [],
  ...(reason === undefined ? {} : { reason }),
});

/** The outcomes of a refusal: nothing of what was asked for. */
export const allRefused = (request: ApplicationRequest): readonly Outcome[] =>
  request.datasets.map((asked) => refused(request, asked));

const reasonOf = ({ dataset }: AskedDataset, leftOut: readonly LeftOut[]): RefusalReason | undefined => {
  const { code, text } = leftOut.find((one) => one.dataset === dataset) ?? {};
  return code === undefined || text === undefined ? undefined : { code, text };
};

/** Each dataset that was asked for is named once: as approved, or as left out. */
function misnamed(state: Application, approvals: readonly Approval[], leftOut: readonly LeftOut[]): Refusal | null {
  const seen = new Set<Id>();
  const named = [
    ...approvals.map(({ dataset }, at) => ({ dataset, pointer: `/datasets/${at}/dataset` })),
    ...leftOut.map(({ dataset }, at) => ({ dataset, pointer: `/leftOut/${at}/dataset` })),
  ];
  for (const { dataset, pointer } of named) {
    const asked = state.request.datasets.some((one) => one.dataset === dataset);
    const code = !asked ? 'not-asked-for' : seen.has(dataset) ? 'dataset-repeated' : null;
    seen.add(dataset);
    if (code === null) continue;
    const detail = `The dataset ${dataset} ${asked ? 'is named twice' : 'is not part of the application'}.`;
    return refusal(code, detail, { errors: [{ code, pointer, detail }] });
  }
  return null;
}

/**
 * The outcomes of an approval, in the order of the application: a dataset that is not named is refused, for the reason it
 * was left out for where one is given.
 */
export function outcomesOf(
  state: Application,
  approvals: readonly Approval[] | undefined,
  facts: Facts,
  leftOut: readonly LeftOut[] = [],
): Result<readonly Outcome[]> {
  const named: readonly Approval[] = approvals ?? state.request.datasets.map(({ dataset }) => ({ dataset }));
  if (named.length === 0) return err(refusal('nothing-approved', 'Name at least one dataset, or refuse.'));
  const wrong = misnamed(state, named, leftOut);
  if (wrong !== null) return err(wrong);
  const outcomes: Outcome[] = [];
  for (const asked of state.request.datasets) {
    const at = named.findIndex(({ dataset }) => dataset === asked.dataset);
    const approval = named[at];
    const outcome =
      approval === undefined
        ? ok(refused(state.request, asked, reasonOf(asked, leftOut)))
        : outcomeOf(state, asked, approval, facts, `/datasets/${at}`);
    if (!outcome.ok) return outcome;
    outcomes.push(outcome.value);
  }
  return ok(outcomes);
}
