import { type Fusion, fusionOf, type SharedColumn } from '../domain/risk/fusion.js';
import { type NotAssessed, notAssessed } from '../domain/risk/risk.js';
import { type ColumnValues, linkValue, sharedColumns, VALUES } from '../domain/risk/shared-columns.js';
import { fusionCounts, SIDE } from '../measure/fusion-counts.js';
import { OutOfMemory } from '../reader/limits.js';
import { type Filling, MemoryTable } from '../reader/memory-table.js';
import { isFault, readSource } from '../reader/read-source.js';
import type { RowSink, TableFault } from '../reader/rows.js';

/** A file that could not be read: which, and why. */
export interface FusionFault {
  readonly status: 'refused';
  readonly file: 1 | 2;
  readonly fault: TableFault;
}
export interface FuseOptions {
  /** Pairs of columns that hold the same; found by name and values when absent. */
  readonly on?: readonly (readonly [first: string, second: string])[];
}

/** Gathers the different values of each column. */
class Values implements RowSink {
  readonly columns: { readonly name: string; readonly values: Set<string> }[] = [];
  rows = 0;

  column(name: string): void {
    this.columns.push({ name, values: new Set() });
  }

  row(cells: readonly string[]): void {
    this.rows += 1;
    for (const [index, { values }] of this.columns.entries()) {
      const cell = cells[index] ?? '';
      if (cell !== '' && values.size < VALUES) values.add(linkValue(cell));
    }
  }
}

/** Hands one side's shared columns on, written alike. */
function sideSink(side: 1 | 2, columns: readonly ColumnValues[], names: readonly string[], table: Filling): RowSink {
  const at = names.map((name) => columns.findIndex((column) => column.name === name));
  return {
    column: () => undefined,
    row: (cells) => table.row([`${side}`, ...at.map((index) => linkValue(cells[index] ?? ''))]),
  };
}

interface Side {
  readonly path: string;
  readonly values: Values;
}

async function inOneTable(
  sides: readonly [Side, Side],
  shared: readonly SharedColumn[],
): Promise<MemoryTable | NotAssessed> {
  const filling = await MemoryTable.filling();
  try {
    for (const name of [SIDE, ...shared.map(({ first }) => first)]) filling.column(name);
    for (const [index, { path, values }] of sides.entries()) {
      const names = shared.map((pair) => (index === 0 ? pair.first : pair.second));
      const reading = await readSource({ path }, sideSink(index === 0 ? 1 : 2, values.columns, names, filling));
      if (isFault(reading)) throw new OutOfMemory();
    }
    return await filling.done();
  } catch (error) {
    filling.abandon();
    if (error instanceof OutOfMemory) return notAssessed('out-of-memory');
    throw error;
  }
}

const isColumn = (values: Values, name: string): boolean => values.columns.some((column) => column.name === name);

function pairsOf([first, second]: readonly [Side, Side], { on }: FuseOptions): SharedColumn[] | NotAssessed {
  if (on === undefined) return sharedColumns(first.values.columns, second.values.columns);
  const known = on.every(([a, b]) => isColumn(first.values, a) && isColumn(second.values, b));
  return known ? on.map(([a, b]) => ({ first: a, second: b, by: 'named' })) : notAssessed('unknown-column');
}

/**
 * What two files tell together: read where they are, joined in memory on the columns they share, counted, forgotten. The
 * answer holds counts and names of columns, never a value.
 */
export async function fuseFiles(
  paths: readonly [string, string],
  options: FuseOptions = {},
): Promise<Fusion | NotAssessed | FusionFault> {
  const read: Side[] = [];
  for (const [index, path] of paths.entries()) {
    const values = new Values();
    const reading = await readSource({ path }, values);
    if (isFault(reading)) return { status: 'refused', file: index === 0 ? 1 : 2, fault: reading };
    read.push({ path, values });
  }
  const sides = read as [Side, Side];
  const shared = pairsOf(sides, options);
  if (!Array.isArray(shared)) return shared;
  if (shared.length === 0) return notAssessed('nothing-shared');
  const table = await inOneTable(sides, shared);
  if (!(table instanceof MemoryTable)) return table;
  try {
    return fusionOf(shared, [sides[0].values.rows, sides[1].values.rows], await fusionCounts(table));
  } finally {
    await table.close();
  }
}
