import type { GrantEvent } from './events.js';
import type { Duties, Ending, Grant } from './grant.js';

const NOTHING_DONE: Duties = { reports: 0, lastReport: null, deletion: null };

/** The grant after an event. Only `grant.created` makes one; any other event needs one. */
export function evolve(grant: Grant | null, event: GrantEvent): Grant {
  if (event.event === 'grant.created') {
    return { ...event.data, agreement: null, holds: [], limit: null, ending: null, proofs: [], duties: NOTHING_DONE };
  }
  if (grant === null) throw new Error(`${event.event} without a grant`);
  const { accepted: _before, ...rest } = grant;
  if (event.event === 'grant.acceptance-returned') return rest;
  if (event.event === 'grant.activated') return { ...rest, ...activated(event.data) };
  return { ...grant, ...changeOf(grant, event) };
}

type Changing = Exclude<
  GrantEvent,
  { event: 'grant.created' } | { event: 'grant.activated' } | { event: 'grant.acceptance-returned' }
>;

function changeOf(grant: Grant, event: Changing): Partial<Grant> {
  switch (event.event) {
    case 'grant.accepted':
      return { accepted: event.data };
    case 'grant.suspended':
      return { holds: [...without(grant, event.data.cause), { ...event.data, since: event.at }] };
    case 'grant.resumed':
      return event.data.cause === 'limit' ? { limit: null } : { holds: without(grant, event.data.cause) };
    case 'grant.limited':
      return { limit: event.data };
    case 'grant.revoked':
      return ending('revoked', event);
    case 'grant.expired':
      return ending('expired', event);
    case 'grant.relinquished':
      return ending('relinquished', event);
    case 'grant.succession-opened':
      return { following: event.data };
    case 'grant.succession-closed':
      return { following: null };
    case 'grant.succeeded':
      return { successor: event.data, endsAt: Math.min(grant.endsAt, event.data.at) };
    case 'grant.use-reported': {
      const { text, products } = event.data;
      const lastReport = { at: event.at, text, products };
      return { duties: { ...grant.duties, reports: grant.duties.reports + 1, lastReport } };
    }
    case 'grant.evidence-submitted':
      return {
        proofs: [...grant.proofs.filter(({ condition }) => condition !== event.data.condition), event.data],
        ...(grant.unproved === undefined ? {} : { unproved: stillUnproved(grant, event.data.condition) }),
      };
    case 'grant.evidence-removed': {
      const { reason: _told, ...unproved } = event.data;
      return { unproved: [...stillUnproved(grant, unproved.condition), unproved] };
    }
    case 'grant.deletion-certified':
      return { duties: { ...grant.duties, deletion: { at: event.at, ...event.data } } };
    case 'grant.duty-missed': {
      const others = (grant.duties.missed ?? []).filter(({ duty }) => duty !== event.data.duty);
      return { duties: { ...grant.duties, missed: [...others, event.data] } };
    }
    default:
      return event satisfies never;
  }
}

type Activated = Extract<GrantEvent, { event: 'grant.activated' }>['data'];
/** What was delivered under the amended grant is carried over once, at the first acceptance. */
const activated = ({ agreement, startsAt, carried }: Activated): Partial<Grant> => ({
  agreement,
  startsAt,
  ...(carried === undefined ? {} : { carried }),
});

const stillUnproved = ({ unproved = [] }: Grant, proved: string) =>
  unproved.filter(({ condition }) => condition !== proved);
const without = (grant: Grant, cause: string) => grant.holds.filter((hold) => hold.cause !== cause);
const ending = (how: Ending['how'], { at, data }: { at: number; data: { reason: string } }): Partial<Grant> => ({
  ending: { how, reason: data.reason, at },
});
