import { addDays, type Day, dayOf, type Instant } from '../../kernel/time.js';

/** How many days before something is due people are reminded (`near` of the table). */
export interface Nearness {
  readonly application: number;
  readonly correction: number;
  readonly evidence: number;
  readonly grant: number;
  /** Evidence of an organisation, with nothing to follow it. */
  readonly proof: number;
}

export const isNear = (day: Day, days: number, today: Day): boolean => day >= today && day <= addDays(today, days);

/** What of a grant is near: its proof's last day, its own last day. `lapsesAt` is null where no proof can lapse. */
export function nearOfGrant(
  grant: { readonly startsAt: Instant; readonly endsAt: Instant; readonly lapsesAt: Instant | null },
  { evidence, grant: end }: Nearness,
  now: Instant,
): { readonly what: 'evidence' | 'grant'; readonly day: Day }[] {
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
