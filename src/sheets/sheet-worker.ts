import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from './letter.js';
import type { PaperHead } from './paper/paper.js';
import type { SheetCell } from './sheet.js';
import type { WorkbookHead } from './workbook.js';

/** What a thread makes: a sheet, whose rows come after its head, or a letter, which is there whole. */
export type SheetJob =
  | { readonly as: 'paper'; readonly head: PaperHead }
  | { readonly as: 'workbook'; readonly head: WorkbookHead }
  | { readonly as: 'letter'; readonly letter: Letter };

/** A sheet while it is made. */
interface Growing {
  row?(cells: readonly SheetCell[]): void;
  end(): void | Promise<void>;
  /** What is ready to leave. */
  taken(): Iterable<Uint8Array>;
}

/** What makes a sheet takes half a second to load, so that only what this one needs is. */
async function begun(job: SheetJob): Promise<Growing> {
  if (job.as === 'workbook') return new (await import('./workbook.js')).GrowingWorkbook(job.head);
  const { PaperFont } = await import('./paper/paper-font.js');
  const font = await PaperFont.load();
  if (job.as === 'letter') return new (await import('./paper/letter-paper.js')).LetterPaper(job.letter, font);
  return new (await import('./paper/paper.js')).Paper(job.head, font);
}

/** Runs as a thread of its own: making a sheet takes seconds, and whoever asks for access must not wait for it. */
const growing = await begun(workerData as SheetJob);

async function take(rows: readonly (readonly SheetCell[])[] | null): Promise<void> {
  if (rows === null) await growing.end();
  else for (const cells of rows) growing.row?.(cells);
  parentPort?.postMessage(Buffer.concat([...growing.taken()]));
  if (rows === null) parentPort?.close();
}

parentPort?.on('message', (rows: readonly (readonly SheetCell[])[] | null) => void take(rows));
