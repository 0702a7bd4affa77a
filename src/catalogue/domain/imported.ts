import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';
import { blankRecord } from './content.js';
import type { Condition, DatasetRecord, Distribution } from './dataset.js';
import { ownState, standing } from './holds.js';
import { dated } from './lifecycle.js';
import type { SourceRecord } from './source-record.js';

/** What an import adds to the record of its source. */
export interface ImportedBy {
  readonly source: string;
  readonly publisher: Id;
  readonly pack: string;
  readonly hash: string;
  readonly at: Instant;
  readonly newId: () => Id;
}

export const GONE = 'gone-from-source';

/** The record as the source now states it. What was decided here (tier, conditions, agreement) is kept. */
export function importedRecord(from: SourceRecord, by: ImportedBy, before: DatasetRecord | null): DatasetRecord {
  const { publisherName: _, sourceFacts, distributions, items, ...content } = from;
  const base: DatasetRecord = before ?? firstImport(by);
  const record: DatasetRecord = {
    ...base,
    ...content,
    publisher: by.publisher,
    pack: by.pack,
    sourceFacts: { ...sourceFacts, hash: by.hash },
    items: items.map((item) => ({ ...item, tier: base.items.find(({ name }) => name === item.name)?.tier ?? 'open' })),
    distributions: matched(distributions, base.distributions, by.newId),
    deliveryKinds: [
      ...new Set(distributions.map(({ kind }) => (kind === 'api' ? ('api' as const) : ('download' as const)))),
    ],
    changedAt: by.at,
  };
  return standing(dated(returned(record)));
}

/** Nothing is in force yet that the judge, in the same transaction, would have to lower: it only raises by itself. */
const firstImport = ({ newId, publisher, at, source, pack }: ImportedBy): DatasetRecord => ({
  ...blankRecord(newId(), '', publisher, at),
  source,
  tier: 'open',
  state: 'listed',
  pack,
});

/** A distribution keeps its id while its address, or without one its title, stays; grants and files hang on the id. */
function matched(
  now: SourceRecord['distributions'],
  before: readonly Distribution[],
  newId: () => Id,
): readonly Distribution[] {
  const free = [...before];
  const same = (one: SourceRecord['distributions'][number], other: Distribution): boolean =>
    one.url === null ? other.url === null && sameText(one.title, other.title) : one.url === other.url;
  return now.map((one) => {
    const at = free.findIndex((other) => same(one, other));
    const [old] = at < 0 ? [] : free.splice(at, 1);
    return { ...one, id: old?.id ?? newId(), tier: old?.tier ?? 'open' };
  });
}
const sameText = (a: Text, b: Text): boolean => a.zh === b.zh && a.en === b.en;

export const isGone = (record: DatasetRecord): boolean =>
  ownState(record) === 'withdrawn' && record.notices.some(({ code }) => code === GONE);

/** A record that an import had withdrawn is listed again when its source has it again; one a person withdrew stays. */
export const returned = (record: DatasetRecord): DatasetRecord =>
  isGone(record)
    ? standing({ ...record, notices: record.notices.filter(({ code }) => code !== GONE) }, 'listed')
    : record;

/** The record after its source no longer had it. */
export const gone = (record: DatasetRecord, at: Instant): DatasetRecord =>
  standing({ ...record, notices: [...record.notices, { ...LEFT, at }], changedAt: at }, 'withdrawn');

const LEFT = {
  code: GONE,
  text: { zh: '来源目录已不再包含此数据集', en: 'The catalogue it came from no longer has this dataset' },
};

const STATED_USE: Condition = {
  kind: 'scenario',
  text: {
    zh: '说明具体应用场景，并仅用于该场景',
    en: 'The concrete scenario is stated in the application and the data is used for it only',
  },
  evidenceRequired: false,
};

/** A conditional record states at least one condition and a way of delivery; sources rarely do. */
export const withTerms = (record: DatasetRecord, agreementTemplate: Id | null): DatasetRecord =>
  record.tier !== 'conditional'
    ? record
    : {
        ...record,
        conditions: record.conditions.length > 0 ? record.conditions : [STATED_USE],
        deliveryKinds: record.deliveryKinds.length > 0 ? record.deliveryKinds : ['download'],
        agreementTemplate: record.agreementTemplate ?? agreementTemplate,
      };
