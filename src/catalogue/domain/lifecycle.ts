import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Text } from '../../kernel/text.js';
import { TIER_WORDS, stricter, strictness, type Tier } from '../../kernel/tier.js';
import type { Instant } from '../../kernel/time.js';
import { type DatasetRecord, type DatasetState, LOCAL_SOURCE } from './dataset.js';
import { type Judgement, wasListed } from './facts.js';
import { nextUpdateDue } from './frequency.js';
import { ownState, standing } from './holds.js';
import { punctual } from './lateness.js';
import { isNoticed, noticed, unnoticed } from './notices.js';

/** What a publisher may write; everything else is decided or counted here. */
export type DatasetContent = Pick<
  DatasetRecord,
  | 'title'
  | 'abstract'
  | 'keywords'
  | 'field'
  | 'declaredTier'
  | 'securityLevel'
  | 'sharingTier'
  | 'sharingCondition'
  | 'legalBasis'
  | 'items'
  | 'distributions'
  | 'deliveryKinds'
  | 'documents'
  | 'sandbox'
  | 'conditions'
  | 'agreementTemplate'
  | 'updateFrequency'
  | 'lastUpdated'
  | 'listedWhenRestricted'
  | 'nationalRegistrationCode'
>;

/** Why data rests or goes. The log keeps the reason; readers of the record are told its wording, where there is one. */
export interface Grounds {
  readonly reason: string;
  readonly wording?: Text;
}

export type DatasetCommand =
  | { readonly kind: 'edit'; readonly content: Partial<DatasetContent> }
  | { readonly kind: 'list' }
  | ({ readonly kind: 'suspend' } & Grounds)
  | ({ readonly kind: 'withdraw' } & Grounds)
  | { readonly kind: 'restore' };

export type DatasetEvent =
  | { readonly event: 'dataset.created'; readonly record: DatasetRecord }
  | { readonly event: 'dataset.changed'; readonly at: Instant; readonly content: Partial<DatasetContent> }
  | { readonly event: 'dataset.judged'; readonly judgement: Judgement }
  | { readonly event: 'dataset.listed' | 'dataset.restored' | 'dataset.redrafted'; readonly at: Instant }
  | ({ readonly event: 'dataset.suspended' | 'dataset.withdrawn'; readonly at: Instant } & Grounds);

/** In which states each command is possible. */
const POSSIBLE: Readonly<Record<DatasetCommand['kind'], readonly DatasetState[]>> = {
  edit: ['draft', 'listed', 'suspended', 'withdrawn'],
  list: ['draft'],
  suspend: ['listed'],
  withdraw: ['draft', 'listed', 'suspended'],
  restore: ['suspended', 'withdrawn'],
};

export const isPossible = (state: DatasetState, command: DatasetCommand['kind']): boolean =>
  POSSIBLE[command].includes(state);

const BARE: Readonly<Record<DatasetCommand['kind'], DatasetCommand>> = {
  edit: { kind: 'edit', content: {} },
  list: { kind: 'list' },
  suspend: { kind: 'suspend', reason: '' },
  withdraw: { kind: 'withdraw', reason: '' },
  restore: { kind: 'restore' },
};
export const DATASET_COMMANDS = Object.keys(BARE) as DatasetCommand['kind'][];

/** The commands this record would take now. */
export const possibleCommands = (record: DatasetRecord, at: Instant): readonly DatasetCommand['kind'][] =>
  DATASET_COMMANDS.filter((kind) => decide(record, BARE[kind], at).ok);

/** What `restore` makes of a record. */
export const RESTORED = ['draft', 'listed'] as const;
export const restoredState = ({ neverListed }: DatasetRecord): (typeof RESTORED)[number] =>
  neverListed ? 'draft' : 'listed';

/** What a listed record must state and this one does not, each by its place in the record. */
export const lacking = (record: DatasetRecord): readonly string[] =>
  (listingGap(record)?.errors ?? []).map(({ pointer }) => pointer);

/** What a command does to a record, or why not. */
export function decide(record: DatasetRecord, command: DatasetCommand, at: Instant): Result<DatasetEvent> {
  const own = ownState(record);
  if (!isPossible(own, command.kind)) {
    const held = record.held === undefined ? '' : ' and held by a rights complaint until that is decided';
    const possible = POSSIBLE[command.kind].join(', ');
    return err(refusal('dataset-state', `${command.kind} is possible in ${possible}; the dataset is ${own}${held}`));
  }
  switch (command.kind) {
    case 'edit': {
      const gap = editGap(record, command.content);
      return gap === null ? ok({ event: 'dataset.changed', at, content: command.content }) : err(gap);
    }
    case 'list': {
      const gap = listingGap(record);
      return gap === null ? ok({ event: 'dataset.listed', at }) : err(gap);
    }
    case 'suspend':
      return ok({ event: 'dataset.suspended', at, ...groundsOf(command) });
    case 'withdraw':
      return ok({ event: 'dataset.withdrawn', at, ...groundsOf(command) });
    case 'restore': {
      if (record.neverListed) return ok({ event: 'dataset.redrafted', at });
      const gap = listingGap(record);
      return gap === null ? ok({ event: 'dataset.restored', at }) : err(gap);
    }
    default:
      return command satisfies never;
  }
}

export function evolve(record: DatasetRecord, event: DatasetEvent): DatasetRecord {
  switch (event.event) {
    case 'dataset.created':
      return event.record;
    case 'dataset.changed':
      return standing(dated({ ...record, ...event.content, changedAt: event.at }));
    case 'dataset.judged':
      return judged(record, event.judgement);
    case 'dataset.listed':
    case 'dataset.restored':
      return standing({ ...record, notices: withoutStanding(record), changedAt: event.at }, 'listed');
    case 'dataset.redrafted': {
      const { neverListed: _, ...draft } = record;
      return standing({ ...draft, notices: withoutStanding(record), changedAt: event.at }, 'draft');
    }
    case 'dataset.suspended':
      return noted(record, 'suspended', event);
    case 'dataset.withdrawn':
      return noted(ownState(record) === 'draft' ? { ...record, neverListed: true } : record, 'withdrawn', event);
    default:
      return event satisfies never;
  }
}

const TIER_NOTICES: ReadonlySet<string> = new Set(['tier-raised', 'tier-lowered']);

/** What a change of tier leaves to be read on the record: that it changed, and that its conditions are still to be stated. */
export const tierNoted = (before: DatasetRecord, after: DatasetRecord, at: Instant): DatasetRecord =>
  conditionsNoted(changeNoted(before, after, at), at);

/** The code of the engine's issue, too: what the design asks of a conditional tier is at least one condition. */
const WITHOUT_CONDITION = 'conditional-without-condition';

/** A record that became conditional where it stands in the catalogue; a draft is not listed before it states one. */
export const lacksCondition = (record: Pick<DatasetRecord, 'tier' | 'conditions' | 'state' | 'neverListed'>): boolean =>
  wasListed(record) && record.tier === 'conditional' && record.conditions.length === 0;

function conditionsNoted(record: DatasetRecord, at: Instant): DatasetRecord {
  if (!lacksCondition(record)) return unnoticed(record, WITHOUT_CONDITION);
  const text = {
    zh: '该数据为有条件开放，数据提供方尚未说明开放条件。',
    en: 'It is conditionally open; its publisher has yet to state the conditions.',
  };
  return isNoticed(record, WITHOUT_CONDITION) ? record : noticed(record, { code: WITHOUT_CONDITION, text, at });
}

/** A changed tier is told on the record with its day; the newest such notice takes the place of the one before. */
function changeNoted(before: DatasetRecord, after: DatasetRecord, at: Instant): DatasetRecord {
  if (before.tier === after.tier || !wasListed(before)) return after;
  const [from, to] = [TIER_WORDS[before.tier], TIER_WORDS[after.tier]];
  const notice = {
    code: strictness(after.tier) > strictness(before.tier) ? 'tier-raised' : 'tier-lowered',
    text: {
      zh: `开放类型由“${from.zh}”调整为“${to.zh}”。`,
      en: `The tier was changed from “${from.en}” to “${to.en}”.`,
    },
    at,
  };
  return { ...after, notices: [...after.notices.filter(({ code }) => !TIER_NOTICES.has(code)), notice] };
}

/** The record with the day its next renewal is due; a renewal settles that an earlier one was late. */
export const dated = (record: DatasetRecord): DatasetRecord =>
  punctual({ ...record, nextUpdateDue: nextUpdateDue(record.updateFrequency, record.lastUpdated) });

const withoutStanding = (record: DatasetRecord) =>
  record.notices.filter(({ code }) => code !== 'suspended' && code !== 'withdrawn');

const groundsOf = ({ reason, wording }: Grounds): Grounds => ({ reason, ...(wording && { wording }) });

const noted = (
  record: DatasetRecord,
  state: 'suspended' | 'withdrawn',
  { reason, wording = { zh: reason, en: reason }, at }: Grounds & { readonly at: Instant },
): DatasetRecord =>
  standing(
    {
      ...record,
      notices: [...withoutStanding(record), { code: state, text: wording, at }],
      changedAt: at,
    },
    state,
  );

/**
 * The record under a verdict. A record that was ever listed does not become milder by a run of the engine: unless a
 * person confirmed the verdict, the stricter tier stays and the record waits for review.
 */
export function judged(record: DatasetRecord, judgement: Judgement): DatasetRecord {
  const kept = (before: Tier, verdict: Tier | undefined): Tier => {
    const tier = verdict ?? judgement.tier;
    return !wasListed(record) || judgement.tierStatus === 'confirmed' ? tier : stricter(before, tier);
  };
  const tier = kept(record.tier, judgement.tier);
  return {
    ...record,
    tier,
    tierStatus: tier === judgement.tier ? judgement.tierStatus : 'pending-review',
    items: record.items.map((item, at) => ({ ...item, tier: kept(item.tier, judgement.itemTiers[at]) })),
    distributions: record.distributions.map((one, at) => ({
      ...one,
      tier: kept(one.tier, judgement.distributionTiers[at]),
    })),
  };
}

/** Nobody outside its body sees such a record; before it is listed, again or for the first time, it must be whole. */
const OUTSIDE: ReadonlySet<DatasetState> = new Set(['draft', 'withdrawn']);

/** What stays in the catalogue keeps what it must state: an edit may not take it away. Others may hold anything. */
function editGap(record: DatasetRecord, content: Partial<DatasetContent>): Refusal | null {
  if (OUTSIDE.has(record.state) || listingGap(record) !== null) return null;
  return listingGap({ ...record, ...content });
}

/** What a listed record must state (Shanghai Data Regulations, art. 28 and 42; core metadata of the national guide). */
function listingGap(record: DatasetRecord): Refusal | null {
  const local = record.source === LOCAL_SOURCE;
  const gaps: [boolean, string, string][] = [
    [record.title.zh === undefined && record.title.en === undefined, '/title', 'a title'],
    [record.abstract.zh === undefined && record.abstract.en === undefined, '/abstract', 'an abstract'],
    [local && record.field === null, '/field', 'one of the 12 fields'],
    [local && record.updateFrequency === null, '/updateFrequency', 'how often the data is renewed'],
    [record.tier === 'conditional' && record.conditions.length === 0, '/conditions', 'at least one condition'],
    [
      local && record.tier === 'conditional' && record.agreementTemplate === null,
      '/agreementTemplate',
      'the agreement that applies',
    ],
    [record.tier === 'conditional' && record.deliveryKinds.length === 0, '/deliveryKinds', 'how the data is delivered'],
    [
      record.sharingTier === 'conditional' && record.sharingCondition === null,
      '/sharingCondition',
      'the condition of sharing',
    ],
    [
      local && record.sharingTier === 'not-shared' && record.legalBasis === null,
      '/legalBasis',
      'the basis for not sharing',
    ],
  ];
  const errors = gaps
    .filter(([missing]) => missing)
    .map(([, pointer, what]) => ({ pointer, code: 'missing', detail: `needs ${what}` }));
  return errors.length === 0 ? null : refusal('listing-incomplete', undefined, { errors });
}
