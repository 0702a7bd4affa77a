import type { Id } from '../../kernel/ids.js';
import type { Delivery } from '../../kernel/purpose.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Instant } from '../../kernel/time.js';
import type { Step } from './ladder.js';

/** `final`: there is nothing left to end (a notice was given, a grant was revoked). */
export const SANCTION_STATES = ['in-force', 'ended', 'lifted', 'final'] as const;
export type SanctionState = (typeof SANCTION_STATES)[number];

/** Why a measure is over: its time ran out, a harder one took its place, the violation was dismissed or cured, somebody lifted it. */
export const END_CAUSES = ['run-out', 'superseded', 'dismissed', 'cured', 'lifted'] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** What is left of a grant under a limit. */
export interface LimitTerms {
  readonly quota: number | null;
  readonly delivery: Delivery | null;
}

/** A measure as it is imposed. */
export interface SanctionTerms {
  readonly violation: Id;
  readonly organisation: Id;
  /** The one grant it acts on; null where it acts on all of the organisation. */
  readonly grant: Id | null;
  /** Of a restriction of use: these datasets; none is all of them. */
  readonly datasets: readonly Id[];
  readonly step: Step;
  readonly reason: string;
  /** Null where time imposed it. */
  readonly by: Id | null;
  /** Ends by itself at this instant; null until somebody ends it. */
  readonly until: Instant | null;
  readonly limit: LimitTerms | null;
  /** Imposed with the report, until the decision. */
  readonly interim: boolean;
}

export interface Sanction extends SanctionTerms {
  readonly id: Id;
  readonly state: SanctionState;
  readonly imposedAt: Instant;
  readonly end: {
    readonly cause: EndCause;
    readonly reason: string | null;
    readonly by: Id | null;
    readonly at: Instant;
  } | null;
}

interface Data {
  readonly 'sanction.imposed': SanctionTerms;
  /** By time, or because the decision took its place. */
  readonly 'sanction.ended': { readonly cause: Exclude<EndCause, 'lifted'> };
  /** Early, by a second person. */
  readonly 'sanction.lifted': { readonly reason: string; readonly by: Id };
}
export type SanctionEventName = keyof Data;
export type SanctionEvent = {
  [Name in SanctionEventName]: { readonly event: Name; readonly at: Instant; readonly data: Data[Name] };
}[SanctionEventName];

export const sanctionEvent = <Name extends SanctionEventName>(
  event: Name,
  at: Instant,
  data: Data[Name],
): SanctionEvent => ({ event, at, data }) as SanctionEvent;

const FINAL: readonly Step[] = ['notice', 'revoke'];

/** The sanction after an event. Only `sanction.imposed` makes one. */
export function evolve(id: Id, before: Sanction | null, event: SanctionEvent): Sanction {
  const { at } = event;
  if (event.event === 'sanction.imposed') {
    const state = FINAL.includes(event.data.step) ? 'final' : 'in-force';
    return { id, ...event.data, state, imposedAt: at, end: null };
  }
  if (before === null) throw new Error(`${event.event} without a sanction`);
  switch (event.event) {
    case 'sanction.ended':
      return { ...before, state: 'ended', end: { by: null, reason: null, at, ...event.data } };
    case 'sanction.lifted':
      return { ...before, state: 'lifted', end: { cause: 'lifted', at, ...event.data } };
    default:
      return event satisfies never;
  }
}

/** Whether it could be lifted now, by someone; a warning is cured instead. */
export const isLiftable = ({ state, step }: Sanction): boolean => state === 'in-force' && step !== 'warning';

/** Ends a measure early: by another person than the one who imposed it, with a reason. */
export function lift(sanction: Sanction, by: Id, reason: string, now: Instant): Result<SanctionEvent> {
  if (!isLiftable(sanction))
    return err(refusal('sanction-state', `The measure (${sanction.step}) is ${sanction.state}; it cannot be lifted.`));
  if (sanction.by === by) return err(refusal('sanction-second-person', 'Another person lifts a measure you imposed.'));
  return ok(sanctionEvent('sanction.lifted', now, { reason, by }));
}

/** Time ends what has run out. A warning ends with its violation. */
export const isOver = ({ state, until, step }: Sanction, now: Instant): boolean =>
  state === 'in-force' && step !== 'warning' && until !== null && now >= until;

/** Whether a grant or a wish for a dataset falls under it: nobody escapes a measure by having a grant renewed or amended. */
export const covers = (
  { grant, datasets, organisation }: Pick<Sanction, 'grant' | 'datasets' | 'organisation'>,
  what: {
    readonly grant: Id | null;
    /** Grants that it renews or amends. */
    readonly line?: readonly Id[];
    readonly dataset: Id;
    readonly organisation: Id;
  },
): boolean =>
  organisation === what.organisation &&
  (grant === null || grant === what.grant || (what.line ?? []).includes(grant)) &&
  (datasets.length === 0 || datasets.includes(what.dataset));
