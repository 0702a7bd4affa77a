import { language } from '../language';
import { ApiProblem } from './problem';
import { forgetToken, freshToken } from './session';
import type { ProblemBody } from './types';

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: unknown;
  readonly etag?: string | undefined;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const body = (await response.json().catch(() => null)) as ProblemBody | null;
  if (body !== null && typeof body.code === 'string') return new ApiProblem(body, requestId);
  return new ApiProblem(
    { title: response.statusText, status: response.status, code: `http-${response.status}` },
    requestId,
  );
};

const headersOf = (options: CallOptions, token: string | null): Headers => {
  const headers = new Headers({ accept: 'application/json', 'accept-language': language() });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.etag !== undefined) headers.set('if-match', quoted(options.etag));
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  return headers;
};
const quoted = (etag: string): string => (etag.startsWith('"') ? etag : `"${etag}"`);

const send = (path: string, options: CallOptions, token: string | null): Promise<Response> =>
  fetch(path, {
    method: options.method ?? 'GET',
    headers: headersOf(options, token),
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((cause: unknown) => {
    if (options.signal?.aborted === true) throw cause;
    throw new ApiProblem({ title: '', status: 0, code: 'network' });
  });

/** One call of the API. A token that has run out is renewed once; the entity tag of the header is put into the body. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const token = await freshToken();
  let response = await send(path, options, token);
  if (response.status === 401 && token !== null) {
    forgetToken();
    await response.body?.cancel();
    response = await send(path, options, await freshToken());
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  const body = (await response.json()) as T;
  const etag = response.headers.get('etag');
  return etag !== null && typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, etag } : body;
}

/** Builds a query string; empty values are left out, so that an address says only what was chosen. */
export const withQuery = (path: string, query: Record<string, string | number | undefined>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
};
