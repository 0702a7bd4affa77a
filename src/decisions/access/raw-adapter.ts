import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessCore } from './core.js';
import { EVALUATIONS_PATH } from './evaluate.js';
import type { AccessAnswer, AccessRequest } from './message.js';

export const LARGEST_BODY = 1024 * 1024;
const NO_BODY = Buffer.alloc(0);

/**
 * Puts the core on a plain `http.Server`, in front of Express: reads the body up to its limit, answers, batches a turn
 * each, and closes the connection of whoever sends more.
 */
export function serveAccess(core: AccessCore, message: IncomingMessage, response: ServerResponse): void {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const request = (body: Buffer): AccessRequest => ({
    method: message.method ?? 'GET',
    path,
    query,
    headers: message.headers,
    body,
    gone: () => goneSignal(response),
  });
  const finish = (body: Buffer): void => {
    const answer = core.handle(request(body));
    if (answer instanceof Promise) void answer.then((settled) => send(message, response, settled));
    else send(message, response, answer);
  };
  if (message.method === 'GET' || message.method === 'HEAD') {
    message.resume();
    return finish(NO_BODY);
  }
  const whole = path === EVALUATIONS_PATH ? (body: Buffer) => void core.turns.turn().then(() => finish(body)) : finish;
  collect(message, whole, () => send(message, response, core.tooLarge(request(NO_BODY))));
}

/** Calls back once: with the whole body, or when it passes the limit. Half a body of a broken connection is nothing. */
function collect(message: IncomingMessage, whole: (body: Buffer) => void, tooLarge: () => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_BODY) return void chunks.push(chunk);
    message.removeAllListeners('data');
    message.removeAllListeners('end');
    message.resume();
    tooLarge();
  });
  message.on('end', () => whole(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
  message.on('error', () => undefined);
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}

/** A body up to this size goes out in one piece with its head; a larger one is not worth copying once more. */
const IN_ONE_PIECE = 16 * 1024;

function send(message: IncomingMessage, response: ServerResponse, { status, headers, body }: AccessAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const length = Buffer.byteLength(body).toString();
  // Names and values in turn: an object that is spread anew for each request is read back the slow way.
  const head = ['x-content-type-options', 'nosniff', 'content-length', length];
  for (const name in headers) if (name !== 'x-content-type-options') head.push(name, headers[name] as string);
  response.writeHead(status, head);
  if (message.method === 'HEAD') response.end();
  // Node puts text and head into one write, and bytes into a second one: bytes as text of as many characters are the same.
  else if (typeof body !== 'string' && body.length <= IN_ONE_PIECE) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}
