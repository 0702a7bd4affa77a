/**
 * When what a condition asks for falls due, for the machine to watch; a condition has one of these, or none where only its
 * text says so.
 */
export interface DutyTerm {
  /** Reports on use: one in so many months at the least, from the start of the grant or from the last report. */
  readonly everyMonths?: number;
  /** Deletion: within so many days of the last day of the grant. */
  readonly withinDays?: number;
}

export const DUTY_TERMS = ['everyMonths', 'withinDays'] as const satisfies readonly (keyof DutyTerm)[];
export type DutyTermName = (typeof DUTY_TERMS)[number];

export const MOST_MONTHS = 60;
export const MOST_DAYS = 3650;

/** The term alone, without what else the condition says. */
export const dutyTermOf = ({ everyMonths, withinDays }: DutyTerm): DutyTerm => ({
  ...(everyMonths === undefined ? {} : { everyMonths }),
  ...(withinDays === undefined ? {} : { withinDays }),
});

export const isSameTerm = (one: DutyTerm, other: DutyTerm): boolean =>
  DUTY_TERMS.every((name) => one[name] === other[name]);
