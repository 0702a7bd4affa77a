import { monotonicFactory } from 'ulid';
import type { Database } from '../../src/persistence/index.js';

const next = monotonicFactory();

/** Columns that must differ from row to row beside the id, by table. */
const UNIQUE: Readonly<Record<string, readonly string[]>> = {
  organisations: ['credit_code'],
  people: ['username'],
  posts: [],
  portals: ['client_id'],
  credentials: [],
  sessions: [],
  registrations: [],
  datasets: ['identifier'],
  catalogue_imports: ['open_key'],
  assessments: ['current_key', 'open_key'],
  applications: ['number'],
  grants: ['application'],
  deliveries: ['evaluation'],
};
/** Nine of ten copies belong to somebody nobody asks about, as in a city where each organisation sees little of it all. */
const BELONGING = [
  'organisation',
  'applicant',
  'holder',
  'assignee',
  'turn_organisation',
  'publisher',
  'dataset',
  'owner',
  'person',
];
/** What a city gets more of: public bodies do not multiply, enterprises do. */
const GROWING: Readonly<Record<string, string>> = { organisations: "kind IN ('enterprise', 'person')" };
const CHUNK = 200;

/**
 * Makes tables long: copies of the rows the demo has, each with an id of its own. Plans are judged on tables long enough
 * that no optimiser prefers to read all of one.
 */
export async function lengthen(database: Database, rows: number): Promise<readonly string[]> {
  const long: string[] = [];
  for (const [table, unique] of Object.entries(UNIQUE)) {
    const models = await rowsOf(database, table);
    if (models.length === 0) continue;
    for (let made = 0; made < rows; made += CHUNK) {
      const copies = Array.from({ length: CHUNK }, (_, n) =>
        copy(models[(made + n) % models.length] ?? {}, unique, n % 10 !== 0),
      );
      await insert(database, table, copies);
    }
    long.push(table);
  }
  await repeatLog(database);
  await database.write((manager) =>
    manager.query(database.dialect === 'mysql' ? `ANALYZE TABLE ${[...long, 'log_row'].join(', ')}` : 'ANALYZE'),
  );
  return long;
}

/** Tells of every row again, at positions to come: one page of the log must name a small part of what it names in all. */
async function repeatLog(database: Database): Promise<void> {
  for (const later of [1, 2, 4, 8, 16])
    await database.write((manager) =>
      manager.query(
        `INSERT INTO log_row (kind, row_id, position, hash)
         SELECT kind, row_id, position + ${later * 1_000_000}, hash FROM log_row`,
      ),
    );
}

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (database: Database, table: string): Promise<Row[]> =>
  database
    .read((manager) => manager.query(`SELECT * FROM ${table} WHERE ${GROWING[table] ?? '1 = 1'} LIMIT 100`))
    .catch(() => []);

/** What a changed column held is changed in the row's JSON as well: a record whose body disagrees is none of the product's. */
function copy(model: Row, unique: readonly string[], strange: boolean): Row {
  const id = next();
  const own = id.slice(-18);
  const changed = (strange ? [...unique, ...BELONGING] : unique).filter((column) => typeof model[column] === 'string');
  const inside = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('{')
      ? changed.reduce((text, column) => text.replaceAll(JSON.stringify(model[column]), JSON.stringify(own)), value)
      : value;
  const row = Object.fromEntries(Object.entries(model).map(([column, value]) => [column, inside(value)]));
  return { ...row, id, ...Object.fromEntries(changed.map((column) => [column, own])) };
}

async function insert(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const places = `(${columns.map(() => '?').join(',')})`;
  const sql = `INSERT INTO ${table} (${columns.join(',')}) VALUES ${rows.map(() => places).join(',')}`;
  await database.write((manager) =>
    manager.query(
      sql,
      rows.flatMap((row) => Object.values(row)),
    ),
  );
}
