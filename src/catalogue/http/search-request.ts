import { decodePageToken, encodePageToken } from '../../http/index.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Instant, instantOf, isDay, startOfDay } from '../../kernel/time.js';
import type { SearchMark, SearchQuery } from '../domain/search/query.js';
import { sightOf } from '../domain/search/sight.js';
import type { FacetQuery } from './dataset-shapes.js';

/** The search a caller's query parameters ask for, within what the caller may see. */
export function searchQueryOf(asked: FacetQuery, principal: Principal): Result<SearchQuery> {
  const since = sinceOf(asked.updatedSince, '?updatedSince');
  if (!since.ok) return since;
  return ok({
    text: asked.q ?? '',
    fields: asked.field ?? [],
    tiers: asked.tier ?? [],
    states: asked.state ?? [],
    publisher: asked.publisher ?? null,
    source: asked.source ?? null,
    updatedSince: since.value,
    sight: sightOf(principal),
  });
}

/** An instant or a day as a query parameter asks for it. */
export function sinceOf(asked: string | undefined, pointer: string): Result<Instant | null> {
  const since = asked === undefined ? null : instantOfText(asked);
  const fault = { pointer, code: 'no-such-time', detail: 'must be a time that exists' };
  return Number.isNaN(since) ? err(refusal('invalid-query', undefined, { errors: [fault] })) : ok(since);
}

const instantOfText = (text: string): Instant => {
  if (isDay(text)) return startOfDay(text);
  return isDay(text.slice(0, 10)) && text.length > 10 ? instantOf(text) : Number.NaN;
};

/** Where a page ended, as its token. */
export const encodeMark = (mark: SearchMark | null): string =>
  mark === null ? '' : encodePageToken(JSON.stringify([mark.score, mark.titleKey, mark.id]));

export function decodeMark(token: string | undefined): Result<SearchMark | null> {
  const text = decodePageToken(token);
  if (!text.ok || text.value === null) return text as Result<null>;
  const parts = parsed(text.value);
  if (!Array.isArray(parts) || parts.length !== 3) return err(refusal('invalid-page-token'));
  const [score, titleKey, id] = parts as unknown[];
  if (!Number.isInteger(score) || typeof titleKey !== 'string' || typeof id !== 'string')
    return err(refusal('invalid-page-token'));
  return ok({ score: score as number, titleKey, id });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
