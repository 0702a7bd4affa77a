import { isAscii, isUtf8 } from 'node:buffer';
import { duplicateKeys } from '../../kernel/duplicate-keys.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import type { FieldFault } from '../../kernel/refusal.js';

export type JsonBody =
  | { readonly value: unknown }
  | { readonly problem: ProblemCode; readonly detail?: string; readonly errors?: readonly FieldFault[] };

export const DEEPEST = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * Parses a JSON body strictly. `JSON.parse` silently keeps the last of two equal keys; they are found without a second
 * parser: every key of the text has one colon outside strings, so more colons than parsed keys means one was lost.
 */
export function parseJsonBody(bytes: Buffer): JsonBody {
  if (bytes.length === 0) return { problem: 'malformed-json', detail: 'The body is empty.' };
  const ascii = isAscii(bytes);
  if (!ascii && !isUtf8(bytes)) return { problem: 'bad-encoding' };
  const shape = scan(bytes);
  if (shape.depth > DEEPEST) return { problem: 'too-deep' };
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'malformed-json' };
  }
  if (countKeys(value) === shape.colons) return { value };
  return { problem: 'duplicate-key', errors: duplicateKeys(text) };
}

/** Colons outside strings, and how deep brackets nest. */
function scan(bytes: Buffer): { colons: number; depth: number } {
  let colons = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COLON) colons += 1;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return { colons, depth: deepest };
}

function endOfString(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) return at;
  }
  return bytes.length;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item);
    return keys;
  }
  const holder = value as Record<string, unknown>;
  for (const key in holder) if (Object.hasOwn(holder, key)) keys += 1 + countKeys(holder[key]);
  return keys;
}
