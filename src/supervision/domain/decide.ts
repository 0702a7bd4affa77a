import type { Id } from '../../kernel/ids.js';
import type { Delivery } from '../../kernel/purpose.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Role } from '../../kernel/roles.js';
import { addDays, addMonths, type Day, dayOf, endOfDay, type Instant } from '../../kernel/time.js';
import { isWithin, type Ladder, ON_GRANTS, rangeFor, rankOf, type Step, STEPS } from './ladder.js';
import { type Violation, type ViolationEvent, violationEvent } from './violation.js';

/** A measure as a supervisor asks for it. */
export interface Measure {
  readonly step: Step;
  readonly reason: string;
  /** Of a warning: the last day for the cure. */
  readonly cureBy: Day | null;
  readonly until: Instant | null;
  readonly quota: number | null;
  readonly delivery: Delivery | null;
  readonly datasets: readonly Id[];
}

export const VIOLATION_COMMANDS = ['reply', 'dismiss', 'impose', 'confirm-cure'] as const;
export type ViolationCommandName = (typeof VIOLATION_COMMANDS)[number];
export type ViolationCommand =
  | { readonly name: 'reply'; readonly text: string }
  | { readonly name: 'dismiss'; readonly reason: string }
  | { readonly name: 'impose'; readonly measure: Measure; readonly sanction: Id }
  | { readonly name: 'confirm-cure'; readonly reason: string };

/** Who asks, and what a decision rests on beside the violation itself. */
export interface Facts {
  readonly now: Instant;
  readonly caller: { readonly person: Id; readonly organisation: Id | null; readonly roles: readonly Role[] };
  /** The organisation concerned and those it belongs to: nobody of theirs decides. */
  readonly concerned: readonly Id[];
  /** The caller bears the name of the natural person concerned. */
  readonly isOwn: boolean;
  readonly ladder: Ladder;
  /** Violations of the same kind upheld before, as far back as the ladder counts. */
  readonly earlier: number;
  /** Whether a live grant is left that a measure on it would reach. */
  readonly reaches: boolean;
}

const SPEAKERS: readonly Role[] = ['handler', 'signatory', 'citizen'];

/** Whether the caller may give this command on this violation at all; the state is asked separately. */
export function mayGive(violation: Violation, name: ViolationCommandName, { caller }: Pick<Facts, 'caller'>): boolean {
  if (name !== 'reply') return caller.roles.includes('supervisor');
  return caller.organisation === violation.organisation && caller.roles.some((role) => SPEAKERS.includes(role));
}

/** Why a command is not possible now, whatever its body says; null where it is. */
export function bar(violation: Violation, name: ViolationCommandName, facts: Facts): Refusal | null {
  if (!mayGive(violation, name, facts)) return refusal('forbidden');
  if (name !== 'reply' && (facts.isOwn || facts.concerned.includes(facts.caller.organisation ?? '')))
    return refusal('organisation-concerned', 'Nobody of the organisation concerned, or of its parent, decides.');
  const possible = isPossible(violation, name);
  if (!possible) return refusal('violation-state', `The violation is ${violation.state}; ${name} is not possible now.`);
  return name === 'impose' ? (unheard(violation, facts.now) ?? exhausted(violation, facts)) : null;
}

/**
 * What may be imposed now, the mildest first: what the ladder says, harder than what was decided before. Where no grant
 * is left, what acts on grants would change nothing; the finding is then put on record by a notice, so that what ended
 * by itself need not be dismissed or be followed by a ban.
 */
export function openSteps(violation: Violation, { ladder, earlier, reaches }: Facts): readonly Step[] {
  const range = rangeFor(ladder, violation.kind, earlier);
  const onLadder = (step: Step): boolean =>
    isWithin(range, step) ? reaches || !ON_GRANTS.includes(step) : !reaches && step === 'notice';
  return STEPS.filter((step) => onLadder(step) && isHarder(violation, step));
}

function isHarder({ rulings }: Violation, step: Step): boolean {
  const last = rulings.at(-1)?.step;
  return last === undefined || last === 'dismissed' || last === 'cured' || rankOf(step) > rankOf(last);
}

function exhausted(violation: Violation, facts: Facts): Refusal | null {
  if (openSteps(violation, facts).length > 0) return null;
  return facts.reaches ? refusal('measure-not-on-ladder') : refusal('nothing-to-measure');
}

/** What the server would accept from this caller now, given a valid body. */
export const allowedCommands = (violation: Violation, facts: Facts): ViolationCommandName[] =>
  VIOLATION_COMMANDS.filter((name) => bar(violation, name, facts) === null);

function isPossible({ state, rulings }: Violation, name: ViolationCommandName): boolean {
  switch (name) {
    case 'reply':
      return ['reported', 'heard', 'warned'].includes(state);
    case 'dismiss':
      return state === 'reported' || state === 'heard';
    case 'confirm-cure':
      return state === 'warned';
    case 'impose': {
      // What was decided can still be made harder: a warning without waiting for its date, a suspension.
      const last = rulings.at(-1)?.step;
      return ['reported', 'heard', 'warned'].includes(state) || (state === 'sanctioned' && last !== 'restrict');
    }
  }
}

/** The organisation is heard first: it replied, or the days it had for it are over. */
function unheard({ state, hearingUntil }: Violation, now: Instant): Refusal | null {
  if (state !== 'reported' || dayOf(now) > hearingUntil) return null;
  return refusal('not-heard', `The organisation can reply until ${hearingUntil}.`, { extra: { hearingUntil } });
}

/** The events a command leads to, or why it is refused. */
export function decide(violation: Violation, command: ViolationCommand, facts: Facts): Result<ViolationEvent> {
  const stopped = bar(violation, command.name, facts);
  if (stopped !== null) return err(stopped);
  const { now, caller } = facts;
  switch (command.name) {
    case 'reply':
      return ok(violationEvent('violation.answered', now, { text: command.text }));
    case 'dismiss':
      return ok(violationEvent('violation.dismissed', now, { reason: command.reason, by: caller.person }));
    case 'confirm-cure':
      return ok(violationEvent('violation.cured', now, { reason: command.reason, by: caller.person }));
    case 'impose': {
      const fault = faultOf(violation, command.measure, facts);
      if (fault !== null) return err(fault);
      const { step, reason, cureBy } = command.measure;
      const { sanction } = command;
      return ok(violationEvent('violation.sanctioned', now, { step, reason, cureBy, sanction, by: caller.person }));
    }
  }
}

/** The ladder first, then what the step itself needs. */
function faultOf(violation: Violation, measure: Measure, facts: Facts): Refusal | null {
  const { ladder, earlier, reaches } = facts;
  const steps = openSteps(violation, facts);
  if (steps.includes(measure.step)) return termsFault(measure, facts);
  if (!reaches && ON_GRANTS.includes(measure.step)) return refusal('nothing-to-measure');
  const [lowest, highest] = rangeFor(ladder, violation.kind, earlier);
  const detail = `For ${violation.kind} after ${earlier} earlier: from ${lowest} to ${highest}; possible now: ${steps.join(', ')}.`;
  return refusal('measure-not-on-ladder', detail, {
    errors: [{ code: 'measure-not-on-ladder', pointer: '/step', detail }],
    extra: { lowest, highest, earlier },
  });
}

const incomplete = (pointer: string, detail: string): Refusal =>
  refusal('measure-incomplete', detail, { errors: [{ code: 'measure-incomplete', pointer, detail }] });

/** Which terms each step has; anything else would look as if it had an effect. */
function termsFault(measure: Measure, { now, ladder }: Facts): Refusal | null {
  const { step, until, cureBy, datasets } = measure;
  if (until !== null && until <= now) return refusal('grant-until-past');
  if (cureBy !== null && step !== 'warning') return incomplete('/cureBy', 'Only a warning has a cure date.');
  if (datasets.length > 0 && step !== 'restrict') return incomplete('/datasets', 'Only a restriction names datasets.');
  if (until !== null && !['limit', 'suspend', 'restrict'].includes(step))
    return incomplete('/until', `A measure of this kind (${step}) has no end.`);
  if (step !== 'limit' && (measure.quota !== null || measure.delivery !== null))
    return incomplete('/quota', 'Only a limit has a quota or a delivery.');
  if (step === 'limit' && measure.quota === null && measure.delivery === null)
    return incomplete('/quota', 'A limit names a quota or a delivery.');
  if (step === 'warning') return cureFault(cureBy, now, ladder);
  return step === 'restrict' ? restrictionFault(until, now, ladder) : null;
}

function cureFault(cureBy: Day | null, now: Instant, { cure }: Ladder): Refusal | null {
  const last = addDays(dayOf(now), cure.most);
  if (cureBy === null || cureBy <= dayOf(now) || cureBy > last)
    return incomplete('/cureBy', `A warning has a cure date after today, ${last} at the latest.`);
  return null;
}

function restrictionFault(until: Instant | null, now: Instant, { restriction }: Ladder): Refusal | null {
  const last = addMonths(dayOf(now), restriction);
  if (until === null || until > endOfDay(last))
    return incomplete('/until', `A restriction of use has an end, ${last} at the latest.`);
  return null;
}

/**
 * A warning whose cure date has passed without a cure leads on, once: by itself, or, against whom nothing is done by machine
 * alone (`spared`), by telling a supervisor, who decides with reasons. Null where nothing is due.
 */
export function escalated(
  violation: Violation,
  { cure }: Pick<Ladder, 'cure'>,
  sanction: Id,
  now: Instant,
  spared = false,
): ViolationEvent | null {
  const { state, cureBy, cureMissed } = violation;
  if (state !== 'warned' || cureBy === null || cureMissed === true || now < endOfDay(cureBy)) return null;
  if (spared) return violationEvent('violation.cure-missed', now, { cureBy });
  const reason = `The warning asked for a cure until ${cureBy}; none was confirmed.`;
  return violationEvent('violation.escalated', now, { step: cure.uncured, reason, sanction });
}
