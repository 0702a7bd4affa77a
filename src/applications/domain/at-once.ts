import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Application } from './application.js';
import { rulingOf } from './decide-officer.js';
import type { ApplicationEvent } from './events.js';
import type { Facts } from './facts.js';
import { event } from './handler.js';
import { outcomesOf } from './rulings.js';

/**
 * A submission that nobody has to rule on: all of what it asks for is shared without a condition (Shanghai Data
 * Regulations, art. 39). It is on record like every other, and nothing is to be had before the promise is given.
 */
export function approvedAtOnce(state: Application, number: string, facts: Facts): Result<readonly ApplicationEvent[]> {
  const outcomes = outcomesOf(state, undefined, facts);
  if (!outcomes.ok) return outcomes;
  if (facts.agreement === null) return err(refusal('agreement-missing'));
  const ruling = rulingOf(state, facts.agreement, outcomes.value, facts);
  const data = { ...ruling, number, stage: 'holder', atOnce: true } as const;
  const approved = { event: 'application.approved', by: 'system', at: facts.now, data } as const;
  return ok([event(facts, 'application.submitted', { number, deadlines: [] }), approved]);
}
