import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '../domain/compiled.js';
import { alike } from '../domain/learning/alike.js';
import { termsOf } from '../domain/learning/terms.js';
import type { Pack } from '../domain/pack.js';
import type { Waiting } from './alike-apart.js';

/** Runs as a thread of its own. */
const { pack, waiting } = workerData as { readonly pack: Pack; readonly waiting: readonly Waiting[] };
const { matchers } = compile(pack);
parentPort?.postMessage(
  alike(waiting.map(({ id, facts }) => ({ id, terms: termsOf(facts, 'with-reason', matchers) }))),
);
