import type { Id } from '../kernel/ids.js';
import type { Delivery, Purpose } from '../kernel/purpose.js';
import { ok, type Result } from '../kernel/result.js';
import { type SharingTier, strictness, type Tier } from '../kernel/tier.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { GrantCommand } from './domain/decide.js';
import type { Approval, Grant, GrantCondition } from './domain/grant.js';
import type { GrantService, PremiseChange } from './grant-service.js';

/** What a ruling carries on to grants (`RulingData` of applications). */
interface Ruling {
  readonly kind?: NonNullable<Approval['kind']>;
  readonly applicant: Id;
  readonly holder: Id;
  readonly number: string | null;
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly members: readonly Id[];
  readonly succeeds?: NonNullable<Approval['succeeds']>;
  readonly datasets: readonly {
    readonly dataset: Id;
    readonly items: readonly string[];
    readonly delivery: Delivery;
    readonly period: { readonly from: string; readonly to: string };
    readonly quota: number | null;
    readonly terms: readonly GrantCondition[];
  }[];
}

interface Acceptance {
  readonly template: Id;
  readonly version: number;
  readonly hash: string;
  /** Where the acceptance alone concludes nothing. */
  readonly execution?: string;
  readonly datasets: readonly { readonly dataset: Id }[];
}

/** What the rule pack of a dataset does to its live grants when the tier is raised; null where it is not raised. */
export type FateOfGrants = (
  tx: Transaction,
  dataset: Id,
  from: Tier,
  to: Tier,
) => Promise<'keep' | 'suspend' | 're-review' | 'end' | null>;

/** Where no pack is asked: data that is no longer open to applicants rests, everything else goes on. */
export const suspendWhereClosed: FateOfGrants = async (_tx, _dataset, from, to) => {
  if (strictness(to) <= strictness(from)) return null;
  return to === 'restricted' ? 'suspend' : 'keep';
};

export interface ReactionTable {
  on(
    events: string | readonly string[],
    reaction: (tx: Transaction, entries: readonly RecordedEntry[]) => Promise<Result<void>>,
  ): void;
}

const each =
  (handle: (tx: Transaction, entry: RecordedEntry) => Promise<void>) =>
  async (tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> => {
    for (const entry of entries) await handle(tx, entry);
    return ok(undefined);
  };

/** Grants follow their premises: rulings, agreements, the fate of the application and of the dataset. */
export function grantReactions(reactions: ReactionTable, service: GrantService, fate: FateOfGrants): void {
  reactions.on(
    ['application.approved', 'application.partly-approved'],
    each((tx, entry) => service.createPending(tx, approvalsOf(entry), entry.actor)),
  );
  agreementReactions(reactions, service);
  reactions.on(
    ['application.withdrawn', 'application.closed', 'application.abandoned', 'application.refused'],
    async (tx, entries) => {
      const ended = entries.map(({ event, subject, actor }) => ({
        application: subject.id,
        reason: `The application ended: ${event}.`,
        actor,
      }));
      await service.applicationsEnded(tx, ended);
      return ok(undefined);
    },
  );
  reactions.on(
    'application.created',
    each(async (tx, entry) => {
      const { succeeds } = entry.data as { succeeds?: NonNullable<Approval['succeeds']> };
      if (succeeds === undefined) return;
      const following = { application: entry.subject.id, kind: succeeds.kind };
      await service.openSuccession(tx, succeeds.grant, following, entry.actor);
    }),
  );
  reactions.on(FOLLOWED, async (tx, entries) => {
    const changes: PremiseChange[] = [];
    for (const entry of entries) {
      const { subject, actor } = entry;
      const what = subject.kind as PremiseChange['what'];
      const change = await changeBy(tx, entry, fate);
      if (change !== null) changes.push({ what, id: subject.id, actor, ...change });
    }
    await service.follow(tx, changes);
    return ok(undefined);
  });
}

/** What both have signed makes grants active; what the holder has yet to sign only shows on them. */
function agreementReactions(reactions: ReactionTable, service: GrantService): void {
  reactions.on(
    ['application.agreement-accepted', 'application.agreement-counter-signed'],
    each(async (tx, { subject, data, actor }) => {
      const { template, version, hash, execution, datasets: covered } = data as unknown as Acceptance;
      const datasets = covered.map(({ dataset }) => dataset);
      if (execution === undefined)
        return service.activate(tx, subject.id, datasets, { template, version, hash, at: tx.now }, actor);
      const awaits: GrantCommand = { kind: 'await-holder', accepted: { template, version } };
      const isCovered = ({ approval }: Grant): boolean => datasets.includes(approval.dataset);
      return service.followAcceptance(tx, subject.id, (grant) => (isCovered(grant) ? awaits : null), actor);
    }),
  );
  reactions.on(
    'application.agreement-returned',
    each((tx, { subject, actor }) =>
      service.followAcceptance(tx, subject.id, () => ({ kind: 'return-acceptance' }), actor),
    ),
  );
}

/** Events that take a premise away or give it back. */
const PREMISES: Readonly<Record<string, GrantCommand>> = {
  'dataset.suspended': { kind: 'hold', cause: 'dataset', reason: 'The dataset is suspended.' },
  'dataset.withdrawn': { kind: 'hold', cause: 'dataset', reason: 'The dataset was withdrawn.' },
  'dataset.restored': { kind: 'lift', cause: 'dataset', reason: 'The dataset is listed again.' },
  'dataset.listed': { kind: 'lift', cause: 'dataset', reason: 'The dataset is listed again.' },
  'organisation.suspended': { kind: 'hold', cause: 'organisation', reason: 'The organisation is suspended.' },
  'organisation.resumed': { kind: 'lift', cause: 'organisation', reason: 'The organisation is active again.' },
};

const FOLLOWED: readonly string[] = [
  ...Object.keys(PREMISES),
  'dataset.held',
  'dataset.released',
  'dataset.reclassified',
  'dataset.sharing-changed',
];

/** What a held record is served as says the event: restored or let go by one of two causes, it may rest all the same. */
function onPremise(event: string, data: Readonly<Record<string, unknown>>): GrantCommand | null {
  const { state = 'listed' } = data as { state?: string };
  if (event === 'dataset.held')
    return state === 'listed' ? null : { kind: 'hold', cause: 'dataset', reason: 'The dataset rests.' };
  const command = PREMISES[event === 'dataset.released' ? 'dataset.restored' : event] ?? null;
  return command?.kind === 'lift' && command.cause === 'dataset' && state !== 'listed' ? null : command;
}

/** What an event does to the grants that rest on its subject, and to which kind of them. */
async function changeBy(
  tx: Transaction,
  { event, subject, data }: RecordedEntry,
  fate: FateOfGrants,
): Promise<Pick<PremiseChange, 'command' | 'kind'> | null> {
  if (event === 'dataset.sharing-changed') return onSharingChanged(data);
  if (event !== 'dataset.reclassified') {
    const command = onPremise(event, data);
    return command === null ? null : { command };
  }
  const command = await onReclassified(tx, subject.id, data, fate);
  return command === null ? null : { command, kind: 'opening' };
}

/** What is no longer shared rests, and goes on when it is shared again; each body is told by its grant. */
function onSharingChanged(data: Readonly<Record<string, unknown>>): Pick<PremiseChange, 'command' | 'kind'> {
  const { from, to } = data as { from: SharingTier; to: SharingTier };
  const kind = to === 'not-shared' ? 'hold' : 'lift';
  const reason = `The sharing tier went from ${from} to ${to}.`;
  return { command: { kind, cause: 'tier', reason }, kind: 'sharing' };
}

/** By the pack of the dataset: a raised tier keeps, holds or ends its grants; a lowered one releases what it held. */
async function onReclassified(
  tx: Transaction,
  dataset: Id,
  data: Readonly<Record<string, unknown>>,
  fate: FateOfGrants,
): Promise<GrantCommand | null> {
  const { from, to } = data as { from: Tier | null; to: Tier | null };
  if (from === null || to === null || from === to) return null;
  const reason = `The tier went from ${from} to ${to}.`;
  switch (await fate(tx, dataset, from, to)) {
    case null:
      return { kind: 'lift', cause: 'tier', reason };
    case 'keep':
      return null;
    case 'suspend':
      return { kind: 'hold', cause: 'tier', reason };
    case 're-review':
      return { kind: 'hold', cause: 're-review', reason };
    case 'end':
      return { kind: 'revoke', reason };
  }
}

function approvalsOf(entry: RecordedEntry): Approval[] {
  const ruling = entry.data as unknown as Ruling;
  return ruling.datasets.map(({ dataset, items, delivery, period, quota, terms }) => ({
    application: entry.subject.id,
    ...(ruling.kind === undefined ? {} : { kind: ruling.kind }),
    number: ruling.number,
    organisation: ruling.applicant,
    holder: ruling.holder,
    dataset,
    items,
    purpose: ruling.purpose,
    scenario: ruling.scenario,
    delivery,
    period,
    members: ruling.members,
    quota,
    conditions: terms,
    ...(ruling.succeeds === undefined ? {} : { succeeds: ruling.succeeds }),
  }));
}
