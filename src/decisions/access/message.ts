import { randomUUID } from 'node:crypto';
import { isRequestId } from '../../kernel/ids.js';
import { type Language, languageOf as preferred } from '../../kernel/text.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import { problemDocument, problemHeaders, statusOf } from '../../kernel/problems/problem-document.js';
import { type FieldFault, refusal } from '../../kernel/refusal.js';
import type { QuestionFault } from '../domain/question.js';

/** A request of the access plane, free of any server: the same core runs behind the raw adapter and in tests. */
export interface AccessRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: string;
  /** Names in lower case; a header sent twice arrives joined, as Node does. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Aborts when the asker hangs up; made when somebody wants to know. */
  readonly gone?: () => AbortSignal;
}

export interface AccessAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or the bytes it is sent as. */
  readonly body: string | Buffer;
}

export const headerOf = (request: AccessRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

export const languageOf = (request: AccessRequest): Language => preferred(headerOf(request, 'accept-language'));

/** At once where nothing has to be waited for. */
export type Answer = AccessAnswer | Promise<AccessAnswer>;

const COMMON_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const JSON_HEADERS = Object.freeze({ 'content-type': 'application/json', ...COMMON_HEADERS });

export const jsonAnswer = (status: number, body: string | Buffer): AccessAnswer => ({
  status,
  headers: JSON_HEADERS,
  body,
});

/** The answer with the name of its request, where it does not bear one yet. */
export function named(request: AccessRequest, { status, headers, body }: AccessAnswer): AccessAnswer {
  if ('x-request-id' in headers) return { status, headers, body };
  const id = requestIdOf(request);
  if (headers !== JSON_HEADERS) return { status, headers: { ...headers, 'x-request-id': id }, body };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
    },
    body,
  };
}

export interface ProblemMore {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The name of the request: the caller's, or one of ours. */
export function requestIdOf(request: AccessRequest): string {
  const given = headerOf(request, 'x-request-id');
  return given !== undefined && isRequestId(given) ? given : randomUUID();
}

/** An error answer from the one code table (RFC 9457). */
export function problemAnswer(request: AccessRequest, code: ProblemCode, more: ProblemMore = {}): AccessAnswer {
  const { detail, errors = [], headers } = more;
  const refused = refusal(code, detail, { errors });
  const id = requestIdOf(request);
  return {
    status: statusOf(code),
    headers: { ...problemHeaders(refused), ...COMMON_HEADERS, 'x-request-id': id, ...headers },
    body: JSON.stringify(problemDocument(refused, languageOf(request), id)),
  };
}

/** The answer to a body that is none of what was expected; a pointer of '' is the body itself. */
export const invalidBody = (request: AccessRequest, { pointer, detail }: QuestionFault): AccessAnswer =>
  problemAnswer(request, 'invalid-body', {
    detail: pointer === '' ? `The body ${detail}.` : `${pointer} ${detail}.`,
    errors: [{ pointer, code: 'invalid', detail }],
  });
