import { type Problem, type ProblemCode, problems } from '../kernel/problems/index.js';
import { type FieldFault, type Refusal, refusal } from '../kernel/refusal.js';
import type { Language } from '../kernel/text.js';
import { DatabaseUnavailable } from '../persistence/index.js';

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
  unavailable: 2,
  'account-locked': 60,
};

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
    errors: given.errors ?? [],
    ...given.extra,
  };
}

export function problemHeaders(given: Refusal): Record<string, string> {
  const seconds = given.retryAfterSeconds ?? RETRY_SECONDS[given.code];
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    ...(seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) }),
    ...(statusOf(given.code) === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}

/** What a thrown fault tells the outside: that we could not, never why. */
export const faultRefusal = (error: unknown): Refusal =>
  refusal(error instanceof DatabaseUnavailable ? 'unavailable' : 'internal-error');
