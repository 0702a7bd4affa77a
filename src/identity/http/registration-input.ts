import { type FieldFault, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { NewRegistration } from '../registration-service.js';
import type { RegistrationRequestBody } from './identity-requests.js';

type Field = Exclude<keyof RegistrationRequestBody, 'kind'>;
type Kind = NewRegistration['kind'];

const NEEDED: Readonly<Record<Kind, readonly Field[]>> = {
  enterprise: ['creditCode', 'name', 'authorisation', 'handler', 'signatory'],
  unincorporated: ['name', 'authorisation', 'signatory'],
  person: ['person'],
};
const POSSIBLE: Readonly<Record<Kind, readonly Field[]>> = {
  enterprise: [...NEEDED.enterprise, 'licence'],
  unincorporated: [...NEEDED.unincorporated, 'creditCode', 'licence', 'handler'],
  person: NEEDED.person,
};
const FIELDS: readonly Field[] = ['creditCode', 'name', 'authorisation', 'licence', 'handler', 'signatory', 'person'];

/** The body of one kind of applicant; every field that is missing, or is not for this kind, is named. */
export function registrationOf(body: RegistrationRequestBody): Result<NewRegistration> {
  const { kind = 'enterprise' } = body;
  const errors = FIELDS.flatMap((field): readonly FieldFault[] => faultsOf(kind, field, body[field] !== undefined));
  if (errors.length > 0) return err(refusal('invalid-body', undefined, { errors }));
  const { creditCode = null, licence = null, handler = null, name, authorisation = '', signatory, person } = body;
  if (kind === 'person')
    return person === undefined
      ? err(refusal('invalid-body'))
      : ok({ kind, person: { ...person, issuedBy: person.issuedBy ?? null } });
  if (signatory === undefined) return err(refusal('invalid-body'));
  return ok({ kind, creditCode, name: { ...name }, authorisation, licence, handler, signatory });
}

function faultsOf(kind: Kind, field: Field, given: boolean): readonly FieldFault[] {
  const pointer = `/${field}`;
  if (!given)
    return NEEDED[kind].includes(field)
      ? [{ pointer, code: 'required', detail: 'This kind of applicant needs it.' }]
      : [];
  if (POSSIBLE[kind].includes(field)) return [];
  return [{ pointer, code: 'not-of-this-kind', detail: 'This kind of applicant does not send it.' }];
}
