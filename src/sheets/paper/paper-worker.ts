import { parentPort, workerData } from 'node:worker_threads';
import type { SheetCell } from '../sheet.js';
import { Paper, type PaperHead } from './paper.js';
import { PaperFont } from './paper-font.js';

/** Runs as a thread of its own: laying out takes seconds, and whoever asks for access must not wait for it. */
const paper = new Paper(workerData as PaperHead, await PaperFont.load());

parentPort?.on('message', (rows: readonly (readonly SheetCell[])[] | null) => {
  if (rows === null) paper.end();
  else for (const cells of rows) paper.row(cells);
  parentPort?.postMessage(Buffer.concat([...paper.taken()]));
  if (rows === null) parentPort?.close();
});
