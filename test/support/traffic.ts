import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/**
 * Loaded by mocha before every test file: keeps a sample of each kind of HTTP answer that the tests saw, whichever way
 * they asked, so that test/completeness can hold all of them to the API document and the table of problem codes. Answers of
 * servers in this process are taken as they leave; those of servers in processes of their own, as `fetch` gets them.
 */
export interface Sample {
  readonly test: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  /** Text of a JSON answer; empty for anything else. */
  readonly body: string;
}

const LARGEST = 512 * 1024;
const PER_KIND = 6;
const IDENTIFIER = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g;

const folder = process.env['TIERGATE_TEST_RECORDS'];
const seen = new Set<string>();
const perKind = new Map<string, number>();
let current = '';

/** Names and kinds of an answer's members: two answers of one shape teach the same. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join()}]`;
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}:${key === 'code' || key === 'state' ? String(item) : shapeOf(item)}`)
    .sort()
    .join()}}`;
}

function keep(sample: Sample): void {
  const path = sample.path.split('?')[0] ?? '';
  const kind = `${sample.method} ${path.replaceAll(IDENTIFIER, '~')} ${sample.status}`;
  const number = perKind.get(kind) ?? 0;
  if (number >= PER_KIND && !sample.type.includes('problem')) return;
  let shape = '';
  try {
    shape = sample.body === '' ? '' : shapeOf(JSON.parse(sample.body));
  } catch {
    shape = 'not JSON';
  }
  const key = createHash('sha1').update(`${kind} ${sample.type} ${shape}`).digest('hex');
  if (seen.has(key)) return;
  seen.add(key);
  perKind.set(kind, number + 1);
  appendFileSync(join(folder ?? '', `traffic-${process.pid}.jsonl`), `${JSON.stringify(sample)}\n`);
}

/** Content type, also where a raw handler passed its headers to writeHead. */
const typeOf = (response: ServerResponse): string => {
  const set = response.getHeader('content-type');
  if (set !== undefined) return String(set);
  const head = (response as unknown as { _header?: string | null })._header ?? '';
  return /^content-type: *(.*)$/im.exec(head)?.[1]?.trim() ?? '';
};

function watchServers(): void {
  const { write, end } = ServerResponse.prototype;
  const parts = new WeakMap<ServerResponse, Buffer[]>();
  const remember = (response: ServerResponse, chunk: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    const kept = parts.get(response) ?? [];
    parts.set(response, [...kept, Buffer.from(chunk as string)]);
  };
  ServerResponse.prototype.write = function (this: ServerResponse, ...given: unknown[]) {
    remember(this, given[0]);
    return (write as (...args: unknown[]) => boolean).apply(this, given);
  } as typeof write;
  ServerResponse.prototype.end = function (this: ServerResponse, ...given: unknown[]) {
    remember(this, given[0]);
    const request = this.req as IncomingMessage & { originalUrl?: string };
    const type = typeOf(this);
    const body = Buffer.concat(parts.get(this) ?? []);
    const outcome = (end as (...args: unknown[]) => ServerResponse).apply(this, given);
    const text = type.includes('json') && body.length <= LARGEST ? body.toString() : '';
    keep({
      test: current,
      method: request.method ?? '',
      path: request.originalUrl ?? request.url ?? '',
      status: this.statusCode,
      type: type || typeOf(this),
      body: text,
    });
    return outcome;
  } as typeof end;
}

/** For what a test saw on a bare socket, where no `ServerResponse` was made. */
export function recordAnswer(method: string, path: string, status: number, type: string, body: string): void {
  if (folder !== undefined) keep({ test: current, method, path, status, type, body });
}

function watchFetch(): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await original(input, init);
    const type = response.headers.get('content-type') ?? '';
    const small = Number(response.headers.get('content-length') ?? LARGEST) < LARGEST;
    const url = new URL(input instanceof Request ? input.url : String(input));
    const local = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
    if (local && type.includes('json') && small) {
      const body = await response.clone().text();
      const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
      keep({ test: current, method, path: url.pathname + url.search, status: response.status, type, body });
    }
    return response;
  };
}

if (folder !== undefined) {
  watchServers();
  watchFetch();
}

export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    current = this.currentTest?.fullTitle() ?? '';
  },
};
