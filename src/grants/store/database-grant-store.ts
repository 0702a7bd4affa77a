import { In } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import { provenRows } from '../../log/index.js';
import type { Reader, StoredRow, Transaction } from '../../persistence/index.js';
import { dueAt } from '../domain/by-time.js';
import { firstOwed } from '../domain/duties.js';
import {
  conditionsUntil,
  effectiveDelivery,
  effectiveQuota,
  type Grant,
  type GrantState,
  stateOf,
} from '../domain/grant.js';
import type { GrantFilter, GrantSight, GrantStore, IndexableGrant, StoredGrant } from '../grant-store.js';
import { idsInSight } from './grant-lists.js';
import { GrantRow, grantTable } from './grant-row.js';

const LIVE: readonly GrantState[] = ['pending', 'active', 'limited', 'suspended'];

const DATASETS = 200;

/** Grants in the product's database, embedded or server. */
export class DatabaseGrantStore implements GrantStore {
  async find(reader: Reader, id: Id): Promise<StoredGrant | null> {
    const row = await grantTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  ofApplication(reader: Reader, application: Id): Promise<readonly StoredGrant[]> {
    return reader.known.recall([grantTable.kind], `grants of ${application}`, async () => {
      const rows = await grantTable.where(reader, 'application = ? ORDER BY id', [application]);
      return rows.map(stored);
    });
  }

  async ofApplications(reader: Reader, applications: readonly Id[]): Promise<readonly StoredGrant[]> {
    if (applications.length === 0) return [];
    return (await reader.manager.findBy(GrantRow, { application: In([...applications]) })).map(stored);
  }

  async followedBy(reader: Reader, application: Id): Promise<StoredGrant[]> {
    return (await reader.manager.find(GrantRow, { where: { succession: application }, order: { id: 'ASC' } })).map(
      stored,
    );
  }

  async liveOf(reader: Reader, what: 'dataset' | 'organisation', id: Id): Promise<StoredGrant[]> {
    const query = reader.manager.createQueryBuilder(GrantRow, 'g').where(`g.${what} = :id`, { id });
    return (
      await query
        .andWhere('g.state IN (:...live)', { live: [...LIVE] })
        .orderBy('g.id', 'ASC')
        .getMany()
    ).map(stored);
  }

  async liveOn(reader: Reader, datasets: readonly Id[]): Promise<StoredGrant[]> {
    const rows: GrantRow[] = [];
    for (let start = 0; start < datasets.length; start += DATASETS)
      rows.push(
        ...(await reader.manager
          .createQueryBuilder(GrantRow, 'g')
          .where('g.dataset IN (:...datasets)', { datasets: datasets.slice(start, start + DATASETS) })
          .andWhere('g.state IN (:...live)', { live: [...LIVE] })
          .getMany()),
      );
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(stored);
  }

  async due(reader: Reader, now: Instant, limit: number): Promise<Id[]> {
    const rows = await reader.manager
      .createQueryBuilder(GrantRow, 'g')
      .select(['g.id'])
      .where('g.due_at <= :now', { now: reader.instantValue(now) })
      .orderBy('g.due_at', 'ASC')
      .addOrderBy('g.id', 'ASC')
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  async dueBefore(reader: Reader, before: Instant, afterId: Id, limit: number): Promise<Id[]> {
    const rows = await reader.manager
      .createQueryBuilder(GrantRow, 'g')
      .select(['g.id'])
      .where('g.due_at < :before AND g.id > :after', { before: reader.instantValue(before), after: afterId })
      .orderBy('g.id', 'ASC')
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  async list(
    reader: Reader,
    sight: GrantSight,
    filter: GrantFilter,
    limit: number,
    before: Id | null,
  ): Promise<{ items: StoredGrant[]; total: number }> {
    const { endingBefore, ...equal } = filter;
    const ending = endingBefore === undefined ? null : reader.instantValue(endingBefore);
    const all = idsInSight(sight, equal, null, ending);
    const [count] = await reader.manager.query(`SELECT COUNT(*) AS total FROM (${all.sql}) seen`, [...all.values]);
    const next = idsInSight(sight, equal, before, ending);
    const sql = `${next.sql} ORDER BY id DESC LIMIT ${Math.trunc(limit)}`;
    const ids = (await reader.manager.query(sql, [...next.values])).map(({ id }: { id: Id }) => id) as Id[];
    const found = new Map((await grantTable.findMany(reader, ids)).map((row) => [row.id, row]));
    return { items: ids.flatMap((id) => found.get(id) ?? []).map(stored), total: Number(count.total) };
  }

  async insert(tx: Transaction, grants: readonly Grant[]): Promise<void> {
    await grantTable.insert(
      tx,
      grants.map((grant) => rowOf(grant, 1)),
    );
  }

  async update(tx: Transaction, before: StoredGrant, next: Grant): Promise<StoredGrant> {
    return stored(await grantTable.update(tx, rowOf(next, before.version)));
  }

  count(reader: Reader): Promise<number> {
    return reader.manager.count(GrantRow);
  }

  async page(reader: Reader, after: Id, limit: number): Promise<IndexableGrant[]> {
    return proven(reader, await grantTable.scanStored(reader, after, limit));
  }

  async named(reader: Reader, ids: readonly Id[]): Promise<IndexableGrant[]> {
    return proven(reader, await grantTable.findStored(reader, ids));
  }
}

const stored = ({ premises, version }: GrantRow): StoredGrant => ({ grant: premises, version });

/** Says of each row whether it is the newest one the log names: an edited, added or put-back row is not. */
const proven = async (reader: Reader, rows: readonly StoredRow<GrantRow>[]): Promise<IndexableGrant[]> =>
  (await provenRows(reader, grantTable, rows)).map(({ row, intact }) => indexable(row, intact));

const indexable = (row: GrantRow, intact: boolean): IndexableGrant => ({
  id: row.id,
  version: row.version,
  organisation: row.organisation,
  dataset: row.dataset,
  state: row.state as GrantState,
  ...(row.premises.approval.kind === undefined ? {} : { kind: row.premises.approval.kind }),
  purpose: row.purpose,
  delivery: row.delivery,
  quota: row.quota,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  conditionsUntil: row.conditions_until,
  // Null where a hand left what cannot be read.
  items: row.items ?? [],
  members: row.members ?? [],
  agreement: row.premises.accepted ?? agreementOf(row),
  atHolder: row.premises.accepted !== undefined,
  intact,
});

const agreementOf = ({ agreement_template: template, agreement_version: version }: GrantRow) =>
  template === null || version === null ? null : { template, version };

function rowOf(grant: Grant, version: number): GrantRow {
  const { approval, agreement } = grant;
  return {
    id: grant.id,
    version,
    application: approval.application,
    organisation: approval.organisation,
    holder: approval.holder,
    dataset: approval.dataset,
    state: stateOf(grant),
    purpose: approval.purpose,
    delivery: effectiveDelivery(grant),
    quota: effectiveQuota(grant),
    starts_at: grant.startsAt,
    ends_at: grant.endsAt,
    due_at: dueAt(grant),
    duty_by: firstOwed(grant),
    conditions_until: conditionsUntil(grant),
    items: approval.items,
    members: approval.members,
    agreement_template: agreement?.template ?? null,
    agreement_version: agreement?.version ?? null,
    succession: grant.following?.application ?? null,
    premises: grant,
  };
}
