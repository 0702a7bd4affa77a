import type { Reader, Table } from '../persistence/index.js';
import { commitmentOf, leafOf } from './leaf.js';
import { type Missing, missingRows, provenRows } from './row-proof.js';
import { entries, headPosition, type StoredEntry } from './store/log-reader.js';

/** Something that is not as the log says. `row` faults name the table's kind and the row's id. */
export interface AuditFault {
  readonly kind: 'gap' | 'leaf' | 'commitment' | 'head' | 'row-edited' | 'row-missing' | 'row-unknown';
  readonly where: string;
  readonly detail: string;
}

export interface AuditReport {
  readonly entries: number;
  readonly rows: number;
  readonly faults: readonly AuditFault[];
}

// oxlint-disable-next-line typescript/no-explicit-any -- every table of the product, whatever its row
type AnyTable = Table<any>;
const PAGE = 500;

/**
 * Verifies the whole history: positions without a gap, every leaf, every kept personal value against its commitment,
 * and every row of every logged table against the newest hash the log names for it. An edited, deleted, added or
 * put-back row is found.
 */
export async function verifyLog(reader: Reader, tables: readonly AnyTable[]): Promise<AuditReport> {
  const faults: AuditFault[] = [];
  const counted = await verifyEntries(reader, faults);
  let rows = 0;
  for (const table of tables) rows += await verifyTable(reader, table, faults);
  return { entries: counted, rows, faults };
}

async function verifyEntries(reader: Reader, faults: AuditFault[]): Promise<number> {
  const head = await headPosition(reader);
  let last = 0;
  for (;;) {
    const page = await entries(reader, { after: last, limit: PAGE });
    for (const entry of page) {
      if (entry.position !== last + 1)
        faults.push({ kind: 'gap', where: `log ${last + 1}`, detail: `next entry is ${entry.position}` });
      faults.push(...entryFaults(entry));
      last = entry.position;
    }
    if (page.length < PAGE) break;
  }
  if (last !== head)
    faults.push({ kind: 'head', where: 'log_head', detail: `head says ${head}, last entry is ${last}` });
  return last;
}

function entryFaults(entry: StoredEntry): AuditFault[] {
  const { leaf, personal, ...content } = entry;
  const faults: AuditFault[] = [];
  if (leafOf(content) !== leaf)
    faults.push({ kind: 'leaf', where: `log ${entry.position}`, detail: `${entry.event} does not match its leaf` });
  for (const { name, salt, value } of personal) {
    if (value !== null && commitmentOf(salt, value) !== entry.commitments[name]) {
      faults.push({
        kind: 'commitment',
        where: `log ${entry.position}`,
        detail: `${name} does not match its commitment`,
      });
    }
  }
  return faults;
}

async function verifyTable(reader: Reader, table: AnyTable, faults: AuditFault[]): Promise<number> {
  let rows = 0;
  let after = '';
  for (;;) {
    const page = await provenRows(reader, table, await table.scanStored(reader, after, PAGE));
    for (const { row, intact, mark } of page) {
      const where = `${table.kind} ${row.id}`;
      if (mark === undefined) faults.push({ kind: 'row-unknown', where, detail: 'the log never named this row' });
      else if (!intact)
        faults.push({ kind: 'row-edited', where, detail: `differs from what entry ${mark.position} left behind` });
    }
    rows += page.length;
    if (page.length < PAGE) break;
    after = page.at(-1)?.row.id ?? '';
  }
  await findMissing(reader, table, faults);
  return rows;
}

async function findMissing(reader: Reader, table: AnyTable, faults: AuditFault[]): Promise<void> {
  for (let after: string | null = ''; after !== null; ) {
    const { missing, next }: Missing = await missingRows(reader, table, after, PAGE);
    for (const { id, position } of missing)
      faults.push({ kind: 'row-missing', where: `${table.kind} ${id}`, detail: `entry ${position} left it behind` });
    after = next;
  }
}
