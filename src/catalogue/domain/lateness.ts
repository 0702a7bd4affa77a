import { type Day, dayOf, endOfDay, type Instant } from '../../kernel/time.js';
import type { DatasetRecord } from './dataset.js';
import { dueDay, missedBefore } from './frequency.js';
import { isNoticed, noticed, unnoticed } from './notices.js';

/** How the record says that its data was not renewed when it should have been. */
export const OVERDUE = 'update-overdue';

/** A renewal that did not come. */
export interface MissedUpdate {
  /** The day by which the newest of the missed renewals was due. */
  readonly due: Day;
  /** How many were missed since the data was last renewed. */
  readonly missed: number;
}

type Promised = Pick<DatasetRecord, 'updateFrequency' | 'lastUpdated' | 'state' | 'notices' | 'createdAt'>;

/** What stands in the catalogue is held to what it promises; drafts and what was withdrawn promise nothing. */
const isHeld = ({ state }: Pick<DatasetRecord, 'state'>): boolean => state === 'listed' || state === 'suspended';

/** The newest renewal that was missed; none from before the record was ours: nobody begins with all of them overdue. */
function missedUpdate(record: Promised, now: Instant): MissedUpdate | null {
  const { updateFrequency, lastUpdated, createdAt } = record;
  if (!isHeld(record) || updateFrequency === null || lastUpdated === null) return null;
  const missed = missedBefore(updateFrequency, lastUpdated, dayOf(now));
  const due = missed === 0 ? null : dueDay(updateFrequency, lastUpdated, missed);
  return due === null || due < dayOf(createdAt) ? null : { due, missed };
}

/**
 * When the record has to be looked at for lateness: when the next renewal that was not told as missed will have been,
 * 0 where a notice of lateness no longer holds, `null` where nothing is promised.
 */
export function nextLook(record: Promised): Instant | null {
  const { updateFrequency, lastUpdated } = record;
  const told = record.notices.find(({ code }) => code === OVERDUE)?.at ?? null;
  const first = isHeld(record) ? dueDay(updateFrequency, lastUpdated, 1) : null;
  if (first === null || updateFrequency === null || lastUpdated === null) return told === null ? null : 0;
  if (told !== null && endOfDay(first) > told) return 0;
  const from = told === null ? dayOf(record.createdAt) : dayOf(told);
  const next = dueDay(updateFrequency, lastUpdated, missedBefore(updateFrequency, lastUpdated, from) + 1);
  return next === null ? null : endOfDay(next);
}

/** What time does to the record now: it becomes late, is late once more, no longer is, or nothing. */
export function latenessAt(
  record: Promised,
  now: Instant,
): { readonly kind: 'late'; readonly missed: MissedUpdate } | { readonly kind: 'in-time' } | null {
  const look = nextLook(record);
  if (look === null || now < look) return null;
  const missed = missedUpdate(record, now);
  if (missed !== null) return { kind: 'late', missed };
  return isNoticed(record, OVERDUE) ? { kind: 'in-time' } : null;
}

/** The record with what it promised and did not keep said on it. */
export const markedLate = (record: DatasetRecord, { due }: MissedUpdate, at: Instant): DatasetRecord =>
  noticed(record, {
    code: OVERDUE,
    text: {
      zh: `应于 ${due} 前更新，尚未更新。`,
      en: `It should have been renewed by ${due} and was not.`,
    },
    at,
  });

/** The record without a notice of lateness that an update has settled. */
export const punctual = (record: DatasetRecord): DatasetRecord =>
  isNoticed(record, OVERDUE) && nextLook(record) === 0 ? unnoticed(record, OVERDUE) : record;
