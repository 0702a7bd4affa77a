import { parentPort, workerData } from 'node:worker_threads';
import type { Pack } from '../domain/pack.js';
import { type Reviewed, trainAll } from './train-all.js';

/** Runs as a thread of its own: training takes seconds, and whoever asks for access must not wait for it. */
const { pack, reviewed } = workerData as { readonly pack: Pack; readonly reviewed: readonly Reviewed[] };
parentPort?.postMessage(trainAll(pack, reviewed));
