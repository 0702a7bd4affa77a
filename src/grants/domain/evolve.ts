import type { GrantEvent } from './events.js';
import type { Duties, Ending, Grant } from './grant.js';

const NOTHING_DONE: Duties = { reports: 0, lastReport: null, deletion: null };

/** The grant after an event. Only `grant.created` makes one; any other event needs one. */
export function evolve(grant: Grant | null, event: GrantEvent): Grant {
  if (event.event === 'grant.created') {
    return { ...event.data, agreement: null, holds: [], limit: null, ending: null, proofs: [], duties: NOTHING_DONE };
  }
  if (grant === null) throw new Error(`${event.event} without a grant`);
  return { ...grant, ...changeOf(grant, event) };
}

function changeOf(grant: Grant, event: Exclude<GrantEvent, { event: 'grant.created' }>): Partial<Grant> {
  switch (event.event) {
    case 'grant.activated':
      return { agreement: event.data.agreement, startsAt: event.data.startsAt };
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
    case 'grant.use-reported': {
      const { text, products } = event.data;
      const lastReport = { at: event.at, text, products };
      return { duties: { ...grant.duties, reports: grant.duties.reports + 1, lastReport } };
    }
    case 'grant.evidence-submitted':
      return {
        proofs: [...grant.proofs.filter(({ condition }) => condition !== event.data.condition), event.data],
      };
    case 'grant.deletion-certified':
      return { duties: { ...grant.duties, deletion: { at: event.at, ...event.data } } };
    default:
      return event satisfies never;
  }
}

const without = (grant: Grant, cause: string) => grant.holds.filter((hold) => hold.cause !== cause);
const ending = (how: Ending['how'], { at, data }: { at: number; data: { reason: string } }): Partial<Grant> => ({
  ending: { how, reason: data.reason, at },
});
