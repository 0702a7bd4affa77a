import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../kernel/tier.js';
import { assess } from '../domain/assess.js';
import type { CompiledPack } from '../domain/compiled.js';
import type { Facts } from '../domain/facts.js';
import type { Verdict } from '../domain/verdict.js';
import { Documents, type PackFault } from '../packs/documents.js';
import { policiesFolder } from '../packs/folder.js';
import { loadPacks, type Packs } from '../packs/load.js';

interface Expectation {
  readonly fires?: readonly string[];
  readonly notFires?: readonly string[];
  readonly tier?: Tier;
  readonly status?: Verdict['tierStatus'];
  readonly proposed?: Tier | null;
  readonly refused?: 'state-secret';
  readonly items?: Readonly<Record<string, Tier>>;
  readonly issues?: readonly string[];
}
export interface GoldenCase {
  readonly case: string;
  readonly facts: Facts;
  readonly expect: Expectation;
}
interface CaseFile {
  readonly pack: string;
  readonly cases: readonly GoldenCase[];
}

/** What `tiergate policies check` says: how much of what is in force was looked at, and every fault. */
export interface PolicyCheck {
  readonly packs: number;
  readonly rules: number;
  readonly cases: number;
  readonly faults: readonly PackFault[];
}

const differs = (what: string, wanted: unknown, got: unknown): string[] =>
  wanted === undefined || JSON.stringify(wanted) === JSON.stringify(got)
    ? []
    : [`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`];

function verdictFaults(verdict: Verdict, expected: Expectation): string[] {
  const fired = new Set(verdict.rules.map((rule) => rule.id));
  const codes: string[] = verdict.issues.map((issue) => issue.code);
  return [
    ...(expected.refused === undefined ? [] : ['it was not refused']),
    ...(expected.fires ?? []).filter((id) => !fired.has(id)).map((id) => `rule ${id} did not fire`),
    ...(expected.notFires ?? []).filter((id) => fired.has(id)).map((id) => `rule ${id} fired`),
    ...(expected.issues ?? []).filter((code) => !codes.includes(code)).map((code) => `issue ${code} is missing`),
    ...differs('the tier', expected.tier, verdict.tier),
    ...differs('the status', expected.status, verdict.tierStatus),
    ...differs('the proposal', expected.proposed, verdict.proposed),
    ...Object.entries(expected.items ?? {}).flatMap(([name, tier]) =>
      differs(`item ${name}`, tier, verdict.itemTiers.find((item) => item.name === name)?.tier),
    ),
  ];
}

/** How one golden case fails, in words; empty when it holds. */
export function caseFaults(golden: GoldenCase, compiled: CompiledPack): string[] {
  const answer = assess(golden.facts, compiled);
  if (answer.kind === 'verdict') return verdictFaults(answer, golden.expect);
  const { refused, fires = [answer.rule], notFires = [] } = golden.expect;
  // No rule is asked after the one that refuses: such a case shows that one and nothing of the others.
  return [
    ...(refused === answer.code ? [] : [`it was refused by ${answer.rule}`]),
    ...(fires.join() === answer.rule ? [] : [`it was refused by ${answer.rule}, expected ${fires.join(', ')}`]),
    ...notFires.map((id) => `a refused record does not show that rule ${id} stays silent`),
  ];
}

/** Rules that no case shows firing, or none shows staying silent. */
function uncovered(compiled: CompiledPack, cases: readonly GoldenCase[]): string[] {
  const shown = (kind: 'fires' | 'notFires'): Set<string> =>
    new Set(cases.flatMap((golden) => golden.expect[kind] ?? []));
  const [fires, silent] = [shown('fires'), shown('notFires')];
  return compiled.pack.rules.flatMap(({ id }) => [
    ...(fires.has(id) ? [] : [`no case shows rule ${id} firing`]),
    ...(silent.has(id) ? [] : [`no case shows rule ${id} staying silent`]),
  ]);
}

function checkFile(documents: Documents, packs: Packs, file: string): readonly GoldenCase[] {
  const content = documents.read<CaseFile>('cases', file);
  if (content === null) return [];
  const compiled = packs.current(content.pack);
  if (compiled === null) {
    documents.fault(file, `there is no pack "${content.pack}"`);
    return [];
  }
  for (const golden of content.cases)
    for (const detail of caseFaults(golden, compiled)) documents.fault(file, `case "${golden.case}": ${detail}`);
  for (const detail of uncovered(compiled, content.cases)) documents.fault(file, detail);
  return content.cases;
}

/** Checks every rule pack against its schema and every golden case against its pack: `tiergate policies check`. */
export function checkPolicies(root: string = policiesFolder()): PolicyCheck {
  const loaded = loadPacks(root);
  if (!loaded.ok) return { packs: 0, rules: 0, cases: 0, faults: loaded.error };
  const packs = loaded.value;
  const documents = new Documents(root);
  const files = readdirSync(join(root, 'cases'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const cases = files.map((name) => checkFile(documents, packs, join('cases', name)));
  const missing = packs.all.filter(({ pack }) => !files.includes(`${pack.id}.yaml`));
  for (const { pack } of missing) documents.fault(join('cases', `${pack.id}.yaml`), 'the pack has no golden cases');
  return {
    packs: packs.inForce.length,
    rules: packs.inForce.reduce((sum, { pack }) => sum + pack.rules.length, 0),
    cases: cases.reduce((sum, list) => sum + list.length, 0),
    faults: documents.faults,
  };
}
