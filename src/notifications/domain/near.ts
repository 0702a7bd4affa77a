import { addDays, type Day, dayOf, type Instant } from '../../kernel/time.js';

/** How many days before something is due people are reminded (`near` of the table). */
export interface Nearness {
  readonly application: number;
  readonly correction: number;
  readonly evidence: number;
  readonly grant: number;
  /** Evidence of an organisation, with nothing to follow it. */
  readonly proof: number;
  /** A report or a deletion owed under a grant. */
  readonly duty: number;
}

/** A grant that can be used: when it ends, and when its first proof lapses, null where none can. */
export interface GrantEnds {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly lapsesAt: Instant | null;
}

/** What is owed under a grant, and by when. */
export interface OwedDay {
  readonly what: 'report' | 'deletion';
  readonly day: Day;
}

/** The days of a grant; `ends` is null for one that never was in use, or has ended. */
export interface GrantDays {
  readonly ends: GrantEnds | null;
  readonly owed: readonly OwedDay[];
}

export const isNear = (day: Day, days: number, today: Day): boolean => day >= today && day <= addDays(today, days);

type NearDay = OwedDay | { readonly what: 'evidence' | 'grant'; readonly day: Day };

/** What of a grant is near: its proof's last day, its own last day, what is owed under it. */
export function nearOfGrant({ ends, owed }: GrantDays, near: Nearness, now: Instant): NearDay[] {
  const today = dayOf(now);
  return [
    ...(ends === null ? [] : nearEnds(ends, near, now)),
    ...owed.filter(({ day }) => isNear(day, near.duty, today)),
  ];
}

function nearEnds(grant: GrantEnds, { evidence, grant: end }: Nearness, now: Instant): NearDay[] {
  const today = dayOf(now);
  const last = dayOf(grant.endsAt - 1);
  const proof = grant.lapsesAt === null ? null : dayOf(grant.lapsesAt - 1);
  // A grant of a few weeks is not reminded of its end on its first day.
  const half = grant.startsAt + (grant.endsAt - grant.startsAt) / 2;
  return [
    ...(proof !== null && proof < last && isNear(proof, evidence, today)
      ? [{ what: 'evidence' as const, day: proof }]
      : []),
    ...(now >= half && isNear(last, end, today) ? [{ what: 'grant' as const, day: last }] : []),
  ];
}
