import { createHash } from 'node:crypto';
import {
  ATTACHMENT_TYPES,
  attachmentContent,
  type Applications,
  type attachmentStore,
  type CataloguePort,
  type EvidencePort,
  type IdentityPort,
  openApplications,
  type Predecessor,
} from '../applications/index.js';
import { type Catalogue, type DatasetRecord, heldItems, type PublisherPort, viewsOf } from '../catalogue/index.js';
import type { RestingPort } from '../classification/index.js';
import { type EvidenceFiles, type EvidenceGrants, evidenceOf, type EvidenceViews } from '../evidence/index.js';
import {
  conditionsOf,
  DatabaseGrantStore,
  type Grant,
  type GrantOpenings,
  type Grants,
  type GrantedData,
  type GrantSurroundings,
  isHeld,
  stateOf,
} from '../grants/index.js';
import type { Identity } from '../identity/index.js';
import type { Id } from '../kernel/ids.js';
import { type OrganisationKind, standsForBearer, SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import { notFound } from '../http/index.js';
import { type Reader, readOnce } from '../persistence/index.js';
import { restrictionsOf, type SupervisionSurroundings } from '../supervision/index.js';
import { datasetsOnce, directoryOnce } from './read-once.js';

/** The most people of one organisation that a list to choose from shows. */
const PEOPLE = 1000;

/** What applications ask of identity. */
export const identityForApplications = (identity: Identity): IdentityPort => ({
  ...directoryOnce(identity),
  staff: async (reader, organisation) => {
    const { items } = await identity.people.list(reader, organisation, PEOPLE, 0);
    return items.filter(({ state }) => state === 'active');
  },
});

/** Records with what of them may be asked for alone, as sharing and opening alike look at them. */
const viewedOnce = (store: Catalogue['datasets']): CataloguePort['datasets'] => {
  const { datasets } = datasetsOnce(store);
  return async (reader, ids) => (await datasets(reader, ids)).map((record) => ({ ...record, views: viewsOf(record) }));
};

/** What applications ask of the catalogue. */
export const catalogueForApplications = ({
  datasets,
  agreements,
  agreementService,
}: Pick<Catalogue, 'datasets' | 'agreements' | 'agreementService'>): CataloguePort => ({
  datasets: viewedOnce(datasets),
  currentAgreement: readOnce(['agreement'], 'agreement', (reader: Reader, template: Id) =>
    agreements.current(reader, template),
  ),
  publishPromise: async (tx, promise) => {
    if ((await agreements.current(tx, promise.template)) === null) await agreementService.publish(tx, promise);
  },
  agreementHref: (template, version) => `/api/agreements/${template}/versions/${version}`,
});

/** What applications ask of supervision. */
export const restrictionsForApplications = {
  of: readOnce(['sanction'], 'restrictions', restrictionsOf),
};

/** What a grant's page shows around the grant. */
export const surroundingsOfGrants = (
  { datasets }: Pick<Catalogue, 'datasets'>,
  { organisations }: Identity,
): GrantSurroundings => ({
  isPrivate: async (reader, id, { name }) => {
    const found = await organisations.find(reader, id);
    return found !== null && standsForBearer(found, name);
  },
  datasets: async (reader, ids) =>
    new Map((await datasets.findMany(reader, ids)).map((record) => [record.id, grantedData(record)] as const)),
  names: namesOf(organisations),
});

/** Names of organisations by their ids. */
const namesOf =
  (organisations: Identity['organisations']) =>
  async (reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, Text>> =>
    new Map((await organisations.findMany(reader, ids)).map(({ id, name }) => [id, name]));

const grantedData = (record: DatasetRecord): GrantedData => ({
  title: record.title,
  distributions: record.distributions,
  sandbox: record.sandbox ?? null,
  resting: record.state === 'listed' ? heldItems(record) : 'all',
});

/** What evidence asks of applications, where documents are kept. */
export const filesForEvidence = (store: typeof attachmentStore): EvidenceFiles => ({
  types: Object.keys(ATTACHMENT_TYPES),
  find: (reader, id) => store.find(reader, id),
  use: (tx, evidence, file) => store.use(tx, evidence, [file]),
  content: async (reader, id) => {
    const found = await store.find(reader, id);
    return found === null ? notFound() : attachmentContent(store, reader, found);
  },
});

/** What evidence shows of grants: those of the organisation that rest on it. */
export const grantsForEvidence = ({ datasets }: Pick<Catalogue, 'datasets'>): EvidenceGrants => ({
  resting: async (reader, organisation, evidence) => {
    const live = await new DatabaseGrantStore().liveOf(reader, 'organisation', organisation);
    const found = live.filter(({ grant }) => conditionsOf(grant).some((one) => one.evidence === evidence));
    const records = await datasets.findMany(
      reader,
      found.map(({ grant }) => grant.approval.dataset),
    );
    return found.map(({ grant }) => ({
      id: grant.id,
      dataset: grant.approval.dataset,
      datasetTitle: records.find(({ id }) => id === grant.approval.dataset)?.title ?? null,
      state: stateOf(grant),
    }));
  },
});

/** What applications ask of the evidence of organisations. */
export const evidenceForApplications = ({ service }: Pick<EvidenceViews, 'service'>): EvidencePort => ({
  of: readOnce(['evidence'], 'evidence', evidenceOf),
  proved: readOnce(['evidence'], 'proved', (reader: Reader, organisation: Id) =>
    service.standings(reader, organisation),
  ),
});

const HOLDERS: readonly OrganisationKind[] = ['public-body', 'authority', 'centre'];

/** Suspended and restricted data is closed; what is not in the public catalogue is nobody's to ask about. */
function standingOf({ state, tier, listedWhenRestricted }: DatasetRecord): 'open' | 'closed' | 'hidden' {
  const restricted = tier === 'restricted' || tier === null;
  if (state === 'draft' || state === 'withdrawn' || (restricted && !listedWhenRestricted)) return 'hidden';
  return restricted || state === 'suspended' ? 'closed' : 'open';
}

/** What supervision asks around what it watches. */
export const surroundingsOfSupervision = (
  documents: Pick<Catalogue, 'datasets'>,
  identity: Identity,
): SupervisionSurroundings => ({
  organisation: (reader, id) => identity.organisations.find(reader, id),
  openness: async (reader, id) => {
    const found = await documents.datasets.find(reader, id);
    if (found === null) return null;
    const { publisher: holder, items, distributions } = found;
    const named = { items: items.map(({ name }) => name), distributions: distributions.map((one) => one.id) };
    return { holder, standing: standingOf(found), ...named };
  },
  isHolder: async (reader, id) => HOLDERS.includes((await identity.organisations.find(reader, id))?.kind ?? 'person'),
  names: async (reader, ofDatasets, ofOrganisations) =>
    new Map([
      ...(await documents.datasets.findMany(reader, ofDatasets)).map(({ id, title }) => [id, title] as const),
      ...(await namesOf(identity.organisations)(reader, ofOrganisations)),
    ]),
});

/** What rests on a dataset whose tier changes: live grants and open applications. */
export function restingOn({ organisations }: Pick<Identity, 'organisations'>): RestingPort {
  const store = new DatabaseGrantStore();
  return {
    grants: async (reader, datasets) => {
      const resting = new Map<Id, ReturnType<typeof lived>[]>(datasets.map((id) => [id, []]));
      // What was given between bodies rests on the sharing tier, not on this one.
      for (const { grant } of (await store.liveOn(reader, datasets)).filter(({ grant }) => !isShared(grant)))
        resting.get(grant.approval.dataset)?.push(lived(grant));
      return resting;
    },
    applications: async (reader, datasets) =>
      new Map(
        [...(await openApplications(reader, datasets))].map(([dataset, open]) => [
          dataset,
          open.map(({ application: { id, number, applicant, state } }) => ({ id, number, applicant, state })),
        ]),
      ),
    names: namesOf(organisations),
  };
}

const isShared = ({ approval }: Grant): boolean => approval.kind === 'sharing';

const lived = (grant: Grant) => ({
  id: grant.id,
  organisation: grant.approval.organisation,
  application: grant.approval.application,
  state: stateOf(grant) as 'pending' | 'active' | 'limited' | 'suspended',
  heldByTier: isHeld(grant, 'tier'),
});

/** What applications show of grants. */
export const grantsForApplications = ({ store }: Grants) => ({
  ofApplication: async (reader: Reader, application: Id) =>
    (await store.ofApplication(reader, application)).map(({ grant }) => ({ id: grant.id })),
  predecessor: async (reader: Reader, id: Id): Promise<Predecessor | null> => {
    const stored = await store.find(reader, id);
    return stored === null ? null : predecessorOf(stored.grant);
  },
});

/** A grant as an application that renews or amends it looks at it. */
function predecessorOf({ id, approval, agreement, ending, endsAt, holds, limit, following }: Grant): Predecessor {
  const { application, organisation, dataset, items, purpose, scenario, delivery, members, quota, conditions } =
    approval;
  return {
    grant: id,
    ...(approval.kind === undefined ? {} : { kind: approval.kind }),
    application,
    organisation,
    dataset,
    items,
    purpose,
    scenario,
    delivery,
    period: approval.period,
    members,
    quota,
    conditions,
    signed: agreement !== null,
    ended: ending?.how ?? null,
    endsAt,
    restrained: ending === null && (limit !== null || holds.some(({ cause }) => cause !== 'evidence')),
    followedBy: following?.application ?? null,
  };
}

/** What grants ask of applications: an application of its own that renews or amends one. */
export const openingsForGrants = ({ service, queries }: Applications): GrantOpenings => ({
  open: async (tx, call, succession) => {
    const opened = await service.succeed(tx, call.principal, succession);
    if (!opened.ok) return opened;
    const { view, version } = await queries.changed(tx, call, opened.value);
    return ok({ body: view, version });
  },
  could: (reader, principal, succession) => service.couldSucceed(reader, principal, succession),
});

const APPLICANTS = 1000;

/** What the catalogue asks of identity: names, publishers of foreign catalogues, and whom no condition may single out. */
export function publishersOf(identity: Pick<Identity, 'organisations' | 'plant'>): PublisherPort {
  const { organisations } = identity;
  return {
    names: namesOf(organisations),
    register: async (tx, source, names) => {
      const ids = new Map(names.map((name) => [name, foreignPublisherId(source, name)] as const));
      await tx.lock('organisation', [...ids.values()]);
      const known = new Set<Id>((await organisations.findMany(tx, [...ids.values()])).map(({ id }) => id));
      const missing = [...ids]
        .filter(([, id]) => !known.has(id))
        .map(([name, id]) => ({
          id,
          name: { en: name },
          creditCode: null,
          parent: null,
          kind: 'public-body' as const,
        }));
      if (missing.length > 0) await identity.plant(tx, SYSTEM, { organisations: missing });
      return ids;
    },
    applicantNames: async (reader) => {
      const { items } = await organisations.list(reader, ['enterprise', 'unincorporated'], null, APPLICANTS, 0);
      return items.flatMap(({ name }) => [name.zh, name.en]).filter((name) => name !== undefined);
    },
  };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same publisher of the same source is the same organisation at every import: its id is made from both names. */
function foreignPublisherId(source: string, name: string): Id<'organisation'> {
  const bytes = createHash('sha256').update(`${source}\n${name}`).digest();
  const symbols = Array.from({ length: 26 }, (_, at) => CROCKFORD[(bytes[at] as number) % 32]);
  return `7${symbols.slice(1).join('')}`;
}
