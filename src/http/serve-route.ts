import type { Request } from 'express';
import { versionOf } from '../kernel/etag.js';
import type { Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { languageOf } from '../kernel/text.js';
import { once, type Transaction } from '../persistence/index.js';
import type { EdgePorts } from './edge.js';
import { isPlainJson, parseJson, readBody } from './json-body.js';
import type { Call, CommandRoute, Reply, Route, UploadHandling } from './route.js';
import { validateBody, validateQuery } from './validate.js';

export const UPLOAD_LIMIT = 256 * 1024 * 1024;
const KEY_PATTERN = /^[\x21-\x7e]{1,128}$/;

/** The key of a command, where the caller sent one. */
export function idempotencyKeyOf(headers: Request['headers']): Result<string | null> {
  const key = headers['idempotency-key'];
  if (key === undefined) return ok(null);
  return typeof key === 'string' && KEY_PATTERN.test(key)
    ? ok(key)
    : err(refusal('invalid-header', 'Idempotency-Key: 1 to 128 visible ASCII characters'));
}

/** The steps every request takes, in this order: who, may they, is the input sound, then the handler. */
export async function serveRoute(
  ports: EdgePorts,
  route: Route,
  request: Request,
  requestId: string,
): Promise<Result<Reply>> {
  const caller = await ports.authenticate(request.headers);
  if (!caller.ok) return caller;
  const refused = refuseUnpermitted(ports, caller.value, route.permission);
  if (!refused.ok) return refused;
  const params = soundParams(request);
  if (!params.ok) return params;
  const [, search] = request.originalUrl.split(/\?(.*)/s);
  const query = validateQuery('query' in route ? route.query : undefined, new URLSearchParams(search));
  if (!query.ok) return query;
  const call: Call<undefined, unknown> = {
    principal: caller.value,
    params: params.value,
    query: query.value,
    body: undefined,
    language: languageOf(request.headers['accept-language']),
    requestId,
    headers: request.headers,
    now: ports.clock.now(),
    ifMatch: null,
  };
  return dispatch(ports, route, request, call);
}

function dispatch(
  ports: EdgePorts,
  route: Route,
  request: Request,
  call: Call<undefined, unknown>,
): Promise<Result<Reply>> {
  switch (route.kind) {
    case 'query':
      return ports.unit.read(async (reader) => route.handler(call, reader));
    case 'command':
      return route.upload?.contentTypes.includes(contentTypeOf(request)) === true
        ? serveUpload(ports, route.upload, request, call)
        : serveCommand(ports, route, request, call);
    case 'action':
      return withBody(route, request, (body) => route.handler({ ...call, body: body.value } as Call, ports.unit));
    case 'upload':
      return serveUpload(ports, route, request, call);
  }
}

async function serveCommand(
  ports: EdgePorts,
  route: CommandRoute<unknown>,
  request: Request,
  call: Call<undefined, unknown>,
): Promise<Result<Reply>> {
  const named = idempotencyKeyOf(request.headers);
  if (!named.ok) return named;
  const key = named.value;
  return withBody(route, request, async (body) => {
    const run = async (tx: Transaction): Promise<Result<Reply>> => {
      const given = request.headers['if-match'];
      if (route.ifMatch && given === undefined) return err(refusal('precondition-required'));
      return route.handler(
        { ...call, body: body.value, ifMatch: given === undefined ? null : versionOf(given), now: tx.now } as Call,
        tx,
      );
    };
    // Callers without a name would share their keys with strangers.
    if (key === null || call.principal.kind === 'anonymous') return revealed(route, await ports.unit.run(run));
    const keyed = {
      key,
      caller: `${call.principal.kind}:${call.principal.id}`,
      method: request.method,
      path: request.originalUrl,
      body: body.bytes,
    };
    const outcome = await ports.unit.run((tx) => once(tx, keyed, () => run(tx)));
    if (!outcome.ok) return outcome;
    const { answer, replayed } = outcome.value;
    const headers = { ...answer.headers, 'idempotency-replayed': 'true' };
    return revealed(route, ok(replayed ? { ...answer, headers } : answer));
  });
}

const revealed = ({ reveal }: CommandRoute<unknown>, done: Result<Reply>): Result<Reply> =>
  reveal === undefined || !done.ok ? done : ok({ ...done.value, body: reveal(done.value.body as never) });

interface ReadBody {
  readonly value: unknown;
  readonly bytes: Uint8Array;
}

async function withBody(
  route: Route,
  request: Request,
  work: (body: ReadBody) => Promise<Result<Reply>>,
): Promise<Result<Reply>> {
  if (request.method === 'GET') return work({ value: undefined, bytes: new Uint8Array() });
  const read = await readBody(request);
  if (!read.ok) return read;
  const bytes = read.value;
  if (bytes.length > 0 && !isPlainJson(request.headers, request.method))
    return err(refusal('unsupported-content-type', 'send application/json in UTF-8, not compressed'));
  const shape = 'body' in route ? route.body : undefined;
  // A command without arguments may come without a body.
  const parsed = bytes.length === 0 ? ok({}) : parseJson(bytes);
  if (!parsed.ok) return parsed;
  const body = validateBody(shape, parsed.value);
  return body.ok ? work({ value: body.value, bytes }) : body;
}

const contentTypeOf = ({ headers }: Request): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

async function serveUpload(
  ports: EdgePorts,
  route: UploadHandling<never>,
  request: Request,
  call: Call<undefined, unknown>,
): Promise<Result<Reply>> {
  if (!route.contentTypes.includes(contentTypeOf(request))) {
    request.resume();
    return err(refusal('unsupported-content-type', `send ${route.contentTypes.join(' or ')}`));
  }
  if (Number(request.headers['content-length'] ?? 0) > UPLOAD_LIMIT) {
    request.resume();
    return err(refusal('too-large'));
  }
  return route.handler({ ...call, body: request as never } as never, ports.unit);
}

function refuseUnpermitted(ports: EdgePorts, principal: Principal, permission: string): Result<void> {
  if (ports.permits(principal, permission)) return ok(undefined);
  if (principal.kind === 'anonymous') return err(refusal('sign-in-required'));
  ports.log.warn('refused', { permission, principal: principal.id });
  return err(refusal('forbidden', `needs the permission ${permission}`));
}

/** Ids and codes in the path: no NUL, no broken Unicode, no trailing blank (some databases would ignore it). */
function soundParams(request: Request): Result<Record<string, string>> {
  const params = request.params as Record<string, string>;
  const bad = Object.values(params).some(
    (value) => value.includes('\0') || !value.isWellFormed() || value.trimEnd() !== value,
  );
  return bad ? err(refusal('not-found')) : ok({ ...params });
}
