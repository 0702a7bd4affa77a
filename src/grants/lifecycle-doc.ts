import { addDays, endOfDay, startOfDay } from '../kernel/time.js';
import { dueAt } from './domain/by-time.js';
import { create, decide, type GrantCommand, isPossible, PERSON_COMMANDS } from './domain/decide.js';
import type { GrantEvent } from './domain/events.js';
import { evolve } from './domain/evolve.js';
import { type Grant, GRANT_STATES, type GrantState, stateOf } from './domain/grant.js';

/** One arrow: what leads from a state to another one. */
export interface GrantStep {
  readonly from: GrantState;
  readonly to: GrantState;
  readonly by: string;
}

/** A grant of six months with a quota and a proof that lapses in the third, looked at in its first days. */
const FIRST = '2026-01-01';
const NOW = startOfDay(FIRST) + 1;
const LAST = '2026-06-30';
const PROVED_UNTIL = '2026-03-31';
const CONDITION = { kind: 'training', text: { en: 'Training' }, validUntil: PROVED_UNTIL };
const example = (): Grant =>
  evolve(
    null,
    create(
      'grant',
      {
        application: 'application',
        number: null,
        organisation: 'organisation',
        holder: 'holder',
        dataset: 'dataset',
        items: [],
        purpose: 'research',
        scenario: '',
        delivery: 'download',
        period: { from: FIRST, to: LAST },
        members: [],
        quota: 10,
        conditions: [CONDITION],
      },
      NOW,
    ),
  );

const UNTIL = NOW + 1000;
const why = { reason: '' } as const;
const cut = { kind: 'limit', ...why, quota: 1, delivery: null } as const;
const proof = { condition: CONDITION.kind, reference: '', issuer: null, validUntil: addDays(LAST, 1) };
const successor = { grant: 'next', kind: 'amendment', at: NOW } as const;

/** What people and other parts of the product do to it, and when; named as the page names it. */
const ACTS: readonly (readonly [by: string, command: GrantCommand, at: number])[] = [
  ['accept-agreement', { kind: 'activate', agreement: { template: 't', version: 1, hash: '', at: NOW } }, NOW],
  ['suspend', { kind: 'suspend', ...why, until: null }, NOW],
  ['suspend', { kind: 'suspend', ...why, until: UNTIL }, NOW],
  ['limit', { ...cut, until: null }, NOW],
  ['limit', { ...cut, until: UNTIL }, NOW],
  ['resume', { kind: 'resume', ...why }, NOW],
  ['revoke', { kind: 'revoke', ...why }, NOW],
  ['relinquish', { kind: 'relinquish', ...why }, NOW],
  ['submit-evidence', { kind: 'submit-evidence', proof }, endOfDay(PROVED_UNTIL)],
  ['a premise fails', { kind: 'hold', cause: 'tier', ...why }, NOW],
  ['the premise holds again', { kind: 'lift', cause: 'tier', ...why }, NOW],
  ['amended', { kind: 'give-way', to: successor }, NOW],
];

const BY_TIME: Readonly<Record<string, string>> = {
  'grant.expired': 'the period ends',
  'grant.relinquished': 'the period ends',
  'grant.suspended': 'a proof lapses',
  'grant.resumed': 'a measure ends',
};

/** What time does to it next. */
function timeOf(grant: Grant): readonly (typeof ACTS)[number][] {
  const at = dueAt(grant);
  if (at === null) return [];
  const decided = decide(grant, { kind: 'let-time-act' }, at);
  const by = decided.ok ? BY_TIME[decided.value[0]?.event ?? ''] : undefined;
  return by === undefined ? [] : [[by, { kind: 'let-time-act' }, at]];
}

/** The grant that an act makes of this one; none where the act is refused or changes nothing. */
function after(grant: Grant, command: GrantCommand, at: number): Grant | null {
  const decided = decide(grant, command, at);
  if (!decided.ok || decided.value.length === 0) return null;
  return decided.value.reduce<Grant>((state, event: GrantEvent) => evolve(state, event), grant);
}

/** Grants in which the same can happen next. */
const likeness = (grant: Grant): string =>
  JSON.stringify([
    stateOf(grant),
    grant.agreement !== null,
    grant.holds.map(({ cause, until }) => [cause, until]),
    grant.limit?.until,
    grant.proofs.length,
  ]);

interface Walk {
  readonly grants: readonly Grant[];
  readonly steps: readonly GrantStep[];
}

/** Every kind of grant that can be reached, and every change of state on the way: each act tried on each of them. */
function walk(): Walk {
  const grants = [example()];
  const known = new Set(grants.map(likeness));
  const steps = new Map<string, GrantStep>();
  // The list grows while it is walked.
  for (const grant of grants)
    for (const [by, command, at] of [...ACTS, ...timeOf(grant)]) {
      const next = after(grant, command, at);
      if (next === null) continue;
      const step = { from: stateOf(grant), to: stateOf(next), by };
      if (step.from !== step.to) steps.set(JSON.stringify(step), step);
      if (!known.has(likeness(next))) grants.push(next);
      known.add(likeness(next));
    }
  return { grants, steps: [...steps.values()] };
}

/** Every change of state that the rules of a grant can bring about. */
export const grantSteps = (): readonly GrantStep[] => walk().steps;

/** The states of a grant and what leads between them, as a Mermaid diagram. */
export function grantDiagram(): string {
  const { steps } = walk();
  const arrows = GRANT_STATES.flatMap((from) =>
    GRANT_STATES.flatMap((to) => {
      const by = steps.filter((step) => step.from === from && step.to === to).map((step) => step.by);
      return by.length === 0 ? [] : [`  ${from} --> ${to}: ${by.join(' / ')}`];
    }),
  );
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> pending: approve', ...arrows, '```'].join('\n');
}

/** What people may do to a grant in each state, whatever holds it, as a Markdown table. */
export function grantCommandTable(): string {
  const { grants } = walk();
  const line = (state: GrantState): string => {
    const alike = grants.filter((grant) => stateOf(grant) === state);
    const names = PERSON_COMMANDS.filter((name) => alike.some((grant) => isPossible(grant, name, NOW)));
    return `| \`${state}\` | ${names.map((name) => `\`${name}\``).join(' ') || '–'} |`;
  };
  return ['| state | what people may do |', '|---|---|', ...GRANT_STATES.map(line)].join('\n');
}
