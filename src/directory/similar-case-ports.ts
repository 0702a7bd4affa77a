import type { Application } from '../applications/index.js';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Tier } from '../kernel/tier.js';
import type { Day } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { RegisterSources, RegisterStore } from '../register/index.js';

/** What can come of a case after its ruling. */
export const LATER = [
  'review-asked',
  'refusal-upheld',
  'refusal-reopened',
  'ruling-contested',
  'ruling-overturned',
  'grant-suspended',
  'grant-limited',
  'grant-revoked',
  'violation',
] as const;

/** Something that came of a case; `cause` says why a grant rested. */
export interface Later {
  readonly what: (typeof LATER)[number];
  readonly on: Day;
  readonly cause: string | null;
}

/** A dataset as it is now. */
export interface DatasetNow {
  readonly title: Text;
  readonly tier: Tier | null;
  readonly field: Field | null;
}

/** What similar cases are put together from. */
export interface SimilarCasePorts extends Pick<RegisterStore, 'rulings' | 'ofCases'>, Pick<RegisterSources, 'kindsOf'> {
  /** The case where this caller judges or supervises it; the refusal of an absent one where not. */
  readonly reviewed: (reader: Reader, principal: Principal, id: Id) => Promise<Result<Application>>;
  /** Those of many cases that this caller judges or supervises. */
  readonly reviewedAmong: (reader: Reader, principal: Principal, ids: readonly Id[]) => Promise<readonly Application[]>;
  readonly datasets: (reader: Reader, ids: readonly Id[]) => Promise<ReadonlyMap<Id, DatasetNow>>;
  /** What came of the grants of cases, of each where anything did. */
  readonly later: (reader: Reader, applications: readonly Id[]) => Promise<ReadonlyMap<Id, readonly Later[]>>;
  /** Words and pairs of characters of a text, each once. */
  readonly termsOf: (text: string) => ReadonlySet<string>;
  /** Texts of the coded reasons of a refusal. */
  readonly reasons: Readonly<Record<string, { readonly text: Text }>>;
}
