import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Language } from '../kernel/text.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a class of request or response fields, whatever its constructor takes
export type Shape<T> = new (...values: any[]) => T;

/** What a handler is given: who asks, and input that has passed every check of its class. */
export interface Call<Body = undefined, Query = undefined> {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  readonly now: Instant;
  /** The version named by If-Match; NaN when it is none of ours; null when the route does not ask for one. */
  readonly ifMatch: number | null;
}

export interface Reply {
  readonly status?: number;
  /** JSON; or text and bytes when `contentType` is set. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A body written as it is made, for exports. */
  readonly stream?: AsyncIterable<string | Uint8Array>;
}

interface Described {
  readonly path: string;
  /** `noun.verb`; policies/routes.csv says which roles have it. A route without a line there denies everyone. */
  readonly permission: string;
  readonly summary: string;
  /** Chapter of the API document. */
  readonly tag: string;
  readonly response?: Shape<unknown>;
  /** Where the answer has one of several shapes. */
  readonly responses?: readonly Shape<unknown>[];
  /** Content types of an answer whose shape a standard defines; such an answer may also be 304. */
  readonly produces?: string | readonly string[];
  /** Status on success, default 200. */
  readonly status?: number;
}

export interface QueryRoute<Query> extends Described {
  readonly kind: 'query';
  readonly method: 'get';
  readonly query?: Shape<Query>;
  readonly handler: (call: Call<undefined, Query>, reader: Reader) => Promise<Result<Reply>>;
}

/** One transaction, Idempotency-Key honoured inside it. */
export interface CommandRoute<Body> extends Described {
  readonly kind: 'command';
  readonly method: 'post' | 'patch' | 'put' | 'delete';
  readonly body?: Shape<Body>;
  readonly ifMatch?: boolean;
  readonly handler: (call: Call<Body>, tx: Transaction) => Promise<Result<Reply>>;
  /** The same act with a file for its body, at the same path. */
  readonly upload?: UploadHandling<undefined>;
  /** Puts a secret into each answer, also into a repeated one: what is kept beside a key has none. */
  readonly reveal?: (body: never) => unknown;
}

/** For what needs its own transactions: signing in records the failed attempt although it refuses. */
export interface ActionRoute<Body> extends Described {
  readonly kind: 'action';
  readonly method: 'post' | 'get' | 'delete';
  readonly body?: Shape<Body>;
  readonly handler: (call: Call<Body>, unit: UnitOfWork) => Promise<Result<Reply>>;
}

/** What is done with a body that is read as it arrives, up to 256 MiB. */
export interface UploadHandling<Query> {
  readonly contentTypes: readonly string[];
  readonly handler: (call: Call<Readable, Query>, unit: UnitOfWork) => Promise<Result<Reply>>;
}

export interface UploadRoute<Query> extends Described, UploadHandling<Query> {
  readonly kind: 'upload';
  readonly method: 'post' | 'put';
  readonly query?: Shape<Query>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- routes of every shape stand in one list
export type Route = QueryRoute<any> | CommandRoute<any> | ActionRoute<any> | UploadRoute<any>;

export const query = <Query = undefined>(route: Omit<QueryRoute<Query>, 'kind' | 'method'>): Route => ({
  kind: 'query',
  method: 'get',
  ...route,
});
export const command = <Body = undefined>(
  route: Omit<CommandRoute<Body>, 'kind' | 'method'> & { method?: CommandRoute<Body>['method'] },
): Route => ({ method: 'post', ...route, kind: 'command' });
export const action = <Body = undefined>(
  route: Omit<ActionRoute<Body>, 'kind' | 'method'> & { method?: ActionRoute<Body>['method'] },
): Route => ({ method: 'post', ...route, kind: 'action' });
export const upload = <Query = undefined>(route: Omit<UploadRoute<Query>, 'kind' | 'method'>): Route => ({
  ...route,
  kind: 'upload',
  method: 'post',
});
