import type { Field } from '../../../kernel/fields.js';
import type { Id } from '../../../kernel/ids.js';
import type { SharingTier, Tier } from '../../../kernel/tier.js';
import type { Instant } from '../../../kernel/time.js';
import type { DatasetRecord, DatasetState } from '../dataset.js';
import { foldText } from './tokens.js';

/** What the index holds of a record. */
export interface SearchDocument {
  readonly id: Id;
  readonly version: number;
  /** Sorts the list; the title, folded. */
  readonly titleKey: string;
  /** The title in the other language, folded; empty where there is none. */
  readonly otherTitle: string;
  /** Words that count most; with the publisher's the only ones a redacted entry may be found by. */
  readonly titleText: string;
  readonly publisherText: string;
  /** Words only a full record may be found by. */
  readonly fullText: string;
  readonly field: Field | null;
  readonly tier: Tier;
  readonly state: DatasetState;
  readonly publisher: Id;
  readonly source: string;
  readonly listedWhenRestricted: boolean;
  readonly sharingTier?: SharingTier;
  readonly changedAt: Instant;
}

/** Field separator in indexed text: never part of a word, so that no bigram crosses from one text into the next. */
const BREAK = '\n';
const MAX_INDEXED = 4_000;

/** The searchable view of a record; `publisherName` in every language it has. */
export function documentOf(record: DatasetRecord, publisherName: string): SearchDocument {
  const title = [record.title.zh, record.title.en].filter((text) => text !== undefined).join(BREAK);
  const rest = [
    record.identifier,
    record.abstract.zh ?? '',
    record.abstract.en ?? '',
    ...record.keywords,
    ...record.items.flatMap((item) => [item.name, item.title.zh ?? '', item.title.en ?? '']),
  ];
  return {
    id: record.id,
    version: record.version,
    titleKey: foldText(record.title.zh ?? record.title.en ?? ''),
    otherTitle: record.title.zh === undefined ? '' : foldText(record.title.en ?? ''),
    titleText: title,
    publisherText: publisherName,
    fullText: rest.join(BREAK).slice(0, MAX_INDEXED),
    field: record.field,
    tier: record.tier,
    state: record.state,
    publisher: record.publisher,
    source: record.source,
    listedWhenRestricted: record.listedWhenRestricted,
    sharingTier: record.sharingTier,
    changedAt: record.changedAt,
  };
}
