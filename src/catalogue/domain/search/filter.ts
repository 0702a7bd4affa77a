import { FIELDS, type Field } from '../../../kernel/fields.js';
import { TIERS } from '../../../kernel/tier.js';
import { DATASET_STATES } from '../dataset.js';
import type { Columns, Interned } from './columns.js';
import type { SearchQuery } from './query.js';

/** Positions in this list stand in the field column; one more means "no field". */
export const FIELD_CODES = Object.keys(FIELDS) as Field[];
export const NO_FIELD = FIELD_CODES.length;

/** Bits of the filters a document fails; facets of one filter count what fails that filter alone. */
export const FAILS_FIELD = 1;
export const FAILS_TIER = 2;
export const FAILS_PUBLISHER = 4;
export const FAILS_SOURCE = 8;
export const FAILS_STATE = 16;

const ANY = -2;

/** A query's filters in the columns' numbers. A value never seen is −1 and fits nothing. */
export interface Filter {
  readonly field: Uint8Array;
  readonly tier: Uint8Array;
  readonly state: Uint8Array;
  readonly publisher: number;
  readonly source: number;
  readonly since: number;
  readonly seesAll: boolean;
  readonly seesShared: boolean;
  readonly own: number;
}

const allowed = (count: number, positions: readonly number[]): Uint8Array => {
  const table = new Uint8Array(count).fill(positions.length === 0 ? 1 : 0);
  for (const position of positions) table[position] = 1;
  return table;
};

export const filterOf = (query: SearchQuery, publishers: Interned, sources: Interned): Filter => ({
  field: allowed(
    NO_FIELD + 1,
    query.fields.map((field) => FIELD_CODES.indexOf(field)),
  ),
  tier: allowed(
    TIERS.length,
    query.tiers.map((tier) => TIERS.indexOf(tier)),
  ),
  state: allowed(
    DATASET_STATES.length,
    query.states.map((state) => DATASET_STATES.indexOf(state)),
  ),
  publisher: query.publisher === null ? ANY : publishers.find(query.publisher),
  source: query.source === null ? ANY : sources.find(query.source),
  since: query.updatedSince ?? Number.NEGATIVE_INFINITY,
  seesAll: query.sight.all,
  seesShared: query.sight.body === true,
  own: query.sight.own === null ? -1 : publishers.find(query.sight.own),
});

/** Which filters the document fails; 0 when it passes all. */
export function failuresOf(columns: Columns, number: number, filter: Filter): number {
  let failures = 0;
  if (filter.field[columns.field[number] as number] === 0) failures |= FAILS_FIELD;
  if (filter.tier[columns.tier[number] as number] === 0) failures |= FAILS_TIER;
  if (filter.state[columns.state[number] as number] === 0) failures |= FAILS_STATE;
  if (filter.publisher !== ANY && filter.publisher !== columns.publisher[number]) failures |= FAILS_PUBLISHER;
  if (filter.source !== ANY && filter.source !== columns.source[number]) failures |= FAILS_SOURCE;
  return failures;
}
