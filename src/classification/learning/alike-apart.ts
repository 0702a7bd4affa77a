import type { Facts } from '../domain/facts.js';
import type { AlikeSet } from '../domain/learning/alike.js';
import type { Pack } from '../domain/pack.js';
import { apart } from './apart.js';

/** A record that waits, with the facts it was judged by. */
export interface Waiting {
  readonly id: string;
  readonly facts: Facts;
}

/** Parts records into sets that read alike, in a thread of its own: every pair of them is compared. */
export const alikeApart = (pack: Pack, waiting: readonly Waiting[], stop: AbortSignal): Promise<readonly AlikeSet[]> =>
  apart(
    new URL('./alike-worker.js', import.meta.url),
    { pack, waiting: waiting.map(({ id, facts }) => ({ id, facts })) },
    stop,
  );
