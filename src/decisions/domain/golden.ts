import { type FactName, isFact, codeOf, vectorOf } from './facts.js';
import type { AccessPolicy } from './policy.js';

/** One golden case: facts over a stated base, and the row that must decide them. */
export interface GoldenCase {
  readonly name: string;
  readonly facts: { readonly [F in FactName]?: string };
  readonly row: string;
}

/** A file of cases (`policies/cases/access/*.yaml`): each case changes some facts of the file's base. */
export interface GoldenFile {
  readonly base: Readonly<Record<string, string>>;
  readonly cases: readonly {
    readonly name: string;
    readonly facts?: Readonly<Record<string, string>>;
    readonly row: string;
  }[];
}

export const casesOf = (file: GoldenFile): GoldenCase[] =>
  file.cases.map(({ name, facts, row }) => ({ name, facts: { ...file.base, ...facts }, row }));

/** What is wrong with a case's own words, or with the policy's answer to it; null when it holds. */
export function failureOf(golden: GoldenCase, policy: AccessPolicy): string | null {
  for (const [name, value] of Object.entries(golden.facts)) {
    if (!isFact(name)) return `${golden.name}: the vector has no fact ${name}`;
    if (codeOf(name, value) < 0) return `${golden.name}: ${name} has no value ${value}`;
  }
  const row = policy.rows[policy.rowFor(vectorOf(golden.facts))]?.id;
  return row === golden.row ? null : `${golden.name}: expected row ${golden.row}, decided by ${row}`;
}
