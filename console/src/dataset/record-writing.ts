import { type ConditionKind, NAMES_APPLICANTS, type SharingTier } from '../api/record';
import type { Dataset, DatasetCondition } from '../api/datasets';
import type { Delivery, DutyTerm } from '../api/types';
import { textOf } from '../parts/wording';
import { contentsFrom, sentDistribution, sentDocument, sentItem, type WrittenContents } from './contents-writing';
import {
  isSame,
  type Keyed,
  linesOf,
  merged,
  NO_TEXT,
  nextKey,
  orNull,
  textOrNull,
  sentText,
  type WrittenText,
  writing,
} from './writing';

export interface WrittenCondition extends Keyed {
  readonly kind: string;
  readonly text: WrittenText;
  readonly evidenceRequired: boolean;
  readonly applicants: readonly string[];
  readonly term: DutyTerm;
}
/** Where the secure environment of the body is. */
export interface WrittenSandbox {
  readonly text: WrittenText;
  readonly url: string;
}
/** What a steward writes of a record, under the names it is sent by. */
export interface WrittenRecord extends WrittenContents {
  readonly title: WrittenText;
  readonly abstract: WrittenText;
  /** One a line. */
  readonly keywords: string;
  readonly field: string;
  readonly updateFrequency: string;
  readonly lastUpdated: string;
  readonly nationalRegistrationCode: string;
  readonly declaredTier: string;
  readonly securityLevel: string;
  readonly listedWhenRestricted: boolean;
  readonly conditions: readonly WrittenCondition[];
  readonly deliveryKinds: readonly Delivery[];
  readonly sandbox: WrittenSandbox;
  readonly agreementTemplate: string;
  readonly sharingTier: SharingTier;
  readonly sharingCondition: WrittenText;
  readonly legalBasis: WrittenText;
}
export type Place = keyof WrittenRecord;
type Sent = Readonly<Record<string, unknown>>;
type Content = Readonly<Partial<Record<Place, unknown>>>;
/** Places that are sent under another name than that of the record, which has them in one language. */
const SENT_AS: Readonly<Partial<Record<Place, string>>> = {
  sharingCondition: 'sharingConditionWording',
  legalBasis: 'legalBasisWording',
};

/** A record of which nothing is written yet. */
export const BLANK: WrittenRecord = {
  title: NO_TEXT,
  abstract: NO_TEXT,
  keywords: '',
  field: '',
  updateFrequency: '',
  lastUpdated: '',
  nationalRegistrationCode: '',
  declaredTier: '',
  securityLevel: '',
  listedWhenRestricted: false,
  items: [],
  distributions: [],
  documents: [],
  conditions: [],
  deliveryKinds: [],
  sandbox: { text: NO_TEXT, url: '' },
  agreementTemplate: '',
  sharingTier: 'unconditional',
  sharingCondition: NO_TEXT,
  legalBasis: NO_TEXT,
};

export const writtenFrom = (dataset: Dataset): WrittenRecord => ({
  title: writing(textOf(dataset.title)),
  abstract: writing(textOf(dataset.abstract)),
  keywords: (dataset.keywords ?? []).join('\n'),
  field: dataset.field ?? '',
  updateFrequency: dataset.updateFrequency ?? '',
  lastUpdated: dataset.lastUpdated ?? '',
  nationalRegistrationCode: dataset.nationalRegistrationCode ?? '',
  declaredTier: dataset.declaredTier ?? '',
  securityLevel: dataset.securityLevel ?? '',
  listedWhenRestricted: dataset.listedWhenRestricted ?? false,
  ...contentsFrom(dataset),
  conditions: (dataset.conditions ?? []).map(writtenCondition),
  deliveryKinds: dataset.deliveryKinds ?? [],
  sandbox: { text: writing(dataset.sandbox?.text ?? {}), url: dataset.sandbox?.url ?? '' },
  agreementTemplate: dataset.agreement?.template ?? '',
  sharingTier: dataset.sharingTier ?? 'unconditional',
  sharingCondition: writing(dataset.sharingConditionWording ?? {}),
  legalBasis: writing(dataset.legalBasisWording ?? {}),
});

/** A record like another one: what names that one and where its data is stays behind. */
export const writtenLike = (dataset: Dataset): WrittenRecord => ({
  ...writtenFrom(dataset),
  lastUpdated: '',
  nationalRegistrationCode: '',
  distributions: [],
  documents: [],
});

const writtenCondition = (condition: DatasetCondition, at: number): WrittenCondition => ({
  key: at + 1,
  kind: condition.kind,
  text: writing(condition.wording ?? textOf(condition.text)),
  evidenceRequired: condition.evidenceRequired,
  applicants: condition.applicants ?? [],
  term: termOf(condition),
});

const termOf = ({ everyMonths, withinDays }: DutyTerm): DutyTerm => ({
  ...(everyMonths === undefined ? {} : { everyMonths }),
  ...(withinDays === undefined ? {} : { withinDays }),
});

/** A new condition of a kind begins with what the kind asks for, in both languages. */
export const conditionOf = (kind: ConditionKind, key: number): WrittenCondition => ({
  key,
  kind: kind.kind,
  text: writing(kind.asks),
  evidenceRequired: false,
  applicants: [],
  term: {},
});

/** Another kind for the condition: what does not belong to the new one goes, words of one's own stay. */
export function ofKind(condition: WrittenCondition, before: ConditionKind | undefined, kind: ConditionKind) {
  const asked = writing(before?.asks ?? {});
  const untouched = isSame(condition.text, asked) || isSame(condition.text, NO_TEXT);
  return {
    kind: kind.kind,
    text: untouched ? writing(kind.asks) : condition.text,
    evidenceRequired: condition.evidenceRequired && kind.evidence !== 'never',
    applicants: kind.kind === NAMES_APPLICANTS ? condition.applicants : [],
    term: kind.term === before?.term ? condition.term : {},
  };
}

/** These conditions and after them those of another record, each once. */
export function withThose(conditions: readonly WrittenCondition[], those: readonly DatasetCondition[]) {
  const next = nextKey(conditions);
  const further = those
    .map((one, at) => ({ ...writtenCondition(one, at), key: next + at }))
    .filter((one) => !conditions.some((other) => isSame(sentCondition(one), sentCondition(other))));
  return [...conditions, ...further];
}

const sentCondition = ({ kind, text, evidenceRequired, applicants, term }: WrittenCondition) => ({
  kind,
  text: sentText(text),
  evidenceRequired,
  ...(applicants.length === 0 ? {} : { applicants }),
  ...term,
});

/** Nothing where nothing is written; an address without words is sent for the server to say that they are missing. */
const sentSandbox = ({ text, url }: WrittenSandbox) =>
  textOrNull(text) === null && orNull(url) === null ? null : { text: sentText(text), url: orNull(url) };

/** What is written in every place. */
export const contentOf = (written: WrittenRecord): Readonly<Record<Place, unknown>> => ({
  title: sentText(written.title),
  abstract: sentText(written.abstract),
  keywords: linesOf(written.keywords),
  field: orNull(written.field),
  updateFrequency: orNull(written.updateFrequency),
  lastUpdated: orNull(written.lastUpdated),
  nationalRegistrationCode: orNull(written.nationalRegistrationCode),
  declaredTier: orNull(written.declaredTier),
  securityLevel: orNull(written.securityLevel),
  listedWhenRestricted: written.listedWhenRestricted,
  items: written.items.map(sentItem),
  distributions: written.distributions.map(sentDistribution),
  documents: written.documents.map(sentDocument),
  conditions: written.conditions.map(sentCondition),
  deliveryKinds: written.deliveryKinds,
  sandbox: sentSandbox(written.sandbox),
  agreementTemplate: orNull(written.agreementTemplate),
  sharingTier: written.sharingTier,
  sharingCondition: textOrNull(written.sharingCondition),
  legalBasis: textOrNull(written.legalBasis),
});

/** The places whose content is not the same in both. */
export function changedPlaces(one: WrittenRecord, other: WrittenRecord): readonly Place[] {
  const [before, after] = [contentOf(one), contentOf(other)];
  return (Object.keys(before) as Place[]).filter((place) => !isSame(before[place], after[place]));
}

/** What is sent: the places that were changed, and nothing else. */
export function changesOf(before: WrittenRecord, written: WrittenRecord): Sent {
  return sentOf(contentOf(written), changedPlaces(before, written));
}
/** A new record, every place of it. */
export const wholeOf = (written: WrittenRecord): Sent =>
  sentOf(contentOf(written), Object.keys(BLANK) as readonly Place[]);

const sentOf = (content: Content, places: readonly Place[]): Sent =>
  Object.fromEntries(places.map((place) => [SENT_AS[place] ?? place, content[place]]));

const ofBoth = <T extends Keyed>(
  before: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  sent: (one: T) => unknown,
): readonly T[] => {
  const { kept, added } = merged(before, mine, theirs, sent);
  return [...kept, ...added.map((one, at) => ({ ...one, key: nextKey(mine) + at }))];
};

/** Lists that both changed, with what either of them did. */
function listsOfBoth(written: WrittenRecord, before: WrittenRecord, newer: WrittenRecord): Partial<WrittenRecord> {
  const words = merged(linesOf(before.keywords), linesOf(written.keywords), linesOf(newer.keywords), (one) => one);
  return {
    keywords: [...words.kept, ...words.added].join('\n'),
    items: ofBoth(before.items, written.items, newer.items, sentItem),
    distributions: ofBoth(before.distributions, written.distributions, newer.distributions, sentDistribution),
    documents: ofBoth(before.documents, written.documents, newer.documents, sentDocument),
    conditions: ofBoth(before.conditions, written.conditions, newer.conditions, sentCondition),
  };
}

/** What was written, on a newer version of the record: where nothing was changed here, the newer one stands. */
export function carriedOver(written: WrittenRecord, before: WrittenRecord, newer: WrittenRecord): WrittenRecord {
  const meanwhile = new Set(changedPlaces(before, newer));
  const both = listsOfBoth(written, before, newer);
  const mine = changedPlaces(before, written).map((place) => [
    place,
    meanwhile.has(place) ? (both[place] ?? written[place]) : written[place],
  ]);
  return { ...newer, ...Object.fromEntries(mine) };
}
