import type { Id } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { strictness, type Tier } from '../../kernel/tier.js';

/** `open`: waits for an officer. `withdrawn`: by whoever objected, before it was decided. */
export const OBJECTION_STATES = ['open', 'upheld', 'rejected', 'withdrawn'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/**
 * What makes an objection theirs. `publisher`: a steward of the body whose data it is; `right-holder`: says whose right the
 * data touches; `user`: would use the data and holds its tier too strict.
 */
export const STANDINGS = ['publisher', 'right-holder', 'user'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What data that is not open may touch (Shanghai Data Regulations art. 41(2)). */
export const CLAIMED_RIGHTS = ['privacy', 'personal-information', 'trade-secret', 'business-secret'] as const;
export type ClaimedRight = (typeof CLAIMED_RIGHTS)[number];

export const OBJECTION_COMMANDS = ['uphold', 'reject', 'withdraw'] as const;

/** By what right somebody objects, or that they have none: who only uses data cannot have it closed to others. */
export function standingOf(
  who: { readonly publisher: boolean; readonly right: ClaimedRight | null },
  inForce: Tier,
  wanted: Tier,
): Result<Standing> {
  if (wanted === inForce) return err(refusal('tier-unchanged'));
  if (who.publisher) return ok('publisher');
  if (who.right !== null) return ok('right-holder');
  return strictness(wanted) < strictness(inForce) ? ok('user') : err(refusal('no-standing'));
}

export interface Objector {
  readonly id: Id;
  readonly organisation: Id;
}

/** Who would decide: every account of theirs, as far as can be told. */
export interface Officer {
  readonly accounts: readonly Id[];
  readonly organisation: Id;
}

export interface ObjectionCase {
  readonly state: ObjectionState;
  readonly standing: Standing;
  readonly by: Objector;
  readonly wanted: Tier;
  /** The tier in force now, which may be another than when it was filed. */
  readonly inForce: Tier;
  /** Who set the tier in force: nobody judges what is said against their own ruling. */
  readonly ruledBy: readonly Id[];
}

/** Why this officer may not decide the objection; null where nothing stops them. */
export function barred(objection: Pick<ObjectionCase, 'standing' | 'by' | 'ruledBy'>, officer: Officer) {
  const { standing, by, ruledBy } = objection;
  // A steward objects for the body that holds the data; its officer decides there as on every other tier of it.
  const theirs =
    officer.accounts.includes(by.id) || (standing !== 'publisher' && by.organisation === officer.organisation);
  if (theirs) return 'own-objection' as const;
  return ruledBy.some((id) => officer.accounts.includes(id)) ? ('own-ruling' as const) : null;
}

export type ObjectionRuling =
  /** `tier` null: the tier in force is already what was asked for. */
  { readonly state: 'upheld'; readonly tier: Tier | null } | { readonly state: 'rejected'; readonly tier: null };

/**
 * An officer's decision. Upholding gives a tier on the side that was asked for, as far or less far; the tier itself then
 * goes the way of every other proposal, so that a second officer confirms it.
 */
export function decideObjection(
  objection: ObjectionCase,
  officer: Officer,
  command: { readonly kind: 'uphold'; readonly tier?: Tier } | { readonly kind: 'reject' },
): Result<ObjectionRuling> {
  const { state, wanted, inForce } = objection;
  if (state !== 'open') return err(refusal('objection-closed', `it is ${state}`));
  const bar = barred(objection, officer);
  if (bar !== null) return err(refusal(bar));
  if (command.kind === 'reject') return ok({ state: 'rejected', tier: null });
  const tier = command.tier ?? wanted;
  if (wanted === inForce && tier === inForce) return ok({ state: 'upheld', tier: null });
  const asked = strictness(wanted) - strictness(inForce);
  const given = strictness(tier) - strictness(inForce);
  const follows = Math.sign(asked) === Math.sign(given) && given !== 0 && Math.abs(given) <= Math.abs(asked);
  return follows ? ok({ state: 'upheld', tier }) : err(refusal('not-upheld', `${wanted} was asked for, not ${tier}`));
}
