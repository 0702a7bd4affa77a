/** `--quick` runs every bench on little data for a moment: the figures say nothing, but all of it has run. */
export const quick = process.argv.includes('--quick');
export const inQuick = <T>(usually: T, quickly: T): T => (quick ? quickly : usually);
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
