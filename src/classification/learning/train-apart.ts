import type { Pack } from '../domain/pack.js';
import { apart } from './apart.js';
import type { Reviewed, Taught } from './train-all.js';

/** Trains in a thread of its own. */
export const trainApart = (
  pack: Pack,
  reviewed: readonly Reviewed[],
  stop: AbortSignal,
): Promise<ReadonlyMap<string, Taught>> =>
  apart(new URL('./train-worker.js', import.meta.url), { pack, reviewed }, stop);
