import type { Field } from '../../kernel/fields.js';
import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { Day } from '../../kernel/time.js';
import type { DatasetItem, Distribution, Frequency, SourceFacts } from './dataset.js';

/** One record of a foreign catalogue in our words, whatever its format was. Every reader produces this. */
export interface SourceRecord {
  readonly identifier: string;
  readonly publisherName: string;
  readonly title: Text;
  readonly abstract: Text;
  readonly keywords: readonly string[];
  readonly field: Field | null;
  /** `null` where the declared code map has no tier for the code: never opens. */
  readonly declaredTier: Tier | null;
  readonly legalBasis: Text | null;
  readonly updateFrequency: Frequency | null;
  readonly lastUpdated: Day | null;
  readonly items: readonly Omit<DatasetItem, 'tier'>[];
  readonly distributions: readonly Omit<Distribution, 'id' | 'tier'>[];
  readonly sourceFacts: Omit<SourceFacts, 'hash'>;
}

/** Something to be told about a record. `detail` is for people, `code` for programs. */
export interface ReadIssue {
  readonly code: string;
  readonly detail: string;
}

/** What came of reading one record: without an identifier there is nothing to keep it under. */
export type ReadOutcome =
  | { readonly record: SourceRecord; readonly issues: readonly ReadIssue[] }
  | { readonly record: null; readonly issues: readonly ReadIssue[] };

/** A declared code table: which tier a source's opening code means, and which pack judges its records. */
export interface CodeMap {
  readonly code: string;
  readonly pack: string;
  readonly tiers: Readonly<Record<string, Tier>>;
}

/** The tier of a code exactly as declared; another letter case is another code. */
export const tierOfCode = (map: CodeMap, code: string): Tier | null =>
  Object.hasOwn(map.tiers, code) ? (map.tiers[code] ?? null) : null;
