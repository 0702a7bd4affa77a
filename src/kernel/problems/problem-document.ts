import type { FieldFault, Refusal } from '../refusal.js';
import type { Language } from '../text.js';
import { faultTexts } from './fault-texts.js';
import { type Problem, type ProblemCode, problems } from './index.js';

/** The body of every error answer (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly remedy: string;
  readonly instance: string;
  readonly errors: readonly FieldFault[];
}

const RETRY_SECONDS: Partial<Record<ProblemCode, number>> = {
  'account-locked': 60,
};
/** Of every other 429 and 503. */
const SOON = 2;

export const statusOf = (code: ProblemCode): number => (problems[code] as Problem).status;

/** A refusal as it goes out: texts in the caller's language, the code the same in every language. */
export function problemDocument(given: Refusal, language: Language, requestId: string): ProblemDocument {
  const { title, remedy, status } = problems[given.code] as Problem;
  return {
    type: `/problems/${given.code}`,
    title: title[language],
    status,
    code: given.code,
    detail: given.detail ?? title[language],
    remedy: remedy[language],
    instance: requestId,
    errors: (given.errors ?? []).map((fault) => ({
      ...fault,
      detail: faultTexts[fault.code]?.[language] ?? fault.detail,
    })),
    ...given.extra,
  };
}

export function problemHeaders(given: Refusal): Record<string, string> {
  const status = statusOf(given.code);
  const soon = status === 429 || status === 503 ? SOON : undefined;
  const seconds = given.retryAfterSeconds ?? RETRY_SECONDS[given.code] ?? soon;
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    ...(seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}
