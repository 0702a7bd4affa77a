import type { Database } from '../../src/persistence/index.js';
import type { Statement } from './statements.js';

/** How a database finds the rows of one statement, and what is wrong with that, if anything. */
export interface Plan {
  readonly steps: readonly string[];
  readonly faults: readonly string[];
}

/** A page may be sorted out of this many rows that an index has found; more, and an index must give the order. */
const SORTED_AT_MOST = 600;

/** A step as MariaDB tells it; a column without a value is null. */
interface ServerStep {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly rows: number | null;
  readonly Extra: string | null;
}

/** Asks the database for its plan and judges it: no growing table read whole, nothing long sorted without an index. */
export async function planOf(database: Database, statement: Statement, growing: readonly string[]): Promise<Plan> {
  return database.dialect === 'mysql'
    ? onServer(await explain<ServerStep>(database, 'EXPLAIN', statement), statement, growing)
    : embedded(await explain<{ detail: string }>(database, 'EXPLAIN QUERY PLAN', statement), statement, growing);
}

const explain = <Step>(database: Database, word: string, { sql, values }: Statement): Promise<Step[]> =>
  database.read((manager) => manager.query(`${word} ${sql}`, [...values]));

/** A count reads an index from end to end on either database, in groups or not; lists say their total, so it is meant. */
const counts = ({ sql }: Statement): boolean => /^\s*SELECT COUNT\(|GROUP BY/i.test(sql);
/** Reading an index in its order until the page is full is what a list without a filter should do. */
const paged = ({ sql }: Statement): boolean => /ORDER BY[\s\S]+LIMIT/i.test(sql);

function embedded(rows: { detail: string }[], statement: Statement, growing: readonly string[]): Plan {
  const steps = rows.map(({ detail }) => detail);
  const scans = steps.flatMap((step) => {
    const scanned = /^SCAN (\w+)/.exec(step)?.[1] ?? '';
    const table = growing.find((name) => name === scanned || namesAs(statement, name, scanned));
    return table === undefined ? [] : [{ table, ordered: / USING (COVERING )?INDEX /.test(step) }];
  });
  const sorts = steps.some((step) => step.startsWith('USE TEMP B-TREE'));
  const meant = counts(statement) || (paged(statement) && !sorts);
  return {
    steps,
    faults: scans.filter(({ ordered }) => !(ordered && meant)).map(({ table }) => `reads all of ${table}`),
  };
}

function onServer(rows: ServerStep[], statement: Statement, growing: readonly string[]): Plan {
  const steps = rows.map(({ table, type, key, rows: read, Extra }) =>
    [table, type, key ?? 'no index', `${read} rows`, Extra].filter((part) => part !== '' && part !== null).join(' '),
  );
  const faults = rows.flatMap(({ table, type, rows: read, Extra }) => {
    const name = growing.find((one) => one === table || namesAs(statement, one, String(table)));
    if (name === undefined) return [];
    const meant = counts(statement) || paged(statement);
    if (type === 'ALL' || (type === 'index' && !meant)) return [`reads all of ${name}`];
    const sorts = Extra?.includes('Using filesort') === true;
    return sorts && !counts(statement) && Number(read) > SORTED_AT_MOST ? [`sorts ${read} rows of ${name}`] : [];
  });
  return { steps, faults };
}

/** Whether a statement calls a table by another name. */
const namesAs = ({ sql }: Statement, table: string, alias: string): boolean =>
  new RegExp(`[\`"]?${table}[\`"]? (AS )?[\`"]?${alias}[\`"]?(\\s|$)`, 'i').test(sql);
