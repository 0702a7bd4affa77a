import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Application } from './application.js';
import { COMMANDS, type Command, type CommandName } from './commands.js';
import { agreementHandlers } from './decide-agreement.js';
import { appealHandlers } from './decide-appeal.js';
import { applicantHandlers } from './decide-applicant.js';
import { clockHandlers } from './decide-clock.js';
import { officerHandlers } from './decide-officer.js';
import { proceedingHandlers } from './decide-proceeding.js';
import type { ApplicationEvent } from './events.js';
import { evolve } from './evolve.js';
import { type Facts, type Rules, rulesOf } from './facts.js';
import type { Handler, Handlers } from './handler.js';
import { exclusionOf, partiesOf, passing, seatOf, sees } from './separation.js';
import { cellOf, type Party } from './workflow.js';

const HANDLERS: Handlers = {
  ...applicantHandlers,
  ...officerHandlers,
  ...clockHandlers,
  ...appealHandlers,
  ...proceedingHandlers,
  ...agreementHandlers,
};

const after = (id: Id, state: Application, events: readonly ApplicationEvent[]): Application =>
  events.reduce((before, event) => evolve(id, before, event), state);

/** What stands against the caller ruling on this case; the rule that stops them is the code. */
function separated(rules: Rules, state: Application, name: CommandName, facts: Facts): Refusal | null {
  const stage = rules.workflow.stageOf(name, state);
  if (stage === null) return null;
  const seat = seatOf(rules, state, stage, facts, facts.caller.id);
  if (seat === undefined) return refusal('command-not-yours', `The case is at the ${stage}; you have no post there.`);
  const why = exclusionOf(state, stage, seat, facts);
  if (why !== null) return refusal(why);
  if (state.assignee === null || state.assignee === seat.person || rules.workflow.isPastClaim(name)) return null;
  const holder = seatOf(rules, state, stage, facts, state.assignee);
  const away = holder === undefined || exclusionOf(state, stage, holder, facts) !== null;
  return away ? null : refusal('claimed-by-another', 'Another officer has claimed the case.');
}

/** Who may not give the command at all; someone of the applicant's side learns which rule keeps them from ruling. */
function foreign(
  rules: Rules,
  state: Application,
  name: CommandName,
  facts: Facts,
  parties: ReadonlySet<Party>,
): Refusal | null {
  if (rules.workflow.knows(name, parties)) return null;
  const own = facts.caller.organisation === state.applicant && rules.workflow.isRuling(name);
  return refusal(own ? 'applicant-side' : 'command-not-yours', `The command ${name} is not yours in this case.`);
}

/** Everything that can be said about a command before its body is read: null where a valid body would be accepted. */
function bar(rules: Rules, state: Application, name: CommandName, facts: Facts): Refusal | null {
  if (!sees(rules, state, facts)) return refusal('not-found');
  const parties = partiesOf(rules, state, facts);
  const stranger = foreign(rules, state, name, facts, parties);
  if (stranger !== null) return stranger;
  const cell = cellOf(state);
  if (!rules.workflow.permits(name, cell, parties)) {
    return refusal('wrong-state', `The command ${name} is not possible for you while the application is ${cell}.`);
  }
  const separation = rules.workflow.isRuling(name) ? separated(rules, state, name, facts) : null;
  return separation ?? HANDLERS[name].bar(rules, state, facts);
}

/** Exactly the commands the server would accept from this caller now, given a valid body. */
export function allowedCommands(given: Rules, state: Application, facts: Facts): CommandName[] {
  const rules = rulesOf(given, state);
  const now = after(state.id, state, passing(rules, state, facts));
  return COMMANDS.filter((name) => bar(rules, now, name, facts) === null);
}

/** Whether the caller may change what is asked for; the refusal says why not. */
export function editBar(given: Rules, state: Application, facts: Facts): Refusal | null {
  const rules = rulesOf(given, state);
  if (!sees(rules, state, facts)) return refusal('not-found');
  const parties = partiesOf(rules, state, facts);
  if (!parties.has('handler'))
    return refusal('command-not-yours', 'Only the applicant’s handler changes the application.');
  if (rules.workflow.permitsEdit(cellOf(state), parties)) return null;
  return refusal('wrong-state', `An application that is ${cellOf(state)} cannot be changed.`);
}

/**
 * The events a command leads to, or why it is refused. Where a stage has nobody left who may act, before or after the
 * command, it passes to the authority's substitute in the same breath.
 */
export function decide(
  given: Rules,
  state: Application,
  command: Command,
  facts: Facts,
): Result<readonly ApplicationEvent[]> {
  const rules = rulesOf(given, state);
  const before = passing(rules, state, facts);
  const now = after(state.id, state, before);
  const stopped = bar(rules, now, command.name, facts);
  if (stopped !== null) return err(stopped);
  const handler = HANDLERS[command.name] as Handler<CommandName>;
  const outcome = handler.decide(rules, now, command.body as never, facts);
  if (!outcome.ok) return outcome;
  const next = after(state.id, now, outcome.value);
  return ok([...before, ...outcome.value, ...passing(rules, next, facts)]);
}
