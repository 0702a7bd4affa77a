import type { OrganisationKind } from '../../kernel/principal.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { type Text, textIn } from '../../kernel/text.js';
import type { SharingTier, Tier } from '../../kernel/tier.js';
import type { DatasetFacts, Rules } from './facts.js';

/** What the catalogue says of a dataset to other bodies; what is not known is not shared. */
export interface SharedRecord {
  readonly tier: Tier;
  readonly tierStatus?: 'declared' | 'confirmed' | 'pending-review';
  readonly sharingTier?: SharingTier;
  readonly sharingCondition?: Text | null;
  readonly legalBasis?: Text | null;
}

/**
 * A dataset as a request between bodies looks at it. The sharing tier governs in place of that of opening, for all its
 * items; open data needs no request of anybody. Without a review nothing leaves that is closed to the public or whose
 * tier nobody has confirmed: there the holder looks, whatever the catalogue says.
 */
export function underSharing(
  dataset: Omit<DatasetFacts, 'closed' | 'unconditional'> & SharedRecord,
  promise: DatasetFacts['agreementTemplate'],
): DatasetFacts {
  const tier = governing(dataset);
  return {
    ...dataset,
    tier,
    views: undefined,
    items: dataset.items.map((item) => ({ ...item, tier })),
    conditions: conditionsOf(dataset),
    agreementTemplate: promise,
    listedWhenRestricted: dataset.listedWhenRestricted || dataset.tier !== 'restricted',
    closed: { code: 'not-shared', detail: `The dataset is not shared: ${basisOf(dataset)}.` },
    unconditional: isUnconditional(dataset),
  };
}

const basisOf = ({ legalBasis = null }: SharedRecord): string =>
  legalBasis === null ? 'no basis is stated' : textIn(legalBasis, 'en');

function governing({ tier, sharingTier = 'not-shared' }: SharedRecord): Tier {
  if (tier === 'open') return 'open';
  return sharingTier === 'not-shared' ? 'restricted' : 'conditional';
}

const isUnconditional = ({ tier, tierStatus, sharingTier }: SharedRecord): boolean =>
  sharingTier === 'unconditional' && tier !== 'restricted' && tierStatus === 'confirmed';

function conditionsOf({ sharingCondition = null }: SharedRecord): DatasetFacts['conditions'] {
  if (sharingCondition === null) return [];
  return [{ kind: 'sharing-condition', text: sharingCondition, evidenceRequired: false }];
}

/** Why an applicant cannot ask in this way; null where it can. */
export function kindBar(rules: Rules, kind: 'sharing' | undefined, applicant: OrganisationKind): Refusal | null {
  if (kind === undefined) return null;
  if (rules.sharing === undefined) return at('not-offered', 'is not offered here');
  return applicant === 'public-body' ? null : at('sharing-between-bodies', 'is for public bodies');
}

const at = (code: 'not-offered' | 'sharing-between-bodies', detail: string): Refusal =>
  refusal(code, undefined, { errors: [{ pointer: '/kind', code, detail }] });
