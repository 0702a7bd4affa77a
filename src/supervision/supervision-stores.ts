import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Step, ViolationKind } from './domain/ladder.js';
import type { Sanction, SanctionState } from './domain/sanction.js';
import type { Violation, ViolationState } from './domain/violation.js';

export interface StoredViolation {
  readonly violation: Violation;
  readonly version: number;
}
export interface StoredSanction {
  readonly sanction: Sanction;
  readonly version: number;
}

/** Whose a caller sees: all, or those about their own organisation and about grants from it. */
export type Sight = { readonly everything: true } | { readonly everything: false; readonly organisation: Id };

export interface ViolationFilter {
  readonly state?: ViolationState;
  readonly kind?: ViolationKind;
  readonly organisation?: Id;
  readonly grant?: Id;
}
export interface SanctionFilter {
  readonly state?: SanctionState;
  readonly step?: Step;
  readonly organisation?: Id;
  readonly violation?: Id;
}

export interface Part<T> {
  readonly items: readonly T[];
  /** How many the caller may see in all. */
  readonly total: number;
}

/** Where violations are kept. Lists are newest first; `before` is the last id of the page before. */
export interface ViolationStore {
  find(reader: Reader, id: Id): Promise<StoredViolation | null>;
  list(
    reader: Reader,
    sight: Sight,
    filter: ViolationFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredViolation>>;
  counts(reader: Reader): Promise<Readonly<Partial<Record<ViolationState, number>>>>;
  /** Those under these grants that stand. */
  upheldUnder(reader: Reader, grants: readonly Id[]): Promise<readonly Violation[]>;
  /** How many of this kind were upheld against the organisation since then, this one left out. */
  upheld(reader: Reader, organisation: Id, kind: ViolationKind, since: Instant, except: Id): Promise<number>;
  /** Those whose cure date has passed, the longest first. */
  due(reader: Reader, now: Instant, limit: number): Promise<readonly Id[]>;
  insert(tx: Transaction, violation: Violation): Promise<void>;
  /** Throws LostUpdate when the stored version is another. */
  update(tx: Transaction, before: StoredViolation, next: Violation): Promise<StoredViolation>;
}

/** Where measures are kept. */
export interface SanctionStore {
  find(reader: Reader, id: Id): Promise<StoredSanction | null>;
  list(
    reader: Reader,
    sight: Sight,
    filter: SanctionFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredSanction>>;
  /** How many are in force, by step. */
  counts(reader: Reader): Promise<Readonly<Partial<Record<Step, number>>>>;
  /** In force against an organisation, in order of id. */
  inForce(reader: Reader, organisation: Id): Promise<readonly StoredSanction[]>;
  /** Those that have run out, the longest first. */
  due(reader: Reader, now: Instant, limit: number): Promise<readonly Id[]>;
  insert(tx: Transaction, sanction: Sanction): Promise<void>;
  update(tx: Transaction, before: StoredSanction, next: Sanction): Promise<StoredSanction>;
}
