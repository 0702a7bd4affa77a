import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';

/** What content evidence says of one column: how much of it matched which type, by which rule. Never a raw value. */
export interface Finding {
  readonly item: string;
  readonly type: string;
  /** Share of the non-empty cells read that matched, 0 to 1. */
  readonly matchedFraction: number;
  /** Non-empty cells read. */
  readonly sampleSize: number;
  /** The column rule that found it, `<lexicon version>#<type>`. */
  readonly rule: string;
}

export interface ItemFacts {
  readonly name: string;
  readonly title?: Text;
  readonly type?: string;
  /** What the publisher declared for this item alone. */
  readonly declaredTier?: Tier;
}

export interface DistributionFacts {
  readonly id: string;
  readonly kind: 'file' | 'api';
  readonly format?: string;
  /** Whether it names an address from which data is served. */
  readonly served: boolean;
  readonly declaredTier?: Tier;
}

/** De-identification as evidence: grade 1 (direct identifiers present) to 4 (aggregate), who judged it and when. */
export interface Deidentification {
  readonly grade: 1 | 2 | 3 | 4;
  readonly method: string;
  readonly k?: number;
  readonly evaluator: string;
  readonly date: string;
}

/** The right-holder's consent on file (Shanghai Data Regulations art. 41(3)); a withdrawn one no longer counts. */
export interface Consent {
  readonly reference: string;
  readonly date: string;
  readonly withdrawn?: boolean;
}

/**
 * What was learned from people's decisions, as said of this record; kept with it, so that a replay needs no model.
 * Evidence only: it may propose, never open.
 */
export interface LearnedFacts {
  /** The model that said it: whose, which version, and a hash of its bytes. */
  readonly model: string;
  /** Decisions of this publisher it was trained on, and decisions of others that proved to carry over. */
  readonly own: number;
  readonly others: number;
  readonly tier: Tier;
  /** Share the model gives to that tier, 0 to 1. */
  readonly share: number;
  /** Whether the share is enough for a confident proposal, by thresholds from held-out decisions. */
  readonly enough: boolean;
  /** Terms that spoke most for the tier, with their weights against the next best tier. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}

/**
 * Everything the engine may look at, as plain data. Absent means unknown, and unknown never opens anything.
 * Stored with each assessment, so that it can be replayed.
 */
export interface Facts {
  readonly title: Text;
  readonly abstract?: Text;
  readonly keywords?: readonly string[];
  readonly publisher?: string;
  readonly licence?: string;
  /** The publisher's stated access rights or reason for not opening. */
  readonly rights?: string;
  readonly legalBasis?: string;
  readonly updateFrequency?: string;
  /** The publisher's own code for the tier, read through the pack's code map. */
  readonly declaredCode?: string;
  /**
   * A declared tier that was already read through a declared code map (an import profile, a steward's form);
   * null where that map does not know the code. Absent: the pack's own map reads `declaredCode`.
   */
  readonly declaredTier?: Tier | null;
  readonly securityLevel?: string;
  readonly secrecy?: 'state-secret' | 'work-secret' | 'none';
  readonly importance?: 'core' | 'important' | 'general';
  /** Number of published conditions. */
  readonly conditions?: number;
  readonly items?: readonly ItemFacts[];
  readonly distributions?: readonly DistributionFacts[];
  readonly deidentification?: Deidentification;
  readonly consent?: Consent;
  readonly findings?: readonly Finding[];
  readonly learned?: LearnedFacts;
}
