import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { DUTY_TERMS, type DutyTermName } from '../kernel/duty-term.js';
import type { ConditionKind } from './domain/conditions.js';

/** The kinds of conditions, `policies/condition-kinds.yaml`; a malformed file stops the start. */
export function loadConditionKinds(policies: string): ReadonlyMap<string, ConditionKind> {
  const file = join(policies, 'condition-kinds.yaml');
  const rows = load(readFileSync(file, 'utf8')) as unknown;
  if (!Array.isArray(rows) || !rows.every(isKind))
    throw new Error(`${file}: each kind needs kind, label, asks, evidence, and may have a term`);
  const kinds = new Map(rows.map((row) => [row.kind, row]));
  if (kinds.size !== rows.length) throw new Error(`${file}: a kind is named twice`);
  return kinds;
}

function isKind(row: unknown): row is ConditionKind {
  const { kind, label, asks, evidence, term } = (row ?? {}) as Partial<Record<keyof ConditionKind, unknown>>;
  const isTerm = term === undefined || DUTY_TERMS.includes(term as DutyTermName);
  const isEvidence = evidence === 'never' || evidence === 'optional';
  return typeof kind === 'string' && isText(label) && isText(asks) && isEvidence && isTerm;
}
const isText = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['zh', 'en'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');
