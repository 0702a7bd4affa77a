import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';
import { inProject } from '../support/project.js';

export interface FunctionSize {
  readonly file: string;
  readonly line: number;
  readonly lines: number;
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'Constructor',
  'PrivateMethod',
  'MethodProperty',
]);

interface Node {
  readonly type?: unknown;
  readonly span?: { readonly start: number; readonly end: number };
}

/**
 * Lines of every function, method and block-bodied arrow of a TypeScript source. Spans of the parser count bytes over
 * everything it has parsed, so a leading `;` marks where this file begins.
 */
export function functionSizes(file: string, source = readFileSync(inProject(file), 'utf8')): FunctionSize[] {
  const bytes = Buffer.from(`;${source}`);
  const module = parseSync(bytes.toString(), { syntax: 'typescript', decorators: true, tsx: file.endsWith('x') });
  const base = module.span.start;
  const found: FunctionSize[] = [];
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString().split('\n').length;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object') return;
    const { type, span } = value as Node;
    if (typeof type === 'string' && FUNCTIONS.has(type)) {
      const at = span ?? (value as { function?: Node }).function?.span;
      if (at)
        found.push({ file, line: lineAt(at.start - base), lines: lineAt(at.end - base) - lineAt(at.start - base) + 1 });
    }
    Object.values(value).forEach(visit);
  };
  visit(module.body);
  return found;
}

export const linesOf = (file: string): number => readFileSync(inProject(file), 'utf8').trimEnd().split('\n').length;

/** Value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
