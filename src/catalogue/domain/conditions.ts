import { DUTY_TERMS, type DutyTermName } from '../../kernel/duty-term.js';
import { type FieldFault, type Refusal, refusal } from '../../kernel/refusal.js';
import type { Text } from '../../kernel/text.js';
import type { Condition } from './dataset.js';

/** A kind of condition, a row of `policies/condition-kinds.yaml`. */
export interface ConditionKind {
  readonly kind: string;
  readonly label: Text;
  readonly asks: Text;
  /** Whether evidence may be asked for. */
  readonly evidence: 'never' | 'optional';
  /** What says by when it is to be done, where the machine can watch that. */
  readonly term?: DutyTermName;
}

/** The kind of condition that a machine matches. */
const MATCHED = 'applicant-kind';

const SYMBOL = '[0-9A-HJ-NPQRTUWXY]';
/** A unified social credit code anywhere in a text, standing alone, also with blanks or hyphens in it. */
const CREDIT_CODE = new RegExp(`(?<![0-9A-Z])${SYMBOL}{2}(?:[ -]?\\d){6}(?:[ -]?${SYMBOL}){10}(?![0-9A-Z])`);
/** "only for Acme Ltd", 仅限某某有限公司: limits the circle to one named company; "only limited companies" does not. */
const NAMED_COMPANY = new RegExp(
  [
    '(?:仅限?|[只仅]面?向|只限|限由?|专供|独家|指定)[^，。；,;]{0,20}?(?:(?!的|股份|有限)\\p{Script=Han}){2,30}(?:有限责任公司|有限公司|股份公司|股份有限公司|集团)',
    '\\b(?:[Oo]nly|[Ee]xclusively|[Ss]olely)\\b[^.;]{0,60}\\b[A-Z][\\w&-]+,?\\s+(?:Co\\.?,?\\s*)?(?:Ltd|Limited|Inc|GmbH|LLC|Corporation|Corp)\\b',
  ].join('|'),
  'u',
);
const LEGAL_FORM =
  /(?:股份有限公司|有限责任公司|有限公司|股份公司|集团)$|[,.]?\s*\b(?:co\.?,?\s*ltd|ltd|limited|inc|gmbh|llc|corporation|corp)\.?$/;
/** So many letters, and a name is no longer a word that any text may hold. */
const LEAST_HAN = 5;
const LEAST_LATIN = 12;

/**
 * Conditions are published beforehand and equal for equals: a kind must be known, evidence only where the kind has it,
 * and no condition may name a single applicant — by credit code, by the name of a registered applicant, or by "only …".
 * @param applicantNames names of registered enterprises and persons, in every language they have.
 */
export function conditionFault(
  conditions: readonly Condition[],
  kinds: ReadonlyMap<string, ConditionKind>,
  applicantNames: readonly string[],
): Refusal | null {
  for (const [at, condition] of conditions.entries()) {
    const kind = kinds.get(condition.kind);
    const misfit = kindFault(at, condition, kind);
    if (misfit !== null) return refusal('unknown-condition-kind', undefined, { errors: [misfit] });
    const named = singleApplicantIn(condition.text, applicantNames);
    if (named !== null)
      return refusal('condition-names-applicant', undefined, {
        errors: [{ pointer: `/conditions/${at}/text`, code: 'names-applicant', detail: named }],
      });
  }
  return null;
}

/**
 * Which kinds of applicants are meant says one kind of condition only, and then asks for no evidence of it; by when
 * something is due, those whose kind has that term.
 */
function kindFault(at: number, condition: Condition, kind: ConditionKind | undefined): FieldFault | null {
  const { kind: named, applicants, evidenceRequired } = condition;
  const fault = (field: string, code: string, detail: string) => ({
    pointer: `/conditions/${at}/${field}`,
    code,
    detail,
  });
  if (kind === undefined) return fault('kind', 'unknown-kind', `"${named}" is no kind of condition`);
  if (applicants !== undefined && named !== MATCHED)
    return fault('applicants', 'not-of-this-kind', `only conditions of the kind ${MATCHED} name kinds of applicants`);
  if (evidenceRequired && (kind.evidence === 'never' || applicants !== undefined))
    return fault('evidenceRequired', 'no-evidence', `this condition of the kind ${named} asks for no evidence`);
  const strange = DUTY_TERMS.find((name) => condition[name] !== undefined && name !== kind.term);
  if (strange !== undefined)
    return fault(strange, 'not-of-this-kind', `a condition of the kind ${named} is not due by ${strange}`);
  return null;
}

function singleApplicantIn(text: Text, applicantNames: readonly string[]): string | null {
  const names = applicantNames.flatMap(spellingsOf);
  for (const wording of [text.zh, text.en]) {
    if (wording === undefined) continue;
    const plain = wording.normalize('NFKC');
    if (CREDIT_CODE.test(plain.toUpperCase())) return 'names a credit code';
    if (NAMED_COMPANY.test(plain)) return 'limits the circle to one company';
    const folded = foldName(plain);
    if (names.some((name) => folded.includes(name))) return 'names a registered applicant';
  }
  return null;
}

/** Same name, whatever its case, width and blanks. */
const foldName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** How a text may name an applicant: in full, or without the legal form; too short to tell: not at all. */
function spellingsOf(name: string): string[] {
  const full = foldName(name);
  const core = full.replace(LEGAL_FORM, '').trim();
  const least = /\p{Script=Han}/u.test(core) ? LEAST_HAN : LEAST_LATIN;
  return [...(full.length >= 4 ? [full] : []), ...(core !== full && core.length >= least ? [core] : [])];
}
