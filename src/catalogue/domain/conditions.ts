import { type Refusal, refusal } from '../../kernel/refusal.js';
import type { Text } from '../../kernel/text.js';
import type { Condition } from './dataset.js';

/** A kind of condition, a row of `policies/condition-kinds.yaml`. */
export interface ConditionKind {
  readonly kind: string;
  readonly label: Text;
  readonly asks: Text;
  /** Whether evidence may be asked for. */
  readonly evidence: 'never' | 'optional';
}

/** A unified social credit code anywhere in a text: 18 symbols of its alphabet, standing alone. */
const CREDIT_CODE = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])/;
/** "only Acme Ltd", 仅限某某有限公司: limits the circle to one named company. */
const NAMED_COMPANY =
  /(仅限?|只限|限由?|专供)[^，。；,;]{0,20}?[\p{Script=Han}]{2,30}(有限责任公司|有限公司|股份公司|集团)|\b(only|exclusively|solely)\b[^.;]{0,60}\b(ltd|limited|inc|gmbh|llc|co\.|corporation)\b/iu;

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
    if (kind === undefined || (condition.evidenceRequired && kind.evidence === 'never'))
      return refusal('unknown-condition-kind', undefined, {
        errors: [kindFault(at, condition, kind)],
      });
    const named = singleApplicantIn(condition.text, applicantNames);
    if (named !== null)
      return refusal('condition-names-applicant', undefined, {
        errors: [{ pointer: `/conditions/${at}/text`, code: 'names-applicant', detail: named }],
      });
  }
  return null;
}

function kindFault(at: number, condition: Condition, kind: ConditionKind | undefined) {
  return kind === undefined
    ? { pointer: `/conditions/${at}/kind`, code: 'unknown-kind', detail: `"${condition.kind}" is no kind of condition` }
    : {
        pointer: `/conditions/${at}/evidenceRequired`,
        code: 'no-evidence',
        detail: `conditions of the kind ${condition.kind} ask for no evidence`,
      };
}

function singleApplicantIn(text: Text, applicantNames: readonly string[]): string | null {
  for (const wording of [text.zh, text.en]) {
    if (wording === undefined) continue;
    const plain = wording.normalize('NFKC');
    if (CREDIT_CODE.test(plain.toUpperCase())) return 'names a credit code';
    if (NAMED_COMPANY.test(plain)) return 'limits the circle to one company';
    const name = applicantNames.find((one) => one.length >= 4 && plain.includes(one));
    if (name !== undefined) return 'names a registered applicant';
  }
  return null;
}
