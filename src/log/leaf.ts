import { createHash } from 'node:crypto';
import { type LogEntry, leafText } from './domain/entry.js';

const LEAF_PREFIX = Buffer.from([0]);

/** RFC 6962 section 2.1: the hash of a leaf is SHA-256 over a zero byte and the leaf. */
export const leafOf = (entry: LogEntry): string =>
  createHash('sha256').update(LEAF_PREFIX).update(leafText(entry)).digest('hex');

/** A commitment to a personal value: it proves the value while it is kept, and tells nothing once it is erased. */
export const commitmentOf = (salt: string, value: string): string =>
  createHash('sha256').update(`${salt}\n${value}`).digest('hex');
