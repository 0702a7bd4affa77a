import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { isRequestId } from '../kernel/ids.js';
import { problemDocument, problemHeaders, statusOf } from '../kernel/problems/problem-document.js';
import { languageOf } from '../kernel/text.js';
import type { EdgePorts } from './edge.js';
import { faultRefusal } from './fault-refusal.js';
import { faultFields } from './fault-fields.js';
import type { Reply, Route } from './route.js';
import { serveRoute } from './serve-route.js';

/** Extra routers (console, documents) that stand behind the API routes. */
export interface EdgeOptions {
  readonly routes: readonly Route[];
  readonly plain: readonly ((app: Express) => void)[];
}

/** The Express application: every route from the one list, everything else answers a problem document. */
export function expressApp(ports: EdgePorts, options: EdgeOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('case sensitive routing', true);
  app.use((request, response, next) => {
    const given = request.headers['x-request-id'];
    response.locals['requestId'] = typeof given === 'string' && isRequestId(given) ? given : ports.ids.next();
    response.set({
      'x-request-id': response.locals['requestId'],
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // Pages say for themselves what they need; an answer of the API needs nothing.
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    next();
  });
  for (const [path, routes] of byPath(options.routes)) mountPath(app, ports, path, routes);
  for (const mount of options.plain) mount(app);
  app.use((request, response) => sendRefusal(request, response, refusal('not-found')));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendFault(ports, request, response, error);
  });
  return app;
}

function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  // A literal segment goes before a parameter at the same place, whatever the order of registration.
  // By code units: a locale would sort the tilde of a parameter before every letter.
  return new Map([...paths].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1)));
}

const rank = (path: string): string => path.replaceAll(/:[A-Za-z]+/g, '~');

function mountPath(app: Express, ports: EdgePorts, path: string, routes: readonly Route[]): void {
  const mounted = app.route(path);
  for (const route of routes) {
    mounted[route.method](async (request: Request, response: Response) => {
      const started = performance.now();
      await answer(ports, route, request, response);
      ports.observe(path, route.method, response.statusCode, (performance.now() - started) / 1000);
    });
  }
  // Express answers HEAD wherever it answers GET.
  const methods = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  const allow = [...new Set(methods)].sort().join(', ');
  mounted.all((request, response) => {
    response.set('allow', allow);
    sendRefusal(request, response, refusal('method-not-allowed'));
  });
}

async function answer(ports: EdgePorts, route: Route, request: Request, response: Response): Promise<void> {
  try {
    const outcome = await serveRoute(ports, route, request, response.locals['requestId']);
    if (outcome.ok) await sendReply(response, route, outcome.value);
    else sendRefusal(request, response, outcome.error);
  } catch (error) {
    // Whoever went away in the middle waits for no answer, and it is no fault of ours.
    if (isGone(request, error)) response.destroy();
    else sendFault(ports, request, response, error);
  }
}

const isGone = (request: Request, error: unknown): boolean =>
  (request.destroyed && !request.complete) || (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';

async function sendReply(response: Response, route: Route, reply: Reply): Promise<void> {
  response.status(reply.status ?? route.status ?? 200);
  if (!reply.headers?.['cache-control']) response.set('cache-control', 'no-store');
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value as string | string[]);
  if (reply.etag !== undefined) response.setHeader('etag', reply.etag);
  response.setHeader('content-type', reply.contentType ?? 'application/json; charset=utf-8');
  if (reply.stream !== undefined) {
    if (response.req.method === 'HEAD') response.end();
    else await pipeline(Readable.from(reply.stream), response);
  } else if (reply.body === undefined) {
    response.removeHeader('content-type');
    response.end();
  } else response.end(reply.contentType === undefined ? JSON.stringify(reply.body) : reply.body);
}

export function sendRefusal(request: Request, response: Response, given: Refusal): void {
  const language = languageOf(request.headers['accept-language']);
  response.set(problemHeaders(given)).set('cache-control', 'no-store').status(statusOf(given.code));
  response.end(JSON.stringify(problemDocument(given, language, response.locals['requestId'] ?? '')));
}

/** The answer to any other method where only GET is served. */
export function getOnly(request: Request, response: Response): void {
  response.set('allow', 'GET, HEAD');
  sendRefusal(request, response, refusal('method-not-allowed'));
}

/** Half an answer cannot become a problem document: the connection ends, so that nobody takes it for a whole one. */
function sendFault(ports: EdgePorts, request: Request, response: Response, error: unknown): void {
  // Express raises a URIError for a broken percent-encoding in the path.
  if (error instanceof URIError) return sendRefusal(request, response, refusal('not-found'));
  ports.log.error('fault', {
    requestId: response.locals['requestId'],
    method: request.method,
    path: request.path,
    ...faultFields(error),
  });
  if (response.headersSent) response.destroy();
  else sendRefusal(request, response, faultRefusal(error));
}
