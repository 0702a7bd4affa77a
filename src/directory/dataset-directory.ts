import {
  type AgreementStore,
  agreementHref,
  allowedCommands,
  type CatalogueSearch,
  type DatasetRecord,
  type DatasetResponse,
  type DatasetStore,
  lacking,
  mayCommand,
  type PublisherPort,
  restoredState,
  type SearchMark,
  type SearchQuery,
  sightOf,
  type Visibility,
  viewsOf,
  visibilityOf,
} from '../catalogue/index.js';
import { etagOf } from '../kernel/etag.js';
import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import { type Language, type Text, textIn } from '../kernel/text.js';
import { type Instant, isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { Advice, Decide, HoldsGrant, ReasonsPort, UnderWay } from './directory-ports.js';

export interface DirectoryDeps {
  readonly datasets: DatasetStore;
  readonly agreements: AgreementStore;
  readonly publishers: PublisherPort;
  readonly search: CatalogueSearch;
  readonly reasons: ReasonsPort;
  readonly decide: Decide;
  readonly underWay: UnderWay;
  readonly holdsGrant: HoldsGrant;
}

type NextStep = Advice['nextStep'];

/** Who speaks for an applicant; nobody else can take the step `apply`. */
const APPLICANTS: readonly Role[] = ['handler', 'citizen'];
/** Steps of whoever wants data that another keeps. */
const OUTSIDERS: ReadonlySet<string> = new Set(['apply', 'wait', 'demand']);

/** What an application would be refused with for who the caller is. */
export const BARS = ['own-data', 'forbidden'] as const;
export type Bar = (typeof BARS)[number];
interface Standing {
  readonly eligible: boolean;
  readonly refusal?: Bar;
}

/** A record, and how much of it this caller may see. */
interface Seen {
  readonly record: DatasetRecord;
  readonly sight: Exclude<Visibility, 'none'>;
}
type Summary = Pick<
  DatasetResponse,
  'id' | 'title' | 'field' | 'publisher' | 'tier' | 'tierStatus' | 'state' | 'redacted' | 'nextStep' | 'etag'
>;

/** Composes what screens show of datasets: the catalogue's record, the reasons, and the decision's next step. */
export class DatasetDirectory {
  constructor(private readonly deps: DirectoryDeps) {}

  /** The record where the caller may see anything of it. */
  async find(reader: Reader, principal: Principal, id: string): Promise<DatasetRecord | null> {
    const record = await this.deps.datasets.find(reader, id);
    if (record === null || visibilityOf(record, sightOf(principal)) !== 'none') return record;
    return (await this.isAffected(reader, principal, record)) ? record : null;
  }

  /**
   * Whose grant or request rests on data that has since been closed is told that it was, and why. Nobody else learns
   * that there is such a record, and no list holds it.
   */
  private async isAffected(reader: Reader, { organisation }: Principal, record: DatasetRecord): Promise<boolean> {
    const wasOpen = record.state === 'listed' || record.state === 'suspended';
    if (!wasOpen || organisation === null) return false;
    return (
      (await this.deps.holdsGrant(reader, organisation.id, record.id)) ||
      (await this.deps.underWay(reader, organisation.id, record.id)) !== null
    );
  }

  /** One page of the search. Rows are read fresh: what is no longer visible is left out. */
  async list(
    reader: Reader,
    principal: Principal,
    query: SearchQuery,
    page: { readonly limit: number; readonly after: SearchMark | null },
    language: Language,
  ) {
    const found = this.deps.search.search(query, page.limit, page.after);
    const records = await this.deps.datasets.findMany(reader, found.ids);
    const byId = new Map(records.map((record) => [record.id, record]));
    const names = await this.names(reader, records);
    const items = found.ids.flatMap((id) => {
      const record = byId.get(id);
      const sight = record === undefined ? 'none' : visibilityOf(record, query.sight);
      if (record === undefined || sight === 'none') return [];
      const summary = this.summary(principal, { record, sight }, names.get(record.publisher), language);
      return [sight === 'redacted' ? summary : { ...summary, ...listed(record) }];
    });
    return { items, next: found.next, total: found.total };
  }

  /** The page of a record for a caller who may see it. */
  async page(
    reader: Reader,
    principal: Principal,
    record: DatasetRecord,
    language: Language,
  ): Promise<DatasetResponse> {
    const visibility = visibilityOf(record, sightOf(principal));
    const sight = visibility === 'full' || visibility === 'shared' ? visibility : 'redacted';
    const names = await this.names(reader, [record]);
    const summary = this.summary(principal, { record, sight }, names.get(record.publisher), language);
    const part = sight === 'redacted' ? await this.viewed(reader, record, language) : {};
    if (visibility === 'redacted') return { ...summary, ...NOTHING_MORE, ...part };
    if (visibility === 'shared')
      return { ...summary, ...NOTHING_MORE, ...listed(record), ...askable(record, language) };
    const why = {
      notices: record.notices.map(({ code, text, at }) => ({ code, text: textIn(text, language), at: isoOf(at) })),
      reasons: await this.reasons(reader, record, language),
    };
    if (sight === 'redacted') return { ...summary, ...NOTHING_MORE, ...part, ...why };
    const agreement = await this.agreement(reader, record);
    const writes = mayCommand(principal, record, 'edit');
    return {
      ...summary,
      nextStep: await this.waiting(reader, principal, record, summary.nextStep),
      ...listed(record),
      ...detail(record, language),
      distributions: record.distributions.map((one) => this.distribution(principal, record, one)),
      conditions: record.conditions.map((one) => ({
        ...one,
        text: textIn(one.text, language),
        ...(writes && { wording: one.text }),
      })),
      ...(agreement === null ? {} : { agreement }),
      ...why,
      ...acts(principal, record, reader.now),
    };
  }

  private advice(principal: Principal, record: DatasetRecord): Advice {
    return this.deps.decide(principal, record, null);
  }

  /** Whether the caller may apply for the dataset now; where only who they are stands against it, as an application says. */
  standing(principal: Principal, record: DatasetRecord): Standing {
    const eligible = this.advice(principal, record).nextStep.code === 'apply';
    const refusal = eligible ? barOf(principal, record) : null;
    return refusal === null ? { eligible } : { eligible: false, refusal };
  }

  private summary(principal: Principal, { record, sight }: Seen, name: Text | undefined, language: Language): Summary {
    return {
      id: record.id,
      title: record.title,
      field: record.field,
      publisher: { id: record.publisher, name: textIn(name ?? {}, language) },
      tier: record.tier,
      tierStatus: record.tierStatus,
      state: record.state,
      redacted: sight === 'redacted',
      nextStep: possibleTo(principal, record, this.advice(principal, record).nextStep),
      etag: etagOf(record.version),
    };
  }

  /** Of a record that is not open: the items that may be had all the same, and what it takes to have them. */
  private async viewed(reader: Reader, record: DatasetRecord, language: Language) {
    const part = viewed(record);
    if (part.views === undefined) return {};
    const agreement = await this.agreement(reader, record);
    return {
      ...part,
      deliveryKinds: [...record.deliveryKinds],
      conditions: record.conditions.map((one) => ({ ...one, text: textIn(one.text, language) })),
      ...(agreement === null ? {} : { agreement }),
    };
  }

  /** Whose organisation has asked already waits for the answer. */
  private async waiting(reader: Reader, { organisation }: Principal, { id }: DatasetRecord, step: NextStep) {
    if (step.code !== 'apply' || organisation === null) return step;
    const request = await this.deps.underWay(reader, organisation.id, id);
    return request === null ? step : { code: 'wait', href: `/applications/${request}` };
  }

  /** An address only where this caller may fetch from it now: by decision, or because the data is their own body's. */
  private distribution(principal: Principal, record: DatasetRecord, one: DatasetRecord['distributions'][number]) {
    const { id, title, format, kind, tier, mediaType, url } = one;
    const own = principal.roles.includes('steward') && principal.organisation?.id === record.publisher;
    const shown = url !== null && (own || this.deps.decide(principal, record, one).permit);
    return { id, title, format, kind, tier, ...(own && { mediaType }), ...(shown && { url }) };
  }

  private async reasons(reader: Reader, { id }: DatasetRecord, language: Language) {
    const latest = (await this.deps.reasons.latest(reader, [id])).get(id) ?? [];
    return latest.map(({ rule, text, source, verified }) => ({
      rule,
      text: textIn(text, language),
      source: textIn(source, language),
      verified,
    }));
  }

  private async agreement(reader: Reader, record: DatasetRecord) {
    if (record.agreementTemplate === null) return null;
    const current = await this.deps.agreements.current(reader, record.agreementTemplate);
    if (current === null) return null;
    const { template, version, hash } = current;
    return { template, version, hash, href: agreementHref(current) };
  }

  private names(reader: Reader, records: readonly DatasetRecord[]): Promise<ReadonlyMap<string, Text>> {
    return this.deps.publishers.names(reader, [...new Set(records.map(({ publisher }) => publisher))]);
  }
}

/** Why an application of this caller would be refused, whatever it asks for. */
function barOf({ kind, roles, organisation }: Principal, { publisher }: DatasetRecord): Bar | null {
  const applies = kind === 'anonymous' || roles.some((role) => APPLICANTS.includes(role));
  if (!applies) return 'forbidden';
  return organisation?.id === publisher ? 'own-data' : null;
}

/** The step where this caller can take it: nobody asks their own body for its data, or waits for it. */
function possibleTo(principal: Principal, record: DatasetRecord, step: NextStep): NextStep {
  const keeps = principal.organisation?.id === record.publisher && OUTSIDERS.has(step.code);
  return keeps || (step.code === 'apply' && barOf(principal, record) !== null) ? { code: 'none' } : step;
}

const listed = (record: DatasetRecord) => ({
  identifier: record.identifier,
  abstract: record.abstract,
  source: record.source,
  deliveryKinds: [...record.deliveryKinds],
  updateFrequency: record.updateFrequency,
  lastUpdated: record.lastUpdated,
});

/** What a body decides by whether to ask for it: never where it is. */
const askable = ({ sharingCondition, legalBasis, ...record }: DatasetRecord, language: Language) => ({
  sharingTier: record.sharingTier,
  ...(sharingCondition && {
    sharingCondition: textIn(sharingCondition, language),
    sharingConditionWording: sharingCondition,
  }),
  ...(legalBasis && { legalBasis: textIn(legalBasis, language), legalBasisWording: legalBasis }),
  ...viewed(record),
  items: record.items.map((item) => ({ ...item })),
});

/** The items that are milder than their dataset. */
function viewed(record: Parameters<typeof viewsOf>[0]) {
  const views = viewsOf(record);
  if (views === undefined) return {};
  const items = record.items.filter(({ name }) => [...views.open, ...views.conditional].includes(name));
  return { views, items: items.map((item) => ({ ...item })) };
}

const detail = (record: DatasetRecord, language: Language) => ({
  keywords: [...record.keywords],
  declaredTier: record.declaredTier,
  securityLevel: record.securityLevel,
  ...askable(record, language),
  documents: (record.documents ?? []).map((one) => ({ ...one })),
  nextUpdateDue: record.nextUpdateDue,
  listedWhenRestricted: record.listedWhenRestricted,
  ...(record.nationalRegistrationCode === null ? {} : { nationalRegistrationCode: record.nationalRegistrationCode }),
});

/** What this caller may do with the record; nothing is said to whom it does not concern. */
function acts(principal: Principal, record: DatasetRecord, now: Instant) {
  const allowed = allowedCommands(principal, record, now);
  const lacks = mayCommand(principal, record, 'edit') ? lacking(record) : [];
  return {
    ...(allowed.length > 0 && { allowedCommands: [...allowed] }),
    ...(allowed.includes('edit') && { sandbox: record.sandbox ?? null }),
    ...(allowed.includes('restore') && { restoresTo: restoredState(record) }),
    ...(lacks.length > 0 && { lacking: [...lacks] }),
  };
}

const NOTHING_MORE = { items: [], distributions: [], documents: [], conditions: [], notices: [], reasons: [] };
