import { setPriority } from 'node:os';
import { compile } from '../domain/compiled.js';
import { classifyFile } from '../files/classify-file.js';
import type { Progress } from '../reader/limits.js';
import type { ReadingMessage, ReadingTask } from './sample-reader.js';

/** Behind everything that answers people. */
const NICE = 10;
/** Progress is told in steps of this share. */
const STEP = 0.01;

const tell = (message: ReadingMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()) ?? resolve());

/** One file, one process: reads it, tells the report, ends. A fault ends it without a report and without a word. */
async function work({ path, pack, header }: ReadingTask): Promise<void> {
  let told = 0;
  const progress = ({ phase, bytes, of }: Progress): void => {
    // Recognising goes over the bytes too, quickly; it is not what takes the time.
    const share = phase === 'reading' && of > 0 ? Math.min(1, bytes / of) : 0;
    if (share - told < STEP) return;
    told = share;
    void tell({ kind: 'progress', share });
  };
  const report = await classifyFile(path, { compiled: compile(pack), header, allowance: { progress } });
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
