import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from '../letter.js';
import type { SheetCell } from '../sheet.js';
import { LetterPaper } from './letter-paper.js';
import { Paper, type PaperHead } from './paper.js';
import { PaperFont } from './paper-font.js';

/** What a thread lays out: a sheet, whose rows come after its head, or a letter, which is there whole. */
export type PaperJob = { readonly head: PaperHead } | { readonly letter: Letter };

/** Runs as a thread of its own: laying out takes seconds, and whoever asks for access must not wait for it. */
const job = workerData as PaperJob;
const font = await PaperFont.load();
const sheet = 'head' in job ? new Paper(job.head, font) : null;
const paper = 'head' in job ? sheet : new LetterPaper(job.letter, font);

parentPort?.on('message', (rows: readonly (readonly SheetCell[])[] | null) => {
  if (rows === null) paper?.end();
  else for (const cells of rows) sheet?.row(cells);
  parentPort?.postMessage(Buffer.concat([...(paper?.taken() ?? [])]));
  if (rows === null) parentPort?.close();
});
