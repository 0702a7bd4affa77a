import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { loadAccessRows } from '../casbin/index.js';
import { FACT_NAMES } from './domain/facts.js';
import { casesOf, failureOf, type GoldenCase, type GoldenFile } from './domain/golden.js';
import { AccessPolicy } from './domain/policy.js';
import { faultsOf } from './domain/row-checks.js';
import type { AccessRow } from './domain/rows.js';
import type { Vocabulary } from './domain/vocabulary.js';

/** The texts one policy version is made of. */
export interface PolicySource {
  readonly model: string;
  readonly rows: string;
  readonly vocabulary: string;
  readonly cases: readonly GoldenCase[];
}

export type LoadedPolicy = { readonly policy: AccessPolicy } | { readonly faults: readonly string[] };

/** Reads the shipped policy from `policies/`. */
export async function readPolicySource(folder: string): Promise<PolicySource> {
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const names = (await readdir(join(folder, 'cases/access'))).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(names.map((name) => text(join('cases/access', name))));
  return {
    model: await text('access.model.conf'),
    rows: await text('access.csv'),
    vocabulary: await text('vocabulary.yaml'),
    cases: files.flatMap((file) => casesOf(load(file) as GoldenFile)),
  };
}

/** Checks a policy wholly and only then hands it out: rows, then every golden case through Casbin itself. */
export async function loadPolicy(source: PolicySource): Promise<LoadedPolicy> {
  try {
    const loaded = await loadAccessRows(source.model, source.rows);
    if (loaded.facts.join() !== FACT_NAMES.join()) {
      return { faults: [`the request definition must be the fact vector: ${FACT_NAMES.join(', ')}`] };
    }
    const vocabulary = load(source.vocabulary) as Vocabulary;
    const rows = loaded.rows.map(rowOf);
    const faults = faultsOf(rows, vocabulary);
    if (faults.length > 0) return { faults };
    const policy = new AccessPolicy(versionOf(source), rows, vocabulary, loaded.ask);
    const failures = source.cases.map((golden) => failureOf(golden, policy)).filter((failure) => failure !== null);
    return failures.length > 0 ? { faults: failures } : { policy };
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)] };
  }
}

const rowOf = (
  row: Readonly<Record<'id' | 'eft' | 'reason' | 'next' | 'obligations' | 'when', string>>,
): AccessRow => ({
  id: row.id,
  effect: row.eft as AccessRow['effect'],
  reason: row.reason,
  nextStep: row.next,
  obligations: row.obligations === '' ? [] : row.obligations.split('+'),
  when: row.when,
});

const versionOf = ({ model, rows, vocabulary }: PolicySource): string =>
  createHash('sha256')
    .update(JSON.stringify([model, rows, vocabulary]))
    .digest('hex')
    .slice(0, 16);

/** Holds the policy in force. A version that fails its checks is refused and the last good one stays. */
export class PolicyInForce {
  private constructor(private policy: AccessPolicy) {}

  /** Throws with every fault when the first policy is not fit: without a policy nothing starts. */
  static async start(source: PolicySource): Promise<PolicyInForce> {
    const loaded = await loadPolicy(source);
    if ('faults' in loaded) throw new Error(`the access policy is not fit:\n${loaded.faults.join('\n')}`);
    return new PolicyInForce(loaded.policy);
  }

  get current(): AccessPolicy {
    return this.policy;
  }

  /** Swaps in a new version as one object; returns its faults, empty when it is now in force. */
  async replace(source: PolicySource): Promise<readonly string[]> {
    const loaded = await loadPolicy(source);
    if ('faults' in loaded) return loaded.faults;
    this.policy = loaded.policy;
    return [];
  }
}
