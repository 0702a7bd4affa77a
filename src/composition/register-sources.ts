import { type Applications, type Calendar, countedBetween } from '../applications/index.js';
import { type Catalogue, type FacetCounts, sightOf, visibilityOf } from '../catalogue/index.js';
import type { Identity } from '../identity/index.js';
import { FIELDS, type Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import { ANONYMOUS } from '../kernel/principal.js';
import { type Tier, TIERS } from '../kernel/tier.js';
import { dayOf } from '../kernel/time.js';
import {
  type CatalogueCounts,
  type CountedComplaint,
  createRegister,
  loadRegisterRules,
  type Register,
  type RegisterSources,
} from '../register/index.js';
import type { Complaint, Supervision } from '../supervision/index.js';

const SIGHT = sightOf(ANONYMOUS);
const byTier = (countOf: (tier: Tier) => number) =>
  Object.fromEntries(TIERS.map((tier) => [tier, countOf(tier)])) as Record<Tier, number>;

/** The public catalogue as its own search counts it. */
function countsOf({ search }: Pick<Catalogue, 'search'>): CatalogueCounts {
  const facets = (tiers: readonly Tier[]): FacetCounts =>
    search.facets({
      text: '',
      fields: [],
      tiers,
      states: [],
      publisher: null,
      source: null,
      updatedSince: null,
      sight: SIGHT,
    });
  const all = facets([]);
  const ofTier = new Map(TIERS.map((tier) => [tier, facets([tier]).publishers]));
  const holders: Id[] = [...all.publishers.keys()].sort();
  return {
    tiers: byTier((tier) => all.tiers.get(tier) ?? 0),
    fields: (Object.keys(FIELDS) as Field[]).map((field) => ({
      field,
      tiers: byTier((tier) => all.fieldTiers.get(field)?.get(tier) ?? 0),
    })),
    holders: holders.map((holder) => ({ holder, tiers: byTier((tier) => ofTier.get(tier)?.get(holder) ?? 0) })),
  };
}

interface CountedSlices {
  readonly applications: Pick<Applications, 'calendar' | 'histories' | 'workflow'>;
  readonly catalogue: Pick<Catalogue, 'datasets' | 'search'>;
  readonly identity: Pick<Identity, 'organisations' | 'people'>;
  readonly supervision: Pick<Supervision, 'complaints'>;
}

/** What kind of applicants organisations are. */
export const kindsOf =
  ({ organisations }: Pick<Identity, 'organisations'>): RegisterSources['kindsOf'] =>
  async (reader, ids) =>
    new Map((await organisations.findMany(reader, ids)).map(({ id, kind }) => [id, kind]));

/** What is counted of a complaint: nothing that people wrote, and who stands behind it only to tell them apart. */
function countedOf(complaint: Complaint, calendar: Calendar): CountedComplaint {
  const { id, about, holder, person, organisation, due, answer, endedAt } = complaint;
  const filedOn = dayOf(complaint.filedAt);
  const outcome = answer?.outcome;
  return {
    about,
    holder,
    behind: organisation ?? person ?? id,
    filedOn,
    due,
    answer:
      answer !== null && (outcome === 'mended' || outcome === 'not-accepted')
        ? { on: dayOf(answer.at), outcome, days: countedBetween({ pauses: [] }, calendar, filedOn, dayOf(answer.at)) }
        : null,
    endedOn: endedAt === null ? null : dayOf(endedAt),
  };
}

/** What the register asks of applications, catalogue, identity and supervision. */
const sourcesOf = ({ applications, catalogue, identity, supervision }: CountedSlices): RegisterSources => ({
  calendar: applications.calendar,
  histories: applications.histories,
  kindsOf: kindsOf(identity),
  fieldsOf: async (reader, ids) =>
    new Map((await catalogue.datasets.findMany(reader, ids)).map(({ id, field }) => [id, field])),
  complaints: async (reader) =>
    (await supervision.complaints.deps.store.all(reader)).map((one) => countedOf(one, applications.calendar)),
  titles: async (reader, ids) =>
    new Map(
      (await catalogue.datasets.findMany(reader, ids))
        .filter((record) => visibilityOf(record, SIGHT) !== 'none')
        .map(({ id, title }) => [id, title]),
    ),
  names: async (reader, ids) =>
    new Map((await identity.organisations.findMany(reader, ids)).map(({ id, name }) => [id, name])),
  people: async (reader, ids) =>
    new Map((await identity.people.findMany(reader, ids)).map(({ id, name }) => [id, name])),
  catalogue: () => countsOf(catalogue),
});

/** The register over these slices. */
export const registerOf = (policies: string, slices: CountedSlices): Register =>
  createRegister({
    rules: loadRegisterRules(policies),
    reasons: slices.applications.workflow.source.refusalReasons,
    sources: sourcesOf(slices),
  });
