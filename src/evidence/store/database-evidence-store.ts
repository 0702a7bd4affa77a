import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import { type Reader, readOnce, type Transaction } from '../../persistence/index.js';
import { dueAt, type Evidence } from '../domain/evidence.js';
import type { EvidenceFilter, EvidenceSight, EvidenceStore, StoredEvidence } from '../evidence-store.js';
import { EvidenceRow, evidenceTable } from './evidence-row.js';

/** Evidence in the product's database, embedded or server. */
export class DatabaseEvidenceStore implements EvidenceStore {
  async find(reader: Reader, id: Id): Promise<StoredEvidence | null> {
    const row = await evidenceTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async findMany(reader: Reader, ids: readonly Id[]): Promise<readonly Evidence[]> {
    return (await evidenceTable.findMany(reader, ids)).map(({ body }) => body);
  }

  open = readOnce([evidenceTable.kind], 'open evidence', async (reader: Reader, organisation: Id) => {
    const open = "organisation = ? AND state IN ('filed', 'verified') ORDER BY id";
    return (await evidenceTable.where(reader, open, [organisation])).map(({ body }) => body);
  });

  async ofKind(reader: Reader, organisation: Id, kind: string): Promise<readonly Evidence[]> {
    const found = await evidenceTable.where(reader, 'organisation = ? AND kind = ? ORDER BY id', [organisation, kind]);
    return found.map(({ body }) => body);
  }

  async list(reader: Reader, sight: EvidenceSight, filter: EvidenceFilter, limit: number, after: Id | null) {
    const query = rows(reader).where('1 = 1');
    if (!sight.everything) query.andWhere('e.organisation = :own', { own: sight.organisation });
    for (const [column, value] of Object.entries(filter))
      query.andWhere(`e.${column} = :${column}`, { [column]: value });
    const total = await query.getCount();
    const waiting = filter.state === 'filed';
    if (after !== null) query.andWhere(waiting ? 'e.id > :after' : 'e.id < :after', { after });
    const found = await query
      .orderBy('e.id', waiting ? 'ASC' : 'DESC')
      .limit(limit)
      .getMany();
    return { items: found.map(stored), total };
  }

  async due(reader: Reader, now: Instant, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['e.id'])
      .where('e.due_at <= :now', { now: reader.instantValue(now) })
      .orderBy('e.due_at', 'ASC')
      .addOrderBy('e.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  async countingUntil(reader: Reader, before: Instant, after: Id, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['e.id'])
      .where('e.state = :state AND e.id > :after', { state: 'verified', after })
      .andWhere('e.due_at < :before', { before: reader.instantValue(before) })
      .orderBy('e.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  insert(tx: Transaction, evidence: Evidence): Promise<void> {
    return evidenceTable.insert(tx, [rowOf(evidence, 1)]);
  }

  async update(tx: Transaction, before: StoredEvidence, next: Evidence): Promise<StoredEvidence> {
    return stored(await evidenceTable.update(tx, rowOf(next, before.version)));
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(EvidenceRow, 'e');
const stored = ({ body, version }: EvidenceRow): StoredEvidence => ({ evidence: body, version });

const rowOf = (evidence: Evidence, version: number): EvidenceRow => ({
  id: evidence.id,
  version,
  organisation: evidence.organisation,
  kind: evidence.kind,
  state: evidence.state,
  filed_at: evidence.filedAt,
  due_at: dueAt(evidence),
  body: evidence,
});
