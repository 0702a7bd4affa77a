import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { Day } from '../../kernel/time.js';
import { type ToldEntry, toldOf, toldOfEach } from '../../log/index.js';
import { places, type Reader, takeNumbers, type Transaction } from '../../persistence/index.js';
import type {
  ApplicationChange,
  ApplicationFilter,
  ApplicationStore,
  Listed,
  Place,
  Placing,
  Sight,
  StoredApplication,
} from '../application-store.js';
import { type Application, OPEN_STATES } from '../domain/application.js';
import type { ApplicationEvent } from '../domain/events.js';
import { afterPlace, orderOf, rowsInSight } from './application-lists.js';
import { ApplicationRow, applicationTable } from './application-row.js';

const HISTORY_CHUNK = 500;
const HOLDERS = 200;
const CLOCK_STATES = ['submitted', 'needs-correction', 'in-review', 'consulting'] as const;

/** Applications in the product's database, embedded or server: one row each, their events in the log. */
export class DatabaseApplicationStore implements ApplicationStore {
  async find(reader: Reader, id: Id): Promise<StoredApplication | null> {
    const row = await applicationTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async findMany(reader: Reader, ids: readonly Id[]): Promise<readonly StoredApplication[]> {
    const rows = await applicationTable.findMany(reader, ids);
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(stored);
  }

  async insert(tx: Transaction, application: Application, placing: Placing): Promise<void> {
    await applicationTable.insert(tx, [rowOf(application, 1, placing)]);
  }

  async update(
    tx: Transaction,
    before: StoredApplication,
    next: Application,
    placing: Placing,
  ): Promise<StoredApplication> {
    return stored(await applicationTable.update(tx, rowOf(next, before.version, placing)));
  }

  async updateMany(tx: Transaction, changes: readonly ApplicationChange[]): Promise<void> {
    await applicationTable.updateMany(
      tx,
      changes.map(({ before, next, placing }) => rowOf(next, before.version, placing)),
    );
  }

  async count(reader: Reader, sight: Sight, filter: ApplicationFilter): Promise<number> {
    const rows = rowsInSight(sight, filter);
    if (rows === null) return 0;
    const [count] = await reader.manager.query(`SELECT COUNT(*) AS total FROM (${rows.sql}) seen`, [...rows.values]);
    return Number(count.total);
  }

  async list(
    reader: Reader,
    sight: Sight,
    filter: ApplicationFilter,
    limit: number,
    after: Place | null,
  ): Promise<readonly Listed[]> {
    const rows = rowsInSight(sight, filter, after === null ? null : afterPlace(reader, filter, after));
    if (rows === null) return [];
    const sql = `${rows.sql} ORDER BY ${orderOf(filter)} LIMIT ${Math.trunc(limit)}`;
    const ids = (await reader.manager.query(sql, [...rows.values])).map(({ id }: { id: string }) => id) as string[];
    const found = new Map((await applicationTable.findMany(reader, ids)).map((row) => [row.id, row]));
    return ids.flatMap((id) => found.get(id) ?? []).map(listed);
  }

  async similar(reader: Reader, application: Application): Promise<readonly { id: Id; number: string | null }[]> {
    return reader.manager
      .createQueryBuilder(ApplicationRow, 'a')
      .select(['a.id', 'a.number'])
      .where('a.applicant = :applicant AND a.similarity = :similarity', {
        applicant: application.applicant,
        similarity: similarityOf(application),
      })
      .andWhere('a.id <> :id AND a.state IN (:...open)', { id: application.id, open: [...OPEN_STATES] })
      .orderBy('a.created_at', 'ASC')
      .addOrderBy('a.id', 'ASC')
      .limit(5)
      .getMany()
      .then((rows) => rows.map(({ id, number }) => ({ id, number })));
  }

  async openOf(reader: Reader, organisation: Id, dataset: Id): Promise<readonly StoredApplication[]> {
    const rows = await reader.manager
      .createQueryBuilder(ApplicationRow, 'a')
      .where('a.applicant = :organisation AND a.state IN (:...open)', { organisation, open: ['draft', ...OPEN_STATES] })
      .orderBy('a.created_at', 'DESC')
      .addOrderBy('a.id', 'DESC')
      .getMany();
    return rows
      .map(stored)
      .filter(({ application }) => application.request.datasets.some((one) => one.dataset === dataset));
  }

  async openBy(reader: Reader, organisation: Id): Promise<readonly StoredApplication[]> {
    const rows = await reader.manager
      .createQueryBuilder(ApplicationRow, 'a')
      .where('a.applicant = :organisation AND a.state IN (:...open)', { organisation, open: [...OPEN_STATES] })
      .orderBy('a.id', 'ASC')
      .getMany();
    return rows.map(stored);
  }

  async openAt(reader: Reader, holders: readonly Id[]): Promise<readonly StoredApplication[]> {
    const found: ApplicationRow[] = [];
    for (let start = 0; start < holders.length; start += HOLDERS)
      found.push(
        ...(await reader.manager
          .createQueryBuilder(ApplicationRow, 'a')
          .where('a.holder IN (:...holders)', { holders: holders.slice(start, start + HOLDERS) })
          .andWhere('a.state IN (:...open)', { open: ['draft', ...OPEN_STATES] })
          .getMany()),
      );
    return found.sort((a, b) => (a.id < b.id ? -1 : 1)).map(stored);
  }

  async dueToAct(reader: Reader, today: Day, limit: number): Promise<readonly Id[]> {
    const sql = `SELECT id FROM applications WHERE acts_on <= ? ORDER BY acts_on, id LIMIT ${Math.trunc(limit)}`;
    return (await reader.manager.query(sql, [today])).map(({ id }: { id: Id }) => id);
  }

  async dueBetween(reader: Reader, from: Day, to: Day, afterId: Id, limit: number): Promise<readonly Id[]> {
    const sql = `SELECT id FROM applications WHERE due >= ? AND due <= ? AND state IN (${places(CLOCK_STATES)}) AND id > ?
      ORDER BY id LIMIT ${Math.trunc(limit)}`;
    const rows = await reader.manager.query(sql, [from, to, ...CLOCK_STATES, afterId]);
    return rows.map(({ id }: { id: Id }) => id);
  }

  async waitingAt(reader: Reader, organisation: Id, role: Role | null): Promise<readonly Id[]> {
    const one = role === null ? '' : ' AND turn_role = ?';
    const sql = `SELECT id FROM applications WHERE turn_organisation = ?${one} ORDER BY id`;
    const rows = await reader.manager.query(sql, [organisation, ...(role === null ? [] : [role])]);
    return rows.map(({ id }: { id: Id }) => id);
  }

  async running(reader: Reader, afterId: Id, limit: number): Promise<readonly Id[]> {
    const sql = `SELECT id FROM applications WHERE state IN (${places(CLOCK_STATES)}) AND id > ? ORDER BY id LIMIT ${Math.trunc(limit)}`;
    return (await reader.manager.query(sql, [...CLOCK_STATES, afterId])).map(({ id }: { id: Id }) => id);
  }

  async history(reader: Reader, id: Id): Promise<readonly ApplicationEvent[]> {
    const subject = { kind: 'application', id };
    const events: ApplicationEvent[] = [];
    for (let after = 0; ; ) {
      const part = await toldOf(reader, subject, { after, limit: HISTORY_CHUNK });
      events.push(...part.map(eventOf));
      const last = part.at(-1);
      if (last === undefined || part.length < HISTORY_CHUNK) return events;
      after = last.position;
    }
  }

  async histories(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, readonly ApplicationEvent[]>> {
    const told = await toldOfEach(reader, 'application', ids);
    return new Map([...told].map(([id, entries]) => [id, entries.map(eventOf)]));
  }

  nextNumber(tx: Transaction, year: number): Promise<number> {
    return takeNumbers(tx, 'application_numbers', { year });
  }
}

function stored({
  body,
  version,
  turn_role: role,
  turn_organisation: organisation,
}: ApplicationRow): StoredApplication {
  return { application: body, version, turn: role === null || organisation === null ? null : { role, organisation } };
}

const listed = (row: ApplicationRow): Listed => ({ stored: stored(row), due: row.due });

/** Two requests of one kind are the same when they ask one holder for the same items, for the same category and project. */
export function similarityOf({ holder, kind, request }: Application): string {
  const datasets = request.datasets.map(({ dataset, items }) => `${dataset} ${[...items].sort().join(',')}`).sort();
  const { category, project } = request.purpose;
  return createHash('sha256')
    .update(canonicalJson({ holder, datasets, category, project: project ?? '', kind }))
    .digest('hex');
}

function rowOf(application: Application, version: number, { turn, due, actsOn }: Placing): ApplicationRow {
  const substitute = application.passed.authority ?? application.passed.holder;
  return {
    id: application.id,
    version,
    kind: application.kind ?? null,
    number: application.number,
    state: application.state,
    stage: application.stage,
    applicant: application.applicant,
    holder: application.holder,
    assignee: application.assignee,
    bundle: application.request.bundle ?? null,
    turn_role: turn?.role ?? null,
    turn_organisation: turn?.organisation ?? null,
    substitute_role: substitute?.role ?? null,
    substitute_organisation: substitute?.organisation ?? null,
    due,
    acts_on: actsOn,
    similarity: similarityOf(application),
    created_at: application.createdAt,
    submitted_at: application.submittedAt,
    body: application,
  };
}

const eventOf = ({ event, at, actor, data }: ToldEntry): ApplicationEvent =>
  ({ event, by: actor.id, at, data }) as unknown as ApplicationEvent;
