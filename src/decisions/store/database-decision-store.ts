import type { Id, Ids } from '../../kernel/ids.js';
import { type Actor } from '../../kernel/principal.js';
import { ok, type Result } from '../../kernel/result.js';
import type { Instant } from '../../kernel/time.js';
import { insertMissingRows, places, type Reader, type Transaction, type UnitOfWork } from '../../persistence/index.js';
import type { DeliveryBook, DeliveryReport } from '../access/ports.js';
import { portion } from '../portion.js';
import type { DecisionStore, RecordedDecision } from '../decision-book.js';
import type { CountOf } from '../decision-tally.js';
import type { PortalCount } from '../portal-tally.js';
import { DecisionRow, DeliveryRow, deliveryTable } from './decision-rows.js';

const CHUNK = 200;
/** Text of one statement: servers refuse one of more than some megabytes. */
const CHARACTERS = 500_000;
const FORGOTTEN_AT_ONCE = 2000;

/** Decisions on record in the product's database. They are no state: the log does not name them. */
export class DatabaseDecisionStore implements DecisionStore {
  constructor(private readonly unit: UnitOfWork) {}

  async write(
    records: readonly RecordedDecision[],
    counts: readonly CountOf[],
    portals: readonly PortalCount[],
  ): Promise<void> {
    await this.unit.run(async (tx) => {
      for (let start = 0; start < records.length; ) {
        const rows = portion(records, start, CHUNK, CHARACTERS).map(rowOf);
        start += rows.length;
        await insertMissingRows(tx, DecisionRow, rows);
      }
      for (let start = 0; start < counts.length; start += CHUNK)
        await addCounts(tx, counts.slice(start, start + CHUNK));
      for (let start = 0; start < portals.length; start += CHUNK)
        await addPortalCounts(tx, portals.slice(start, start + CHUNK));
      return ok(undefined);
    });
  }

  /** Lets go of what is older, a part at a time: a round has to end, and the next one goes on. */
  async forget(before: Instant): Promise<void> {
    await this.unit.run(async (tx) => {
      const sql = `SELECT id FROM decisions WHERE at < ? ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE}`;
      const old: { id: string }[] = await tx.manager.query(sql, [tx.instantValue(before)]);
      for (let start = 0; start < old.length; start += CHUNK)
        await tx.manager.delete(
          DecisionRow,
          old.slice(start, start + CHUNK).map(({ id }) => id),
        );
      return ok(undefined);
    });
  }

  async find(reader: Reader, id: string): Promise<RecordedDecision | null> {
    const row = await reader.manager.findOneBy(DecisionRow, { id });
    return row === null ? null : recordOf(row);
  }
}

const addCounts = (tx: Transaction, counts: readonly CountOf[]): Promise<void> =>
  addUp(
    tx,
    'decision_uses',
    ['day', 'dataset', 'tier', 'reason', 'permit'],
    counts.map(({ day, dataset, tier, reason, permit, count }) => [day, dataset, tier, reason, permit ? 1 : 0, count]),
  );

const addPortalCounts = (tx: Transaction, counts: readonly PortalCount[]): Promise<void> =>
  addUp(
    tx,
    'portal_uses',
    ['day', 'portal', 'credential', 'reason', 'permit'],
    counts.map(({ day, portal, credential, reason, permit, count, lastAt }) => [
      day,
      portal,
      credential,
      reason,
      permit ? 1 : 0,
      count,
      lastAt,
    ]),
    'last_at',
  );

/** Adds a count to what is counted under these keys; `latest` names a column that keeps the greater value. */
async function addUp(
  tx: Transaction,
  table: string,
  keys: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  latest?: string,
): Promise<void> {
  const isMysql = tx.dialect === 'mysql';
  const given = (column: string): string => (isMysql ? `VALUES(${column})` : `excluded.${column}`);
  const sums = [
    `count = count + ${given('count')}`,
    ...(latest === undefined ? [] : [`${latest} = ${isMysql ? 'GREATEST' : 'MAX'}(${latest}, ${given(latest)})`]),
  ];
  const columns = [...keys, 'count', ...(latest === undefined ? [] : [latest])];
  const filled = rows.map(() => `(${places(columns)})`).join(', ');
  const again = isMysql ? 'ON DUPLICATE KEY UPDATE' : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${filled} ${again} ${sums.join(', ')}`;
  await tx.manager.query(sql, rows.flat());
}

const rowOf = ({
  askerKind,
  row,
  byItems,
  policyVersion,
  grant,
  validUntil,
  ...same
}: RecordedDecision): DecisionRow => ({
  ...same,
  by_items: byItems,
  asker_kind: askerKind,
  row_id: row,
  policy_version: policyVersion,
  grant_id: grant,
  valid_until: validUntil,
});

const recordOf = ({
  asker_kind,
  row_id,
  by_items,
  policy_version,
  grant_id,
  valid_until,
  ...same
}: DecisionRow): RecordedDecision => ({
  ...same,
  askerKind: asker_kind as RecordedDecision['askerKind'],
  row: row_id,
  byItems: by_items,
  policyVersion: policy_version,
  grant: grant_id,
  validUntil: valid_until,
});

/** Deliveries: each is a logged row of its own, so that every instance counts the same against a quota. */
export class DatabaseDeliveryBook implements DeliveryBook {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  async record(
    report: DeliveryReport,
  ): Promise<Result<{ id: string; grantDeliveries: number | null; repeated: boolean }>> {
    const known = await this.unit.read((reader) => this.known(reader, report));
    if (known !== null) return ok({ ...(await this.answer(known)), repeated: true });
    const id = this.ids.next();
    const done = await this.unit.run((tx) => this.insert(tx, id, report)).catch((error: unknown) => error);
    if (done instanceof Error) {
      const raced = await this.unit.read((reader) => this.known(reader, report));
      if (raced === null) throw done;
      return ok({ ...(await this.answer(raced)), repeated: true });
    }
    return ok({ ...(await this.answer({ id, grant: report.grant })), repeated: false });
  }

  private async insert(
    tx: Transaction,
    id: Id,
    { evaluationId, distribution, grant, portal, ...rest }: DeliveryReport,
  ): Promise<Result<void>> {
    const row: DeliveryRow = {
      ...rest,
      id,
      version: 1,
      at: tx.now,
      evaluation: evaluationId,
      distribution: distribution ?? '',
      grant_id: grant,
      portal,
    };
    await deliveryTable.insert(tx, [row]);
    const actor: Actor = { kind: 'portal', id: portal };
    const data = { evaluation: evaluationId, dataset: rest.dataset, distribution, grant, bytes: rest.bytes };
    tx.append({ event: 'delivery.recorded', subject: { kind: 'delivery', id }, actor, data });
    return ok(undefined);
  }

  private async known(
    reader: Reader,
    { evaluationId, distribution }: DeliveryReport,
  ): Promise<{ id: string; grant: string | null } | null> {
    const row = await reader.manager.findOneBy(DeliveryRow, {
      evaluation: evaluationId,
      distribution: distribution ?? '',
    });
    return row === null ? null : { id: row.id, grant: row.grant_id };
  }

  private async answer({
    id,
    grant,
  }: {
    id: string;
    grant: string | null;
  }): Promise<{ id: string; grantDeliveries: number | null }> {
    if (grant === null) return { id, grantDeliveries: null };
    const count = await this.unit.read((reader) => reader.manager.countBy(DeliveryRow, { grant_id: grant }));
    return { id, grantDeliveries: count };
  }
}
