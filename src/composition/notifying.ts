import type { Applications } from '../applications/index.js';
import type { Catalogue } from '../catalogue/index.js';
import { objectionOf, proposalOf } from '../classification/index.js';
import type { Colleagues } from '../colleagues/index.js';
import type { EvidenceViews } from '../evidence/index.js';
import { conditionsUntil, type Grant, type Grants, isHeld, owedOf } from '../grants/index.js';
import { type Identity, rolesOf } from '../identity/index.js';
import { textIn } from '../kernel/text.js';
import { dayOf } from '../kernel/time.js';
import type { GrantEnds, MailSurroundings, NearSource, OwedDay, ToldSurroundings } from '../notifications/index.js';
import type { Ladder, Supervision } from '../supervision/index.js';
import { datasetsOnce, directoryOnce } from './read-once.js';

/** The most people of one organisation that are told at once. */
const PEOPLE = 10_000;

interface Sources {
  readonly identity: Identity;
  readonly datasets: Catalogue['datasets'];
  readonly applications: Pick<Applications, 'queries'>;
  readonly grants: Pick<Grants, 'store'>;
  readonly evidence: Pick<EvidenceViews, 'store' | 'service' | 'kinds'>;
  readonly supervision: Pick<Supervision, 'store' | 'views'>;
  readonly ladder: Ladder;
}

/** What notifications ask of the slices whose events they tell. */
export const toldSurroundings = (sources: Sources): ToldSurroundings => ({
  foresee: (reader, cases) => sources.applications.queries.foresee(reader, cases),
  application: (reader, id) => sources.applications.queries.concerned(reader, id),
  grant: async (reader, id) => (await sources.grants.store.find(reader, id))?.grant ?? null,
  violation: async (reader, id) => (await sources.supervision.store.find(reader, id))?.violation ?? null,
  sanction: async (reader, id) => (await sources.supervision.views.sanctions.find(reader, id))?.sanction ?? null,
  demand: async (reader, id) => (await sources.supervision.views.demands.find(reader, id))?.demand ?? null,
  evidence: async (reader, id) => (await sources.evidence.store.find(reader, id))?.evidence ?? null,
  assessment: proposalOf,
  objection: objectionOf,
  complaint: async (reader, id) => (await sources.supervision.views.complaints.find(reader, id))?.complaint ?? null,
  violationKind: (kind) => sources.ladder.kinds[kind].text,
  conditionKind: (kind) => sources.evidence.kinds.get(kind)?.label ?? { zh: kind, en: kind },
  ...peopleOf(sources),
});

function peopleOf({
  identity,
  datasets,
}: Sources): Pick<ToldSurroundings, 'inRole' | 'staffAmong' | 'peopleOf' | 'datasetTitle' | 'organisationName'> {
  const directory = directoryOnce(identity);
  return {
    inRole: async (reader, role, organisation) => {
      const found =
        organisation === null
          ? await directory.holdersOf(reader, role)
          : await directory.eligible(reader, role, organisation);
      return found.map(({ person }) => person);
    },
    staffAmong: async (reader, people, organisation) => {
      const found = await directory.people(reader, people);
      return found.filter((one) => one.state === 'active' && one.organisation === organisation).map(({ id }) => id);
    },
    peopleOf: async (reader, organisation) => {
      const { items } = await identity.people.list(reader, organisation, PEOPLE, 0);
      return items.filter(({ state }) => state === 'active').map(({ id }) => id);
    },
    datasetTitle: datasetsOnce(datasets).title,
    organisationName: async (reader, id) => (await directory.organisation(reader, id))?.name ?? null,
  };
}

/** Where days that are near are found. */
export const nearSource = ({
  applications,
  grants,
  evidence,
}: Pick<Sources, 'applications' | 'grants' | 'evidence'>): NearSource => ({
  evidenceDue: (reader, before, after, limit) => evidence.store.countingUntil(reader, before, after, limit),
  evidenceEnd: async (reader, id) => {
    const found = (await evidence.store.find(reader, id))?.evidence;
    if (found?.state !== 'verified') return null;
    const standing = (await evidence.service.standings(reader, found.organisation)).get(found.kind);
    // What follows it without a gap, or stands beside it for longer, is what counts.
    return standing?.evidence === id && standing.validUntil === found.validUntil ? found.validUntil : null;
  },
  casesDue: (reader, from, to, after, limit) => applications.queries.dueBetween(reader, from, to, after, limit),
  caseDue: (reader, id) => applications.queries.nextDay(reader, id),
  grantsDue: (reader, before, after, limit) => grants.store.dueBefore(reader, before, after, limit),
  grantDue: async (reader, id) => {
    const grant = (await grants.store.find(reader, id))?.grant;
    return grant === undefined ? null : { ends: endsOf(grant), owed: owedDays(grant) };
  },
});

function endsOf(grant: Grant): GrantEnds | null {
  if (grant.agreement === null || grant.ending !== null) return null;
  const lapsesAt = isHeld(grant, 'evidence') ? null : conditionsUntil(grant);
  return { startsAt: grant.startsAt, endsAt: grant.endsAt, lapsesAt };
}

const OWED = { 'report-use': 'report', 'certify-deletion': 'deletion' } as const;
const owedDays = (grant: Grant): OwedDay[] => owedOf(grant).map(({ duty, by }) => ({ what: OWED[duty], day: by }));

/** What mail asks: names, and the queues as the person would see them. */
export const mailSurroundings = ({
  identity,
  applications,
  colleagues,
  base,
}: Pick<Sources, 'identity' | 'applications'> & {
  readonly colleagues: Colleagues;
  readonly base: string;
}): MailSurroundings => ({
  invited: async (reader, ticket) => {
    const letter = await colleagues.invitations.letter(reader, ticket);
    if (letter === null) return null;
    const { name, address, language, organisation, text, until } = letter;
    return {
      to: { name, address },
      language,
      organisation: textIn(organisation, language),
      // Behind `#`, so that it stands in no log of a server on the way.
      link: `${base}/invited#${text}`,
      until: dayOf(until),
    };
  },
  personName: async (reader, id) => {
    const person = await identity.people.find(reader, id);
    return person?.state === 'active' ? person.name : null;
  },
  names: async (reader, people) =>
    new Map((await identity.people.findMany(reader, people)).map(({ id, name }) => [id, name])),
  queues: async (reader, id) => {
    const person = await identity.people.find(reader, id);
    const own = person === null ? null : await identity.organisations.find(reader, person.organisation);
    if (person === null || own === null) return { mine: 0, due: 0, overdue: 0 };
    const roles = rolesOf(person.id, await identity.stores.posts.ofPerson(reader, id));
    const organisation = { id: own.id, name: '', creditCode: '', kind: own.kind };
    const reading = { principal: { kind: 'person', id, name: '', organisation, roles } } as const;
    const total = (queue: 'mine' | 'due' | 'overdue') =>
      applications.queries.count(reader, reading, { queue, today: dayOf(reader.now) });
    return { mine: await total('mine'), due: await total('due'), overdue: await total('overdue') };
  },
});
