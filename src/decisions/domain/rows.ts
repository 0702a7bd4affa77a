import { codeOf, FACT_NAMES, FACTS, type FactName, isFact } from './facts.js';

/** One ordered row of `policies/access.csv`, as text. */
export interface AccessRow {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly reason: string;
  readonly nextStep: string;
  readonly obligations: readonly string[];
  /** A conjunction of `r.fact == 'value'`, or of parenthesised alternatives over one fact; `true` for the last row. */
  readonly when: string;
}

/** Which codes of each fact a row admits, as bit masks in vector order: a box in the space of vectors. */
export type Box = readonly number[];

const CLAUSE = /^r\.([A-Za-z]+) == '([A-Za-z-]+)'$/;
const fullBox = (): number[] => FACT_NAMES.map((name) => (1 << FACTS[name].length) - 1);

/**
 * Reads a row's condition into a box. The grammar is this narrow on purpose: `eval(p.when)` runs the text inside
 * Casbin, so anything that is not a comparison of a known fact with a known value is refused at load.
 */
export function boxOf(when: string): { box: Box } | { fault: string } {
  const box = fullBox();
  if (when === 'true') return { box };
  for (const part of when.split(' && ')) {
    const alternatives = part.startsWith('(') && part.endsWith(')') ? part.slice(1, -1).split(' || ') : [part];
    const read = readAlternatives(alternatives);
    if ('fault' in read) return read;
    const at = FACT_NAMES.indexOf(read.fact);
    box[at] = (box[at] as number) & read.mask;
    if (box[at] === 0) return { fault: `${read.fact} can never have both values` };
  }
  return { box };
}

function readAlternatives(alternatives: readonly string[]): { fact: FactName; mask: number } | { fault: string } {
  let fact: FactName | undefined;
  let mask = 0;
  for (const text of alternatives) {
    const [, name = '', value = ''] = CLAUSE.exec(text) ?? [];
    if (name === '') return { fault: `not a comparison of a fact with a quoted value: ${text}` };
    if (!isFact(name)) return { fault: `the vector has no fact ${name}` };
    if (fact !== undefined && fact !== name) return { fault: 'alternatives must be about one fact' };
    const code = codeOf(name, value);
    if (code < 0) return { fault: `${name} has no value ${value}` };
    fact = name;
    mask |= 1 << code;
  }
  return fact === undefined ? { fault: 'empty condition' } : { fact, mask };
}

export const admits = (box: Box, vector: Uint8Array): boolean =>
  box.every((mask, index) => (mask & (1 << (vector[index] as number))) !== 0);

const within = (inner: Box, outer: Box): boolean =>
  inner.every((mask, index) => (mask & ~(outer[index] as number)) === 0);
const apart = (a: Box, b: Box): boolean => a.some((mask, index) => (mask & (b[index] as number)) === 0);

/** A box of vectors inside `box` that none of `earlier` admits, or null where they cover it wholly. Exact. */
export function uncovered(box: Box, earlier: readonly Box[]): Box | null {
  if (earlier.some((other) => within(box, other))) return null;
  const at = earlier.findIndex((other) => !apart(box, other));
  if (at < 0) return box;
  const cutter = earlier[at] as Box;
  const rest = earlier.slice(at + 1);
  const remaining = [...box];
  for (let index = 0; index < box.length; index++) {
    const outside = (remaining[index] as number) & ~(cutter[index] as number);
    if (outside !== 0) {
      const found = uncovered(remaining.with(index, outside), rest);
      if (found !== null) return found;
    }
    remaining[index] = (remaining[index] as number) & (cutter[index] as number);
  }
  return null;
}
