import { type Backend, backends, isAvailable } from '../test/support/databases.js';

/** `--quick` runs every bench on little data for a moment: the figures say nothing, but all of it has run. */
export const quick = process.argv.includes('--quick');
export const inQuick = <T>(usually: T, quickly: T): T => (quick ? quickly : usually);
/** The value below which this share of the values lies. */
export const quantile = (values: ArrayLike<number>, share: number): number =>
  Float64Array.from(values).sort()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The databases that keep what was written, where they can be had; quickly, one of them, the last. */
export const lastingBackends: readonly Backend[] = backends
  .filter((one) => one.durable && isAvailable(one))
  .slice(quick ? -1 : 0);
