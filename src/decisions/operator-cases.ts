import { load } from 'js-yaml';
import type { Instant } from '../kernel/time.js';
import { decide } from './domain/decide.js';
import { FACTS } from './domain/facts.js';
import type { AccessPolicy } from './domain/policy.js';
import { isObject, type Question, QuestionFault, readQuestion } from './domain/question.js';
import type { World } from './domain/world.js';

/** One question in an operator's words, and the answer it must have. */
export interface OperatorCase {
  readonly name: string;
  readonly question: Question;
  /** Decided as of this time; null means now. */
  readonly at: Instant | null;
  readonly expected: { readonly permit: boolean; readonly reason: string | null };
}

export interface JudgedCase {
  readonly name: string;
  readonly holds: boolean;
  readonly expected: string;
  readonly answer: string;
  /** The row of the policy that decided. */
  readonly row: string;
}

type Json = Readonly<Record<string, unknown>>;
const MEMBERS = new Set(['name', 'who', 'does', 'with', 'items', 'for', 'at', 'expect', 'because']);
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const LONGEST = 500;
const ACTIONS: ReadonlySet<string> = new Set(FACTS.action.slice(1));

/** Reads a file of cases; what is not understood is a fault, so that no case is passed over by a slip of the pen. */
export function readOperatorCases(text: string): { cases: readonly OperatorCase[] } | { faults: readonly string[] } {
  let file: unknown;
  try {
    file = load(text);
  } catch (error) {
    return { faults: [(error as Error).message.split('\n', 1)[0] ?? ''] };
  }
  const list = isObject(file) ? file['cases'] : undefined;
  if (!Array.isArray(list) || list.length === 0 || list.length > LONGEST)
    return { faults: [`cases: must be a list of 1 to ${LONGEST}`] };
  const read = list.map((one: unknown, at) => readCase(one, `cases/${at}`));
  const faults = read.flatMap((one) => ('faults' in one ? one.faults : []));
  return faults.length > 0 ? { faults } : { cases: read.filter((one) => 'question' in one) };
}

function readCase(one: unknown, place: string): OperatorCase | { faults: readonly string[] } {
  if (!isObject(one)) return { faults: [`${place}: must be an object`] };
  const { name, who, does, with: what, items, for: purpose, at, expect, because } = one;
  const texts = { name, does, expect, ...(purpose === undefined ? {} : { for: purpose }) };
  const faults = [
    ...Object.keys(one)
      .filter((member) => !MEMBERS.has(member))
      .map((member) => `${member} is not known`),
    ...Object.entries(texts)
      .filter(([, value]) => typeof value !== 'string')
      .map(([member]) => `${member} must be a text`),
    ...(typeof does !== 'string' || ACTIONS.has(does) ? [] : [`does must be one of ${[...ACTIONS].join(', ')}`]),
    ...(expect === 'permit' || expect === 'deny' ? [] : ['expect must be permit or deny']),
    ...(because === undefined || typeof because === 'string' ? [] : ['because must be the code of a reason']),
    ...(at === undefined || (typeof at === 'string' && TIME.test(at) && !Number.isNaN(Date.parse(at)))
      ? []
      : ['at must be a time with its zone']),
  ];
  const question = readQuestion(
    subjectOf(who),
    { name: does },
    resourceOf(what, items),
    purpose === undefined ? {} : { purpose },
  );
  if (question instanceof QuestionFault) faults.push(`${question.pointer} ${question.detail}`);
  if (faults.length > 0 || question instanceof QuestionFault)
    return { faults: faults.map((fault) => `${place}${typeof name === 'string' ? ` (${name})` : ''}: ${fault}`) };
  return {
    name: name as string,
    question,
    at: at === undefined ? null : Date.parse(at as string),
    expected: { permit: expect === 'permit', reason: (because as string | undefined) ?? null },
  };
}

/** `anonymous`, `organisation <id>`, `user <id>`, or `user <id> of <organisation>`. */
function subjectOf(who: unknown): unknown {
  if (who === 'anonymous') return { type: 'anonymous', id: 'anonymous' };
  const [, type, id, organisation] = /^(organisation|user) (\S+)(?: of (\S+))?$/.exec(String(who)) ?? [];
  if (type === undefined) return undefined;
  return { type, id, ...(organisation === undefined ? {} : { properties: { organisation } }) };
}

/** `dataset <id>`, `distribution <id>`, or `dataset <identifier> of <publisher>`. */
function resourceOf(what: unknown, items: unknown): unknown {
  const [, type, id, publisher] = /^(dataset|distribution) (\S+)(?: of (\S+))?$/.exec(String(what)) ?? [];
  if (type === undefined) return undefined;
  const properties: Json = {
    ...(items === undefined ? {} : { items }),
    ...(publisher === undefined ? {} : { publisher }),
  };
  return { type, id, properties };
}

/** What a policy says of a case in a world that was read whole. */
export function judgeCase(one: OperatorCase, world: World, policy: AccessPolicy, now: Instant): JudgedCase {
  const at = one.at ?? now;
  world.confirmedAt = at;
  const outcome = decide(one.question, world, policy, at);
  const { id: row = '', reason = 'no-rule' } = policy.rows[outcome.row] ?? {};
  const { permit, reason: because } = one.expected;
  return {
    name: one.name,
    holds: outcome.permit === permit && (because === null || because === reason),
    expected: because === null ? verdict(permit) : `${verdict(permit)} ${because}`,
    answer: `${verdict(outcome.permit)} ${reason}`,
    row,
  };
}

const verdict = (permit: boolean): string => (permit ? 'permit' : 'deny');
