import type { Id } from '../../kernel/ids.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import { type FieldFault, type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { strictness, type Tier, tierOfItems } from '../../kernel/tier.js';
import { addMonths, type Day, dayOf, isoOf } from '../../kernel/time.js';
import type { Application, ApplicationRequest, AskedDataset, Period } from './application.js';
import { type DatasetFacts, type Facts, restrictionOn } from './facts.js';
import { answerFaults } from './form.js';
import { bound } from './succession.js';
import { asOnFile, evidenceFaults, unprovedKinds } from './proofs.js';

/** An application may ask for at most this many months. */
export const MAX_MONTHS = 24;

/** What still stands against submitting a draft; the codes are those the submission would be refused with. */
export type Warning =
  | { readonly code: ProblemCode; readonly pointer: string; readonly detail: string; readonly blocking: true }
  | {
      /** For the reader's attention only. */
      readonly code: 'similar-request';
      readonly pointer: string;
      readonly detail: string;
      readonly blocking: false;
      readonly linked: { readonly id: Id; readonly number: string | null };
    };

/** What a saved draft rests on. */
export interface DraftBasis {
  readonly request: ApplicationRequest;
  readonly holder: Id;
  readonly tiers: Readonly<Record<Id, Tier>>;
  readonly agreementTemplate: Id | null;
}

type Fault = { readonly code: ProblemCode } & Omit<FieldFault, 'code'>;

/** One problem of the first fault's code, with every fault and its pointer. */
const refusing = (faults: readonly Fault[], extra?: Refusal['extra']): Result<never> => {
  const [first] = faults;
  if (first === undefined) throw new Error('nothing to refuse');
  return err(refusal(first.code, first.detail, { errors: faults, ...(extra === undefined ? {} : { extra }) }));
};

/** What an applicant cannot see is as unknown as what does not exist. */
const isHidden = ({ state, tier, listedWhenRestricted }: DatasetFacts): boolean =>
  state === 'draft' || (tier === 'restricted' && !listedWhenRestricted);

/** The tier of what is asked for: that of the strictest item, where all may be asked for alone. */
export const tierAsked = ({ tier, views }: DatasetFacts, { items }: Pick<AskedDataset, 'items'>): Tier =>
  tierOfItems(tier, views, items);

const NOT_OPEN = { code: 'not-open-for-application', detail: 'The dataset is not open.' } as const;

function datasetFault(asked: AskedDataset, facts: Facts, at: number, isNew: boolean): Fault[] {
  const dataset = facts.datasets.get(asked.dataset);
  const pointer = `/datasets/${at}/dataset`;
  if (dataset === undefined || isHidden(dataset)) {
    return [{ code: 'unknown-dataset', pointer, detail: `There is no dataset ${asked.dataset}.` }];
  }
  if (dataset.state !== 'listed')
    return [{ code: 'dataset-unavailable', pointer, detail: `The dataset is ${dataset.state}.` }];
  if (tierAsked(dataset, asked) === 'restricted') return [{ ...(dataset.closed ?? NOT_OPEN), pointer }];
  const banned = isNew ? restrictionFault(facts, asked.dataset) : null;
  if (banned !== null) return [{ ...banned, pointer }];
  return asked.items.flatMap((name, index): Fault[] => {
    const item = dataset.items.find((one) => one.name === name);
    const where = `/datasets/${at}/items/${index}`;
    if (item === undefined) return [{ code: 'unknown-item', pointer: where, detail: `No item ${name}.` }];
    if (item.tier !== 'restricted') return [];
    return [{ code: 'not-open-for-application', pointer: where, detail: `The item ${name} is not open.` }];
  });
}

/** Why a restriction of use keeps the applicant from a dataset; null where none does. */
export function restrictionFault(facts: Facts, dataset: Id): { code: 'use-restricted'; detail: string } | null {
  const found = restrictionOn(facts, dataset);
  if (found === null) return null;
  return { code: 'use-restricted', detail: `Use of ${dataset} is restricted until ${isoOf(found.until)}.` };
}

function repeated(datasets: readonly AskedDataset[]): Fault[] {
  return datasets.flatMap(({ dataset }, at) =>
    datasets.findIndex((one) => one.dataset === dataset) === at
      ? []
      : [
          {
            code: 'dataset-repeated' as const,
            pointer: `/datasets/${at}/dataset`,
            detail: 'The dataset is asked for twice.',
          },
        ],
  );
}

/** A `from` before today is read as today; `to` lies on or after it and within 24 months of today. */
export function periodFrom(period: Period, today: Day): Period {
  return period.from < today ? { ...period, from: today } : period;
}

function periodFaults(period: Period, today: Day): Fault[] {
  if (period.to < period.from) {
    return [{ code: 'invalid-period', pointer: '/period/to', detail: `The period ends before ${period.from}.` }];
  }
  const last = addMonths(today, MAX_MONTHS);
  if (period.to <= last) return [];
  return [{ code: 'period-too-long', pointer: '/period/to', detail: `The last possible day is ${last}.` }];
}

function holderFaults(found: readonly DatasetFacts[], facts: Facts, fixed: Id | null): Fault[] {
  const holders = new Set(found.map(({ holder }) => holder));
  if (holders.size > 1 || (fixed !== null && !holders.has(fixed))) {
    return [{ code: 'several-holders', pointer: '/datasets', detail: 'The datasets have more than one holder.' }];
  }
  if (new Set(found.map(({ agreementTemplate }) => agreementTemplate)).size > 1) {
    return [{ code: 'several-agreements', pointer: '/datasets', detail: 'The datasets ask for different agreements.' }];
  }
  if (!holders.has(facts.applicant.id)) return [];
  return [{ code: 'own-data', pointer: '/datasets', detail: 'The applicant holds these data itself.' }];
}

/**
 * What a draft may not even be saved with: unknown or closed datasets, several holders, all of it open already, an
 * impossible period. `fixed` is the holder of an application that was submitted before: where a restriction of use found
 * it open and its officers have to decide, it can still be corrected.
 */
export function draftOf(asked: ApplicationRequest, facts: Facts, fixed: Id | null = null): Result<DraftBasis> {
  const today = dayOf(facts.now);
  const fitted = bound(asked, facts);
  if (!fitted.ok) return fitted;
  const request = asOnFile({ ...fitted.value, period: periodFrom(fitted.value.period, today) }, facts);
  const faults = [
    ...request.datasets.flatMap((one, at) => datasetFault(one, facts, at, fixed === null)),
    ...repeated(request.datasets),
  ];
  if (faults.length > 0) return refusing(faults);
  const found = request.datasets.flatMap(({ dataset }) => facts.datasets.get(dataset) ?? []);
  const tiers = tiersOf(request, facts);
  const [first] = found;
  if (first === undefined)
    return refusing([{ code: 'unknown-dataset', pointer: '/datasets', detail: 'No dataset is named.' }]);
  if (Object.values(tiers).every((tier) => tier === 'open')) return alreadyOpen(request.datasets);
  const rest = [
    ...holderFaults(found, facts, fixed),
    ...periodFaults(request.period, today),
    ...memberFaults(request, facts),
    ...formFaults(request, facts),
    ...attachmentFaults(request, facts),
    ...evidenceFaults(request, facts),
  ];
  if (rest.length > 0) return refusing(rest);
  return ok({ request, holder: first.holder, tiers, agreementTemplate: first.agreementTemplate });
}

const tiersOf = ({ datasets }: ApplicationRequest, facts: Facts): Record<Id, Tier> =>
  Object.fromEntries(
    datasets.flatMap((asked) => {
      const dataset = facts.datasets.get(asked.dataset);
      return dataset === undefined ? [] : [[dataset.id, tierAsked(dataset, asked)]];
    }),
  );

const memberFaults = (request: ApplicationRequest, facts: Facts): Fault[] =>
  request.members.flatMap((member, at) =>
    facts.unknownMembers.includes(member)
      ? [{ code: 'unknown-member' as const, pointer: `/members/${at}`, detail: `There is no person ${member}.` }]
      : [],
  );

const attachmentFaults = ({ attachments = [] }: ApplicationRequest, facts: Facts): Fault[] =>
  attachments.flatMap((id, at) =>
    facts.unknownAttachments.includes(id)
      ? [
          {
            code: 'unknown-attachment' as const,
            pointer: `/attachments/${at}`,
            detail: `You have no attachment ${id}.`,
          },
        ]
      : [],
  );

const formFaults = ({ form }: ApplicationRequest, facts: Facts): Fault[] =>
  (form ?? null) !== null && facts.form.named === null
    ? [{ code: 'unknown-form', pointer: '/form/id', detail: `There is no form ${form?.id}.` }]
    : [];

function alreadyOpen(datasets: readonly AskedDataset[]): Result<never> {
  const links = datasets.map(({ dataset }) => `/api/datasets/${dataset}`);
  const detail = `No application is needed: ${links.join(', ')}`;
  return refusing([{ code: 'already-open', pointer: '/datasets', detail }], { links });
}

/** Warnings of a draft, in the order of its fields; the blocking ones refuse its submission with the same codes. */
export function warningsOf(state: Application, facts: Facts): Warning[] {
  const { request } = state;
  const today = dayOf(facts.now);
  const found: Warning[] = [];
  const blocking = (code: ProblemCode, pointer: string, detail: string) =>
    found.push({ code, pointer, detail, blocking: true });
  request.datasets.forEach((asked, at) => {
    const fault =
      standing(state, asked, facts.datasets.get(asked.dataset)) ??
      (state.number === null ? restrictionFault(facts, asked.dataset) : null);
    if (fault !== null) blocking(fault.code, `/datasets/${at}/dataset`, fault.detail);
  });
  if (request.purpose.scenario.trim() === '')
    blocking('scenario-missing', '/purpose/scenario', 'Describe how the data will be used.');
  if (request.period.to < today) blocking('period-over', '/period/to', `The period ended on ${request.period.to}.`);
  else for (const fault of periodFaults(request.period, today)) blocking(fault.code, fault.pointer, fault.detail);
  const kinds = request.datasets.flatMap(({ dataset }) => facts.datasets.get(dataset) ?? []);
  if (!kinds.every(({ deliveryKinds }) => deliveryKinds.includes(request.delivery))) {
    blocking('delivery-not-offered', '/delivery', `Not every dataset is delivered by ${request.delivery}.`);
  }
  const asked = kinds.flatMap(({ conditions }) => conditions.filter((one) => one.evidenceRequired));
  for (const kind of unprovedKinds(
    request,
    asked.map((one) => one.kind),
    facts,
    today,
  )) {
    blocking('evidence-missing', '/evidence', `The condition ${kind} asks for a proof that is valid today.`);
  }
  for (const { code, pointer, detail } of formWarnings(state, facts)) blocking(code, pointer, detail);
  if (facts.agreement === null)
    blocking('agreement-missing', '/datasets', 'The holder has published no agreement yet.');
  const [first] = facts.similar;
  if (first !== undefined) found.push(similar(first));
  return found;
}

/**
 * What stands against the answers to the form. A draft answers the version in force; what was submitted keeps its own,
 * as long as the purpose stays the one it belongs to.
 */
function formWarnings({ request, state }: Application, { form: { current, named } }: Facts): Fault[] {
  const form = request.form ?? null;
  if (form === null || named === null) {
    if (current?.obligatory !== true) return [];
    return [
      { code: 'form-missing', pointer: '/form', detail: `This purpose asks for the answers to form ${current.id}.` },
    ];
  }
  const { category } = request.purpose;
  if (named.purpose !== category || (state === 'draft' && !named.current)) {
    const instead = current === null ? `For ${category} there is no form now.` : `The form in force is ${current.id}.`;
    return [{ code: 'form-superseded', pointer: '/form/id', detail: instead }];
  }
  return answerFaults(named, form.answers).map(({ code, pointer, detail }) => ({
    code,
    pointer: `/form/answers${pointer}`,
    detail: `The answer ${detail}.`,
  }));
}

const similar = (linked: { readonly id: Id; readonly number: string | null }): Warning => {
  const detail = `Application ${linked.number ?? linked.id} asks for the same.`;
  return { code: 'similar-request', pointer: '/datasets', detail, blocking: false, linked };
};

/** Whether a dataset still stands as the applicant drafted it. */
export function standing(
  state: Application,
  asked: AskedDataset,
  dataset: DatasetFacts | undefined,
): { code: ProblemCode; detail: string } | null {
  if (dataset === undefined || dataset.state !== 'listed') {
    return { code: 'dataset-unavailable', detail: `The dataset is ${dataset?.state ?? 'gone'}.` };
  }
  const drafted = state.tiers[asked.dataset] ?? 'open';
  const tier = tierAsked(dataset, asked);
  if (strictness(tier) > strictness(drafted)) {
    return { code: 'tier-changed', detail: `The tier was raised from ${drafted} to ${tier}.` };
  }
  return tier === 'open'
    ? { code: 'already-open', detail: `No application is needed: /api/datasets/${dataset.id}` }
    : null;
}

/** The refusal of a submission: the codes of the blocking warnings. */
export function submissionFaults(state: Application, facts: Facts): Refusal | null {
  const errors = warningsOf(state, facts).flatMap((warning) => {
    const { pointer, detail } = warning;
    return warning.blocking ? [{ code: warning.code, pointer, detail }] : [];
  });
  const [first] = errors;
  return first === undefined ? null : refusal(first.code, first.detail, { errors });
}

/** A new draft from an old application: its datasets that may still be applied for, its period moved to begin today. */
export function copyOf(state: Application, facts: Facts): Result<DraftBasis> {
  const today = dayOf(facts.now);
  const { request } = state;
  const usable = request.datasets.flatMap((asked) => {
    const dataset = facts.datasets.get(asked.dataset);
    if (dataset === undefined || dataset.state !== 'listed' || dataset.holder !== state.holder) return [];
    const items = asked.items.filter((name) =>
      dataset.items.some((item) => item.name === name && item.tier !== 'restricted'),
    );
    if (items.length === 0 && asked.items.length > 0) return [];
    return tierAsked(dataset, { items }) === 'conditional' ? [{ dataset: asked.dataset, items }] : [];
  });
  const members = request.members.filter((member) => !facts.unknownMembers.includes(member));
  const last = addMonths(today, MAX_MONTHS);
  const to = request.period.to < today ? addMonths(today, 12) : request.period.to;
  const period = { from: request.period.from < today ? today : request.period.from, to: to > last ? last : to };
  const { bundle: _left, ...kept } = request;
  const anew = { ...facts, predecessor: null, succeeds: null };
  return draftOf({ ...kept, datasets: usable.length === 0 ? request.datasets : usable, members, period }, anew);
}
