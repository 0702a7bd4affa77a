import type { OrganisationKind } from '../../kernel/principal.js';

interface Asked {
  readonly kind: string;
  readonly evidenceRequired: boolean;
}

/** Conditions sorted by what the caller still has to do about them. */
export interface Eligibility<T extends Asked> {
  /** Already held: nothing to do. */
  readonly met: readonly T[];
  /** Promised by applying: the application states them. */
  readonly stated: readonly T[];
  /** Evidence must be attached to the application. */
  readonly missing: readonly T[];
}

/**
 * Whoever is registered here was identified, by credit code or document: they hold the identity condition. Conditions
 * for which evidence of it was verified (`proved`, their kinds) are met without anything more.
 */
export function eligibilityOf<T extends Asked>(
  conditions: readonly T[],
  caller: OrganisationKind | null,
  proved: ReadonlySet<string> = new Set(),
): Eligibility<T> {
  const held = (one: T): boolean =>
    one.evidenceRequired ? proved.has(one.kind) : one.kind === 'verified-identity' && caller !== null;
  return {
    met: conditions.filter(held),
    stated: conditions.filter((one) => !one.evidenceRequired && !held(one)),
    missing: conditions.filter((one) => one.evidenceRequired && !held(one)),
  };
}
