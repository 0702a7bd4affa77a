import { type ConditionKind, NAMES_APPLICANTS, type SharingTier } from '../api/record';
import type { Dataset, DatasetCondition, Delivery, Text } from '../api/types';
import { textOf, words, worded } from '../parts/wording';

/** Both languages of a text while it is written. */
export interface WrittenText {
  readonly zh: string;
  readonly en: string;
}
export interface WrittenCondition {
  /** Tells conditions apart on the screen while they change and move. */
  readonly key: number;
  readonly kind: string;
  readonly text: WrittenText;
  readonly evidenceRequired: boolean;
  readonly applicants: readonly string[];
}
/** What a steward edits of a record, under the names it is sent by. */
export interface WrittenRecord {
  readonly title: WrittenText;
  readonly abstract: WrittenText;
  readonly field: string;
  readonly updateFrequency: string;
  readonly lastUpdated: string;
  readonly conditions: readonly WrittenCondition[];
  readonly deliveryKinds: readonly Delivery[];
  readonly agreementTemplate: string;
  readonly sharingTier: SharingTier;
  readonly sharingCondition: string;
  readonly legalBasis: string;
}
export type Place = keyof WrittenRecord;
type Content = Readonly<Partial<Record<Place, unknown>>>;

const writing = ({ zh, en }: Text): WrittenText => ({ zh: zh ?? '', en: en ?? '' });

export const writtenFrom = (dataset: Dataset): WrittenRecord => ({
  title: writing(textOf(dataset.title)),
  abstract: writing(textOf(dataset.abstract)),
  field: dataset.field ?? '',
  updateFrequency: dataset.updateFrequency ?? '',
  lastUpdated: dataset.lastUpdated ?? '',
  conditions: (dataset.conditions ?? []).map(writtenCondition),
  deliveryKinds: dataset.deliveryKinds ?? [],
  agreementTemplate: dataset.agreement?.template ?? '',
  sharingTier: dataset.sharingTier ?? 'unconditional',
  sharingCondition: worded(dataset.sharingCondition),
  legalBasis: worded(dataset.legalBasis),
});

const writtenCondition = (condition: DatasetCondition, at: number): WrittenCondition => ({
  key: at + 1,
  kind: condition.kind,
  text: writing(condition.wording ?? textOf(condition.text)),
  evidenceRequired: condition.evidenceRequired,
  applicants: condition.applicants ?? [],
});

/** A new condition of a kind begins with what the kind asks for, in both languages. */
export const conditionOf = (kind: ConditionKind, key: number): WrittenCondition => ({
  key,
  kind: kind.kind,
  text: writing(kind.asks),
  evidenceRequired: false,
  applicants: [],
});

/** Another kind for the condition: what does not belong to the new one goes, words of one's own stay. */
export function ofKind(condition: WrittenCondition, before: ConditionKind | undefined, kind: ConditionKind) {
  const asked = writing(before?.asks ?? {});
  const untouched = isSame(condition.text, asked) || isSame(condition.text, writing({}));
  return {
    kind: kind.kind,
    text: untouched ? writing(kind.asks) : condition.text,
    evidenceRequired: condition.evidenceRequired && kind.evidence !== 'never',
    applicants: kind.kind === NAMES_APPLICANTS ? condition.applicants : [],
  };
}

export const nextKey = (conditions: readonly WrittenCondition[]): number =>
  Math.max(0, ...conditions.map(({ key }) => key)) + 1;

/** These conditions and after them those of another record, each once. */
export function withThose(conditions: readonly WrittenCondition[], those: readonly DatasetCondition[]) {
  const next = nextKey(conditions);
  const further = those
    .map((one, at) => ({ ...writtenCondition(one, at), key: next + at }))
    .filter((one) => !conditions.some((other) => isSame(sentCondition(one), sentCondition(other))));
  return [...conditions, ...further];
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const sentCondition = ({ kind, text, evidenceRequired, applicants }: WrittenCondition) => ({
  kind,
  text: words(text.zh, text.en),
  evidenceRequired,
  ...(applicants.length === 0 ? {} : { applicants }),
});

const contentOf = (written: WrittenRecord): Readonly<Record<Place, unknown>> => ({
  title: words(written.title.zh, written.title.en),
  abstract: words(written.abstract.zh, written.abstract.en),
  field: orNull(written.field),
  updateFrequency: orNull(written.updateFrequency),
  lastUpdated: orNull(written.lastUpdated),
  conditions: written.conditions.map(sentCondition),
  deliveryKinds: written.deliveryKinds,
  agreementTemplate: orNull(written.agreementTemplate),
  sharingTier: written.sharingTier,
  sharingCondition: orNull(written.sharingCondition),
  legalBasis: orNull(written.legalBasis),
});

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The places whose content is not the same in both. */
export function changedPlaces(one: WrittenRecord, other: WrittenRecord): readonly Place[] {
  const [before, after] = [contentOf(one), contentOf(other)];
  return (Object.keys(before) as Place[]).filter((place) => !isSame(before[place], after[place]));
}

/** What is sent: the places that were changed, and nothing else. */
export function changesOf(before: WrittenRecord, written: WrittenRecord): Content {
  const content = contentOf(written);
  return Object.fromEntries(changedPlaces(before, written).map((place) => [place, content[place]]));
}

/** What was written, on a newer version of the record: where nothing was changed here, the newer one stands. */
export const carriedOver = (written: WrittenRecord, before: WrittenRecord, newer: WrittenRecord): WrittenRecord => ({
  ...newer,
  ...Object.fromEntries(changedPlaces(before, written).map((place) => [place, written[place]])),
});
