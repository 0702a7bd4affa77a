import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { Day } from '../../kernel/time.js';

/** In what two cases can agree, in the order in which it is told. */
export const TRAITS = [
  'dataset',
  'items',
  'purpose',
  'scenario',
  'delivery',
  'applicant',
  'applicant-kind',
  'holder',
  'field',
] as const;
export type Trait = (typeof TRAITS)[number];

/** What of a case is compared. */
export interface ComparedCase {
  readonly applicant: Id;
  readonly applicantKind: OrganisationKind;
  readonly holder: Id;
  readonly purpose: Purpose;
  readonly delivery: Delivery;
  /** Items by dataset; an empty list is the whole dataset. */
  readonly items: ReadonlyMap<Id, readonly string[]>;
  readonly fields: ReadonlySet<Field>;
  /** Words and pairs of characters of the scenario. */
  readonly terms: ReadonlySet<string>;
}

/** A case that was ruled on. */
export interface EarlierCase extends ComparedCase {
  readonly application: Id;
  readonly ruledOn: Day;
}

/** Why two cases are alike; `weight` orders them and is told to nobody. */
export interface Likeness {
  readonly traits: readonly Trait[];
  readonly weight: number;
}

/** What the same trait counts: the data and what it is for decide most; who asks, and of whom, least. */
const WEIGHTS: Readonly<Record<Trait, number>> = {
  dataset: 600,
  items: 200,
  purpose: 400,
  scenario: 400,
  delivery: 100,
  applicant: 50,
  'applicant-kind': 100,
  holder: 50,
  field: 50,
};

/** From this share of all terms, two scenarios are near each other; from this share of all items, so are the parts asked for. */
const NEAR_SCENARIO = 0.3;
const NEAR_ITEMS = 0.5;

/** What both have, as a share of what either has. */
function shareOf<Member>(some: ReadonlySet<Member>, others: ReadonlySet<Member>): number {
  const [small, large] = some.size < others.size ? [some, others] : [others, some];
  let both = 0;
  for (const one of small) if (large.has(one)) both += 1;
  const either = some.size + others.size - both;
  return either === 0 ? 0 : both / either;
}

/** How much the items agree on the datasets of both; the whole dataset and a part of it agree by half. */
function sharedItems(some: ComparedCase, other: ComparedCase): number | null {
  const shares = [...some.items].flatMap(([dataset, items]) => {
    const others = other.items.get(dataset);
    if (others === undefined) return [];
    if (items.length === 0 || others.length === 0) return [items.length === others.length ? 1 : NEAR_ITEMS];
    return [shareOf(new Set(items), new Set(others))];
  });
  // Added up in order of size: in another order the same shares may come to another sum.
  const sum = shares.sort((a, b) => a - b).reduce((whole, share) => whole + share, 0);
  return shares.length === 0 ? null : sum / shares.length;
}

/** In what two cases agree, whichever of them came first. */
export function likenessOf(some: ComparedCase, other: ComparedCase): Likeness {
  const items = sharedItems(some, other);
  const scenario = shareOf(some.terms, other.terms);
  const holds: Readonly<Record<Trait, boolean>> = {
    dataset: items !== null,
    items: (items ?? 0) >= NEAR_ITEMS,
    purpose: some.purpose === other.purpose,
    scenario: scenario >= NEAR_SCENARIO,
    delivery: some.delivery === other.delivery,
    applicant: some.applicant === other.applicant,
    'applicant-kind': some.applicantKind === other.applicantKind,
    holder: some.holder === other.holder,
    field: [...some.fields].some((field) => other.fields.has(field)),
  };
  const degree = (trait: Trait): number =>
    trait === 'items' ? (items ?? 0) : trait === 'scenario' ? scenario : Number(holds[trait]);
  const weight = TRAITS.reduce((sum, trait) => sum + WEIGHTS[trait] * degree(trait), 0);
  return { traits: TRAITS.filter((trait) => holds[trait]), weight: Math.round(weight) };
}

/** Alike enough to be read: the same data; or the same purpose, put to a near use or asked for in the same way. */
export const isAlike = ({ traits }: Likeness): boolean =>
  traits.includes('dataset') ||
  (traits.includes('purpose') &&
    (traits.includes('scenario') || (traits.includes('delivery') && traits.includes('applicant-kind'))));

export interface Ranked<Earlier extends EarlierCase> {
  readonly earlier: Earlier;
  readonly likeness: Likeness;
}

const newestFirst = (a: EarlierCase, b: EarlierCase): number =>
  a.ruledOn === b.ruledOn ? (a.application < b.application ? 1 : -1) : a.ruledOn < b.ruledOn ? 1 : -1;

/** The earlier cases that are alike, the most alike first, then the newest; the same in whatever order they come. */
export const mostAlike = <Earlier extends EarlierCase>(
  now: ComparedCase,
  earlier: readonly Earlier[],
): Ranked<Earlier>[] =>
  earlier
    .map((one) => ({ earlier: one, likeness: likenessOf(now, one) }))
    .filter(({ likeness }) => isAlike(likeness))
    .sort((a, b) => b.likeness.weight - a.likeness.weight || newestFirst(a.earlier, b.earlier));
