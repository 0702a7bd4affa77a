import type { Id } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { strictness, type Tier } from '../../kernel/tier.js';

/**
 * `recorded`: a run that asks nothing of people. `proposed`: waits for an officer. `confirmed`, `overridden`,
 * `returned`: decided. `superseded`: the record was assessed again before anyone decided.
 */
export const ASSESSMENT_STATES = ['recorded', 'proposed', 'confirmed', 'overridden', 'returned', 'superseded'] as const;
export type AssessmentState = (typeof ASSESSMENT_STATES)[number];

/** Who proposed when no person did. */
export const ENGINE: Id = 'engine';

/** What someone proposes: the engine its verdict, a steward a tier with reason and legal basis. */
export interface Proposal {
  readonly tier: Tier | null;
  readonly by: Id;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly evidence?: string;
  /** Where it comes of an objection: who objected. */
  readonly objector?: Id;
}

/** Who answers for the tier that an assessment gave: whoever decided, else the person whose proposal took effect. */
export function rulersOf(
  current: { readonly decision: { readonly by: Id } | null; readonly proposal: { readonly by: Id } } | null,
): Id[] {
  if (current === null) return [];
  const by = current.decision?.by ?? current.proposal.by;
  return by === ENGINE ? [] : [by];
}

export interface Argument {
  readonly reason?: string;
  readonly legalBasis?: string;
  readonly evidence?: string;
}
export type AssessmentCommand =
  | ({ readonly kind: 'confirm' } & Argument)
  | ({ readonly kind: 'override'; readonly tier: Tier } & Argument)
  | ({ readonly kind: 'return' } & Argument);

export interface Situation {
  readonly state: AssessmentState;
  readonly proposal: Proposal;
  /** The tier in force now. */
  readonly inForce: Tier;
  /** Every account of who decides, as far as can be told. */
  readonly actor: readonly Id[];
  /** Whether the actor brought the evidence that the assessment rests on. */
  readonly carries: boolean;
}

/** What an officer's act does. `tier` null: nothing changes in the catalogue. */
export interface Ruling {
  readonly state: 'confirmed' | 'overridden' | 'returned';
  readonly tier: Tier | null;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly evidence: string | null;
}

const filled = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};

/** Lowering takes a reason and a legal basis, the officer's or the proposer's (Shanghai Data Regulations art. 41(3)). */
function ruled(state: Ruling['state'], tier: Tier, argument: Argument, situation: Situation): Result<Ruling> {
  const { proposal, inForce, carries } = situation;
  const reason = filled(argument.reason) ?? (state === 'confirmed' ? filled(proposal.reason) : null);
  const legalBasis = filled(argument.legalBasis) ?? (state === 'confirmed' ? filled(proposal.legalBasis) : null);
  const evidence = filled(argument.evidence) ?? (state === 'confirmed' ? filled(proposal.evidence) : null);
  const lowers = strictness(tier) < strictness(inForce);
  if (lowers && carries) return err(refusal('own-evidence'));
  if (lowers && (reason === null || legalBasis === null))
    return err(refusal('lowering-needs-reason', `from ${inForce} to ${tier}`));
  return ok({ state, tier, reason, legalBasis, evidence });
}

/** Decides an officer's command. Nobody decides on what they proposed or asked for; what is decided stays decided. */
export function decideAssessment(situation: Situation, command: AssessmentCommand): Result<Ruling> {
  const { state, proposal, actor } = situation;
  if (state !== 'proposed') return err(refusal('assessment-closed', `it is ${state}`));
  if (actor.includes(proposal.by)) return err(refusal('own-proposal'));
  if (proposal.objector !== undefined && actor.includes(proposal.objector)) return err(refusal('own-objection'));
  switch (command.kind) {
    case 'confirm':
      return proposal.tier === null
        ? err(refusal('nothing-proposed'))
        : ruled('confirmed', proposal.tier, command, situation);
    case 'override':
      return filled(command.reason) === null
        ? err(refusal('reason-required'))
        : ruled('overridden', command.tier, command, situation);
    case 'return': {
      const reason = filled(command.reason);
      return reason === null
        ? err(refusal('reason-required'))
        : ok({ state: 'returned', tier: null, reason, legalBasis: null, evidence: null });
    }
    default:
      return command satisfies never;
  }
}
