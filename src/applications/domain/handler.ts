import { type Refusal, refusal } from '../../kernel/refusal.js';
import { ok, type Result } from '../../kernel/result.js';
import type { Application } from './application.js';
import type { BodyOf, CommandName } from './commands.js';
import type { ApplicationEvent, DataOf, EventName } from './events.js';
import type { Facts, Rules } from './facts.js';

/**
 * One command. `bar` says what stands against it whatever its body is (`allowedCommands` asks it); `decide` reads the
 * body and tells what happens. The table and separation of duties have been asked before either.
 */
export interface Handler<Name extends CommandName> {
  bar(rules: Rules, state: Application, facts: Facts): Refusal | null;
  decide(rules: Rules, state: Application, body: BodyOf<Name>, facts: Facts): Result<readonly ApplicationEvent[]>;
}

export type Handlers = { readonly [Name in CommandName]: Handler<Name> };

/** Nothing stands against it but the table. */
export const free = (): null => null;

export const suspended = ({ applicant }: Facts): Refusal | null =>
  applicant.active ? null : refusal('applicant-suspended', 'The applicant’s organisation is suspended.');

/** One event by the caller, now. */
export const event = <Name extends EventName>(facts: Facts, name: Name, data: DataOf<Name>): ApplicationEvent =>
  ({ event: name, by: facts.caller.id, at: facts.now, data }) as unknown as ApplicationEvent;

export const told = <Name extends EventName>(
  facts: Facts,
  name: Name,
  data: DataOf<Name>,
): Result<readonly ApplicationEvent[]> => ok([event(facts, name, data)]);
