import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProblemCode } from '../kernel/problems/index.js';
import { problemDocument, problemHeaders, statusOf } from '../kernel/problems/problem-document.js';
import { refusal } from '../kernel/refusal.js';
import { languageOf } from '../kernel/text.js';

/**
 * How long a connection without a request is kept (ms): longer than the 60 s for which nginx keeps its own idle ones. Who
 * closes first is to be the client; where it is the server, a request may be on the way and is lost, as a 502 to a reader.
 */
const KEPT_IDLE = 75_000;

/** A server that gives a problem document also for what it cannot read as HTTP. */
export const httpServer = (): Server =>
  // A header sent twice is joined: Node would believe the first of two credentials, and a proxy perhaps the second.
  createServer({ keepAliveTimeout: KEPT_IDLE, joinDuplicateHeaders: true }).on('clientError', answerBroken);

/** What Node's parser raises: the bytes it could not read, and on which socket. */
interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
};

/** The connection ends with the answer: where the next request would begin nobody can say. */
export function answerBroken(error: ParserError, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || hasBegunToAnswer(socket)) return void socket.destroy();
  const refused = refusal(CODES[error.code ?? ''] ?? 'malformed-request');
  const id = randomUUID();
  const body = JSON.stringify(problemDocument(refused, languageAskedFor(error.rawPacket), id));
  const status = statusOf(refused.code);
  const headers = {
    ...problemHeaders(refused),
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': id,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}

/** Node hangs the answer under way on its socket. */
const hasBegunToAnswer = (socket: Duplex): boolean =>
  (socket as { readonly _httpMessage?: ServerResponse })._httpMessage?.headersSent ?? false;

const languageAskedFor = (packet: Buffer | undefined) =>
  languageOf(/^accept-language:[ \t]*([^\r\n]*)/im.exec(packet?.toString('latin1') ?? '')?.[1]);
