import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { DatasetRecord, DatasetState, TierStatus } from './dataset.js';

/** What the catalogue knows about a record and a judge may look at. Plain data, nothing derived from an earlier verdict. */
export interface DatasetFacts {
  readonly id: Id;
  /** The rule pack to judge by, for example `cn-shanghai` or `us-pod`. */
  readonly pack: string;
  readonly identifier: string;
  readonly source: string;
  readonly publisher: Id;
  /** A draft was never public: its tier may still become milder without a second person. */
  readonly state: DatasetState;
  readonly title: Text;
  readonly abstract: Text;
  readonly keywords: readonly string[];
  readonly field: Field | null;
  /** The opening code as the source wrote it, and the tier its declared code map gives; `null` when there is none. */
  readonly declaredCode: string | null;
  readonly declaredTier: Tier | null;
  /** The level its publisher states (Shanghai Data Regulations, art. 28). */
  readonly securityLevel: string | null;
  readonly rights: string | null;
  readonly licence: string | null;
  readonly legalBasis: string | null;
  readonly updateFrequency: string | null;
  readonly items: readonly { readonly name: string; readonly title: Text; readonly type: string }[];
  readonly distributions: readonly {
    readonly title: Text;
    readonly format: string;
    readonly kind: 'file' | 'api';
    /** True where the source states an address from which the data itself can be had. */
    readonly direct: boolean;
  }[];
}

const inBoth = ({ zh, en }: Text): string => [zh, en].filter((words) => words !== undefined).join('\n');

/** Whether the record stood in the catalogue at any time. */
export const wasListed = ({ state, neverListed }: Pick<DatasetRecord, 'state' | 'neverListed'>): boolean =>
  state !== 'draft' && neverListed !== true;

/** A rule that fired, in words a person can read. */
export interface Reason {
  readonly rule: string;
  readonly text: Text;
  readonly source: string;
  readonly verified: boolean;
}

/** The verdict on one record. `itemTiers` and `distributionTiers` stand in the order of the facts. */
export interface Judgement {
  readonly tier: Tier;
  readonly tierStatus: TierStatus;
  readonly itemTiers: readonly Tier[];
  readonly distributionTiers: readonly Tier[];
  readonly reasons: readonly Reason[];
  readonly assessment: Id;
  /** What the judge has to say to whoever brought the record. */
  readonly issues?: readonly { readonly code: string; readonly detail: string }[];
  /** Set when nothing of the record may be stored (a state secret): only this code and the row number are told. */
  readonly refused?: string;
}

export const factsOf = (record: DatasetRecord): DatasetFacts => ({
  id: record.id,
  pack: record.pack,
  identifier: record.identifier,
  source: record.source,
  publisher: record.publisher,
  state: wasListed(record) ? record.state : 'draft',
  title: record.title,
  abstract: record.abstract,
  keywords: record.keywords,
  field: record.field,
  declaredCode: record.sourceFacts.declaredCode,
  declaredTier: record.declaredTier,
  securityLevel: record.securityLevel,
  rights: record.sourceFacts.rights,
  licence: record.sourceFacts.licence,
  legalBasis: record.legalBasis === null ? null : inBoth(record.legalBasis),
  updateFrequency: record.updateFrequency,
  items: record.items.map(({ name, title, type }) => ({ name, title, type })),
  distributions: record.distributions.map(({ title, format, kind, url, direct }) => ({
    title,
    format,
    kind,
    direct: direct && url !== null,
  })),
});
