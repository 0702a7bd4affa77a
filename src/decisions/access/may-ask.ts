import type { Principal } from '../../kernel/principal.js';
import type { Question } from '../domain/question.js';
import type { AccessDeps } from './ports.js';

/**
 * Who may ask: a portal about subjects it is registered for, a person about themselves and the organisation they act
 * for. Nobody else, and the refusal is the same whether or not the subject exists.
 */
export function mayAsk(asker: Principal, question: Question, serves: AccessDeps['serves']): boolean {
  switch (asker.kind) {
    case 'portal':
      return serves(asker, question);
    case 'person':
      return isThemselves(asker, question);
    case 'anonymous':
      return false;
  }
}

function isThemselves(asker: Principal, { subjectType, subjectId, issuer }: Question): boolean {
  if (subjectType === 'user') return subjectId === asker.id && issuer === undefined;
  if (subjectType !== 'organisation' || asker.organisation === null) return false;
  return subjectId === asker.organisation.id || subjectId === asker.organisation.creditCode;
}
