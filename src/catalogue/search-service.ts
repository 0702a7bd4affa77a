import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';
import type { Follower } from '../log/index.js';
import type { Reader, UnitOfWork } from '../persistence/index.js';
import type { DatasetStore } from './dataset-store.js';
import type { DatasetRecord } from './domain/dataset.js';
import { documentOf } from './domain/search/document.js';
import type { FacetCounts, SearchMark, SearchPage, SearchQuery } from './domain/search/query.js';
import { SearchIndex } from './domain/search/search-index.js';
import type { PublisherPort } from './publisher-port.js';
import { UpdateCalendar } from './update-calendar.js';

/** The catalogue's search, whatever does it. */
export interface CatalogueSearch {
  search(query: SearchQuery, limit: number, after: SearchMark | null): SearchPage;
  facets(query: SearchQuery): FacetCounts;
}

const BATCH = 500;

/**
 * Keeps the index in memory: filled at start by streaming all records, then by following the log. The subscription
 * comes first, so that nothing between is missed; a version already held is left alone.
 */
export class SearchService implements CatalogueSearch {
  private readonly index = new SearchIndex();

  constructor(
    private readonly store: DatasetStore,
    private readonly publishers: PublisherPort,
    /** What else is kept in memory of each record. */
    private readonly calendar = new UpdateCalendar(),
  ) {}

  get size(): number {
    return this.index.size;
  }

  search(query: SearchQuery, limit: number, after: SearchMark | null): SearchPage {
    return this.index.search(query, limit, after);
  }

  facets(query: SearchQuery): FacetCounts {
    return this.index.facets(query);
  }

  follow(unit: UnitOfWork, follower: Follower): void {
    follower.subscribe(['dataset'], (changes) =>
      unit.read((reader) => this.refresh(reader, [...new Set(changes.map(({ id }) => id))])),
    );
  }

  async fill(unit: UnitOfWork): Promise<void> {
    let after = '';
    for (;;) {
      const batch = await unit.read((reader) => this.readBatch(reader, after));
      this.index.put(batch.documents);
      if (batch.last === null) return;
      after = batch.last;
    }
  }

  private async refresh(reader: Reader, ids: readonly Id[]): Promise<void> {
    const records = await this.store.findMany(reader, ids);
    const found = new Set(records.map(({ id }) => id));
    const gone = ids.filter((id) => !found.has(id));
    this.index.remove(gone);
    this.calendar.remove(gone);
    this.index.put(await this.documents(reader, records));
  }

  private async readBatch(reader: Reader, after: Id) {
    const records = await this.store.scan(reader, after, BATCH);
    const last = records.length < BATCH ? null : (records.at(-1)?.id ?? null);
    return { documents: await this.documents(reader, records), last };
  }

  private async documents(reader: Reader, records: readonly DatasetRecord[]) {
    this.calendar.put(records);
    const names = await this.publishers.names(reader, [...new Set(records.map(({ publisher }) => publisher))]);
    return records.map((record) => documentOf(record, wording(names.get(record.publisher))));
  }
}

const wording = (name: Text | undefined): string =>
  [name?.zh, name?.en].filter((text) => text !== undefined).join('\n');
