import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Notice, NoticeSubject, Series } from './domain/notice.js';
import type { IssuedTemplate } from './domain/template.js';

export interface NoticeFilter {
  /** About each of these: of two, none is. */
  readonly about: readonly { readonly kind: NoticeSubject; readonly id: Id }[];
  /** All that concern a grant: what was done to it, the conclusion of its application, and what is held against its use. */
  readonly grant?: { readonly id: Id; readonly application: Id | null; readonly violations: boolean };
  readonly addressee?: Id;
  readonly kind?: string;
  /** Left out: whatever the filter finds. */
  readonly seenBy?: { readonly organisation: Id | null; readonly all: readonly NoticeSubject[] };
}

/** An event somebody was told of, and when. */
export interface Told {
  readonly cause: string;
  readonly about: Id;
  readonly at: Instant;
}

/** Where notices are kept. Lists are newest first; `before` is the last id of the page before. */
export interface NoticeStore {
  /**
   * Takes so many numbers of each series, locked in their order; answers the first of them by series. They are given back
   * when the transaction is, so that there are no gaps.
   */
  take(tx: Transaction, wanted: readonly (Series & { readonly count: number })[]): Promise<ReadonlyMap<string, number>>;
  insert(tx: Transaction, notices: readonly Notice[]): Promise<void>;
  find(reader: Reader, id: Id): Promise<Notice | null>;
  withHash(reader: Reader, hash: string): Promise<Notice | null>;
  list(
    reader: Reader,
    filter: NoticeFilter,
    limit: number,
    before: Id | null,
  ): Promise<{ readonly items: readonly Notice[]; readonly total: number }>;
  /** The notices issued about any of these, with their causes; for what tells of the same events. */
  ofAny(
    reader: Reader,
    about: readonly Id[],
  ): Promise<readonly (Told & { readonly id: Id; readonly number: string })[]>;
}

/** What notices are written from, each kept once, by its hash. */
export interface TemplateStore {
  findMany(reader: Reader, hashes: readonly string[]): Promise<ReadonlyMap<string, IssuedTemplate>>;
  /** Keeps what is not kept yet. */
  keep(tx: Transaction, templates: ReadonlyMap<string, IssuedTemplate>): Promise<void>;
  /** The hashes kept for each kind, version and version of the frame. */
  versions(reader: Reader): Promise<readonly TemplateVersion[]>;
}

export interface TemplateVersion {
  readonly kind: string;
  readonly version: number;
  readonly frame: number;
  readonly hash: string;
}
