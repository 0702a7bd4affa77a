import { language } from '../language';
import { ApiProblem } from './problem';
import { freshToken } from './session';
import type { ProblemBody } from './types';

export interface Upload {
  readonly path: string;
  readonly body: FormData | Blob;
  /** Of a body that is no form. */
  readonly type?: string;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** Share of the bytes that have left, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

const answerOf = <T>(request: XMLHttpRequest): T => {
  let body: unknown = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    // An answer that is no JSON comes from something in between.
  }
  if (request.status >= 200 && request.status < 300) return body as T;
  const fallback: ProblemBody = { title: request.statusText, status: request.status, code: `http-${request.status}` };
  throw new ApiProblem(
    typeof (body as ProblemBody | null)?.code === 'string' ? (body as ProblemBody) : fallback,
    request.getResponseHeader('x-request-id') ?? undefined,
  );
};

/** Sends a file, in a form or alone. `fetch` cannot say how much has left, so that an old request does it. */
export async function upload<T>({ path, body, type, idempotencyKey, signal, onProgress }: Upload): Promise<T> {
  const token = await freshToken();
  const request = new XMLHttpRequest();
  request.open('POST', path);
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('accept-language', language());
  request.setRequestHeader('idempotency-key', idempotencyKey);
  if (type !== undefined) request.setRequestHeader('content-type', type);
  if (token !== null) request.setRequestHeader('authorization', `Bearer ${token}`);
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
  });
  const ended = new Promise<void>((resolve) => request.addEventListener('loadend', () => resolve()));
  const abort = () => request.abort();
  signal.addEventListener('abort', abort, { once: true });
  request.send(body);
  await ended;
  signal.removeEventListener('abort', abort);
  if (request.status === 0) throw new ApiProblem({ title: '', status: 0, code: 'network' });
  return answerOf<T>(request);
}
