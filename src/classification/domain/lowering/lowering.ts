import type { Tier } from '../../../kernel/tier.js';
import type { DiversityOf, Figures, NotAssessed } from '../risk/risk.js';
import type { FiredRule } from '../verdict.js';
import type { Recipe } from './recipe.js';
import type { Step } from './steps.js';

/** What still speaks for a stricter tier: a rule, and the columns or facts it names. */
export interface Ground {
  readonly rule: string;
  /** `floor`: it demands the tier; `evidence`: it asks a person to look. */
  readonly weight: 'floor' | 'evidence';
  readonly tier: Tier;
  /** Columns it names; empty where it concerns the record as a whole. */
  readonly items: readonly string[];
}

/** Figures on the quasi-identifiers that the table had before, and on those that are left afterwards. */
export interface BeforeAfter {
  readonly columns: readonly string[];
  readonly figures: Figures | NotAssessed;
  readonly diversity: readonly DiversityOf[];
}

/**
 * Steps after which the rules demand less, tried on the data by the whole engine. They make no data anonymous by
 * themselves: de-identified information about people stays personal (Personal Information Protection Law, arts. 4, 73),
 * so a named person evaluates the result and lowers the tier.
 */
export interface Lowers {
  readonly status: 'lowers';
  readonly from: Tier;
  readonly to: Tier;
  readonly steps: readonly Step[];
  readonly before: BeforeAfter;
  readonly after: BeforeAfter;
  /** Mean over the columns of the share of their entropy that is left, 0 to 1. */
  readonly informationKept: number;
  /** Share of records whose quasi-identifiers are withheld as too rare. */
  readonly withheld: number;
  /** `complete`: nothing that keeps more would do; `local`: no single column could keep more; the rest was not tried. */
  readonly search: 'complete' | 'local';
  /** What still asks a person to look. */
  readonly remaining: readonly Ground[];
  readonly recipe: Recipe;
}

/** Why no steps lower the tier. `whole-record`: a ground is not in any column, so changing columns does not lift it. */
export interface NoLowering {
  readonly status: 'none';
  readonly from: Tier;
  readonly reason: 'whole-record' | 'still-demanded' | 'nothing-left' | 'not-measured';
  /** For `not-measured`. */
  readonly detail?: NotAssessed['reason'];
  readonly remaining: readonly Ground[];
}
export type Lowering = Lowers | NoLowering;

/** Grounds at least as strict as `tier` among the rules that fired. */
export function groundsFrom(rules: readonly FiredRule[], isStrict: (tier: Tier) => boolean): Ground[] {
  return rules.flatMap(({ id, outcome, inputs }) => {
    const tier = 'floor' in outcome ? outcome.floor : 'evidence' in outcome ? outcome.evidence : null;
    if (tier === null || !isStrict(tier)) return [];
    const items = [...new Set(inputs.flatMap(({ item }) => item ?? []))];
    return [{ rule: id, weight: 'floor' in outcome ? ('floor' as const) : ('evidence' as const), tier, items }];
  });
}
