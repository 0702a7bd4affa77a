import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A column of a public corpus with the label people gave it. */
export interface LabelledColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly label: string;
  /** Whether people called it sensitive; absent in corpora that do not say. */
  readonly sensitive?: boolean;
}
/** Columns that stand in one table, so that they are each other's context. */
export type LabelledTable = readonly LabelledColumn[];

export type Half = 'tuned' | 'unseen';
/** Halves by the hash of a name, so that the same name never stands on both sides and nobody chose them. */
export const halfOf = (name: string): Half =>
  (createHash('sha256').update(name).digest()[0] ?? 0) % 2 === 0 ? 'tuned' : 'unseen';

/** Strings of a list as Python prints it. */
function pythonList(text: string): string[] {
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );
}

/** `columns/labelled_columns.csv` of the shared data: each column by itself, five cells of it. */
export function singleColumns(file: string): Record<Half, LabelledTable[]> | null {
  if (!existsSync(file)) return null;
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
  const tables = rows.map((row) => [
    { name: row.column_name ?? '', cells: pythonList(row.records ?? ''), label: row.label ?? 'None' },
  ]);
  return halved(tables, ([column]) => column?.name ?? '');
}

interface AnnotatedColumn {
  readonly records: readonly unknown[];
  readonly pii_gt: string;
  readonly sensitivity_gt: number;
}

/** Annotated real tables in the form of trl-lab/sensitive-data-detection; tables cut from one file stay together. */
export function realTables(file: string): Record<Half, LabelledTable[]> | null {
  if (!existsSync(file)) return null;
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { columns: Record<string, AnnotatedColumn> }>;
  const named = Object.entries(all).map(([name, { columns }]) => ({ name, table: tableOf(columns) }));
  const halves = halved(named, ({ name }) => name.split('_')[0] ?? name);
  return { tuned: halves.tuned.map(({ table }) => table), unseen: halves.unseen.map(({ table }) => table) };
}

const tableOf = (columns: Record<string, AnnotatedColumn>): LabelledTable =>
  Object.entries(columns).map(([name, { records, pii_gt: label, sensitivity_gt: sensitive }]) => ({
    name,
    cells: records.map(String),
    label,
    sensitive: sensitive === 1,
  }));

const halved = <One>(all: readonly One[], name: (one: One) => string): Record<Half, One[]> => ({
  tuned: all.filter((one) => halfOf(name(one)) === 'tuned'),
  unseen: all.filter((one) => halfOf(name(one)) === 'unseen'),
});
