import { type ApplicantKind, isAmong, type OrganisationKind } from '../../kernel/principal.js';

interface Asked {
  readonly kind: string;
  readonly evidenceRequired: boolean;
  readonly applicants?: readonly ApplicantKind[];
}

/** Conditions sorted by what the caller still has to do about them. */
export interface Eligibility<T extends Asked> {
  /** Already held: nothing to do. */
  readonly met: readonly T[];
  /** Promised by applying: the application states them. */
  readonly stated: readonly T[];
  /** Evidence must be attached to the application. */
  readonly missing: readonly T[];
  /** It is for other kinds of applicants than the caller is; who rules on the application decides what follows. */
  readonly unmet: readonly T[];
}

/**
 * Whoever is registered here was identified, by credit code or document: they hold the identity condition. Conditions
 * for which evidence of it was verified (`proved`, their kinds) are met without anything more, and so are those for the
 * kind of applicant that the caller is.
 */
export function eligibilityOf<T extends Asked>(
  conditions: readonly T[],
  caller: OrganisationKind | null,
  proved: ReadonlySet<string> = new Set(),
): Eligibility<T> {
  const of = (wanted: keyof Eligibility<T>) => conditions.filter((one) => standingOf(one, caller, proved) === wanted);
  return { met: of('met'), stated: of('stated'), missing: of('missing'), unmet: of('unmet') };
}

function standingOf(
  { kind, evidenceRequired, applicants }: Asked,
  caller: OrganisationKind | null,
  proved: ReadonlySet<string>,
): keyof Eligibility<Asked> {
  if (evidenceRequired) return proved.has(kind) ? 'met' : 'missing';
  if (applicants !== undefined && caller !== null) return isAmong(applicants, caller) ? 'met' : 'unmet';
  return kind === 'verified-identity' && caller !== null ? 'met' : 'stated';
}
