import type { Principal } from '../../kernel/principal.js';
import type { Role } from '../../kernel/roles.js';
import type { Outcome } from '../domain/decide.js';
import type { Question } from '../domain/question.js';
import type { World } from '../domain/world.js';

/** Roles of applicants: whoever has another one works with records that are not public. */
const APPLICANTS: ReadonlySet<Role> = new Set<Role>(['handler', 'signatory', 'citizen']);

/**
 * Whether the answer would tell somebody of data they may not know of: closed data that its publisher does not list. A
 * portal asks for those it serves; a public body sees what could be shared; whoever holds a grant knows the data.
 */
export function isConcealed(asker: Principal, { dataset, organisation }: Outcome, { grants }: World): boolean {
  if (dataset?.unlisted !== true || asker.kind === 'portal' || asker.roles.some((role) => !APPLICANTS.has(role)))
    return false;
  if (organisation === undefined) return true;
  return organisation.body !== true && grants.first(organisation.index, dataset.index) < 0;
}

/** The same question about nothing: what it is answered is what data that is not there is answered. */
export const aboutNothing = (question: Question): Question => ({
  ...question,
  resourceType: 'dataset',
  resourceId: '',
  publisher: undefined,
});
