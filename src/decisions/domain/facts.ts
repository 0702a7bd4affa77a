/**
 * The finite fact vector (ADR "one question, one vector"): everything an access decision may depend on, reduced to
 * small enumerations. Code 0 of every fact is `unknown` and never reaches a permitting row; the order of the names is
 * the order of the request definition in `policies/access.model.conf`.
 */
export const FACTS = {
  // The tier that governs the answer: that of opening, or under a grant between bodies what the sharing tier says.
  tier: ['unknown', 'open', 'conditional', 'restricted', 'shared', 'not-shared'],
  dataset: ['unknown', 'listed', 'suspended', 'withdrawn', 'draft', 'ambiguous'],
  subject: ['unknown', 'anonymous', 'person', 'organisation', 'ambiguous'],
  assurance: ['unknown', 'none', 'unverified', 'verified'],
  action: ['unknown', 'read', 'download', 'api', 'sandbox'],
  grant: ['unknown', 'not-needed', 'none', 'pending', 'not-yet', 'active', 'limited', 'suspended', 'ended', 'revoked'],
  purpose: ['unknown', 'not-needed', 'match', 'mismatch', 'ambiguous'],
  items: ['unknown', 'not-needed', 'all', 'part', 'none'],
  delivery: ['unknown', 'not-needed', 'match', 'mismatch', 'not-offered'],
  membership: ['unknown', 'not-needed', 'all', 'named', 'not-named'],
  conditions: ['unknown', 'not-needed', 'hold', 'lapsed'],
  // `at-holder`: the signatory has accepted what is in force, and the holder has yet to sign it.
  agreement: ['unknown', 'not-needed', 'current', 'superseded', 'missing', 'at-holder'],
  organisation: ['unknown', 'none', 'active', 'suspended'],
  sanction: ['unknown', 'none', 'restricted'],
  quota: ['unknown', 'not-needed', 'left', 'used-up'],
  integrity: ['unknown', 'intact', 'tampered'],
  freshness: ['unknown', 'fresh', 'stale', 'behind'],
} as const satisfies Record<string, readonly ['unknown', ...string[]]>;

export type FactName = keyof typeof FACTS;
export type FactValue<F extends FactName> = (typeof FACTS)[F][number];
/** A vector written out in words: what people, golden cases and decision records read. */
export type Facts = { readonly [F in FactName]: FactValue<F> };

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];
export const UNKNOWN = 0;

const valuesOf = (name: FactName): readonly string[] => FACTS[name];
const codes = new Map(FACT_NAMES.map((name) => [name, new Map(valuesOf(name).map((value, code) => [value, code]))]));

/** The code of a value, or -1 where the fact has no such value. */
export const codeOf = (name: FactName, value: string): number => codes.get(name)?.get(value) ?? -1;
export const isFact = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** Positions of the facts in a vector: `vector[AT.tier]`. */
export const AT = Object.fromEntries(FACT_NAMES.map((name, index) => [name, index])) as {
  readonly [F in FactName]: number;
};

type Codes = { readonly [F in FactName]: { readonly [V in FactValue<F>]: number } };
/** Codes by name: `CODE.tier.open`. */
export const CODE = Object.fromEntries(
  FACT_NAMES.map((name) => [name, Object.fromEntries(valuesOf(name).map((value, code) => [value, code]))]),
) as unknown as Codes;

export const namesOf = (vector: Uint8Array): string[] =>
  FACT_NAMES.map((name, index) => valuesOf(name)[vector[index] as number] ?? 'unknown');

export const factsOf = (vector: Uint8Array): Facts =>
  Object.fromEntries(namesOf(vector).map((value, index) => [FACT_NAMES[index], value])) as unknown as Facts;

/** The vector of written-out facts; a fact that is absent or not known stays `unknown`. */
export function vectorOf(facts: { readonly [F in FactName]?: string }): Uint8Array {
  const vector = new Uint8Array(FACT_NAMES.length);
  FACT_NAMES.forEach((name, index) => {
    const code = codeOf(name, facts[name] ?? 'unknown');
    vector[index] = code < 0 ? UNKNOWN : code;
  });
  return vector;
}
