import type { Text } from '../../kernel/text.js';
import type { ComplaintRight, QualityFault } from './complaint.js';

/** A number of working days, and where it comes from. */
export interface Limit {
  readonly days: number;
  readonly source: Text;
  readonly verified: boolean;
}

/** `policies/complaints.yaml`. */
export interface ComplaintRules {
  /** What the faults are called where they are counted. */
  readonly faults: Readonly<Record<QualityFault, { readonly zh: string; readonly en: string }>>;
  readonly quality: {
    readonly answer: Limit;
    /** Open objections that one account may have at a time. */
    readonly perAccount: number;
    /** Objections of visitors that are taken in one day, in all, and those open on one dataset. */
    readonly visitors: { readonly perDay: number; readonly perDataset: number };
  };
  readonly rights: {
    readonly verify: Limit;
    readonly decide: Limit;
    readonly treat: Limit;
    /** Open complaints that one account may have at a time. */
    readonly perAccount: number;
    /** Complaints about these rights suspend at once where evidence comes with them. */
    readonly suspendsAtOnce: readonly ComplaintRight[];
    /** Datasets that rest at a time for complaints of one account; and what takes the effect away from the next one. */
    readonly suspensions: { readonly perAccount: number; readonly unfounded: number; readonly months: number };
  };
}

/** What is known of whoever files, when the rules ask whether the data is to rest at once. */
export interface Standing {
  readonly hasEvidence: boolean;
  /** Their complaints for which data rests now. */
  readonly resting: number;
  /** Theirs that were answered as manifestly unfounded within the months of the rules. */
  readonly unfounded: number;
}

/** Whether a complaint about this right makes the data rest at once. */
export function suspendsAtOnce(
  { suspendsAtOnce: rights, suspensions }: ComplaintRules['rights'],
  right: ComplaintRight,
  { hasEvidence, resting, unfounded }: Standing,
): boolean {
  return rights.includes(right) && hasEvidence && resting < suspensions.perAccount && unfounded < suspensions.unfounded;
}
