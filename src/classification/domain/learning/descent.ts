/** One example made ready: the places of its terms with their values, and what people decided. */
export interface Row {
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly target: number;
  /** All weights sum to one. */
  readonly weight: number;
  readonly base: readonly [number, number, number];
}

const CLASSES = 3;

/** Shares that sum to one. */
export function sharesOf([a, b, c]: readonly [number, number, number]): [number, number, number] {
  const highest = Math.max(a, b, c);
  const [x, y, z] = [Math.exp(a - highest), Math.exp(b - highest), Math.exp(c - highest)];
  const sum = x + y + z;
  return [x / sum, y / sum, z / sum];
}

const at = (numbers: Float64Array, place: number): number => numbers[place] ?? 0;

function missOf({ places, values, base, target, weight }: Row, weights: Float64Array, bias: number): Float64Array {
  const scores: [number, number, number] = [
    base[0] + at(weights, bias),
    base[1] + at(weights, bias + 1),
    base[2] + at(weights, bias + 2),
  ];
  for (let i = 0; i < places.length; i += 1) {
    const place = CLASSES * (places[i] ?? 0);
    const value = at(values, i);
    scores[0] += at(weights, place) * value;
    scores[1] += at(weights, place + 1) * value;
    scores[2] += at(weights, place + 2) * value;
  }
  const miss = Float64Array.from(sharesOf(scores), (share) => weight * share);
  miss[target] = at(miss, target) - weight;
  return miss;
}

function addSlope(row: Row, weights: Float64Array, gradient: Float64Array, bias: number): void {
  const miss = missOf(row, weights, bias);
  for (let k = 0; k < CLASSES; k += 1) {
    const missed = at(miss, k);
    gradient[bias + k] = at(gradient, bias + k) + missed;
    for (let i = 0; i < row.places.length; i += 1) {
      const place = CLASSES * (row.places[i] ?? 0) + k;
      gradient[place] = at(gradient, place) + missed * at(row.values, i);
    }
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
  const weights = new Float64Array(bias + CLASSES);
  const ahead = new Float64Array(bias + CLASSES);
  const gradient = new Float64Array(bias + CLASSES);
  const step = 1 / (1 + ridge);
  for (let turn = 0; turn < steps; turn += 1) {
    gradient.fill(0);
    for (const row of rows) addSlope(row, ahead, gradient, bias);
    const momentum = turn / (turn + 3);
    for (let place = 0; place < weights.length; place += 1) {
      const pull = place < bias ? ridge * at(ahead, place) : 0;
      const next = at(ahead, place) - step * (at(gradient, place) + pull);
      ahead[place] = next + momentum * (next - at(weights, place));
      weights[place] = next;
    }
  }
  return weights;
}
