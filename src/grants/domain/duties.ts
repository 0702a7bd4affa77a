import type { DutyTerm } from '../../kernel/duty-term.js';
import { addDays, addMonths, type Day, dayOf, endOfDay, type Instant } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import { DUTIES, type Duty, type Grant, type Owed } from './grant.js';

type Owing = Pick<Grant, 'approval' | 'agreement' | 'startsAt' | 'endsAt' | 'ending' | 'successor' | 'duties'>;

/** The strictest of what its conditions say of a term; null where none says anything. */
export function termOf({ approval }: Pick<Grant, 'approval'>, name: keyof DutyTerm): number | null {
  const said = approval.conditions.flatMap((condition) => condition[name] ?? []);
  return said.length === 0 ? null : Math.min(...said);
}

/** What is to be done next under the grant, and by when. Who never had the data owes nothing. */
export function owedOf(grant: Owing): readonly Owed[] {
  return DUTIES.flatMap((duty) => {
    const by = OWED_BY[duty](grant);
    return by === null ? [] : [{ duty, by }];
  });
}

const OWED_BY: Readonly<Record<Duty, (grant: Owing) => Day | null>> = {
  'report-use': reportBy,
  'certify-deletion': deletionBy,
};

/** The last day on which it was, or will be, in force. */
const lastDayOf = ({ ending, endsAt }: Owing): Day => dayOf(Math.min(ending?.at ?? endsAt, endsAt) - 1);

/** Whether the data was had under this grant, and no other grant has taken over what is owed for it. */
const isAccountable = ({ agreement, ending, startsAt, successor }: Owing): boolean =>
  agreement !== null && (ending === null || (startsAt < ending.at && successor === undefined));

/** So many months after the start or the last report; after the end once more, for the use since then. */
function reportBy(grant: Owing): Day | null {
  const months = termOf(grant, 'everyMonths');
  if (months === null || !isAccountable(grant)) return null;
  const { lastReport } = grant.duties;
  const since = dayOf(Math.max(grant.startsAt, lastReport?.at ?? grant.startsAt));
  const isAccounted = lastReport !== null && since >= lastDayOf(grant);
  return isAccounted ? null : addMonths(since, months);
}

function deletionBy(grant: Owing): Day | null {
  const days = termOf(grant, 'withinDays');
  if (days === null || !isAccountable(grant) || grant.successor !== undefined) return null;
  if (grant.duties.deletion !== null) return null;
  return addDays(lastDayOf(grant), days);
}

const isMissed = ({ duties: { missed = [] } }: Owing, { duty, by }: Owed): boolean =>
  missed.some((one) => one.duty === duty && one.by === by);

/** The first day by which something is owed; null where nothing is. */
export const firstOwed = (grant: Owing): Day | null =>
  owedOf(grant)
    .map(({ by }) => by)
    .sort()[0] ?? null;

/** The instant at which the next duty counts as missed; null where none can, or all that can have. */
export function missedAt(grant: Owing): Instant | null {
  const open = owedOf(grant).filter((owed) => !isMissed(grant, owed));
  return open.length === 0 ? null : Math.min(...open.map(({ by }) => endOfDay(by)));
}

/** Each duty counts as missed once for each day by which it was owed. */
export const missedByTime = (grant: Owing, now: Instant): GrantEvent[] =>
  owedOf(grant)
    .filter((owed) => now >= endOfDay(owed.by) && !isMissed(grant, owed))
    .map((owed) => grantEvent('grant.duty-missed', now, owed));
