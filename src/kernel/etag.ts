import { type Refusal, refusal } from './refusal.js';

/** The strong entity tag of a version, as header and as the `etag` field of the resource: `"7"` with its quotes. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version an If-Match names; NaN (equal to no version) for a tag that is none of ours. */
export const versionOf = (etag: string): number => {
  const match = /^"(\d{1,15})"$/.exec(etag.trim());
  return match === null ? Number.NaN : Number(match[1]);
};

/** Refuses what was based on another version than this one, and says which is the current one. */
export const staleEtag = (version: number): Refusal =>
  refusal('stale-etag', undefined, { extra: { currentEtag: etagOf(version) } });
