import { plain } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { ApplicationRequest } from '../domain/application.js';
import type { ApplicationCreateRequest, ApplicationPatchRequest } from './application-requests.js';

type Written = ApplicationPatchRequest & { readonly kind?: string };

/** What is not offered yet is refused by name instead of being kept and ignored. */
export function notOffered({ kind }: Written): Result<never> | null {
  if (kind !== 'sharing') return null;
  const errors = [{ pointer: '/kind', code: 'not-offered', detail: 'is not offered here' }];
  return err(refusal('not-offered', undefined, { errors }));
}

/** The part of a request that was written; a dataset without items asks for all of them. */
export function written(body: Written): Partial<ApplicationRequest> {
  const { datasets, kind: _kind, ...rest } = plain(body);
  const asked = datasets?.map(({ dataset, items }) => ({ dataset, items: items ?? [] }));
  return { ...(rest as Partial<ApplicationRequest>), ...(asked === undefined ? {} : { datasets: asked }) };
}

/** A whole request: what was left out is empty. */
export const requested = (body: ApplicationCreateRequest): ApplicationRequest =>
  ({ members: [], evidence: [], ...written(body) }) as unknown as ApplicationRequest;
