import type { Id } from '../../kernel/ids.js';
import { addDays, type Day, type Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { DemandFilter, DemandSight, DemandStore, StoredDemand } from '../demand-store.js';
import type { Demand } from '../domain/demand.js';
import type { Part } from '../supervision-stores.js';
import { DemandRow, demandTable } from './demand-row.js';
import { matching, newestFirst } from './listed.js';

/** Demands in the product's database, embedded or server. */
export class DatabaseDemandStore implements DemandStore {
  async find(reader: Reader, id: Id): Promise<StoredDemand | null> {
    const row = await demandTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async list(
    reader: Reader,
    sight: DemandSight,
    { overdueOn, ...filter }: DemandFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredDemand>> {
    const query = matching(rows(reader), { ...filter });
    if (overdueOn !== undefined)
      query.andWhere('r.due < :today AND r.state = :waiting', { today: overdueOn, waiting: 'waiting' });
    if (!sight.everything)
      query.andWhere('(r.state <> :unanswered OR r.organisation = :own OR r.holder = :own)', {
        unanswered: 'waiting',
        own: sight.organisation ?? '',
      });
    const { rows: found, total } = await newestFirst(query, limit, before);
    return { items: found.map(stored), total };
  }

  ofVisitors(reader: Reader, since: Instant): Promise<number> {
    return rows(reader)
      .where('r.state = :state AND r.person IS NULL', { state: 'waiting' })
      .andWhere('r.asked_at >= :since', { since: reader.instantValue(since) })
      .getCount();
  }

  async due(reader: Reader, today: Day, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['r.id'])
      .where('r.acts_on <= :today', { today })
      .orderBy('r.acts_on', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  insert(tx: Transaction, demand: Demand): Promise<void> {
    return demandTable.insert(tx, [rowOf(demand, 1)]);
  }

  async update(tx: Transaction, before: StoredDemand, next: Demand): Promise<StoredDemand> {
    return stored(await demandTable.update(tx, rowOf(next, before.version)));
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(DemandRow, 'r');
const stored = ({ body, version }: DemandRow): StoredDemand => ({ demand: body, version });

const rowOf = (demand: Demand, version: number): DemandRow => ({
  id: demand.id,
  version,
  state: demand.state,
  holder: demand.holder,
  dataset: demand.dataset,
  person: demand.person,
  organisation: demand.organisation,
  asked_at: demand.askedAt,
  due: demand.due,
  acts_on: demand.state === 'waiting' && !demand.overdueTold ? addDays(demand.due, 1) : null,
  body: demand,
});
