import type { Id } from '../kernel/ids.js';
import type { Delivery, Purpose } from '../kernel/purpose.js';
import { ok, type Result } from '../kernel/result.js';
import { strictness, type Tier } from '../kernel/tier.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { GrantCommand } from './domain/decide.js';
import type { Approval, GrantCondition } from './domain/grant.js';
import type { GrantService } from './grant-service.js';

/** What a ruling carries on to grants (`RulingData` of applications). */
interface Ruling {
  readonly applicant: Id;
  readonly holder: Id;
  readonly number: string | null;
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly members: readonly Id[];
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
  readonly datasets: readonly { readonly dataset: Id }[];
}

/** What a dataset that is no longer open to applicants does to its live grants; a rule pack may say `end`. */
export type OnUpwardTier = 'suspend' | 'end';

export interface ReactionTable {
  on(
    events: string | readonly string[],
    reaction: (tx: Transaction, entries: readonly RecordedEntry[]) => Promise<Result<void>>,
  ): void;
}

/** Grants follow their premises: rulings, agreements, the fate of the application and of the dataset. */
export function grantReactions(
  reactions: ReactionTable,
  service: GrantService,
  onUpwardTier: OnUpwardTier = 'suspend',
): void {
  const each =
    (handle: (tx: Transaction, entry: RecordedEntry) => Promise<void>) =>
    async (tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> => {
      for (const entry of entries) await handle(tx, entry);
      return ok(undefined);
    };
  reactions.on(
    ['application.approved', 'application.partly-approved'],
    each((tx, entry) => service.createPending(tx, approvalsOf(entry), entry.actor)),
  );
  reactions.on(
    'application.agreement-accepted',
    each((tx, entry) => {
      const { template, version, hash, datasets } = entry.data as unknown as Acceptance;
      const agreement = { template, version, hash, at: tx.now };
      return service.activate(
        tx,
        entry.subject.id,
        datasets.map(({ dataset }) => dataset),
        agreement,
        entry.actor,
      );
    }),
  );
  reactions.on(
    ['application.withdrawn', 'application.closed', 'application.abandoned'],
    each((tx, entry) =>
      service.dropPending(tx, entry.subject.id, `The application ended: ${entry.event}.`, entry.actor),
    ),
  );
  reactions.on([...Object.keys(PREMISES), 'dataset.reclassified'], async (tx, entries) => {
    await service.follow(
      tx,
      entries.flatMap((entry) => {
        const command = commandOf(entry, onUpwardTier);
        const what = entry.subject.kind as 'dataset' | 'organisation';
        return command === null ? [] : [{ what, id: entry.subject.id, command, actor: entry.actor }];
      }),
    );
    return ok(undefined);
  });
}

/** Events that take a premise away or give it back. */
const PREMISES: Readonly<Record<string, GrantCommand>> = {
  'dataset.withdrawn': { kind: 'hold', cause: 'dataset', reason: 'The dataset was withdrawn.' },
  'dataset.restored': { kind: 'lift', cause: 'dataset', reason: 'The dataset is listed again.' },
  'dataset.listed': { kind: 'lift', cause: 'dataset', reason: 'The dataset is listed again.' },
  'organisation.suspended': { kind: 'hold', cause: 'organisation', reason: 'The organisation is suspended.' },
  'organisation.resumed': { kind: 'lift', cause: 'organisation', reason: 'The organisation is active again.' },
};

function commandOf({ event, data }: RecordedEntry, onUpwardTier: OnUpwardTier): GrantCommand | null {
  if (event !== 'dataset.reclassified') return PREMISES[event] ?? null;
  const { from, to } = data as { from: Tier | null; to: Tier | null };
  return from === null || to === null ? null : onReclassified(from, to, onUpwardTier);
}

/** A dataset that is no longer open to applicants holds its grants, or ends them; one lowered again releases them. */
function onReclassified(from: Tier, to: Tier, onUpwardTier: OnUpwardTier): GrantCommand | null {
  const raised = strictness(to) > strictness(from);
  if (from === to || (raised && to !== 'restricted')) return null;
  const reason = `The tier went from ${from} to ${to}.`;
  if (!raised) return { kind: 'lift', cause: 'tier', reason };
  return onUpwardTier === 'end' ? { kind: 'revoke', reason } : { kind: 'hold', cause: 'tier', reason };
}

function approvalsOf(entry: RecordedEntry): Approval[] {
  const ruling = entry.data as unknown as Ruling;
  return ruling.datasets.map(({ dataset, items, delivery, period, quota, terms }) => ({
    application: entry.subject.id,
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
  }));
}
