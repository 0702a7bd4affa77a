import type { Application } from './application.js';
import type { Facts } from './facts.js';
import type { Form } from './form.js';

/** The form whose fields the request's answers belong to: a draft is asked the one in force, what was sent keeps its own. */
export function formAsked({ state, request }: Application, { form: { current, named } }: Facts): Form | null {
  const own = named !== null && named.purpose === request.purpose.category ? named : null;
  if (state === 'draft') return current;
  return state === 'needs-correction' ? (own ?? current) : named;
}
