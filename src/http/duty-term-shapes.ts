import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { type DutyTerm, MOST_DAYS, MOST_MONTHS } from '../kernel/duty-term.js';
import { Optional } from './fields.js';

/** By when what a condition asks for is due, as it is written. */
export class DutyTermRequest implements DutyTerm {
  /** A report on use is due in so many months at the least, from the start or from the last report. */
  @Optional() @IsInt() @Min(1) @Max(MOST_MONTHS) everyMonths?: number;
  /** The data is deleted, and that certified, within so many days of the last day of the grant. */
  @Optional() @IsInt() @Min(0) @Max(MOST_DAYS) withinDays?: number;
}

/** The same as it is told. */
export class DutyTermBody implements DutyTerm {
  /** A report on use is due in so many months at the least. */
  @IsOptional() @IsInt() everyMonths?: number;
  /** The data is to be deleted within so many days of the last day of the grant. */
  @IsOptional() @IsInt() withinDays?: number;
}
