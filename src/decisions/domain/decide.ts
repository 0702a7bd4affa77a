import { AT, CODE } from './facts.js';
import { STATE } from './indexed-grant.js';
import { highWord, lowWord } from './packed.js';
import type { AccessPolicy } from './policy.js';
import type { Question } from './question.js';
import { purposeBit, purposeOf } from './bits.js';
import { ANY_PURPOSE, type Found, reduceBase, reduceGrant, reduceNoGrant } from './reduce.js';
import type { DatasetEntry } from './dataset-entry.js';
import type { OrganisationFacts } from './party-facts.js';
import type { Known, World } from './world.js';

/** The answer to one question: which row of which policy decided, over which vector, and until when it holds. */
export interface Outcome {
  readonly permit: boolean;
  readonly row: number;
  /** Code of the tier decided on: that of the distribution, or of the items, where they governed. */
  readonly tier: number;
  readonly low: number;
  readonly high: number;
  readonly organisation: Known<OrganisationFacts> | undefined;
  readonly person: string | undefined;
  readonly dataset: DatasetEntry | undefined;
  /** Row of the grant index the answer rests on, or -1. */
  readonly grant: number;
  /** The purpose decided on: the asked one, or that of the only live grant. */
  readonly purpose: string | null;
  readonly validUntil: number;
}

/** Which freshness a world has now, for a caller that wants at least `minRevision`. */
export function freshnessOf(world: World, now: number, minRevision: number): number {
  if (world.revision < minRevision) return CODE.freshness.behind;
  return now - world.confirmedAt <= world.stalenessBound ? CODE.freshness.fresh : CODE.freshness.stale;
}

const vector = new Uint8Array(Object.keys(AT).length);

/**
 * Decides one question: reduce to the vector, ask the policy. With several grants each is judged by itself (items are
 * never added up over grants) and the one that gets furthest down the rows answers, a permit furthest of all.
 * What was given between public bodies is asked only where opening does not permit, and never changes its answer to
 * anybody else. Pure: the scratch vector is written before it is read, and nothing here waits.
 *
 * @param isConfirmed false where it could not be asked whether whoever asks may still ask: the world counts as stale
 */
export function decide(
  question: Question,
  world: World,
  policy: AccessPolicy,
  now: number,
  isConfirmed = true,
): Outcome {
  const known = freshnessOf(world, now, question.minRevision);
  const freshness = isConfirmed || known !== CODE.freshness.fresh ? known : CODE.freshness.stale;
  const found = reduceBase(question, world, now, freshness, vector);
  const chain = chainOf(found, world);
  const opening = underOpening(question, world, policy, found, chain, now);
  const shared = opening.permit || found.organisation?.body !== true ? -1 : firstOf(question, world, chain, true);
  if (shared < 0) return opening;
  const sharing = underSharing(question, world, policy, found, shared, now);
  return sharing.permit || opening.grant < 0 ? { ...sharing, tier: opening.tier } : opening;
}

/** The newest grant of the organisation on the dataset, where a grant could matter at all; or -1. */
const chainOf = ({ organisation, dataset, grantMatters }: Found, world: World): number =>
  grantMatters && organisation !== undefined && dataset !== undefined
    ? world.grants.first(organisation.index, dataset.index)
    : -1;

function underOpening(
  question: Question,
  world: World,
  policy: AccessPolicy,
  found: Found,
  chain: number,
  now: number,
): Outcome {
  const bound = now + world.stalenessBound;
  if (!found.needsGrant) return outcome(question, found, policy, -1, question.purpose, bound);
  const first = firstOf(question, world, chain, false);
  if (first >= 0) return overGrants(question, world, policy, found, first, now);
  reduceNoGrant(vector);
  return outcome(question, found, policy, -1, question.purpose, bound);
}

/** The same facts under the sharing tier: what opening says of the dataset neither helps nor hinders. */
function underSharing(
  question: Question,
  world: World,
  policy: AccessPolicy,
  found: Found,
  first: number,
  now: number,
): Outcome {
  vector[AT.tier] = (found.dataset as DatasetEntry).sharingCode;
  return overGrants(question, world, policy, found, first, now);
}

/** Judges the grants from `first` on that are of its kind. */
function overGrants(
  question: Question,
  world: World,
  policy: AccessPolicy,
  found: Found,
  first: number,
  now: number,
): Outcome {
  const { grants } = world;
  const bit = question.purpose === null ? ANY_PURPOSE : purposeBit(question.purpose);
  const several = question.grant === undefined && after(world, first) >= 0;
  const fitting = several && bit !== ANY_PURPOSE && anyForPurpose(world, first, bit);
  const unclear = several && bit === ANY_PURPOSE && liveGrants(world, first, now) > 1;
  let best: Outcome | undefined;
  for (let row = first; row >= 0; row = after(world, row)) {
    const mask = grants.records.purposes(row);
    if (fitting && (mask & bit) === 0) continue;
    reduceGrant(question, world, found, row, bit, now, vector);
    if (unclear) vector[AT.purpose] = CODE.purpose.ambiguous;
    const next = outcome(question, found, policy, row, question.purpose ?? purposeOf(mask), lapse(world, row, now));
    if (!several) return next;
    if (best === undefined || further(next, best, policy)) best = next;
  }
  return unclear ? withoutGrant(best as Outcome, policy) : (best as Outcome);
}

/** Where the judging of a pair's grants begins: its newest one of the kind, or the one that alone counts; or -1. */
function firstOf({ grant }: Question, { grants }: World, chain: number, sharing: boolean): number {
  let row = grants.ofKind(chain, sharing);
  while (grant !== undefined && row >= 0 && grants.idOf(row) !== grant) row = grants.ofKind(grants.next(row), sharing);
  return row;
}

/** The pair's next older grant of the same kind, or -1. */
const after = ({ grants }: World, row: number): number => {
  const next = grants.next(row);
  return next < 0 ? next : grants.ofKind(next, grants.records.isSharing(row));
};

/** Where the purpose must be named, none of the grants was meant. */
const withoutGrant = (outcome: Outcome, policy: AccessPolicy): Outcome =>
  policy.rows[outcome.row]?.reason === 'purpose-required' ? { ...outcome, grant: -1, purpose: null } : outcome;

function anyForPurpose(world: World, first: number, bit: number): boolean {
  for (let row = first; row >= 0; row = after(world, row)) {
    if ((world.grants.records.purposes(row) & bit) !== 0) return true;
  }
  return false;
}

/** Grants in force now: more than one leaves an unnamed purpose unclear. */
function liveGrants(world: World, first: number, now: number): number {
  const { records } = world.grants;
  let live = 0;
  for (let row = first; row >= 0; row = after(world, row)) {
    const running = now >= records.start(row) && now < records.end(row);
    const state = records.state(row);
    if (running && (state === STATE.active || state === STATE.limited)) live += 1;
  }
  return live;
}

function further(a: Outcome, b: Outcome, policy: AccessPolicy): boolean {
  if (a.permit !== b.permit) return a.permit;
  const last = policy.rows.length - 1;
  return (a.row === last ? -1 : a.row) > (b.row === last ? -1 : b.row);
}

/** The earlier of the staleness bound and the next instant at which this grant's facts change by themselves. */
const lapse = (world: World, row: number, now: number): number =>
  Math.min(now + world.stalenessBound, lapseOf(row, world, now));

/** The next instant at which the facts of a grant change by themselves; Infinity where none will, or where there is none. */
export function lapseOf(row: number, world: World, now: number): number {
  const { records } = world.grants;
  let until = Number.POSITIVE_INFINITY;
  if (row < 0) return until;
  const start = records.start(row);
  const end = records.end(row);
  const lapsing = records.conditionsUntil(row);
  if (start > now && start < until) until = start;
  if (end > now && end < until) until = end;
  if (lapsing > now && lapsing < until) until = lapsing;
  return until;
}

function outcome(
  question: Question,
  found: Found,
  policy: AccessPolicy,
  grant: number,
  purpose: string | null,
  validUntil: number,
): Outcome {
  const low = lowWord(vector);
  const high = highWord(vector);
  const row = policy.rowForPacked(vector, low, high);
  return {
    permit: policy.permits(row),
    row,
    tier: vector[AT.tier] as number,
    low,
    high,
    organisation: found.organisation,
    person: found.person,
    dataset: found.dataset,
    grant,
    purpose,
    validUntil,
  };
}
