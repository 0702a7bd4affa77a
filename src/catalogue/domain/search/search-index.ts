import { TIERS, type Tier } from '../../../kernel/tier.js';
import { DATASET_STATES, type DatasetState } from '../dataset.js';
import { Columns, Interned } from './columns.js';
import type { SearchDocument } from './document.js';
import {
  FAILS_FIELD,
  FAILS_PUBLISHER,
  FAILS_SOURCE,
  FAILS_STATE,
  FAILS_TIER,
  FIELD_CODES,
  type Filter,
  failuresOf,
  filterOf,
  NO_FIELD,
} from './filter.js';
import { IN_PUBLIC, IN_TITLE, numberOf, Postings } from './postings.js';
import type { FacetCounts, SearchMark, SearchPage, SearchQuery } from './query.js';
import { PUBLIC_SIGHT, type Sight, visibilityOf } from './sight.js';
import { TitleOrder } from './title-order.js';
import { foldText, standsWhole, type Term, termsOf, tokensOf } from './tokens.js';

const SHOWN = { none: 0, redacted: 1, shared: 1, full: 2 } as const;
const BODY_SIGHT: Sight = { ...PUBLIC_SIGHT, body: true };
/** Compact when this many dead rows have gathered and they are a quarter of all. */
const DEAD_BEFORE_COMPACTION = 1_000;
const MARK_TITLE = 60;

/** Which terms each document holds, one bit a term: anywhere, in what everyone may know, in its title. */
interface Matches {
  readonly terms: number;
  /** The whole text looked for, folded. */
  readonly text: string;
  /** Those of the terms that longer words may begin with. */
  readonly words: readonly string[];
  readonly found: Uint32Array;
  readonly inPublic: Uint32Array;
  readonly inTitle: Uint32Array;
}

/**
 * A title that is what was looked for counts more than one that begins so, that more than one that holds its words, and
 * that more than one with longer words that begin so: `bus` is *Bus stops* and *Night bus* before *Business survey*.
 */
const IS_TITLE = 3;
const BEGINS_TITLE = 2;
const WORDS_IN_TITLE = 1;
const STEP = 4;

/**
 * The search of the catalogue, in memory: an inverted index for the words, typed columns for filters, facets and the
 * order. A query costs one pass over the matching postings and one over the columns, whatever it asks; both databases
 * give the same answer because neither is asked.
 */
export class SearchIndex {
  private readonly columns = new Columns();
  private readonly postings = new Postings();
  private readonly order = new TitleOrder(this.columns);
  private readonly publishers = new Interned();
  private readonly sources = new Interned();
  private readonly numbers = new Map<string, number>();
  private dead = 0;

  get size(): number {
    return this.numbers.size;
  }

  /** Bytes of the posting lists, for the bench. */
  get postingBytes(): number {
    return this.postings.bytes;
  }

  /** Adds documents or replaces older versions of them; a version already held or passed is left alone. */
  put(documents: readonly SearchDocument[]): void {
    const newest = new Map<string, SearchDocument>();
    for (const document of documents) {
      const other = newest.get(document.id)?.version ?? this.versionOf(document.id);
      if (document.version > other) newest.set(document.id, document);
    }
    const added = [...newest.values()].map((document) => this.add(document));
    this.order.add(added);
    this.compactWhenDue();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.bury(id);
    this.compactWhenDue();
  }

  /** One page by relevance (terms in the title, titles that begin so, whole words), then title, then id. */
  search(query: SearchQuery, limit: number, after: SearchMark | null): SearchPage {
    const filter = filterOf(query, this.publishers, this.sources);
    const matches = this.matchesOf(query.text);
    const mark = after === null ? null : this.resolved(after);
    const buckets: number[][] = Array.from({ length: (matches.terms + 1) * STEP }, () => []);
    let total = 0;
    for (const number of this.order.numbers) {
      if (!this.visible(number, filter, matches) || failuresOf(this.columns, number, filter) !== 0) continue;
      total++;
      const score = this.scoreOf(matches, number);
      const bucket = buckets[score] as number[];
      if (bucket.length <= limit && (mark === null || this.isAfter(number, score, mark))) bucket.push(number);
    }
    return this.pageOf(buckets, limit, total);
  }

  facets(query: SearchQuery): FacetCounts {
    const filter = filterOf(query, this.publishers, this.sources);
    const matches = this.matchesOf(query.text);
    const fields = new Uint32Array(NO_FIELD + 1);
    const tiers = new Uint32Array(TIERS.length);
    const states = new Uint32Array(DATASET_STATES.length);
    const grid = new Uint32Array((NO_FIELD + 1) * TIERS.length);
    const publishers = new Uint32Array(this.publishers.values.length);
    const sources = new Uint32Array(this.sources.values.length);
    let total = 0;
    const bump = (counts: Uint32Array, at: number) => {
      counts[at] = (counts[at] as number) + 1;
    };
    const { field, tier, state, publisher, source } = this.columns;
    for (let number = 0; number < this.columns.length; number++) {
      if (!this.visible(number, filter, matches)) continue;
      const failures = failuresOf(this.columns, number, filter);
      if (failures === 0) total++;
      if ((failures & ~FAILS_FIELD) === 0) bump(fields, field[number] as number);
      if ((failures & ~FAILS_TIER) === 0) bump(tiers, tier[number] as number);
      if ((failures & ~FAILS_STATE) === 0) bump(states, state[number] as number);
      if ((failures & ~(FAILS_FIELD | FAILS_TIER)) === 0)
        bump(grid, (field[number] as number) * TIERS.length + (tier[number] as number));
      if ((failures & ~FAILS_PUBLISHER) === 0) bump(publishers, publisher[number] as number);
      if ((failures & ~FAILS_SOURCE) === 0) bump(sources, source[number] as number);
    }
    return {
      total,
      fields: counted(FIELD_CODES, fields),
      tiers: counted<Tier>(TIERS, tiers),
      states: counted<DatasetState>(DATASET_STATES, states),
      fieldTiers: new Map(
        FIELD_CODES.map((code, at) => [
          code,
          counted<Tier>(TIERS, grid.subarray(at * TIERS.length, (at + 1) * TIERS.length)),
        ]),
      ),
      publishers: counted(this.publishers.values, publishers),
      sources: counted(this.sources.values, sources),
    };
  }

  private versionOf(id: string): number {
    const number = this.numbers.get(id);
    return number === undefined ? -1 : (this.columns.version[number] as number);
  }

  private add(document: SearchDocument): number {
    this.bury(document.id);
    const number = this.columns.take(document.id, document.titleKey, document.otherTitle);
    this.numbers.set(document.id, number);
    this.columns.version[number] = document.version;
    this.columns.shown[number] = SHOWN[visibilityOf(document, PUBLIC_SIGHT)];
    this.columns.shared[number] = visibilityOf(document, BODY_SIGHT) === 'shared' ? 1 : 0;
    this.columns.field[number] = document.field === null ? NO_FIELD : FIELD_CODES.indexOf(document.field);
    this.columns.tier[number] = TIERS.indexOf(document.tier);
    this.columns.state[number] = DATASET_STATES.indexOf(document.state);
    this.columns.publisher[number] = this.publishers.numberOf(document.publisher);
    this.columns.source[number] = this.sources.numberOf(document.source);
    this.columns.changedAt[number] = document.changedAt;
    this.index(number, document);
    return number;
  }

  /** Each token once, under the most telling place it stands in. */
  private index(number: number, { titleText, publisherText, fullText }: SearchDocument): void {
    const seen = tokensOf(titleText);
    for (const token of seen) this.postings.add(token, number, IN_TITLE | IN_PUBLIC);
    for (const [text, zone] of [
      [publisherText, IN_PUBLIC],
      [fullText, 0],
    ] as const)
      for (const token of tokensOf(text)) {
        if (seen.has(token)) continue;
        seen.add(token);
        this.postings.add(token, number, zone);
      }
  }

  private bury(id: string): void {
    const number = this.numbers.get(id);
    if (number === undefined) return;
    this.columns.alive[number] = 0;
    this.numbers.delete(id);
    this.dead++;
  }

  private compactWhenDue(): void {
    if (this.dead < DEAD_BEFORE_COMPACTION || this.dead * 4 < this.columns.length) return;
    const renumbered = this.columns.compact();
    this.postings.renumber(renumbered);
    this.order.renumber(renumbered);
    this.numbers.clear();
    for (let number = 0; number < this.columns.length; number++)
      this.numbers.set(this.columns.ids[number] as string, number);
    this.dead = 0;
  }

  private matchesOf(text: string): Matches {
    const terms = termsOf(text);
    const size = terms.length === 0 ? 0 : this.columns.length;
    const found = new Uint32Array(size);
    const inPublic = new Uint32Array(size);
    const inTitle = new Uint32Array(size);
    terms.forEach((term, position) => {
      const bit = 1 << position;
      const before = bit - 1;
      for (const list of this.listsOf(term)) {
        for (const value of list) {
          const number = numberOf(value);
          if (((found[number] as number) & before) !== before) continue;
          found[number] = (found[number] as number) | bit;
          if (value & IN_PUBLIC) inPublic[number] = (inPublic[number] as number) | bit;
          if (value & IN_TITLE) inTitle[number] = (inTitle[number] as number) | bit;
        }
      }
    });
    const words = terms.filter(({ kind }) => kind === 'word').map((term) => term.text);
    return { terms: terms.length, text: foldText(text).trim(), words, found, inPublic, inTitle };
  }

  private listsOf(term: Term): readonly Uint32Array[] {
    switch (term.kind) {
      case 'pair':
        return this.postings.exact(term.text);
      case 'character':
        return this.postings.withCharacter(term.text);
      case 'word':
        return term.text.length === 1 ? this.postings.exact(term.text) : this.postings.startingWith(term.text);
      default:
        return term satisfies never;
    }
  }

  /** Alive, matched by every term, and for this caller to see; a redacted entry is found by its public words only. */
  private visible(number: number, filter: Filter, matches: Matches): boolean {
    const { columns } = this;
    if (columns.alive[number] === 0 || (columns.changedAt[number] as number) < filter.since) return false;
    const wanted = 2 ** matches.terms - 1;
    if (wanted > 0 && matches.found[number] !== wanted) return false;
    if (filter.seesAll || columns.publisher[number] === filter.own) return true;
    const shown = columns.shown[number];
    if (shown === SHOWN.full || (filter.seesShared && columns.shared[number] === 1)) return true;
    return shown === SHOWN.redacted && (wanted === 0 || matches.inPublic[number] === wanted);
  }

  private scoreOf({ terms, text, words, inTitle }: Matches, number: number): number {
    if (terms === 0) return 0;
    let count = 0;
    for (let bits = inTitle[number] as number; bits !== 0; bits &= bits - 1) count++;
    if (count < terms) return count * STEP;
    const titles = [this.columns.titleKeys[number] as string, this.columns.otherTitles[number] as string];
    if (titles.includes(text)) return count * STEP + IS_TITLE;
    const whole = titles.filter((title) => words.every((word) => standsWhole(title, word)));
    if (whole.length === 0) return count * STEP;
    return count * STEP + (whole.some((title) => title.startsWith(text)) ? BEGINS_TITLE : WORDS_IN_TITLE);
  }

  private isAfter(number: number, score: number, after: SearchMark): boolean {
    if (score !== after.score) return score < after.score;
    const title = this.columns.titleKeys[number] as string;
    if (title !== after.titleKey) return title > after.titleKey;
    return (this.columns.ids[number] as string) > after.id;
  }

  private pageOf(buckets: readonly (readonly number[])[], limit: number, total: number): SearchPage {
    const ranked: { number: number; score: number }[] = [];
    for (let score = buckets.length - 1; score >= 0 && ranked.length <= limit; score--)
      for (const number of buckets[score] ?? []) ranked.push({ number, score });
    const page = ranked.slice(0, limit);
    const last = page.at(-1);
    return {
      ids: page.map(({ number }) => this.columns.ids[number] as string),
      next: last === undefined || ranked.length <= limit ? null : this.markOf(last.number, last.score),
      total,
    };
  }

  /** Marks travel in page tokens, so a long title is cut; where its record is still here, its title is read again. */
  private markOf(number: number, score: number): SearchMark {
    const titleKey = (this.columns.titleKeys[number] as string).slice(0, MARK_TITLE);
    return { score, titleKey, id: this.columns.ids[number] as string };
  }

  private resolved(mark: SearchMark): SearchMark {
    const number = this.numbers.get(mark.id);
    const title = number === undefined ? '' : (this.columns.titleKeys[number] as string);
    return title.startsWith(mark.titleKey) ? { ...mark, titleKey: title } : mark;
  }
}

const counted = <T extends string>(values: readonly T[], counts: Uint32Array): ReadonlyMap<T, number> =>
  new Map(values.map((value, at) => [value, counts[at] ?? 0] as const).filter(([, count]) => count > 0));
