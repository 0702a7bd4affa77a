import { IsIn, IsInt, IsNumber, IsString, Matches } from 'class-validator';
import { ListOf, Nested, NullOr, Optional } from '../../http/index.js';
import { type Desk, DESKS } from '../domain/judging.js';
import { RegisterNamed } from './register-shapes.js';

const SIDES = ['above', 'below'] as const;

export class JudgingQuery {
  /** A year, or a quarter: `2026`, `2026-Q3`. */
  @Optional() @IsString() @Matches(/^\d{4}(-Q[1-4])?$/) period?: string;
}

/** `low` to `high`: Wilson's interval at 95 %. */
export class ShareBody {
  @IsInt() of!: number;
  @IsNumber() share!: number;
  @IsNumber() low!: number;
  @IsNumber() high!: number;
}

export class JudgeBody {
  @IsString() person!: string;
  @IsString() name!: string;
  @IsInt() cases!: number;
  @IsInt() approved!: number;
  @IsInt() approvedInPart!: number;
  @IsInt() refused!: number;
  /** Approved as asked, of cases for a purpose that others at the desk judged, too. */
  @Nested(() => ShareBody) whole!: ShareBody;
  /** That share, had the others judged these cases as their own for the same purposes; null without such cases. */
  @NullOr(ShareBody) others!: ShareBody | null;
  /** The two shares are further apart than chance explains. */
  @NullOr(SIDES) differs!: 'above' | 'below' | null;
  @NullOr('integer') median!: number | null;
  @NullOr('integer') othersMedian!: number | null;
  /** Slower (`above`) or faster than the others, more than chance explains. */
  @NullOr(SIDES) pace!: 'above' | 'below' | null;
}

export class DeskBody {
  /** `holder`: advice of its review; `authority`: rulings. */
  @IsIn(DESKS) desk!: Desk;
  @NullOr(RegisterNamed) holder!: RegisterNamed | null;
  @IsInt() cases!: number;
  @ListOf(() => JudgeBody) people!: JudgeBody[];
  /** People who are not compared: they judged too few cases, or too few others did enough. */
  @IsInt() few!: number;
}

export class JudgingBody {
  /** `own`: only the caller's line of each desk. */
  @IsIn(['own', 'everyone']) sight!: string;
  /** Cases from which on somebody is compared. */
  @IsInt() least!: number;
  @ListOf(() => DeskBody) desks!: DeskBody[];
}
