import type { Id } from '../kernel/ids.js';
import type { Delivery, Purpose } from '../kernel/purpose.js';
import { ok, type Result } from '../kernel/result.js';
import { strictness, type Tier } from '../kernel/tier.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { Approval } from './domain/grant.js';
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
    readonly conditions: readonly { readonly kind: string; readonly text: string }[];
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
  reactions.on(
    ['dataset.withdrawn', 'dataset.restored', 'dataset.listed'],
    each((tx, entry) => {
      const gone = entry.event === 'dataset.withdrawn';
      const reason = gone ? 'The dataset was withdrawn.' : 'The dataset is listed again.';
      const kind = gone ? 'hold-for-dataset' : 'lift-for-dataset';
      return service.forDataset(tx, entry.subject.id, { kind, reason }, entry.actor);
    }),
  );
  reactions.on(
    'dataset.reclassified',
    each(async (tx, entry) => {
      const { from, to } = entry.data as { from: Tier | null; to: Tier | null };
      if (from === null || to === null || from === to) return;
      const raised = strictness(to) > strictness(from);
      if (raised && to !== 'restricted') return;
      const reason = `The tier went from ${from} to ${to}.`;
      const kind = !raised ? 'lift-for-dataset' : onUpwardTier === 'end' ? 'revoke' : 'hold-for-dataset';
      await service.forDataset(tx, entry.subject.id, { kind, reason }, entry.actor);
    }),
  );
}

function approvalsOf(entry: RecordedEntry): Approval[] {
  const ruling = entry.data as unknown as Ruling;
  return ruling.datasets.map(({ dataset, items, delivery, period, quota, conditions }) => ({
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
    conditions: conditions.map(({ kind, text }) => ({ kind, text, validUntil: null })),
  }));
}
