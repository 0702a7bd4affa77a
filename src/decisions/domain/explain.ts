import { AT, FACT_NAMES, FACTS, type FactName, type Facts, factsOf } from './facts.js';
import { unpack } from './packed.js';
import type { AccessPolicy } from './policy.js';

/** One change of facts that would turn the answer around, and the row that would then decide. */
export interface Turn {
  readonly facts: Readonly<Partial<Record<FactName, { readonly from: string; readonly to: string }>>>;
  readonly row: string;
}

export interface Explanation {
  readonly facts: Facts;
  readonly row: {
    readonly id: string;
    readonly effect: string;
    readonly when: string;
    readonly reason: string;
    readonly nextStep: string;
  };
  readonly wouldChange: readonly Turn[];
}

/** What a question reads like with a grant in force that covers it: the other end of "no grant". */
const WITH_A_GRANT: Readonly<Partial<Record<FactName, string>>> = {
  grant: 'active',
  purpose: 'match',
  items: 'all',
  delivery: 'match',
  membership: 'all',
  conditions: 'not-needed',
  agreement: 'current',
  quota: 'not-needed',
};
/** Facts a caller or an office can do something about; the others say what is, and changing them is a fault. */
const FIXED: ReadonlySet<FactName> = new Set(['integrity', 'freshness', 'action', 'dataset', 'tier']);

/** The facts behind a packed vector, the row that decides them, and the smallest changes that would turn it around. */
export function explain(low: number, high: number, policy: AccessPolicy): Explanation {
  const vector = unpack(low, high);
  const number = policy.rowFor(vector);
  const { id, effect, when, reason, nextStep } = policy.rows[number] as AccessPolicy['rows'][number];
  return {
    facts: factsOf(vector),
    row: { id, effect, when, reason, nextStep },
    wouldChange: turns(vector, policy, effect === 'allow'),
  };
}

function turns(vector: Uint8Array, policy: AccessPolicy, permitted: boolean): Turn[] {
  const single = FACT_NAMES.filter((name) => permitted || !FIXED.has(name)).flatMap((name) =>
    FACTS[name].slice(1).flatMap((to) => turnedBy(vector, policy, permitted, { [name]: to })),
  );
  return single.length > 0 || permitted ? single : turnedBy(vector, policy, permitted, WITH_A_GRANT);
}

function turnedBy(
  vector: Uint8Array,
  policy: AccessPolicy,
  permitted: boolean,
  change: Readonly<Partial<Record<FactName, string>>>,
): Turn[] {
  const changed = vector.slice();
  const facts: Record<string, { from: string; to: string }> = {};
  for (const name of FACT_NAMES) {
    const to = change[name];
    const from = (FACTS[name] as readonly string[])[vector[AT[name]] as number] ?? 'unknown';
    if (to === undefined || to === from) continue;
    changed[AT[name]] = (FACTS[name] as readonly string[]).indexOf(to);
    facts[name] = { from, to };
  }
  const row = policy.rowFor(changed);
  const turned = Object.keys(facts).length > 0 && policy.permits(row) !== permitted;
  return turned ? [{ facts, row: policy.rows[row]?.id ?? '' }] : [];
}
