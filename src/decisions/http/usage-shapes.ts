import { IsBoolean, IsInt, IsString } from 'class-validator';
import { ListOf, NullOr, WordOf } from '../../http/index.js';

class Outcomes {
  @IsInt() permitted!: number;
  @IsInt() denied!: number;
  /** Of the denied, those that only could not be decided. */
  @IsInt() undecided!: number;
}
class ReasonUsage {
  @WordOf('ReasonCode') reason!: string;
  @IsBoolean() permit!: boolean;
  @IsInt() count!: number;
}
class TierUsage extends Outcomes {
  @IsString() tier!: string;
}
class DayUsage extends Outcomes {
  @IsString() day!: string;
}
class DatasetUsage extends Outcomes {
  /** Null for questions about nothing that is known. */
  @NullOr('string') dataset!: string | null;
  @NullOr('string') identifier!: string | null;
  @IsInt() delivered!: number;
}

/** Decisions counted by day, dataset, tier and reason, and deliveries that portals reported. */
export class UsageBody extends Outcomes {
  @IsString() from!: string;
  @IsString() to!: string;
  /** Whose data; null for everybody's. */
  @NullOr('string') publisher!: string | null;
  @IsInt() delivered!: number;
  /** The most frequent first. */
  @ListOf(() => ReasonUsage) reasons!: ReasonUsage[];
  @ListOf(() => TierUsage) tiers!: TierUsage[];
  @ListOf(() => DayUsage) days!: DayUsage[];
  /** The most asked for, at most a hundred. */
  @ListOf(() => DatasetUsage) datasets!: DatasetUsage[];
}

class KeyUsage {
  @IsString() key!: string;
  @IsString() lastAskedAt!: string;
}
class PortalUsageBody extends Outcomes {
  @IsString() portal!: string;
  @IsString() lastAskedAt!: string;
  /** The most frequent first. */
  @ListOf(() => ReasonUsage) reasons!: ReasonUsage[];
  /** Its keys and secrets that asked in this time. */
  @ListOf(() => KeyUsage) keys!: KeyUsage[];
}

/** Decisions that portals asked for in the last thirty days; a portal that asked nothing is not among them. */
export class PortalsUsageBody {
  @IsString() from!: string;
  @IsString() to!: string;
  @ListOf(() => PortalUsageBody) items!: PortalUsageBody[];
}
