import { endOfString } from '../kernel/duplicate-keys.js';
import { pointerName } from '../kernel/pointer.js';
import type { FieldFault } from '../kernel/refusal.js';

const MAX_DEPTH = 32;
/** Keys that JavaScript gives a meaning of its own; class-transformer drops them silently, so they are refused first. */
export const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Counts the colons that stand outside strings and the deepest nesting, in one pass over the text. JSON.parse keeps the
 * last of two equal keys; fewer own keys than colons means that a key was named twice.
 */
export function scanJson(text: string): { readonly keys: number; readonly depth: number } {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at);
    else if (code === 58) keys++;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
  }
  return { keys, depth: deepest };
}

export const isTooDeep = (depth: number): boolean => depth > MAX_DEPTH;

export interface JsonWalk {
  readonly keys: number;
  readonly faults: readonly FieldFault[];
}

/** Own keys of all objects, and values that could not be kept as they are: NUL, lone surrogates, unsafe integers. */
export function walkJson(value: unknown): JsonWalk {
  const faults: FieldFault[] = [];
  const visit = (node: unknown, pointer: string): number => {
    if (typeof node === 'string') return textFault(node, pointer, faults);
    if (typeof node === 'number') return numberFault(node, pointer, faults);
    if (node === null || typeof node !== 'object') return 0;
    if (Array.isArray(node))
      return node.reduce<number>((sum, item, index) => sum + visit(item, `${pointer}/${index}`), 0);
    let keys = 0;
    for (const [key, item] of Object.entries(node)) {
      const below = `${pointer}/${pointerName(key)}`;
      if (FORBIDDEN_KEYS.has(key))
        faults.push({ pointer: below, code: 'unknown-field', detail: `${key} is not a field` });
      keys += 1 + visit(item, below);
    }
    return keys;
  };
  return { keys: visit(value, ''), faults };
}

function textFault(text: string, pointer: string, faults: FieldFault[]): number {
  if (text.includes('\0')) faults.push({ pointer, code: 'nul-character', detail: 'contains a NUL character' });
  if (!text.isWellFormed()) faults.push({ pointer, code: 'bad-unicode', detail: 'contains half of a surrogate pair' });
  return 0;
}

function numberFault(number: number, pointer: string, faults: FieldFault[]): number {
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    faults.push({ pointer, code: 'number-out-of-range', detail: 'integers are at most 9007199254740991' });
  }
  return 0;
}
