import type { Text } from '../../kernel/text.js';
import { strictness, type Tier, viewsOfItems } from '../../kernel/tier.js';
import { itemTiersAt } from './hold.js';
import type { FiredRule, Verdict } from './verdict.js';

/** A record of a group, as far as looking at the group needs it. */
export interface GroupMember {
  readonly id: string;
  readonly dataset: string;
  readonly title: Text;
  /** The tier in force. */
  readonly tier: Tier;
  readonly proposed: Tier | null;
  readonly verdict: Verdict;
}

/** A word, code or column type that a rule found, and in how many records of the group. */
export interface Ground {
  readonly value: string;
  readonly records: number;
}

/** A rule all records of the group share, with what it found among them, most frequent first. */
export interface SharedRule {
  readonly rule: FiredRule;
  readonly grounds: readonly Ground[];
  /** How many different grounds there are, where not all are listed. */
  readonly different: number;
}

/**
 * Why a record should be looked at before the group is confirmed. `lowers`: confirming would lower its tier. `rare-ground`:
 * a rule found something in it that it found in few others. `mixed-column`: about half of a column looks like what was
 * found, so that it may be something else.
 */
export const LOOK_REASONS = ['lowers', 'mixed-column', 'rare-ground'] as const;
export type LookReason = (typeof LOOK_REASONS)[number];
export interface LookFirst {
  readonly member: GroupMember;
  readonly reasons: readonly LookReason[];
  /** The rarest thing found in it. */
  readonly ground: string | null;
}

/** Items by name that may be asked for alone once the group is confirmed, and in how many records; most frequent first. */
export interface MilderItems {
  /** Records that have such items at all. */
  readonly records: number;
  readonly items: readonly Ground[];
  /** How many different names there are, where not all are listed. */
  readonly different: number;
}

export interface GroupView {
  readonly rules: readonly SharedRule[];
  readonly first: readonly LookFirst[];
  /** `open`: for everyone; `conditional`: with a grant. Whoever confirms opens them, so they have to be seen. */
  readonly milder: { readonly open: MilderItems; readonly conditional: MilderItems };
}

/** Grounds of one rule that are listed, and records that are named for a look. */
const LISTED = 12;
const NAMED = 10;
/** A ground is rare when at most this share of the records has it, and never when the group is smaller than `FEW`. */
const RARE = 0.05;
const FEW = 5;
/** A column is mixed when this share of it looks like what was found. */
const MIXED: readonly [number, number] = [0.2, 0.8];

/** Counts shares written into a finding as one ground: what was found, not how much of it. */
const groundOf = ({ item, value }: FiredRule['inputs'][number]): string => item ?? value.split(':')[0] ?? value;

const groundsIn = (member: GroupMember, rule: string): ReadonlySet<string> =>
  new Set(member.verdict.rules.filter(({ id }) => id === rule).flatMap(({ inputs }) => inputs.map(groundOf)));

/** In how many records each thing stands, most frequent first. */
function counted(found: readonly ReadonlySet<string>[]) {
  const counts = new Map<string, number>();
  for (const one of found) for (const value of one) counts.set(value, (counts.get(value) ?? 0) + 1);
  const grounds = [...counts]
    .map(([value, records]): Ground => ({ value, records }))
    .sort((a, b) => b.records - a.records || (a.value < b.value ? -1 : 1));
  return { counts, grounds: grounds.slice(0, LISTED), different: grounds.length };
}

const sharedRule = (
  rule: FiredRule,
  members: readonly GroupMember[],
): SharedRule & { counts: Map<string, number> } => ({
  rule,
  ...counted(members.map((member) => groundsIn(member, rule.id))),
});

function milderIn(members: readonly GroupMember[]): GroupView['milder'] {
  const views = members.flatMap(({ tier, proposed, verdict }) => {
    const confirmed = proposed ?? tier;
    return viewsOfItems(confirmed, itemTiersAt(verdict, confirmed)) ?? [];
  });
  const of = (names: readonly (readonly string[])[]): MilderItems => {
    const { grounds, different } = counted(names.map((some) => new Set(some)));
    return { records: names.filter(({ length }) => length > 0).length, items: grounds, different };
  };
  return {
    open: of(views.map(({ open }) => open)),
    conditional: of(views.map(({ open, conditional }) => conditional.filter((name) => !open.includes(name)))),
  };
}

const PERCENT = /: (\d+(?:\.\d+)?) % of /;
const sharesOf = (member: GroupMember): number[] =>
  member.verdict.rules.flatMap(({ inputs }) =>
    inputs.flatMap(({ value }) => {
      const found = PERCENT.exec(value);
      return found === null ? [] : [Number(found[1]) / 100];
    }),
  );

/** What is common to the records of a group, and which of them to look at first. The group's rules are the first one's. */
export function groupView(members: readonly GroupMember[]): GroupView {
  const rules = (members[0]?.verdict.rules ?? []).map((rule) => sharedRule(rule, members));
  const rarity = (ground: string, counts: ReadonlyMap<string, number>): number =>
    (counts.get(ground) ?? 0) / members.length;
  const looks = members.flatMap((member): (LookFirst & { rarest: number })[] => {
    let rarest = 1;
    let ground: string | null = null;
    for (const { rule, counts } of rules)
      for (const one of groundsIn(member, rule.id))
        if (rarity(one, counts) < rarest) [rarest, ground] = [rarity(one, counts), one];
    const tests: Record<LookReason, boolean> = {
      lowers: member.proposed !== null && strictness(member.proposed) < strictness(member.tier),
      'mixed-column': sharesOf(member).some((share) => share >= MIXED[0] && share <= MIXED[1]),
      'rare-ground': members.length >= FEW && rarest <= Math.max(RARE, 1 / members.length),
    };
    const reasons = LOOK_REASONS.filter((reason) => tests[reason]);
    return reasons.length === 0 ? [] : [{ member, reasons, ground, rarest }];
  });
  const weight = ({ reasons }: LookFirst): number => Math.min(...reasons.map((reason) => LOOK_REASONS.indexOf(reason)));
  looks.sort((a, b) => weight(a) - weight(b) || a.rarest - b.rarest || (a.member.dataset < b.member.dataset ? -1 : 1));
  return {
    rules: rules.map(({ rule, grounds, different }) => ({ rule, grounds, different })),
    first: looks.slice(0, NAMED).map(({ member, reasons, ground }) => ({ member, reasons, ground })),
    milder: milderIn(members),
  };
}
