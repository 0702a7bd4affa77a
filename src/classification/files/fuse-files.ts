import { ColumnValues, linkValue } from '../domain/risk/column-values.js';
import { type Fusion, fusionOf } from '../domain/risk/fusion.js';
import { type NotAssessed, notAssessed } from '../domain/risk/risk.js';
import { type Candidates, sharedColumns } from '../domain/risk/shared-columns.js';
import { bestJoin, columnOf } from '../measure/best-join.js';
import { fusionCounts, SIDE } from '../measure/fusion-counts.js';
import { OutOfMemory, TimeUp, Watch } from '../reader/limits.js';
import { type Filling, MemoryTable } from '../reader/memory-table.js';
import { isFault, readSource, type ReadingOptions } from '../reader/read-source.js';
import type { Reading, Source } from '../reader/reading.js';
import type { RowSink, TableFault } from '../reader/rows.js';

/** A file that could not be read: which, counted from 1, and why. */
export interface FusionFault {
  readonly status: 'refused';
  readonly file: number;
  readonly fault: TableFault;
}
export interface FuseOptions extends Pick<ReadingOptions, 'mark' | 'signal' | 'budget'> {
  /** Pairs of columns that hold the same; found by name and values when absent. */
  readonly on?: readonly (readonly [first: string, second: string])[];
  /** Share of the readings that are done, 0 to 1. */
  readonly progress?: (share: number) => void;
}

/** Two of several files, counted from 1, and what they tell together. */
export interface FusedPair {
  readonly first: number;
  readonly second: number;
  readonly fusion: Fusion | NotAssessed;
}

/** Gathers the different values of each column. */
class Values implements RowSink {
  readonly columns: ColumnValues[] = [];
  rows = 0;

  column(name: string): void {
    this.columns.push(new ColumnValues(name));
  }

  row(cells: readonly string[]): void {
    this.rows += 1;
    for (const [index, values] of this.columns.entries()) values.add(cells[index] ?? '');
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

/** A file as it was read once. */
interface Side {
  readonly source: Source;
  readonly values: Values;
  readonly sha256: string;
}

/** Several readings of files, one allowance for all of them. */
class Readings {
  private done = 0;
  private readonly watch: Watch;

  constructor(
    private readonly options: FuseOptions,
    private readonly planned: number,
  ) {
    const { signal, budget } = options;
    this.watch = new Watch({
      ...(signal === undefined ? {} : { signal }),
      ...(budget === undefined ? {} : { budget }),
    });
  }

  async read(source: Source, sink: RowSink): Promise<Reading | TableFault> {
    const { mark = null, signal, progress } = this.options;
    const left = Number.isFinite(this.watch.left) ? { budget: this.watch.left } : {};
    const reading = await readSource(source, sink, { mark, ...left, ...(signal === undefined ? {} : { signal }) });
    this.done += 1;
    progress?.(Math.min(1, this.done / this.planned));
    return reading;
  }

  /** An empty table whose questions are over when the readings would be. */
  table(): Promise<Filling> {
    return MemoryTable.filling(this.watch);
  }
}

/** Why a second reading of a file that was read before did not come to its end. */
const reasonOf = ({ code }: TableFault): NotAssessed['reason'] =>
  code === 'time-up' ? 'time-up' : code === 'out-of-memory' ? 'out-of-memory' : 'changed';

async function inOneTable(
  sides: readonly [Side, Side],
  { shared }: Candidates,
  readings: Readings,
): Promise<MemoryTable | NotAssessed> {
  const filling = await readings.table();
  try {
    for (const name of [SIDE, ...shared.map((_, place) => columnOf(place))]) filling.column(name);
    for (const [index, { source, values }] of sides.entries()) {
      const names = shared.map((pair) => (index === 0 ? pair.first : pair.second));
      const reading = await readings.read(source, sideSink(index === 0 ? 1 : 2, values.columns, names, filling));
      if (isFault(reading)) {
        filling.abandon();
        return notAssessed(reasonOf(reading));
      }
    }
    return await filling.done();
  } catch (error) {
    filling.abandon();
    if (error instanceof OutOfMemory) return notAssessed('out-of-memory');
    throw error;
  }
}

const isColumn = (values: Values, name: string): boolean => values.columns.some((column) => column.name === name);

function candidatesOf([first, second]: readonly [Side, Side], { on }: FuseOptions): Candidates | NotAssessed {
  if (on === undefined) return sharedColumns(first.values.columns, second.values.columns);
  const known = on.every(([a, b]) => isColumn(first.values, a) && isColumn(second.values, b));
  if (!known) return notAssessed('unknown-column');
  return { shared: on.map(([a, b]) => ({ first: a, second: b, by: 'named' })), leftOut: [] };
}

async function fusePair(
  sides: readonly [Side, Side],
  readings: Readings,
  options: FuseOptions,
): Promise<Fusion | NotAssessed> {
  // Joined with itself a table tells nothing that it does not tell alone; more likely one file was sent twice.
  if (sides[0].sha256 === sides[1].sha256) return notAssessed('same-file');
  const candidates = candidatesOf(sides, options);
  if ('status' in candidates) return candidates;
  if (candidates.shared.length === 0) return notAssessed('nothing-shared');
  const table = await inOneTable(sides, candidates, readings);
  if (!(table instanceof MemoryTable)) return table;
  const rows = [sides[0].values.rows, sides[1].values.rows] as const;
  try {
    if (options.on === undefined) return await bestJoin(table, candidates, rows);
    return fusionOf({ ...candidates, rows }, await fusionCounts(table));
  } catch (error) {
    if (error instanceof TimeUp) return notAssessed('time-up');
    if (error instanceof OutOfMemory) return notAssessed('out-of-memory');
    throw error;
  } finally {
    await table.close();
  }
}

/**
 * What each two of several files tell together: read where they are, joined in memory on the columns they share, counted,
 * forgotten. The answer holds counts and names of columns, never a value. A file that is no table refuses all.
 */
export async function fuseAll(
  sources: readonly Source[],
  options: FuseOptions = {},
): Promise<readonly FusedPair[] | FusionFault> {
  const pairs = sources.flatMap((_, first) =>
    sources.slice(first + 1).map((__, at) => [first, first + 1 + at] as const),
  );
  const readings = new Readings(options, sources.length + 2 * pairs.length);
  const sides: Side[] = [];
  for (const [index, source] of sources.entries()) {
    const values = new Values();
    const reading = await readings.read(source, values);
    if (isFault(reading)) return { status: 'refused', file: index + 1, fault: reading };
    sides.push({ source, values, sha256: reading.sha256 });
  }
  const fused: FusedPair[] = [];
  for (const [first, second] of pairs) {
    const both = [sides[first] as Side, sides[second] as Side] as const;
    fused.push({ first: first + 1, second: second + 1, fusion: await fusePair(both, readings, options) });
  }
  return fused;
}

/** What two files tell together; see {@link fuseAll}. */
export async function fuseFiles(
  paths: readonly [string, string],
  options: FuseOptions = {},
): Promise<Fusion | NotAssessed | FusionFault> {
  const fused = await fuseAll(
    paths.map((path) => ({ path })),
    options,
  );
  if ('status' in fused) return fused;
  return fused[0]?.fusion ?? notAssessed('nothing-shared');
}
