import type { Principal } from '../../kernel/principal.js';
import type { Question } from '../domain/question.js';
import type { World } from '../domain/world.js';
import type { AccessDeps } from './ports.js';

/**
 * Who may ask: a portal about subjects it is registered for, a person about themselves and the organisation they act
 * for, a machine about whom its key is for. Nobody else, and the refusal is the same whether or not the subject exists.
 */
export function mayAsk(asker: Principal, question: Question, serves: AccessDeps['serves']): boolean {
  switch (asker.kind) {
    case 'portal':
      return serves(asker, question);
    case 'person':
      return isThemselves(asker, question);
    case 'machine':
      return asker.bearer === undefined
        ? isTheirOrganisation(asker, question)
        : question.subjectType === 'user' && question.subjectId === asker.bearer && question.issuer === undefined;
    case 'anonymous':
      return false;
  }
}

/**
 * Whether a portal is registered for the subject of a question: an organisation by either of its names, a person by one
 * that they act for. Who is not known is answered like who is not served. Nobody in particular may be asked about.
 */
export function isServed({ serves }: Principal, question: Question, world: World): boolean {
  if (serves === undefined || question.subjectType === 'anonymous') return true;
  const isRegistered = (id: string | undefined): boolean => id !== undefined && serves.includes(id);
  if (question.subjectType === 'organisation') return isRegistered(world.organisation(question.subjectId)?.id);
  if (question.subjectType !== 'user') return false;
  const own = world.person(question.subjectId, question.issuer)?.organisations ?? [];
  if (question.organisation === undefined) return own.some(isRegistered);
  const named = world.organisation(question.organisation)?.id;
  return isRegistered(named) && own.some((id) => id === named);
}

const isThemselves = (asker: Principal, question: Question): boolean =>
  question.subjectType === 'user'
    ? question.subjectId === asker.id && question.issuer === undefined
    : isTheirOrganisation(asker, question);

const isTheirOrganisation = ({ organisation }: Principal, { subjectType, subjectId }: Question): boolean =>
  subjectType === 'organisation' &&
  organisation !== null &&
  (subjectId === organisation.id || subjectId === organisation.creditCode);
