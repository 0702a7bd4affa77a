import type { Question } from '../../../src/decisions/domain/question.js';
import type { BenchWorld } from '../bench-world.js';

/** Who answers the questions: told of all grants once, and then asked. */
export interface Contestant {
  readonly name: string;
  /** The most grants it is asked with, and why not more. */
  readonly stands?: { readonly most: number; readonly because: string };
  prepare(bench: BenchWorld): Promise<Prepared>;
}

export interface Prepared {
  readonly ask: Ask;
  end?(): Promise<void>;
}

/** One question after the other, or, where an answer has to be waited for, several under way. */
export type Ask =
  | { readonly one: (asked: Question) => boolean }
  | { readonly many: (asked: readonly Question[]) => Promise<boolean[]> };
