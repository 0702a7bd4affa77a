import { setPriority } from 'node:os';
import { compile } from '../domain/compiled.js';
import { classifyFile } from '../files/classify-file.js';
import type { ReadingMessage, ReadingTask } from './sample-reader.js';

/** Behind everything that answers people. */
const NICE = 10;

const tell = (message: ReadingMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()) ?? resolve());

/** One file, one process: reads it, tells the report, ends. A fault ends it without a report and without a word. */
async function work({ path, pack, header }: ReadingTask): Promise<void> {
  await tell({ kind: 'progress', share: null });
  const report = await classifyFile(path, { compiled: compile(pack), header });
  await tell({ kind: 'report', report });
}

process.on('uncaughtException', () => process.exit(1));
process.once('disconnect', () => process.exit(1));
process.once('message', (task: ReadingTask) => {
  work(task).then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
setPriority(NICE);
