import type { Id } from '../../kernel/ids.js';
import type { Day, Instant } from '../../kernel/time.js';

/** `quality`: something is wrong with the data. `rights`: it touches somebody's rights. */
export const COMPLAINT_KINDS = ['quality', 'rights'] as const;
export type ComplaintKind = (typeof COMPLAINT_KINDS)[number];

export const QUALITY_FAULTS = [
  'wrong-values',
  'missing',
  'out-of-date',
  'broken-file',
  'description-wrong',
  'other',
] as const;
export type QualityFault = (typeof QUALITY_FAULTS)[number];

export const COMPLAINT_RIGHTS = [
  'privacy',
  'personal-information',
  'consent-withdrawn',
  'trade-secret',
  'business-secret',
  'intellectual-property',
  'other-right',
] as const;
export type ComplaintRight = (typeof COMPLAINT_RIGHTS)[number];

/**
 * `open`: waits for the holder. `verified`: a rights complaint waits for the authority. `treating`: upheld, waits for the
 * data to be treated and assessed anew. `answered` and `taken-back`: over.
 */
export const COMPLAINT_STATES = ['open', 'verified', 'treating', 'answered', 'taken-back'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

export const QUALITY_OUTCOMES = ['mended', 'not-accepted'] as const;
export const RIGHTS_OUTCOMES = ['resume', 'withdraw', 'treat-and-reopen'] as const;
export const COMPLAINT_OUTCOMES = [...QUALITY_OUTCOMES, ...RIGHTS_OUTCOMES] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

export const FINDINGS = ['founded', 'partly-founded', 'unfounded'] as const;
export type Finding = (typeof FINDINGS)[number];

/** What somebody complains about, as it was filed. */
export interface Filed {
  /** What the complainant quotes: `TG-Q-2026-000012`, `TG-R-2026-000003`. */
  readonly number: string;
  readonly about: ComplaintKind;
  readonly dataset: Id;
  readonly holder: Id;
  /** What is wrong; of quality only. */
  readonly fault: QualityFault | null;
  /** What it touches; of rights only. */
  readonly right: ComplaintRight | null;
  /** The items concerned; none is the whole dataset. */
  readonly items: readonly string[];
  readonly distribution: Id | null;
  /** In the complainant's words; never in the log. */
  readonly reason: string;
  /** Where what supports it is kept. */
  readonly evidence: string | null;
  /** Files that support it, of rights only. */
  readonly attachments: readonly Id[];
  /** Whom a representative speaks for. */
  readonly onBehalfOf: string | null;
  /** Null for a visitor who did not sign in. */
  readonly person: Id | null;
  readonly organisation: Id | null;
  /** The last day for the next step. */
  readonly due: Day;
  /** Whether the data rests from now on. */
  readonly suspends: boolean;
}

interface Act {
  readonly by: Id;
  readonly at: Instant;
}

/** What one person proposes with a reason, and another one confirms with theirs. */
export interface Proposal extends Act {
  readonly reason: string;
  readonly confirmed: (Act & { readonly reason: string }) | null;
}

export interface Complaint extends Omit<Filed, 'suspends'> {
  readonly id: Id;
  readonly state: ComplaintState;
  readonly filedAt: Instant;
  /** That the due day of this step passed was told; the authority may act in the holder's place. */
  readonly overdue: boolean;
  /** Since when the data rests for this complaint; null while it does not. */
  readonly restsSince: Instant | null;
  readonly lift: Proposal | null;
  /** Of data that a ruling withdrew: that it is let go again. Absent until somebody proposes it. */
  readonly release?: Proposal & { readonly declined?: Act & { readonly reason: string } };
  readonly verification: (Act & { readonly finding: Finding; readonly remark: string }) | null;
  readonly answer: (Act & Answered) | null;
  /** `mark`: an assessment made after it has a greater id. */
  readonly treatment: (Act & { readonly text: string; readonly mark: Id }) | null;
  /** The assessment with which the data was opened again. */
  readonly reopened: { readonly assessment: Id; readonly at: Instant } | null;
  readonly endedAt: Instant | null;
}

export interface Answered {
  readonly outcome: ComplaintOutcome;
  readonly text: string;
  /** Of `mended`: since when. */
  readonly mendedOn: Day | null;
  /** Of `resume`: so plainly unfounded that the next complaint of its author suspends nothing by itself. */
  readonly manifestly: boolean;
}

interface Data {
  readonly 'complaint.filed': Filed;
  /** The data rests from now on, by hand. */
  readonly 'complaint.suspended': { readonly by: Id; readonly reason: string };
  /** Somebody of the holder holds the suspension manifestly unfounded. */
  readonly 'complaint.lift-proposed': { readonly by: Id; readonly reason: string };
  /** A second person agreed: the data is served while the complaint goes on. */
  readonly 'complaint.lifted': { readonly by: Id; readonly reason: string };
  readonly 'complaint.verified': {
    readonly by: Id;
    readonly finding: Finding;
    readonly remark: string;
    readonly due: Day;
  };
  /** Of `treat-and-reopen`: `items` rest from now on, `due` is the day for the treatment. */
  readonly 'complaint.answered': Answered & {
    readonly by: Id;
    readonly items: readonly string[];
    readonly due: Day | null;
  };
  readonly 'complaint.treated': { readonly by: Id; readonly text: string; readonly mark: Id };
  /** The treated data was assessed anew and confirmed. */
  readonly 'complaint.reopened': { readonly assessment: Id };
  readonly 'complaint.taken-back': { readonly by: Id };
  /** Somebody of the holder asks that what a ruling withdrew be let go; a new proposal takes the place of one before. */
  readonly 'complaint.release-proposed': { readonly by: Id; readonly reason: string };
  /** A second person does not agree: it rests on, until somebody proposes it anew. */
  readonly 'complaint.release-declined': { readonly by: Id; readonly reason: string };
  /** A second person agreed: the hold of the ruling has ended. */
  readonly 'complaint.released': { readonly by: Id; readonly reason: string };
  /** The due day passed. */
  readonly 'complaint.overdue': { readonly due: Day };
}
export type ComplaintEvent = {
  [Name in keyof Data]: { readonly event: Name; readonly at: Instant; readonly data: Data[Name] };
}[keyof Data];
export const complaintEvent = <Name extends keyof Data>(event: Name, at: Instant, data: Data[Name]): ComplaintEvent =>
  ({ event, at, data }) as ComplaintEvent;

const NOTHING_YET = {
  overdue: false,
  lift: null,
  verification: null,
  answer: null,
  treatment: null,
  reopened: null,
  endedAt: null,
} as const;

/** The complaint after an event. Only `complaint.filed` makes one. */
export function evolve(id: Id, before: Complaint | null, event: ComplaintEvent): Complaint {
  const { at } = event;
  if (event.event === 'complaint.filed') {
    const { suspends, ...filed } = event.data;
    return { id, ...filed, state: 'open', filedAt: at, restsSince: suspends ? at : null, ...NOTHING_YET };
  }
  if (before === null) throw new Error(`${event.event} without a complaint`);
  switch (event.event) {
    case 'complaint.suspended':
      return { ...before, restsSince: at, lift: null };
    case 'complaint.lift-proposed':
      return { ...before, lift: { ...event.data, at, confirmed: null } };
    case 'complaint.lifted':
      return {
        ...before,
        restsSince: null,
        lift: before.lift && { ...before.lift, confirmed: { ...event.data, at } },
      };
    case 'complaint.release-proposed':
      return { ...before, release: { ...event.data, at, confirmed: null } };
    case 'complaint.release-declined':
      return { ...before, ...(before.release && { release: { ...before.release, declined: { ...event.data, at } } }) };
    case 'complaint.released':
      return {
        ...before,
        restsSince: null,
        ...(before.release && { release: { ...before.release, confirmed: { ...event.data, at } } }),
      };
    case 'complaint.verified': {
      const { due, ...verification } = event.data;
      return { ...before, state: 'verified', due, overdue: false, verification: { ...verification, at } };
    }
    case 'complaint.answered':
      return answeredWith(before, event.data, at);
    case 'complaint.treated':
      return { ...before, overdue: false, treatment: { ...event.data, at } };
    case 'complaint.reopened':
      return { ...ended(before, 'answered', at), reopened: { ...event.data, at } };
    case 'complaint.taken-back':
      return ended(before, 'taken-back', at);
    case 'complaint.overdue':
      return { ...before, overdue: true };
    default:
      return event satisfies never;
  }
}

const ended = (before: Complaint, state: 'answered' | 'taken-back', at: Instant): Complaint => ({
  ...before,
  state,
  restsSince: null,
  endedAt: at,
});

/** Data that was withdrawn, or is to be treated, goes on resting. */
function answeredWith(
  before: Complaint,
  { items, due, by, ...answer }: Data['complaint.answered'],
  at: Instant,
): Complaint {
  const rests = answer.outcome === 'withdraw' || answer.outcome === 'treat-and-reopen';
  const after = {
    ...before,
    items,
    answer: { ...answer, by, at },
    restsSince: rests ? (before.restsSince ?? at) : null,
  };
  return answer.outcome === 'treat-and-reopen'
    ? { ...after, state: 'treating', due: due ?? before.due, overdue: false }
    : { ...after, state: 'answered', endedAt: at };
}

/** Whether data rests because a ruling withdrew it. */
export const isWithdrawn = ({ answer, restsSince }: Pick<Complaint, 'answer' | 'restsSince'>): boolean =>
  answer?.outcome === 'withdraw' && restsSince !== null;

/** Whether time, and people, still have something to do with it. */
export const isOpen = ({ state }: Pick<Complaint, 'state'>): boolean => state !== 'answered' && state !== 'taken-back';

/** Whether its clock runs: after the treatment the officers' own clocks do. */
export const isRunning = (complaint: Pick<Complaint, 'state' | 'treatment'>): boolean =>
  isOpen(complaint) && complaint.treatment === null;
