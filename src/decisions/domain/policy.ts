import { namesOf } from './facts.js';
import { Memo } from './memo.js';
import { highWord, lowWord } from './packed.js';
import type { AccessRow } from './rows.js';
import type { Vocabulary } from './vocabulary.js';

/** Casbin's answer for one vector in words, in the order of the request definition: the number of the deciding row. */
export type AskRows = (values: readonly string[]) => number;

/**
 * One immutable version of the access policy: rows, enforcer, memo and version belong together and are swapped as
 * one, so an answer never mixes two versions. Casbin is the authority; the memo only repeats what it said.
 */
export class AccessPolicy {
  constructor(
    readonly version: string,
    readonly rows: readonly AccessRow[],
    readonly vocabulary: Vocabulary,
    private readonly ask: AskRows,
    readonly memo: Memo = new Memo(),
  ) {}

  /** Number of the row that decides this vector. */
  rowFor(vector: Uint8Array): number {
    return this.rowForPacked(vector, lowWord(vector), highWord(vector));
  }

  /** The same for a vector that has been packed already. */
  rowForPacked(vector: Uint8Array, low: number, high: number): number {
    const known = this.memo.find(low, high);
    if (known >= 0) return known;
    const row = this.ask(namesOf(vector));
    this.memo.remember(low, high, row);
    return row;
  }

  permits(row: number): boolean {
    return this.rows[row]?.effect === 'allow';
  }

  /** Whether a row says that it could not be decided, which is no denial: ask again. */
  isUndecided(row: number): boolean {
    return this.vocabulary.reasons[this.rows[row]?.reason ?? '']?.undecided === true;
  }
}
