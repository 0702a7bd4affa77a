import type { DatasetRecord, Distribution } from '../catalogue/index.js';
import type { Decisions } from '../decisions/index.js';
import type { Principal } from '../kernel/principal.js';
import type { Advice, Decide } from './directory-ports.js';

/**
 * Asks the decision plane what it would answer a portal about this caller: for the dataset by its first way of delivery,
 * for a distribution by its own. Data of which some items are covered may be fetched: a portal serves those. Nothing is
 * recorded.
 */
export const adviceOf =
  (decisions: Pick<Decisions, 'ask'>): Decide =>
  (principal, record, distribution) => {
    const asked = decisions.ask({
      ...subjectOf(principal),
      resourceType: distribution === null ? 'dataset' : 'distribution',
      resourceId: distribution === null ? record.id : distribution.id,
      action: actionOf(record, distribution),
    });
    return { permit: asked.permit || asked.reason === 'items-partly-covered', nextStep: stepOf(asked) };
  };

function subjectOf({ kind, id, organisation }: Principal) {
  if (organisation !== null) return { subjectType: 'organisation', subjectId: organisation.id };
  // Somebody without a post asks for themselves: a grant may name them.
  return kind === 'person'
    ? { subjectType: 'user', subjectId: id }
    : { subjectType: 'anonymous', subjectId: 'anonymous' };
}

const actionOf = (record: DatasetRecord, distribution: Distribution | null): string => {
  if (distribution === null) return record.deliveryKinds[0] ?? 'download';
  return distribution.kind === 'api' ? 'api' : 'download';
};

const stepOf = ({
  nextStep,
  href,
}: {
  readonly nextStep: string;
  readonly href: string | undefined;
}): Advice['nextStep'] => ({
  code: nextStep,
  ...(href === undefined ? {} : { href }),
});
