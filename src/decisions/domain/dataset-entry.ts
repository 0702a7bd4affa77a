import type { Delivery } from '../../kernel/purpose.js';
import type { SharingTier, Tier, Views } from '../../kernel/tier.js';
import { deliveryBit } from './bits.js';
import { CODE, UNKNOWN } from './facts.js';
import type { Question } from './question.js';

/** What the decision plane is told of a dataset. */
export interface DatasetFacts {
  readonly id: string;
  readonly publisher: string;
  readonly identifier: string;
  /** Null while no tier is known. */
  readonly tier: Tier | null;
  /** What governs between public bodies; absent while it is not known. */
  readonly sharing?: SharingTier | undefined;
  readonly state: 'draft' | 'listed' | 'suspended' | 'withdrawn';
  readonly items: readonly string[];
  readonly distributions: readonly { readonly id: string; readonly tier: Tier | null; readonly kind: 'file' | 'api' }[];
  readonly deliveries: readonly Delivery[];
  readonly agreementTemplate: string | null;
  /** Items that are not served although the dataset is; absent where there are none. */
  readonly resting?: readonly string[];
  /** The published terms allow serving on a permit of some minutes, without asking each time. */
  readonly offline?: boolean;
  /** The published terms ask that a delivery under way is cut when access ends. */
  readonly cut?: boolean;
  /** Closed data whose publisher does not even list it. */
  readonly unlisted?: boolean;
  /** Items that are milder than the dataset, where there are any, and that a question may name alone. */
  readonly views?: Views | undefined;
  readonly intact: boolean;
}

/** One for all: whoever looks whether anything rests finds it near. */
const NOTHING: readonly string[] = [];

/**
 * A dataset with what every decision asks of it worked out once, as codes of the vector, those first. A class, because
 * node 20 gives an object literal that something was spread into a hidden class of its own: a decision that met ten
 * thousand kinds of dataset took three times as long.
 */
export class DatasetEntry implements DatasetFacts {
  readonly tierCode: number;
  /** The tier fact under a grant between bodies. */
  readonly sharingCode: number;
  readonly stateCode: number;
  readonly deliveryMask: number;
  readonly intact: boolean;
  readonly resting: readonly string[];
  readonly id: string;
  readonly publisher: string;
  readonly identifier: string;
  readonly tier: Tier | null;
  readonly sharing: SharingTier | undefined;
  readonly state: DatasetFacts['state'];
  readonly items: readonly string[];
  readonly distributions: DatasetFacts['distributions'];
  readonly deliveries: readonly Delivery[];
  readonly agreementTemplate: string | null;
  readonly offline: boolean;
  readonly cut: boolean;
  readonly unlisted: boolean;
  readonly views: Views | undefined;
  /** Whether something of it is open to everyone: the dataset, or one of its distributions. */
  readonly opens: boolean;

  constructor(
    facts: DatasetFacts,
    readonly index: number,
  ) {
    this.tierCode = facts.tier === null ? UNKNOWN : CODE.tier[facts.tier];
    this.sharingCode = sharingCode(facts.sharing);
    this.stateCode = CODE.dataset[facts.state];
    this.deliveryMask = facts.deliveries.reduce((mask, delivery) => mask | deliveryBit(delivery), 0);
    this.intact = facts.intact;
    this.resting = facts.resting ?? NOTHING;
    this.id = facts.id;
    this.publisher = facts.publisher;
    this.identifier = facts.identifier;
    this.tier = facts.tier;
    this.sharing = facts.sharing;
    this.state = facts.state;
    this.items = facts.items;
    this.distributions = facts.distributions;
    this.deliveries = facts.deliveries;
    this.agreementTemplate = facts.agreementTemplate;
    this.offline = facts.offline === true;
    this.cut = facts.cut === true;
    this.unlisted = facts.unlisted === true;
    this.views = facts.tier === null ? undefined : facts.views;
    this.opens = facts.tier === 'open' || facts.distributions.some(({ tier }) => tier === 'open');
  }
}

/** Code of the tier of what is asked for as a whole: a distribution may have one of its own. */
export function wholeTierCode(
  { resourceType, resourceId }: Question,
  { tierCode, distributions }: DatasetEntry,
): number {
  if (resourceType !== 'distribution') return tierCode;
  const tier = distributions.find(({ id }) => id === resourceId)?.tier ?? null;
  return tier === null ? tierCode : CODE.tier[tier];
}

/**
 * Code of the tier that governs an answer: that of the strictest item asked for where all are in a view, else that of the
 * whole. A distribution whose tier is another one than the dataset's has it for all items; the catalogue record is one.
 */
export function tierCodeOf(question: Question, dataset: DatasetEntry): number {
  const { items, action } = question;
  const { views, tierCode } = dataset;
  const whole = wholeTierCode(question, dataset);
  if (views === undefined || items === null || action === 'read' || whole !== tierCode) return whole;
  if (isWithin(items, views.open)) return CODE.tier.open;
  return isWithin(items, views.conditional) ? CODE.tier.conditional : whole;
}

/** Whether the asked items governed an answer in place of the whole. */
export const isByItems = (question: Question, dataset: DatasetEntry | undefined): boolean =>
  dataset?.views !== undefined &&
  question.items !== null &&
  tierCodeOf(question, dataset) !== wholeTierCode(question, dataset);

const isWithin = (items: readonly string[], view: readonly string[]): boolean =>
  items.every((item) => view.includes(item));

function sharingCode(sharing: SharingTier | undefined): number {
  if (sharing === undefined) return UNKNOWN;
  return sharing === 'not-shared' ? CODE.tier['not-shared'] : CODE.tier.shared;
}
