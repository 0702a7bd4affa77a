import { etagOf, staleEtag } from '../kernel/etag.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Page } from '../kernel/page.js';
import type { Reply } from './route.js';

/** A resource with its ETag, or a plain body. */
export const replyOf = (
  body: unknown,
  more: { version?: number; status?: number; headers?: Reply['headers'] } = {},
): Result<Reply> =>
  ok({
    body,
    ...(more.version === undefined ? {} : { etag: etagOf(more.version) }),
    ...(more.status === undefined ? {} : { status: more.status }),
    ...(more.headers === undefined ? {} : { headers: more.headers }),
  });

/** The same answer for what is absent and for what is not the caller's to see. */
export const notFound = (): Result<never> => err(refusal('not-found'));

/** Checks the version a command was based on. */
export const matchVersion = (ifMatch: number | null, version: number): Result<void> =>
  ifMatch === null || ifMatch === version ? ok(undefined) : err(staleEtag(version));

const TOKEN = /^[A-Za-z0-9_-]{1,400}$/;

/** Page tokens are opaque to callers: base64url of what the list itself needs to go on. */
export const encodePageToken = (value: string): string => Buffer.from(value).toString('base64url');

export function decodePageToken(token: string | undefined): Result<string | null> {
  if (token === undefined || token === '') return ok(null);
  if (!TOKEN.test(token)) return err(refusal('invalid-page-token'));
  const text = Buffer.from(token, 'base64url').toString();
  return Buffer.from(text).toString('base64url') === token ? ok(text) : err(refusal('invalid-page-token'));
}

/** A page of a list that counts by offset. */
export function offsetOf(token: string | undefined): Result<number> {
  const text = decodePageToken(token);
  if (!text.ok) return text;
  if (text.value === null) return ok(0);
  return /^\d{1,9}$/.test(text.value) ? ok(Number(text.value)) : err(refusal('invalid-page-token'));
}

export const pageOf = <T>(items: readonly T[], offset: number, total: number): Page<T> => ({
  items,
  nextPageToken:
    offset + items.length < total && items.length > 0 ? encodePageToken(String(offset + items.length)) : '',
  total,
});

/** Where a list goes on, for lists that continue after the last row shown: what comes in between shifts nothing. */
export function placeOf(token: string | undefined, pattern: RegExp): Result<string | null> {
  const text = decodePageToken(token);
  if (!text.ok || text.value === null) return text;
  return pattern.test(text.value) ? text : err(refusal('invalid-page-token'));
}

/** A page out of `limit` rows and, where there is more, one more; `place` says where the next page goes on. */
export function pageAfter<T>(rows: readonly T[], limit: number, total: number, place: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextPageToken: last === undefined ? '' : encodePageToken(place(last)), total };
}
