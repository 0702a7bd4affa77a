import { plain } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { ApplicationRequest } from '../domain/application.js';
import type { ApplicationCreateRequest, ApplicationPatchRequest } from './application-requests.js';

/** Where the procedure of authorised operation (授权运营) is read about. */
const AUTHORISED_OPERATION = 'https://flk.npc.gov.cn/';

type Written = ApplicationPatchRequest & { readonly kind?: string };

/** What is not offered yet is refused by name instead of being kept and ignored; a proof says or names something. */
export function notTaken({ kind, evidence = [] }: Written): Result<never> | null {
  const empty = evidence.findIndex((one) => one.reference === undefined && one.evidence === undefined);
  if (empty >= 0) {
    const detail = 'must say what the proof is, or name evidence on file';
    return err(
      refusal('invalid-body', undefined, {
        errors: [{ pointer: `/evidence/${empty}/reference`, code: 'invalid', detail }],
      }),
    );
  }
  if (kind !== 'authorised-operation') return null;
  const detail = 'Authorised operation is another channel: Shanghai Data Regulations, arts. 44 to 46.';
  const errors = [{ pointer: '/kind', code: 'not-offered', detail }];
  return err(refusal('not-offered', detail, { errors, extra: { links: [AUTHORISED_OPERATION] } }));
}

/** The part of a request that was written; a dataset without items asks for all of them. */
export function written(body: Written): Partial<ApplicationRequest> {
  const { datasets, evidence, kind: _kind, ...rest } = plain(body);
  const proofs = evidence?.map((one) => ({ ...one, reference: one.reference ?? '' }));
  const asked = datasets?.map(({ dataset, items }) => ({ dataset, items: items ?? [] }));
  return {
    ...(rest as Partial<ApplicationRequest>),
    ...(asked === undefined ? {} : { datasets: asked }),
    ...(proofs === undefined ? {} : { evidence: proofs }),
  };
}

/** A whole request: what was left out is empty. */
export const requested = (body: ApplicationCreateRequest): ApplicationRequest =>
  ({ members: [], evidence: [], ...written(body) }) as unknown as ApplicationRequest;
