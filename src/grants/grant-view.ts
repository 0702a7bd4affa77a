import { etagOf } from '../kernel/etag.js';
import type { DutyTermName } from '../kernel/duty-term.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import type { Language, Text } from '../kernel/text.js';
import { type Day, dayOf, endOfDay, type Instant, isoOf } from '../kernel/time.js';
import type { Succession } from '../applications/index.js';
import { isUsable } from '../identity/index.js';
import type { Result } from '../kernel/result.js';
import type { Reader, Transaction } from '../persistence/index.js';
import { firstOwed, owedOf, termOf } from './domain/duties.js';
import { isPossible, PERSON_COMMANDS, type PersonCommand } from './domain/decide.js';
import {
  conditionsOf,
  type Duty,
  effectiveDelivery,
  effectiveQuota,
  type Grant,
  type GrantCondition,
  stateOf,
  type SuccessionKind,
  unprovedSince,
} from './domain/grant.js';
import { type Opening, OPENINGS } from './domain/succession.js';
import type { GrantKeys, KeyUses } from './grant-keys.js';
import type { GrantSight, StoredGrant } from './grant-store.js';
import { type LinkedDistribution, reachOf, type SandboxPointer } from './reach-of-grant.js';

/** What a grant's page needs from the catalogue and from identity; filled in `app.ts`. */
export interface GrantSurroundings {
  /** Whether an organisation stands for a natural person of the caller's name. */
  readonly isPrivate?: (reader: Reader, organisation: Id, principal: Principal) => Promise<boolean>;
  /** The granted datasets of a list, and the names of its organisations: each kind is read at once. */
  datasets(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, GrantedData>>;
  names(reader: Reader, organisations: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
}

/** What the catalogue says of granted data. */
export interface GrantedData {
  readonly title: Text;
  readonly distributions: readonly LinkedDistribution[];
  /** Where its secure environment is, where its holder said so. */
  readonly sandbox: SandboxPointer | null;
  /** Items that are not served now; `all` while the dataset is not listed. */
  readonly resting: readonly string[] | 'all';
}

const OVERSEERS: readonly Role[] = ['supervisor', 'auditor', 'approver', 'officer', 'admin'];
const USERS: readonly Role[] = ['handler', 'signatory', 'citizen'];
const ISSUERS: Readonly<Record<PersonCommand, readonly Role[]>> = {
  suspend: ['supervisor'],
  limit: ['supervisor'],
  resume: ['supervisor'],
  revoke: ['supervisor'],
  relinquish: USERS,
  'report-use': USERS,
  'submit-evidence': USERS,
  'certify-deletion': USERS,
};

/** Overseers of the authority see every grant; everyone else those of and from their own organisation. */
export function sightOf({ id, organisation, memberOf, roles }: Principal): GrantSight | null {
  if (roles.some((role) => OVERSEERS.includes(role))) return { everything: true };
  if (memberOf !== undefined) return { everything: false, organisation: memberOf, named: id };
  return organisation === null ? null : { everything: false, organisation: organisation.id };
}

export function sees(sight: GrantSight | null, { approval }: Grant): boolean {
  if (sight === null || sight.everything) return sight !== null;
  const own = approval.organisation === sight.organisation;
  if (sight.named !== undefined) return own && approval.members.includes(sight.named);
  return own || approval.holder === sight.organisation;
}

/** Whether this caller could give the command at all; state is asked separately. */
export function mayGive(principal: Principal, { approval }: Grant, command: PersonCommand): boolean {
  if (!principal.roles.some((role) => ISSUERS[command].includes(role))) return false;
  return ISSUERS[command] !== USERS || principal.organisation?.id === approval.organisation;
}

/** Whether the command would be a measure on what the caller was granted as a natural person: somebody else takes it. */
export async function isOnOwn(
  reader: Reader,
  { isPrivate }: GrantSurroundings,
  principal: Principal,
  { approval }: Grant,
  command: PersonCommand,
): Promise<boolean> {
  if (ISSUERS[command] === USERS || isPrivate === undefined) return false;
  return isPrivate(reader, approval.organisation, principal);
}

/** Applications that renew or amend a grant: opened upstream, where applications are. */
export interface GrantOpenings {
  open(tx: Transaction, call: Opener, succession: Succession): Promise<Result<{ body: unknown; version: number }>>;
  could(reader: Reader, principal: Principal, succession: Succession): Promise<boolean>;
}
export interface Opener {
  readonly principal: Principal;
  readonly language: Language;
}

export const KINDS: Readonly<Record<Opening, SuccessionKind>> = { renew: 'renewal', amend: 'amendment' };
const APPLICANTS: readonly Role[] = ['handler', 'citizen'];

/** Whether this caller could open such an application at all. */
export const mayOpen = ({ roles, organisation }: Principal, { approval }: Grant): boolean =>
  organisation?.id === approval.organisation && roles.some((role) => APPLICANTS.includes(role));

async function openingsFor(
  reader: Reader,
  openings: GrantOpenings,
  principal: Principal,
  grant: Grant,
): Promise<Opening[]> {
  const possible: Opening[] = [];
  if (!mayOpen(principal, grant)) return possible;
  for (const name of OPENINGS)
    if (await openings.could(reader, principal, { grant: grant.id, kind: KINDS[name] })) possible.push(name);
  return possible;
}

async function commandsFor(
  reader: Reader,
  surroundings: GrantSurroundings,
  principal: Principal,
  grant: Grant,
  now: Instant,
): Promise<PersonCommand[]> {
  const possible: PersonCommand[] = [];
  for (const command of PERSON_COMMANDS) {
    if (!mayGive(principal, grant, command) || !isPossible(grant, command, now)) continue;
    if (!(await isOnOwn(reader, surroundings, principal, grant, command))) possible.push(command);
  }
  return possible;
}

/** What stands around the page of a grant. */
export interface GrantAround {
  readonly surroundings: GrantSurroundings;
  readonly openings: GrantOpenings;
  readonly keys: GrantKeys;
  readonly keyUses: KeyUses;
}

/** Interfaces with the newest key that is good now, where the caller keeps one: never what it consists of. */
async function withCredential(
  reader: Reader,
  { keys, keyUses }: GrantAround,
  principal: Principal,
  grant: Grant,
  now: Instant,
  reach: ReturnType<typeof reachOf>,
) {
  if (reach.links.length === 0 || effectiveDelivery(grant) !== 'api') return reach;
  const good = (await keys.of(reader, principal, grant, keyUses)).find(({ key }) => isUsable(key, now));
  if (good === undefined) return reach;
  const { id, label, createdAt, expiresAt } = good.key;
  const credential = {
    id,
    label,
    createdAt: isoOf(createdAt),
    expiresAt: isoOf(expiresAt ?? grant.endsAt),
    lastAskedAt: good.use?.lastAskedAt ?? null,
  };
  return { ...reach, links: reach.links.map((link) => ({ ...link, credential })) };
}

/** A grant as the API shows it, for one caller. */
export async function viewOf(
  reader: Reader,
  around: GrantAround,
  principal: Principal,
  { grant, version }: StoredGrant,
  now: Instant,
): Promise<Record<string, unknown>> {
  const { approval } = grant;
  const { surroundings, openings } = around;
  const dataset = (await surroundings.datasets(reader, [approval.dataset])).get(approval.dataset);
  const names = await surroundings.names(reader, [approval.organisation]);
  const own = principal.organisation?.id === approval.organisation || approval.members.includes(principal.id);
  return {
    ...summaryOf(grant, now, dataset),
    restingItems: restingOf(grant, dataset),
    organisationName: names.get(approval.organisation) ?? null,
    datasetTitle: dataset?.title ?? null,
    scenario: approval.scenario,
    members: approval.members,
    agreement: agreementOf(grant),
    conditions: conditionsOf(grant).map((condition) => ({ ...condition, ...standingOf(grant, condition, now) })),
    duties: dutiesOf(grant, dayOf(now)),
    holds: grant.holds.map(({ since, until, ...hold }) => ({
      ...hold,
      since: isoOf(since),
      until: until === null ? null : isoOf(until),
    })),
    limit:
      grant.limit === null
        ? null
        : { ...grant.limit, until: grant.limit.until === null ? null : isoOf(grant.limit.until) },
    successor: grant.successor === undefined ? null : { ...grant.successor, at: isoOf(grant.successor.at) },
    succeeds: approval.succeeds ?? null,
    carried: grant.carried ?? 0,
    ending: grant.ending === null ? null : { ...grant.ending, at: isoOf(grant.ending.at) },
    ...(await withCredential(reader, around, principal, grant, now, reachOf(grant, own, dataset))),
    allowedCommands: [
      ...(await commandsFor(reader, surroundings, principal, grant, now)),
      ...(await openingsFor(reader, openings, principal, grant)),
    ],
    etag: etagOf(version),
  };
}

const standingOf = (grant: Grant, { kind, validUntil }: GrantCondition, now: Instant) => ({
  lapsed: unprovedSince(grant, kind) !== null || (validUntil !== null && now >= endOfDay(validUntil)),
});

/** The kinds of conditions that ask for it, also where no term says by when; and the term that does. */
const ASKED_BY: Readonly<Record<Duty, readonly [kind: string, term: DutyTermName]>> = {
  'report-use': ['feedback-cadence', 'everyMonths'],
  'certify-deletion': ['deletion-date', 'withinDays'],
};

/** What the user of the data accounts for; `asked` where a condition of the grant demands it. */
function dutiesOf(grant: Grant, today: Day) {
  const { approval, duties } = grant;
  const { reports, lastReport, deletion } = duties;
  const owed = owedOf(grant);
  const standing = (kind: Duty) => {
    const [condition, term] = ASKED_BY[kind];
    const due = owed.find(({ duty }) => duty === kind)?.by ?? null;
    const asked = approval.conditions.some((one) => one.kind === condition) || termOf(grant, term) !== null;
    return { kind, asked, due, overdue: due !== null && due < today };
  };
  return [
    {
      ...standing('report-use'),
      done: reports,
      last: lastReport && { ...lastReport, at: isoOf(lastReport.at) },
    },
    {
      ...standing('certify-deletion'),
      done: deletion === null ? 0 : 1,
      last: deletion && { ...deletion, at: isoOf(deletion.at) },
    },
  ];
}

/** Granted items that rest although the dataset is served. */
function restingOf({ approval: { items } }: Grant, dataset: GrantedData | undefined): readonly string[] {
  const resting = dataset?.resting ?? 'all';
  return resting === 'all' ? [] : resting.filter((item) => items.length === 0 || items.includes(item));
}

/** A grant in force serves nothing while its data rests: whoever holds it is told so. */
function dataOf(grant: Grant, dataset: GrantedData | undefined): 'served' | 'in-part' | 'rests' {
  if (dataset === undefined || dataset.resting === 'all') return 'rests';
  const resting = restingOf(grant, dataset).length;
  if (resting === 0) return 'served';
  return resting === grant.approval.items.length ? 'rests' : 'in-part';
}

/** What lists show of a grant. */
function summaryOf(grant: Grant, now: Instant, dataset: GrantedData | undefined) {
  const { approval } = grant;
  const quota = effectiveQuota(grant);
  return {
    id: grant.id,
    kind: approval.kind ?? 'opening',
    application: approval.application,
    number: approval.number,
    organisation: approval.organisation,
    holder: approval.holder,
    dataset: approval.dataset,
    items: approval.items,
    purpose: approval.purpose,
    delivery: effectiveDelivery(grant),
    period: approval.period,
    state: stateOf(grant),
    inForce: inForce(grant, now),
    data: dataOf(grant, dataset),
    ...(quota === null ? {} : { quota }),
    following: grant.following ?? null,
    dutyDue: firstOwed(grant),
  };
}

/** Lines of a list, by the names of what they are about. */
export async function linesOf(
  reader: Reader,
  surroundings: GrantSurroundings,
  listed: readonly StoredGrant[],
  now: Instant,
) {
  const approvals = listed.map(({ grant }) => grant.approval);
  const datasets = await surroundings.datasets(reader, distinct(approvals.map(({ dataset }) => dataset)));
  const names = await surroundings.names(reader, distinct(approvals.map(({ organisation }) => organisation)));
  return listed.map(({ grant, version }) => {
    const dataset = datasets.get(grant.approval.dataset);
    return {
      ...summaryOf(grant, now, dataset),
      organisationName: names.get(grant.approval.organisation) ?? null,
      datasetTitle: dataset?.title ?? null,
      etag: etagOf(version),
    };
  });
}

const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** `not-yet` and `ended` follow from the period, half-open to the millisecond. */
function inForce(grant: Grant, now: Instant): 'yes' | 'no' | 'not-yet' | 'ended' {
  if (grant.ending !== null || now >= grant.endsAt) return 'ended';
  if (!['active', 'limited'].includes(stateOf(grant))) return 'no';
  return now < grant.startsAt ? 'not-yet' : 'yes';
}

const agreementOf = ({ agreement }: Grant) => (agreement === null ? null : { ...agreement, at: isoOf(agreement.at) });
