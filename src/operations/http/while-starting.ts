import type { RequestListener } from 'node:http';
import { problemDocument, problemHeaders, statusOf } from '../../kernel/problems/problem-document.js';
import { refusal } from '../../kernel/refusal.js';
import { languageOf } from '../../kernel/text.js';

/** What the server answers before the product is up: it lives, it is not ready, and nothing is permitted. */
export const whileStarting =
  (version: string): RequestListener =>
  (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') return answer(response, 200, { status: 'ok', version });
    if (path === '/health/ready') return answer(response, 503, { status: 'down', parts: { start: 'down' } });
    const starting = refusal('unavailable');
    const language = languageOf(request.headers['accept-language']);
    response.setHeaders(new Map(Object.entries(problemHeaders(starting))));
    answer(response, statusOf(starting.code), problemDocument(starting, language, ''));
  };

function answer(response: Parameters<RequestListener>[1], status: number, body: object): void {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (status === 503) response.setHeader('retry-after', '2');
  response.statusCode = status;
  response.end(JSON.stringify(body));
}
