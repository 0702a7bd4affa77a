import { type DatasetRecord, wasListed } from '../catalogue/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Tier } from '../kernel/tier.js';
import type { Reader, RecordedEntry, Transaction } from '../persistence/index.js';
import type { DatasetPort } from './dataset-port.js';
import { CAUTIOUS, fateOf, governanceOf } from './domain/governance.js';
import { type Impact, impactOf, type Resting } from './domain/impact.js';
import type { Governance, GrantFate } from './domain/pack.js';
import type { Packs } from './packs/load.js';
import type { ReclassificationRow, ReclassificationStore } from './reclassification-store.js';
import type { RestingPort } from './resting-port.js';

/** What a change of tier would do, or did. */
export interface Preview {
  readonly dataset: DatasetRecord;
  readonly from: Tier;
  readonly to: Tier;
  readonly pack: string;
  readonly packVersion: number;
  /** What the pack does to live grants; null where the change is no raise. */
  readonly fate: GrantFate | null;
  readonly impact: Impact;
}

/** Whose tiers a person may look at: their own body's, or everyone's for the offices that oversee. */
export const seesReclassifications = ({ roles, organisation }: Principal, publisher: Id): boolean =>
  roles.some((role) => OVERSEERS.has(role)) || organisation?.id === publisher;
const OVERSEERS: ReadonlySet<string> = new Set(['officer', 'supervisor', 'auditor', 'admin']);

/**
 * Reclassification as a governed act: says beforehand what a change of tier would do to every live grant and open
 * application, and keeps with each change what it did. It records before the others react, with everything it names
 * locked, so that what is recorded is what becomes of each in the same transaction.
 */
export class ReclassificationService {
  constructor(
    private readonly store: ReclassificationStore,
    private readonly datasets: DatasetPort,
    private readonly resting: RestingPort,
    private readonly packs: Packs,
    private readonly ids: Ids,
  ) {}

  /** What giving the dataset this tier would do now. */
  async preview(reader: Reader, principal: Principal, dataset: Id, to: Tier): Promise<Result<Preview>> {
    const record = await this.datasets.find(reader, dataset);
    if (record === null || !seesReclassifications(principal, record.publisher)) return err(refusal('not-found'));
    const [resting] = await this.restingOn(reader, [record]);
    return ok(this.previewOf(record, record.tier, to, resting as Resting));
  }

  /** What the pack of a dataset does to its live grants at this change; for the slice that keeps them. */
  async fate(reader: Reader, dataset: Id, from: Tier, to: Tier): Promise<GrantFate | null> {
    const record = await this.datasets.find(reader, dataset);
    return fateOf(this.governance(record?.pack ?? ''), from, to);
  }

  /** Reaction to `dataset.reclassified`: one record of each change, before anything else follows from it. */
  async record(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const found = await this.datasets.findMany(
      tx,
      entries.map(({ subject }) => subject.id),
    );
    // What was never listed rests under nobody.
    const records = new Map(found.filter(wasListed).map((record) => [record.id, record]));
    const told = entries.filter(({ subject }) => records.has(subject.id));
    const changed = told.map(({ subject }) => records.get(subject.id) as DatasetRecord);
    await this.lock(tx, await this.restingOn(tx, changed));
    const resting = await this.restingOn(tx, changed);
    const rows = told.map((entry, at) => this.rowOf(tx, entry, changed[at] as DatasetRecord, resting[at] as Resting));
    await this.store.insert(tx, rows);
    for (const [at, row] of rows.entries()) tell(tx, row, told[at] as RecordedEntry);
    return ok(undefined);
  }

  /** In the one order: applications, then grants. */
  private async lock(tx: Transaction, resting: readonly Resting[]): Promise<void> {
    const idsOf = (kind: 'applications' | 'grants'): Id[] => resting.flatMap((one) => one[kind].map(({ id }) => id));
    await tx.lock('application', idsOf('applications'));
    await tx.lock('grant', idsOf('grants'));
  }

  private rowOf(tx: Transaction, entry: RecordedEntry, record: DatasetRecord, resting: Resting): ReclassificationRow {
    const { from, to, assessment } = entry.data as { from: Tier; to: Tier; assessment?: Id };
    const { pack, packVersion, fate, impact } = this.previewOf(record, from, to, resting);
    return {
      id: this.ids.next(),
      version: 1,
      dataset: record.id,
      publisher: record.publisher,
      from_tier: from,
      to_tier: to,
      assessment: assessment ?? null,
      actor: entry.actor.id,
      pack,
      pack_version: packVersion,
      fate,
      impact,
      at: tx.now,
    };
  }

  private previewOf(record: DatasetRecord, from: Tier, to: Tier, resting: Resting): Preview {
    const governance = this.governance(record.pack);
    const packVersion = this.packs.current(record.pack)?.pack.version ?? 0;
    const impact = impactOf(from, to, governance, resting);
    return { dataset: record, from, to, pack: record.pack, packVersion, fate: fateOf(governance, from, to), impact };
  }

  private governance(pack: string): Governance {
    const compiled = this.packs.current(pack);
    return compiled === null ? CAUTIOUS : governanceOf(compiled.pack);
  }

  private async restingOn(reader: Reader, records: readonly DatasetRecord[]): Promise<Resting[]> {
    const grants = await this.resting.grants(
      reader,
      records.map(({ id }) => id),
    );
    const applications = await this.resting.applications(reader, records);
    return records.map(({ id, distributions }) => ({
      grants: grants.get(id) ?? [],
      applications: applications.get(id) ?? [],
      distributions: distributions
        .filter(({ url }) => url !== null)
        .map(({ id: distribution, title, format }) => ({ id: distribution, title, format })),
    }));
  }
}

function tell(tx: Transaction, row: ReclassificationRow, { actor }: RecordedEntry): void {
  const { grants, applications } = row.impact;
  tx.append(
    {
      event: 'reclassification.recorded',
      subject: { kind: 'reclassification', id: row.id },
      actor,
      data: { dataset: row.dataset, grants: grants.length, applications: applications.length },
    },
    [{ kind: 'reclassification', id: row.id }],
  );
}
