import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { BundleFile } from '../bundle.js';
import { COMMON_HEADERS, contentSecurityPolicy } from './headers.js';

/** Addresses of machines: the console never answers them, whether a route stands there or not. */
const NOT_OURS = /^\/(?:api|access|health|metrics|openapi\.json|docs|problems|data\.json|\.well-known)(?:\/|$)/;
/** An address that names a file; screens have none. */
const FILE = /^\/assets\/|\.[a-z0-9]{1,5}$/i;
const YEAR_SECONDS = 31_536_000;
/** The placeholder `console/vite.config.ts` puts where the nonce goes. */
const NONCE_PLACE = '__CSP_NONCE__';
/** The placeholder in `console/index.html` for how the product runs: a demo names its accounts on the sign-in screen. */
const MODE_PLACE = '__TIERGATE_MODE__';

type Bundle = ReadonlyMap<string, BundleFile>;
type Handler = (request: Request, response: Response, next: NextFunction) => void;

const takesGzip = (request: Request): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers['accept-encoding'] ?? '');

/** A file under its own name: kept for ever where the name carries a hash, else asked for again each time. */
function sendFile(file: BundleFile, request: Request, response: Response): void {
  const packed = takesGzip(request) ? file.gzip() : null;
  response.set(COMMON_HEADERS);
  response.set('ETag', file.etag);
  response.set('Vary', 'Accept-Encoding');
  response.set('Cache-Control', file.immutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  if (request.headers['if-none-match'] === file.etag) {
    response.status(304).end();
    return;
  }
  if (packed !== null) response.set('Content-Encoding', 'gzip');
  const body = packed ?? file.body;
  response.set('Content-Type', file.type);
  response.set('Content-Length', String(body.length));
  response.status(200).end(request.method === 'HEAD' ? undefined : body);
}

/** The page itself, with a fresh nonce: never stored, since the policy and the page must belong together. */
function sendPage(page: string, request: Request, response: Response): void {
  const nonce = randomBytes(16).toString('base64');
  const body = Buffer.from(page.replaceAll(NONCE_PLACE, nonce));
  response.set(COMMON_HEADERS);
  response.set('Content-Security-Policy', contentSecurityPolicy(nonce));
  response.set('Cache-Control', 'no-store');
  response.set('Content-Type', 'text/html; charset=utf-8');
  response.set('Content-Length', String(body.length));
  response.status(200).end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Serves the built console: its files, and for every other address a person may open, the page, which then shows the
 * screen. To be mounted after the API's routes; leaves machine addresses and unknown files to what comes next.
 */
export function consoleHandler(bundle: Bundle | null, mode: 'demo' | 'production'): Handler {
  const page = bundle?.get('/index.html')?.body.toString('utf8').replace(MODE_PLACE, mode);
  return (request, response, next) => {
    const { path, method } = request;
    if (bundle === null || page === undefined) return next();
    if ((method !== 'GET' && method !== 'HEAD') || NOT_OURS.test(path)) return next();
    if (path === '/index.html') return sendPage(page, request, response);
    const file = bundle.get(path);
    if (file !== undefined) return sendFile(file, request, response);
    return FILE.test(path) ? next() : sendPage(page, request, response);
  };
}
