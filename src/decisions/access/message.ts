import { type Language, languageOf as preferred } from '../../kernel/text.js';
import { type ProblemCode, problems } from '../../kernel/problems/index.js';
import type { FieldFault } from '../../kernel/refusal.js';

/** A request of the access plane, free of any server: the same core runs behind the raw adapter and in tests. */
export interface AccessRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: string;
  /** Names in lower case; a header sent twice arrives joined, as Node does. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface AccessAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const headerOf = (request: AccessRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

export const languageOf = (request: AccessRequest): Language => preferred(headerOf(request, 'accept-language'));

export const JSON_HEADERS = Object.freeze({ 'content-type': 'application/json', 'cache-control': 'no-store' });

export const jsonAnswer = (status: number, body: string): AccessAnswer => ({ status, headers: JSON_HEADERS, body });

export interface ProblemMore {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error answer from the one code table (RFC 9457). */
export function problemAnswer(request: AccessRequest, code: ProblemCode, more: ProblemMore = {}): AccessAnswer {
  const row = problems[code];
  const language = languageOf(request);
  const body = {
    type: `/problems/${code}`,
    title: row.title[language],
    status: row.status,
    code,
    detail: more.detail ?? row.title[language],
    remedy: row.remedy[language],
    instance: request.path,
    errors: more.errors ?? [],
  };
  const retry: Record<string, string> = row.status === 503 || row.status === 429 ? { 'retry-after': '1' } : {};
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...retry,
    ...more.headers,
  };
  return { status: row.status, headers, body: JSON.stringify(body) };
}
