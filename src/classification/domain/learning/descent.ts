/** One example made ready: terms by place with their values, and what people decided. */
export interface Row {
  readonly values: readonly { readonly at: number; readonly value: number }[];
  readonly target: number;
  /** All weights sum to one. */
  readonly weight: number;
  readonly base: readonly [number, number, number];
}

const CLASSES = 3;

/** Shares that sum to one. */
export function sharesOf(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function addSlope(row: Row, weights: Float64Array, gradient: Float64Array, bias: number): void {
  const scores = [0, 1, 2].map((k) => (row.base[k] ?? 0) + (weights[bias + k] ?? 0));
  for (const { at, value } of row.values)
    for (let k = 0; k < CLASSES; k += 1) scores[k] = (scores[k] ?? 0) + (weights[CLASSES * at + k] ?? 0) * value;
  const miss = sharesOf(scores).map((share, k) => row.weight * (share - (k === row.target ? 1 : 0)));
  for (let k = 0; k < CLASSES; k += 1) gradient[bias + k] = (gradient[bias + k] ?? 0) + (miss[k] ?? 0);
  for (const { at, value } of row.values)
    for (let k = 0; k < CLASSES; k += 1) {
      const place = CLASSES * at + k;
      gradient[place] = (gradient[place] ?? 0) + (miss[k] ?? 0) * value;
    }
}

/**
 * Softmax regression by accelerated descent over all rows at once: a fixed number of fixed steps in a fixed order, so
 * that the same rows give the same numbers. `size` terms; the last three numbers are the bias, which nothing pulls down.
 */
export function descend(
  rows: readonly Row[],
  size: number,
  { ridge, steps }: { readonly ridge: number; readonly steps: number },
): Float64Array {
  const bias = CLASSES * size;
  let weights = new Float64Array(bias + CLASSES);
  const ahead = new Float64Array(bias + CLASSES);
  const gradient = new Float64Array(bias + CLASSES);
  const step = 1 / (1 + ridge);
  for (let turn = 0; turn < steps; turn += 1) {
    gradient.fill(0);
    for (const row of rows) addSlope(row, ahead, gradient, bias);
    const next = ahead.map(
      (value, place) => value - step * ((gradient[place] ?? 0) + (place < bias ? ridge * value : 0)),
    );
    const momentum = turn / (turn + 3);
    for (let place = 0; place < next.length; place += 1)
      ahead[place] = (next[place] ?? 0) + momentum * ((next[place] ?? 0) - (weights[place] ?? 0));
    weights = next;
  }
  return weights;
}
