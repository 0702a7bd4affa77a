import { join } from 'node:path';
import type { CompiledPack } from '../domain/compiled.js';
import { Documents } from '../packs/documents.js';
import { caseFaults, type GoldenCase } from './run-cases.js';

export interface CaseOutcome {
  readonly name: string;
  /** In words; empty where the case holds. */
  readonly faults: readonly string[];
}

/** How a pack does on the golden cases shipped for it: what officers have written down as right. */
export function goldenCases(root: string, compiled: CompiledPack): readonly CaseOutcome[] {
  const documents = new Documents(root);
  const file = join('cases', `${compiled.pack.id}.yaml`);
  if (!documents.has(file)) return [];
  const content = documents.read<{ readonly cases: readonly GoldenCase[] }>('cases', file);
  return (content?.cases ?? []).map((golden) => ({ name: golden.case, faults: caseFaults(golden, compiled) }));
}
