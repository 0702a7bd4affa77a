import type { Finding } from '../facts.js';
import { cleanCell, kindsOf, needsCleaning } from './cell.js';
import { type ColumnRules, columnRules, Dispatch, saidBy, waysUnder } from './column-rules.js';
import { recognised } from './recognised.js';
import type { ColumnTally } from './tally.js';

export { type ColumnRules, columnRules };

/** Cells whose answers are remembered, their longest length, and after how many cells it is asked whether it helps. */
const MEMORY = { cells: 512, length: 48, trial: 4096 } as const;

/** What one cell counts for: ways that accept it, and ways whose shape it has. */
interface Answer {
  readonly matches: readonly number[];
  readonly candidates: readonly number[];
}

/**
 * Counts what the cells of one column look like. Keeps counts, and while it reads the answers for a few hundred
 * repeated cells: memory does not grow with the data, and nothing raw can leave.
 */
export class ColumnProfile implements ColumnTally {
  readonly matches: number[];
  readonly candidates: number[];
  readonly #dispatch: Dispatch;
  #memory: Map<string, Answer> | null = new Map();
  #remembered = 0;
  #sample = 0;

  constructor(
    readonly item: string,
    readonly rules: ColumnRules,
  ) {
    this.matches = rules.ways.map(() => 0);
    this.candidates = rules.ways.map(() => 0);
    this.#dispatch = new Dispatch(rules.ways, waysUnder(saidBy(item, rules), rules));
  }

  add(cell: string): void {
    if (cell === '') return;
    const known = this.#memory?.get(cell);
    if (known !== undefined) {
      this.#remembered += 1;
      this.#count(known);
      return;
    }
    this.#look(cell);
  }

  /** Non-empty cells read. */
  get sampleSize(): number {
    return this.#sample;
  }

  /** What the column is when nothing is known of its neighbours. */
  findings(): Finding[] {
    return [...(recognised([this], this.rules)[0] ?? [])];
  }

  #count({ matches, candidates }: Answer): void {
    this.#sample += 1;
    for (const index of matches) increment(this.matches, index);
    for (const index of candidates) increment(this.candidates, index);
  }

  /** Asks the ways that could accept the cell; one that is empty once it is cleaned counts for nothing. */
  #look(cell: string): void {
    const raw = kindsOf(cell);
    const dirty = needsCleaning(cell, raw);
    const text = dirty ? cleanCell(cell) : cell;
    if (text === '') return;
    const answer = this.#memory === null ? null : { matches: [] as number[], candidates: [] as number[] };
    for (const index of this.#dispatch.waysFor(text, dirty ? kindsOf(text) & ~SEEN_ODD : raw)) {
      const { test, shape } = this.rules.ways[index]?.validator ?? NEVER;
      if (shape !== undefined && !shape(text)) continue;
      const holds = test(text);
      if (holds) {
        increment(this.matches, index);
        answer?.matches.push(index);
      }
      if (holds || shape !== undefined) {
        increment(this.candidates, index);
        answer?.candidates.push(index);
      }
    }
    this.#sample += 1;
    if (answer !== null) this.#remember(cell, answer);
  }

  /** Columns of few values are answered from memory; in others remembering would only cost. */
  #remember(cell: string, answer: Answer): void {
    const memory = this.#memory;
    if (memory === null) return;
    if (this.#sample === MEMORY.trial && this.#remembered < MEMORY.trial / 4) this.#memory = null;
    else if (memory.size < MEMORY.cells && cell.length <= MEMORY.length) memory.set(alone(cell), answer);
  }
}

function increment(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

/** A cell is cut out of a longer text, all of which would be kept with it. */
const alone = (cell: string): string => Array.from(cell).join('');

const NEVER = { test: (): boolean => false, shape: undefined } as const;
/** What cleaning leaves of odd characters is ordinary to every validator. */
const SEEN_ODD = 128;

/** What the columns of one table are, each in its place, with the others as context. */
export function findingsOf(profiles: readonly ColumnProfile[]): readonly (readonly Finding[])[] {
  const [first] = profiles;
  return first === undefined ? [] : recognised(profiles, first.rules);
}
