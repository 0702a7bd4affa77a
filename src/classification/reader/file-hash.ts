import { createHash } from 'node:crypto';
import type { Watch } from './limits.js';
import type { SourceFile } from './source-file.js';

/** SHA-256 of the bytes, for formats that are not read from front to back. */
export async function hashOf(file: SourceFile, watch: Watch): Promise<string> {
  const hash = createHash('sha256');
  let at = 0;
  for await (const piece of file.pieces()) {
    hash.update(piece);
    at += piece.length;
    watch.tell({ phase: 'recognising', bytes: at, of: file.bytes });
  }
  return hash.digest('hex');
}
