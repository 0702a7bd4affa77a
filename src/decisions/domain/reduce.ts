import { deliveryBit } from './bits.js';
import { AT, CODE, FACTS, UNKNOWN } from './facts.js';
import { STATE } from './indexed-grant.js';
import { unpack } from './packed.js';
import type { Question } from './question.js';
import { type DatasetEntry, tierCodeOf } from './dataset-entry.js';
import type { OrganisationFacts } from './party-facts.js';
import type { Known, World } from './world.js';

/** What the question names, looked up once; the vector's facts about a particular grant are filled per grant. */
export interface Found {
  readonly organisation: Known<OrganisationFacts> | undefined;
  readonly person: string | undefined;
  readonly dataset: DatasetEntry | undefined;
  /** True when a grant decides: conditional data, and more than the catalogue record is asked for. */
  readonly needsGrant: boolean;
  /** True when a grant could decide: more than the record is asked for, and the data is not open to everyone. */
  readonly grantMatters: boolean;
  /** Code of the integrity fact of everything but the grant. */
  readonly integrity: number;
}

const GRANT_FACTS = [AT.grant, AT.purpose, AT.items, AT.delivery, AT.membership, AT.conditions, AT.agreement, AT.quota];
/** `not-needed` has code 1 in every fact that depends on a grant. */
const NOT_NEEDED = 1;

/** Fills everything of the vector that does not depend on a grant. `freshness` is a code of that fact. */
export function reduceBase(
  question: Question,
  world: World,
  now: number,
  freshness: number,
  vector: Uint8Array,
): Found {
  vector.fill(UNKNOWN);
  vector[AT.freshness] = freshness;
  vector[AT.action] = actionCode(question.action);
  const { organisation, person, intact } = reduceSubject(question, world, vector);
  const dataset = reduceResource(question, world, vector);
  if (dataset !== undefined && asksForResting(question, dataset)) vector[AT.dataset] = CODE.dataset.suspended;
  const integrity = intact && (dataset?.intact ?? true) ? CODE.integrity.intact : CODE.integrity.tampered;
  vector[AT.integrity] = integrity;
  const grantMatters =
    dataset !== undefined && vector[AT.tier] !== CODE.tier.open && vector[AT.action] !== CODE.action.read;
  const needsGrant = grantMatters && vector[AT.tier] === CODE.tier.conditional;
  if (dataset !== undefined && !needsGrant) reduceWithoutGrant(question, dataset, vector);
  vector[AT.sanction] =
    organisation !== undefined && dataset !== undefined
      ? world.sanctionFact(organisation.id, dataset.id, now)
      : CODE.sanction.none;
  return { organisation, person, dataset, needsGrant, grantMatters, integrity };
}

const actionCodes = new Map<string, number>(FACTS.action.map((action, code) => [action, code]));
const actionCode = (action: string): number => actionCodes.get(action) ?? UNKNOWN;

interface Who {
  readonly organisation: Known<OrganisationFacts> | undefined;
  readonly person: string | undefined;
  readonly intact: boolean;
}

const NOBODY: Who = { organisation: undefined, person: undefined, intact: true };

function reduceSubject(question: Question, world: World, vector: Uint8Array): Who {
  switch (question.subjectType) {
    case 'organisation': {
      const organisation = world.organisation(question.subjectId);
      if (organisation === undefined) return NOBODY;
      vector[AT.subject] = CODE.subject.organisation;
      reduceOrganisation(organisation, vector);
      vector[AT.assurance] = organisation.verified ? CODE.assurance.verified : CODE.assurance.unverified;
      return { organisation, person: undefined, intact: organisation.intact };
    }
    case 'user':
      return reducePerson(question, world, vector);
    case 'anonymous':
      if (question.subjectId !== 'anonymous') return NOBODY;
      vector[AT.subject] = CODE.subject.anonymous;
      vector[AT.assurance] = CODE.assurance.none;
      vector[AT.organisation] = CODE.organisation.none;
      return NOBODY;
    default:
      return NOBODY;
  }
}

function reducePerson(question: Question, world: World, vector: Uint8Array): Who {
  const person = world.person(question.subjectId, question.issuer);
  if (person === undefined || !person.active) return NOBODY;
  vector[AT.assurance] = person.verified ? CODE.assurance.verified : CODE.assurance.unverified;
  const named = question.organisation === undefined ? undefined : world.organisation(question.organisation);
  if (question.organisation !== undefined && (named === undefined || !person.organisations.includes(named.id))) {
    return NOBODY;
  }
  if (named === undefined && person.organisations.length > 1) {
    vector[AT.subject] = CODE.subject.ambiguous;
    return { organisation: undefined, person: person.id, intact: person.intact };
  }
  vector[AT.subject] = CODE.subject.person;
  const only = person.organisations[0];
  const organisation = named ?? (only === undefined ? undefined : world.organisations.get(only));
  if (organisation !== undefined) reduceOrganisation(organisation, vector);
  else vector[AT.organisation] = only === undefined ? CODE.organisation.none : UNKNOWN;
  return { organisation, person: person.id, intact: person.intact && (organisation?.intact ?? true) };
}

function reduceOrganisation(organisation: OrganisationFacts, vector: Uint8Array): void {
  vector[AT.organisation] = organisation.state === 'active' ? CODE.organisation.active : CODE.organisation.suspended;
}

function reduceResource(question: Question, world: World, vector: Uint8Array): DatasetEntry | undefined {
  if (question.resourceType === 'distribution') return reduceDistribution(question, world, vector);
  if (question.resourceType !== 'dataset') return undefined;
  const dataset = world.dataset(question.resourceId, question.publisher);
  if (dataset === 'ambiguous') vector[AT.dataset] = CODE.dataset.ambiguous;
  if (dataset === 'ambiguous' || dataset === undefined) return undefined;
  vector[AT.dataset] = dataset.stateCode;
  vector[AT.tier] = tierCodeOf(question, dataset);
  return dataset;
}

/** Whether the answer would serve an item that rests; a file or the whole dataset holds all of them. */
function asksForResting({ action, items, resourceType }: Question, { resting }: DatasetEntry): boolean {
  if (resting.length === 0 || action === 'read') return false;
  return items === null || resourceType === 'distribution' || items.some((item) => resting.includes(item));
}

function reduceDistribution(question: Question, world: World, vector: Uint8Array): DatasetEntry | undefined {
  const dataset = world.datasetOfDistribution(question.resourceId);
  if (!dataset?.distributions.some(({ id }) => id === question.resourceId)) return undefined;
  vector[AT.dataset] = dataset.stateCode;
  vector[AT.tier] = tierCodeOf(question, dataset);
  return dataset;
}

/** Open data and catalogue records need no grant: its facts are `not-needed`, delivery and items concern the dataset. */
function reduceWithoutGrant(question: Question, dataset: DatasetEntry, vector: Uint8Array): void {
  for (const at of GRANT_FACTS) vector[at] = NOT_NEEDED;
  if (vector[AT.action] === CODE.action.read || vector[AT.action] === UNKNOWN) return;
  vector[AT.delivery] = offers(question, dataset) ? CODE.delivery.match : CODE.delivery['not-offered'];
  if (question.items === null) return;
  vector[AT.items] = question.items.every((item) => dataset.items.includes(item)) ? CODE.items.all : CODE.items.none;
}

/** The vector of the same question about open items that are offered in the way it names. */
export function asOpen(low: number, high: number): Uint8Array {
  const vector = unpack(low, high);
  for (const at of GRANT_FACTS) vector[at] = NOT_NEEDED;
  vector[AT.tier] = CODE.tier.open;
  vector[AT.delivery] = CODE.delivery.match;
  vector[AT.items] = CODE.items.all;
  return vector;
}

/** Whether the dataset, or the one distribution asked for, can be delivered in the way the action names. */
export function offers(question: Question, dataset: DatasetEntry): boolean {
  if (question.resourceType === 'distribution' && question.action !== 'sandbox') {
    const kind = dataset.distributions.find(({ id }) => id === question.resourceId)?.kind;
    return kind === (question.action === 'api' ? 'api' : 'file');
  }
  return (dataset.deliveryMask & deliveryBit(question.action)) !== 0;
}

/** No purpose was named: whichever the grant has is taken. */
export const ANY_PURPOSE = -1;

/** Facts of a question that no grant answers. */
export function reduceNoGrant(vector: Uint8Array): void {
  vector[AT.grant] = CODE.grant.none;
}

/** Fills the facts that depend on the grant in `row` of the index, at `now`; `bit` is the asked purpose, or ANY_PURPOSE. */
export function reduceGrant(
  question: Question,
  world: World,
  found: Found,
  row: number,
  bit: number,
  now: number,
  vector: Uint8Array,
): void {
  const { records } = world.grants;
  const dataset = found.dataset as DatasetEntry;
  vector[AT.grant] = grantState(records.state(row), records.start(row), records.end(row), now);
  vector[AT.purpose] = (records.purposes(row) & bit) !== 0 ? CODE.purpose.match : CODE.purpose.mismatch;
  vector[AT.items] = itemsFact(question.items, world.itemSet(records.items(row)), dataset.items);
  vector[AT.delivery] = offers(question, dataset)
    ? records.deliveries(row) & deliveryBit(question.action)
      ? CODE.delivery.match
      : CODE.delivery.mismatch
    : CODE.delivery['not-offered'];
  vector[AT.membership] = membershipFact(world.grants.members(row), found.person);
  vector[AT.conditions] = conditionsFact(records.conditionsUntil(row), now);
  vector[AT.agreement] = agreementFact(world.agreementFact(records.agreement(row)), records.isAtHolder(row));
  vector[AT.quota] = !world.grants.hasQuota(row)
    ? CODE.quota['not-needed']
    : world.grants.left(row) > 0
      ? CODE.quota.left
      : CODE.quota['used-up'];
  vector[AT.integrity] = records.isIntact(row) ? found.integrity : CODE.integrity.tampered;
}

/** Periods are half-open to the millisecond: in force from `start`, no longer at `end`. */
export function grantState(state: number, start: number, end: number, now: number): number {
  switch (state) {
    case STATE.pending:
      return now >= end ? CODE.grant.ended : CODE.grant.pending;
    case STATE.active:
    case STATE.limited:
      if (now >= end) return CODE.grant.ended;
      if (!(now >= start)) return CODE.grant['not-yet'];
      return state === STATE.active ? CODE.grant.active : CODE.grant.limited;
    case STATE.suspended:
      return now >= end ? CODE.grant.ended : CODE.grant.suspended;
    case STATE.ended:
      return CODE.grant.ended;
    case STATE.revoked:
      return CODE.grant.revoked;
    default:
      return UNKNOWN;
  }
}

function itemsFact(asked: readonly string[] | null, granted: readonly string[], all: readonly string[]): number {
  if (asked !== null && !asked.every((item) => all.includes(item))) return CODE.items.none;
  if (granted.length === 0) return CODE.items.all;
  const wanted = asked ?? all;
  const covered = wanted.reduce((count, item) => (granted.includes(item) ? count + 1 : count), 0);
  if (covered === wanted.length && wanted.length > 0) return CODE.items.all;
  return covered === 0 && asked !== null ? CODE.items.none : CODE.items.part;
}

/** What the holder has yet to sign is never taken as agreed; a version that is no longer in force is accepted anew. */
const agreementFact = (standing: number, isAtHolder: boolean): number =>
  isAtHolder && standing === CODE.agreement.current ? CODE.agreement['at-holder'] : standing;

function membershipFact(members: ReadonlySet<string> | null, person: string | undefined): number {
  if (members === null) return CODE.membership.all;
  return person !== undefined && members.has(person) ? CODE.membership.named : CODE.membership['not-named'];
}

function conditionsFact(until: number, now: number): number {
  if (Number.isNaN(until)) return UNKNOWN;
  if (until === Number.POSITIVE_INFINITY) return CODE.conditions['not-needed'];
  return now < until ? CODE.conditions.hold : CODE.conditions.lapsed;
}
