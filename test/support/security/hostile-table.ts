import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyFile } from '../../../src/classification/index.js';

/** Classifies a small table whose heading and cells all hold this text. */
export async function assessFile(text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-hostile-'));
  const file = join(folder, 'table.csv');
  try {
    writeFileSync(file, `id,"${text}"\n${`1,"${text}"\n`.repeat(5)}`);
    await classifyFile(file, { title: text });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
