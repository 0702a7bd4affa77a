import type { Id } from '../../kernel/ids.js';
import { foldedName } from '../../kernel/text.js';

/** Parts of the evidence on which a lowering can rest: what lifts a ground, and what says that a ground is no longer there. */
export const CARRYING = ['deidentification', 'consent', 'findings', 'content'] as const;
export type BroughtBy = Partial<Readonly<Record<(typeof CARRYING)[number], Id>>>;

type Parts = Partial<Readonly<Record<(typeof CARRYING)[number], unknown>>>;

/** Who brought each part, once somebody has submitted these: newer parts take the place of older ones. */
export function broughtBy(before: BroughtBy | undefined, submitted: Parts, kept: Parts, by: Id): BroughtBy {
  const given = CARRYING.filter((part) => submitted[part] !== undefined).map((part) => [part, by] as const);
  const stays = CARRYING.filter((part) => kept[part] !== undefined && submitted[part] === undefined);
  return Object.fromEntries([...stays.flatMap((part) => (before?.[part] ? [[part, before[part]]] : [])), ...given]);
}

/**
 * Whether this person brought what the assessment rests on, or is named as who judged the de-identification: they do not
 * confirm a lowering that it carries (Shanghai Data Regulations art. 41(3) names the act, the second pair of eyes is ours).
 */
export function carries(
  evidence: {
    readonly broughtBy?: BroughtBy;
    readonly deidentification?: { readonly evaluator: string };
  } | null,
  person: { readonly accounts: readonly Id[]; readonly name: string },
): boolean {
  const { broughtBy: by = {}, deidentification } = evidence ?? {};
  if (CARRYING.some((part) => person.accounts.includes(by[part] ?? ''))) return true;
  return deidentification !== undefined && foldedName(deidentification.evaluator) === foldedName(person.name);
}
