import type { Id } from '../../kernel/ids.js';
import { endOfDay, type Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { ViolationKind } from '../domain/ladder.js';
import { UPHELD, type Violation } from '../domain/violation.js';
import type { Part, Sight, StoredViolation, ViolationFilter, ViolationStore } from '../supervision-stores.js';
import { countedBy, matching, newestFirst } from './listed.js';
import { ViolationRow, violationTable } from './supervision-rows.js';

/** Violations in the product's database, embedded or server. */
export class DatabaseViolationStore implements ViolationStore {
  async find(reader: Reader, id: Id): Promise<StoredViolation | null> {
    const row = await violationTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async list(
    reader: Reader,
    sight: Sight,
    { state, kind, organisation, grant }: ViolationFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredViolation>> {
    const query = matching(rows(reader), { state, kind, organisation, grant_id: grant });
    if (!sight.everything) query.andWhere('(r.organisation = :own OR r.holder = :own)', { own: sight.organisation });
    const { rows: found, total } = await newestFirst(query, limit, before);
    return { items: found.map(stored), total };
  }

  counts(reader: Reader) {
    return countedBy(rows(reader), 'state');
  }

  upheld(reader: Reader, organisation: Id, kind: ViolationKind, since: Instant, except: Id): Promise<number> {
    return rows(reader)
      .where('r.organisation = :organisation AND r.kind = :kind', { organisation, kind })
      .andWhere('r.state IN (:...upheld) AND r.id <> :except', { upheld: [...UPHELD], except })
      .andWhere('r.ruled_at >= :since', { since: reader.instantValue(since) })
      .getCount();
  }

  async upheldUnder(reader: Reader, grants: readonly Id[]): Promise<readonly Violation[]> {
    if (grants.length === 0) return [];
    const found = await rows(reader)
      .where('r.grant_id IN (:...grants)', { grants: [...grants] })
      .andWhere('r.state IN (:...upheld)', { upheld: [...UPHELD] })
      .getMany();
    return found.map(({ body }) => body);
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

  insert(tx: Transaction, violation: Violation): Promise<void> {
    return violationTable.insert(tx, [rowOf(violation, 1)]);
  }

  async update(tx: Transaction, before: StoredViolation, next: Violation): Promise<StoredViolation> {
    return stored(await violationTable.update(tx, rowOf(next, before.version)));
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(ViolationRow, 'r');
const stored = ({ body, version }: ViolationRow): StoredViolation => ({ violation: body, version });

const rowOf = (violation: Violation, version: number): ViolationRow => ({
  id: violation.id,
  version,
  kind: violation.kind,
  organisation: violation.organisation,
  holder: violation.holder,
  grant_id: violation.grant,
  state: violation.state,
  reported_at: violation.reportedAt,
  ruled_at: violation.rulings.at(-1)?.at ?? null,
  due_at: violation.cureBy === null || violation.cureMissed === true ? null : endOfDay(violation.cureBy),
  body: violation,
});
