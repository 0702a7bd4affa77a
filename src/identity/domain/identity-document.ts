import { type FieldFault, type Refusal, refusal } from '../../kernel/refusal.js';
import { isResidentId } from '../../kernel/resident-id.js';

/** By which a natural person shows who they are; residence permits are built like resident identity cards. */
export const DOCUMENTS = ['resident-id', 'passport'] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

export interface IdentityDocument {
  readonly document: DocumentKind;
  readonly number: string;
  /** Of a passport: the three letters of the state that issued it (ICAO 9303, ISO 3166-1 alpha-3). */
  readonly issuedBy: string | null;
}

const PASSPORT = /^[0-9A-Z]{5,20}$/;
const STATE = /^[A-Z]{3}$/;
const ENDING = 4;

/** One number has one spelling: width, blanks, dashes and case do not tell two apart. */
export const plainNumber = (number: string): string => number.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();

/** What is wrong with a document as it was typed; its number is never repeated in an answer. */
export function documentFault({ document, number, issuedBy }: IdentityDocument): Refusal | null {
  const plain = plainNumber(number);
  const sound = document === 'resident-id' ? isResidentId(plain) : PASSPORT.test(plain);
  const errors: FieldFault[] = [];
  if (!sound) errors.push(fault('number', 'The number does not hold (resident numbers: GB 11643).'));
  if (document === 'passport' && !STATE.test(issuedBy ?? ''))
    errors.push(fault('issuedBy', 'Three capital letters of the state that issued the passport.'));
  return errors.length === 0 ? null : refusal('invalid-identity', undefined, { errors });
}

const fault = (field: string, detail: string): FieldFault => ({
  pointer: `/person/${field}`,
  code: 'invalid-identity',
  detail,
});

/** What tells one document from all others; only a keyed hash of it is kept. */
export const documentText = ({ document, number, issuedBy }: IdentityDocument): string =>
  [document, document === 'passport' ? issuedBy : '', plainNumber(number)].join('\n');

export const endingOf = ({ number }: Pick<IdentityDocument, 'number'>): string => plainNumber(number).slice(-ENDING);
