import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { ColumnTypes } from './columns/column-types.js';

/** Where a text may be looked for. `items` are names and titles of the data items. */
export const TEXT_FIELDS = ['title', 'abstract', 'keywords', 'rights', 'licence', 'publisher', 'items'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Stages of the order of test: the first one that holds decides. */
export const TESTS = ['secret', 'important', 'protected', 'conditional', 'declared', 'residual'] as const;
export type Test = (typeof TESTS)[number];

/** Coded facts a rule may compare. */
export type CodedFact = 'updateFrequency' | 'securityLevel' | 'secrecy' | 'importance';

/**
 * When a rule fires. There is no negation: more evidence can only make more rules fire, which is why evidence only
 * raises a tier. Recorded acts of people that lift a ground stand in `unless`.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly cue: { readonly lexicon: string; readonly in: readonly TextField[] } }
  | { readonly finding: { readonly types: readonly string[] } }
  | { readonly fact: { readonly name: CodedFact; readonly in: readonly string[] } }
  | { readonly declared: readonly (Tier | 'undeclared' | 'unknown-code')[] }
  /** What was learned from decisions says so with enough confidence. */
  | { readonly learned: readonly Tier[] }
  | { readonly points: { readonly reason: string; readonly atLeast: number } };

/** Recorded acts that lift a ground: an evaluated anonymisation or aggregation, or the right-holder's live consent. */
export type Exemption = 'anonymised' | 'consent';

/**
 * `refuse`: outside the system. `floor`: at least this tier. `evidence`: points towards a tier, enough of which make a
 * floor by a `points` rule. `declared`: the publisher's tier counts. `unknown`: restricted until a person decides.
 * `residual`: nothing stricter was found.
 */
export type Outcome =
  | { readonly refuse: true }
  | { readonly floor: Tier }
  | { readonly evidence: Tier }
  | { readonly declared: true }
  | { readonly unknown: true }
  | { readonly residual: true };

/** A text of law or standard and its article, as the pack names them; our words stand beside it, never as a quotation. */
export interface Source {
  readonly text: Text;
  readonly article?: Text;
}

export interface Rule {
  readonly id: string;
  readonly test: Test;
  readonly when: Condition;
  readonly unless?: readonly Exemption[];
  readonly outcome: Outcome;
  readonly strength: 'proof' | 'strong' | 'weak';
  readonly reason: string;
  readonly text: Text;
  readonly source: Source;
  /** True only where the named text was read; the others are to be adopted locally. */
  readonly verified: boolean;
}

/** Words by language. `except`: longer words that hold a term and do not mean it. */
export interface LexiconEntry {
  readonly zh?: readonly string[];
  readonly en?: readonly string[];
  readonly except?: readonly string[];
  /** Marks that count wherever they stand, e.g. `机密★`; matched exactly, never negated. */
  readonly marks?: readonly string[];
}
export interface Lexicon {
  readonly version: number;
  readonly entries: Readonly<Record<string, LexiconEntry>>;
  /**
   * Words that turn a term round: before it in the same clause ("does not contain", 不涉及), directly before it (不),
   * or after it ("has been removed").
   */
  readonly negations: Words & { readonly direct: readonly string[]; readonly after: Words };
}
interface Words {
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

export interface LabelledCode {
  readonly code: string;
  readonly label: Text;
}

export interface LevelRow extends LabelledCode {
  readonly tier: Tier;
}

/** One version of the rules of one jurisdiction, complete and checked. */
export interface Pack {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of everything below: two packs of one id and version can be told apart. */
  readonly hash: string;
  readonly title: Text;
  readonly tiers: Readonly<Record<Tier, Text>>;
  readonly levels: { readonly source: Source; readonly verified: boolean; readonly rows: readonly LevelRow[] } | null;
  readonly declaredCodes: {
    readonly source: Source;
    readonly verified: boolean;
    readonly codes: Readonly<Record<string, Tier>>;
  };
  /** Codes of `policies/condition-kinds.yaml` that this jurisdiction may ask for. */
  readonly conditionKinds: readonly string[];
  readonly reasons: readonly LabelledCode[];
  readonly issues: readonly LabelledCode[];
  /** What each strength counts as confidence; an order, not yet a calibrated probability. */
  readonly confidence: { readonly proof: number; readonly strong: number; readonly weak: number };
  readonly rules: readonly Rule[];
  readonly lexicon: Lexicon;
  readonly columns: ColumnTypes;
  /** How tiers are governed over time; absent: cautiously, see `governance.ts`. */
  readonly governance?: Governance & { readonly source: Source; readonly verified: boolean };
}

/** What becomes of a live grant when its dataset's tier is raised. `re-review`: it rests until a supervisor has looked. */
export const GRANT_FATES = ['keep', 'suspend', 're-review', 'end'] as const;
export type GrantFate = (typeof GRANT_FATES)[number];

/** How a pack governs tiers over time: what a raise does to live grants, and how long a tier stands unlooked at. */
export interface Governance {
  /** By the tier that is reached. Data that is not open at all is never served on, so `keep` is not offered there. */
  readonly raised: {
    readonly conditional: { readonly grants: GrantFate };
    readonly restricted: { readonly grants: Exclude<GrantFate, 'keep'> };
  };
  /** Months after which a person looks at a tier again (Shanghai Data Regulations art. 42: adjusted dynamically). */
  readonly reviewMonths: Readonly<Record<Tier, number>>;
}
