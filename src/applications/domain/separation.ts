import type { Id } from '../../kernel/ids.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import type { Application, Stage, Turn } from './application.js';
import type { ApplicationEvent } from './events.js';
import type { Caller, Facts, Rules, Seat, Sighting } from './facts.js';
import { type Party, stageOf } from './workflow.js';

export type Exclusion = Extract<ProblemCode, 'applicant-side' | 'same-person-twice' | 'declared-conflict'>;

const OTHER: Readonly<Record<Stage, Stage>> = { holder: 'authority', authority: 'holder' };

/** Whether someone stands on the applicant's side: its people, its parent's, the members, and whoever acted for it. */
const isOfApplicant = (state: Application, seat: Seat, { applicant }: Sighting): boolean =>
  state.applicantSide.includes(seat.person) ||
  state.request.members.includes(seat.person) ||
  seat.organisations.some((id) => id === applicant.id || id === applicant.parent);

/**
 * Why this person may not act at this stage; null where nothing stands against it. It is asked again at every command,
 * so that a relation that arises later counts.
 */
export function exclusionOf(state: Application, stage: Stage, seat: Seat, facts: Sighting): Exclusion | null {
  if (isOfApplicant(state, seat, facts)) return 'applicant-side';
  if (state.conflicts.includes(seat.person)) return 'declared-conflict';
  const before = [...state.acted[OTHER[stage]], ...state.refusedBy];
  return before.includes(seat.person) ? 'same-person-twice' : null;
}

/** Whose turn a stage is now, and who may sit there: the post's people, or the substitute where none of them may. */
export function deskAt(
  rules: Rules,
  state: Application,
  stage: Stage,
  facts: Sighting,
): { turn: Turn; seats: readonly Seat[]; passed: boolean } {
  const { eligible, substitutes, organisation, substituteOrganisation } = facts.desks[stage];
  const { role, substitute } = rules.workflow.source.stages[stage];
  const someone = eligible.some((seat) => exclusionOf(state, stage, seat, facts) === null);
  if (someone && state.passed[stage] === undefined)
    return { turn: { role, organisation }, seats: eligible, passed: false };
  const turn = { role: substitute.role, organisation: substituteOrganisation };
  return { turn, seats: [...substitutes, ...eligible], passed: true };
}

/** The event that passes a stage to the substitute when nobody eligible remains; none when that is recorded already. */
export function passing(rules: Rules, state: Application, facts: Facts): ApplicationEvent[] {
  const stage = stageOf(state);
  if (stage === null || state.passed[stage] !== undefined) return [];
  const { turn, passed } = deskAt(rules, state, stage, facts);
  if (!passed) return [];
  const data = { stage, to: turn, why: 'nobody-eligible' } as const;
  return [{ event: 'application.passed', by: 'system', at: facts.now, data }];
}

/** The seat the caller holds at a stage, if any. */
export const seatOf = (rules: Rules, state: Application, stage: Stage, facts: Sighting, person: Id): Seat | undefined =>
  deskAt(rules, state, stage, facts).seats.find((seat) => seat.person === person);

/** In which capacities the caller stands to the case. */
export function partiesOf(rules: Rules, state: Application, facts: Sighting): ReadonlySet<Party> {
  const { caller } = facts;
  const parties = new Set<Party>();
  if (caller.kind !== 'person') return parties;
  const { applicant, stages } = rules.workflow.source;
  if (caller.organisation === state.applicant) {
    for (const party of ['handler', 'signatory'] as const) {
      if (applicant[party].some((role) => caller.roles.includes(role))) parties.add(party);
    }
  }
  for (const stage of ['holder', 'authority'] as const) {
    if (seatOf(rules, state, stage, facts, caller.id) !== undefined) parties.add(stages[stage].party);
  }
  return parties;
}

/** The applicant's people who act for it, and of the others those whom the case names. */
const isApplicantsOwn = ({ applicant, request }: Application, { id, organisation, memberOf }: Caller): boolean =>
  organisation === applicant || (memberOf === applicant && request.members.includes(id));

/**
 * What can be said without reading anything else: false for callers who see the case under no circumstances, so that
 * they are answered as quickly as for an id that does not exist, and lock nothing.
 */
export function mightSee({ workflow }: Rules, state: Application, caller: Caller): boolean {
  if (caller.kind !== 'person') return false;
  if (isApplicantsOwn(state, caller)) return true;
  const { readers, stages } = workflow.source;
  const officers = Object.values(stages).flatMap(({ role, substitute }) => [role, substitute.role]);
  return state.submittedAt !== null && [...readers, ...officers].some((role) => caller.roles.includes(role));
}

/**
 * Whether the caller may see that the case exists: its applicant's people at any time; after submission its officers,
 * the organisation whose turn it is, and the readers. Everyone else meets what an absent id answers.
 */
export function sees(rules: Rules, state: Application, facts: Sighting): boolean {
  const { caller } = facts;
  if (!mightSee(rules, state, caller)) return false;
  if (isApplicantsOwn(state, caller)) return true;
  if (rules.workflow.source.readers.some((role) => caller.roles.includes(role))) return true;
  const parties = partiesOf(rules, state, facts);
  return parties.has('reviewer') || parties.has('approver');
}

/** Whether the caller reads with the applicant's eyes, inner events dropped: also an officer who stands on its side. */
export const isApplicantView = (state: Application, facts: Sighting): boolean => {
  const { id: person, organisation } = facts.caller;
  const desks = Object.values(facts.desks).flatMap(({ eligible, substitutes }) => [...eligible, ...substitutes]);
  const organisations = desks.find((seat) => seat.person === person)?.organisations ?? [];
  return isOfApplicant(state, { person, organisations: [...organisations, organisation ?? ''] }, facts);
};
