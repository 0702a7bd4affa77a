import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Sanction } from '../domain/sanction.js';
import type { Part, SanctionFilter, SanctionStore, Sight, StoredSanction } from '../supervision-stores.js';
import { countedBy, matching, newestFirst } from './listed.js';
import { SanctionRow, sanctionTable } from './supervision-rows.js';

/** Measures in the product's database, embedded or server. */
export class DatabaseSanctionStore implements SanctionStore {
  async find(reader: Reader, id: Id): Promise<StoredSanction | null> {
    const row = await sanctionTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async list(
    reader: Reader,
    sight: Sight,
    filter: SanctionFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredSanction>> {
    const query = matching(rows(reader), { ...filter });
    if (!sight.everything) query.andWhere('r.organisation = :own', { own: sight.organisation });
    const { rows: found, total } = await newestFirst(query, limit, before);
    return { items: found.map(stored), total };
  }

  counts(reader: Reader) {
    return countedBy(rows(reader).where('r.state = :state', { state: 'in-force' }), 'step');
  }

  async inForce(reader: Reader, organisation: Id): Promise<readonly StoredSanction[]> {
    const inForce = "organisation = ? AND state = 'in-force' ORDER BY id";
    return (await sanctionTable.where(reader, inForce, [organisation])).map(stored);
  }

  async due(reader: Reader, now: Instant, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['r.id'])
      .where('r.due_at <= :now', { now: reader.instantValue(now) })
      .orderBy('r.due_at', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  insert(tx: Transaction, sanction: Sanction): Promise<void> {
    return sanctionTable.insert(tx, [rowOf(sanction, 1)]);
  }

  async update(tx: Transaction, before: StoredSanction, next: Sanction): Promise<StoredSanction> {
    return stored(await sanctionTable.update(tx, rowOf(next, before.version)));
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(SanctionRow, 'r');
const stored = ({ body, version }: SanctionRow): StoredSanction => ({ sanction: body, version });

const rowOf = (sanction: Sanction, version: number): SanctionRow => ({
  id: sanction.id,
  version,
  violation: sanction.violation,
  organisation: sanction.organisation,
  grant_id: sanction.grant,
  step: sanction.step,
  state: sanction.state,
  imposed_at: sanction.imposedAt,
  ends_at: sanction.until,
  due_at: sanction.state === 'in-force' && sanction.step !== 'warning' ? sanction.until : null,
  datasets: sanction.datasets,
  body: sanction,
});
