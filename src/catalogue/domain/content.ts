import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { type Text, textOf } from '../../kernel/text.js';
import { type DatasetItem, type DatasetRecord, type Distribution, LOCAL_PACK, LOCAL_SOURCE } from './dataset.js';
import type { DatasetContent } from './lifecycle.js';

/** A distribution as a steward writes it; what the source of a record said besides is not theirs to write. */
export type WrittenDistribution = Pick<Distribution, 'title' | 'format' | 'kind' | 'url'> & {
  readonly id?: Id;
  /** Left out: as it was, while the format is the same. */
  readonly mediaType?: string | null;
};

/** Words of a text in no language that is named, or the text. */
type WrittenText = Text | string | null;

/** Content as a steward writes it; ids and tiers of distributions and tiers of items are given here. */
export type WrittenContent = Omit<DatasetContent, 'items' | 'distributions' | 'sharingCondition' | 'legalBasis'> & {
  readonly sharingCondition: WrittenText;
  readonly legalBasis: WrittenText;
  readonly items: readonly Omit<DatasetItem, 'tier'>[];
  readonly distributions: readonly WrittenDistribution[];
};

/** The first place where the value has been before, or −1. */
const repeatedAt = (values: readonly unknown[]): number =>
  values.findIndex((value, at) => value !== undefined && values.indexOf(value) !== at);

/** What in the written content contradicts itself or the record: a name twice, a distribution that is not there. */
export function contentFault(record: DatasetRecord, { items, distributions }: Partial<WrittenContent>): Refusal | null {
  const item = repeatedAt((items ?? []).map(({ name }) => name));
  if (item >= 0) return fault('repeated-item', `/items/${item}/name`, 'repeated', 'has the name of an item before it');
  const ids = (distributions ?? []).map(({ id }) => id);
  const known = new Set(record.distributions.map(({ id }) => id));
  const unknown = ids.findIndex((id) => id !== undefined && !known.has(id));
  if (unknown >= 0)
    return fault(
      'unknown-distribution',
      `/distributions/${unknown}/id`,
      'unknown',
      'is no distribution of the dataset',
    );
  const twice = repeatedAt(ids);
  return twice < 0 ? null : fault('unknown-distribution', `/distributions/${twice}/id`, 'repeated', 'is named twice');
}

const fault = (code: Refusal['code'], pointer: string, what: string, detail: string): Refusal =>
  refusal(code, undefined, { errors: [{ pointer, code: what, detail }] });

/** Ids for new distributions, tiers as strict as the record until the judge has spoken. */
export function completed(
  record: DatasetRecord,
  { items, distributions, sharingCondition, legalBasis, ...rest }: Partial<WrittenContent>,
  newId: () => Id,
): Partial<DatasetContent> {
  const tierOf = (name: string) => record.items.find((item) => item.name === name)?.tier ?? 'open';
  const known = new Map(record.distributions.map((one) => [one.id, one]));
  return {
    ...rest,
    ...(sharingCondition !== undefined && { sharingCondition: asText(sharingCondition, record.sharingCondition) }),
    ...(legalBasis !== undefined && { legalBasis: asText(legalBasis, record.legalBasis) }),
    ...(items && { items: items.map((item) => ({ ...item, tier: tierOf(item.name) })) }),
    ...(distributions && {
      distributions: distributions.map((one) =>
        distributionOf(one, one.id === undefined ? undefined : known.get(one.id), newId),
      ),
    }),
  };
}

/** Who sends back what it was shown of a text, in one language, does not take the other one away. */
function asText(written: WrittenText, before: Text | null): Text | null {
  if (typeof written !== 'string') return written;
  return before !== null && Object.values(before).includes(written) ? before : textOf(written);
}

function distributionOf(written: WrittenDistribution, old: Distribution | undefined, newId: () => Id): Distribution {
  const { title, format, kind, url } = written;
  const sameAddress = old !== undefined && old.kind === kind && old.url === url;
  return {
    id: old?.id ?? newId(),
    title,
    format,
    kind,
    url,
    mediaType: written.mediaType !== undefined ? written.mediaType : old?.format === format ? old.mediaType : null,
    tier: old?.tier ?? 'open',
    direct: sameAddress ? old.direct : kind === 'file' && Boolean(url),
    kept: old?.kept ?? {},
  };
}

/** A draft of which nothing is known but whose it is. */
export const blankRecord = (id: Id, identifier: string, publisher: Id, now: number): DatasetRecord => ({
  id,
  version: 1,
  identifier,
  source: LOCAL_SOURCE,
  publisher,
  title: {},
  abstract: {},
  keywords: [],
  field: null,
  declaredTier: null,
  tier: 'restricted',
  tierStatus: 'pending-review',
  securityLevel: null,
  sharingTier: 'unconditional',
  sharingCondition: null,
  legalBasis: null,
  items: [],
  distributions: [],
  deliveryKinds: [],
  conditions: [],
  agreementTemplate: null,
  updateFrequency: null,
  lastUpdated: null,
  nextUpdateDue: null,
  state: 'draft',
  notices: [],
  listedWhenRestricted: false,
  nationalRegistrationCode: null,
  pack: LOCAL_PACK,
  sourceFacts: { declaredCode: null, rights: null, licence: null, kept: {}, hash: null },
  createdAt: now,
  changedAt: now,
});
