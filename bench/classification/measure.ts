/** One line of the printed table. Figures are text, as people read them: a share, a count, seconds. */
export interface Row {
  readonly measure: string;
  readonly goal: string;
  /** What simpler methods reach in the same run; empty where there is nothing to compare with. */
  readonly baseline: string;
  readonly figure: string;
  /** null: the figure has no goal of its own. */
  readonly reached: boolean | null;
  /** What was learned or tuned on what, and what was scored. */
  readonly split: string;
}

export interface Setting {
  /** The folder of real data beside the repository (`../shared/data`). */
  readonly data: string;
  /** Less data and fewer turns, for tests. */
  readonly quick: boolean;
  /** Only these of the federal catalogues; all where it is absent. */
  readonly only?: readonly string[];
}

/** A measure of the table in docs/classification.md. `run` answers null where what it needs is absent, and says so. */
export interface Measure {
  readonly name: string;
  run(setting: Setting): Promise<readonly Row[] | string>;
}

const cell = (text: string): string => text.replaceAll('|', '/').replaceAll('\n', ' ');
const mark = (reached: boolean | null): string => (reached === null ? '' : reached ? 'reached' : 'not reached');

export const HEAD = [
  '| measure | goal | simpler methods, same run | figure | | split | time |',
  '|---|---|---|---|---|---|---|',
] as const;

export const lineOf = (row: Row, seconds: number | null): string =>
  `| ${[row.measure, row.goal, row.baseline, row.figure, mark(row.reached), row.split].map(cell).join(' | ')} | ${
    seconds === null ? '' : `${seconds.toFixed(1)} s`
  } |`;

/** Runs measures one after the other and gives the table line by line; a measure's time stands on its first line. */
export async function* tableOf(measures: readonly Measure[], setting: Setting): AsyncGenerator<string> {
  yield* HEAD;
  for (const { name, run } of measures) {
    const started = performance.now();
    const rows = await run(setting);
    const seconds = (performance.now() - started) / 1000;
    if (typeof rows === 'string') yield `| ${cell(name)} | | | skipped: ${cell(rows)} | | | |`;
    else for (const [index, row] of rows.entries()) yield lineOf(row, index === 0 ? seconds : null);
  }
}
