import { hashWords } from './random.js';
import type { SeriesItem } from './series.js';
import { type RowContext, valueOf } from './values.js';
import type { Variant } from './variants.js';
import { DISTRICTS, SUBDISTRICTS } from './vocabulary/places.js';

const kindOf = (item: SeriesItem): string => item.value.split(':')[0] ?? '';
const TIME = new Set(['date', 'at', 'hour', 'week', 'month', 'quarter', 'year']);
const NAMED = new Set(['seq', 'name', 'org', 'route', 'credit-code']);
/** The files of what runs on tell of this year. */
const RUNNING_YEAR = 2026;

/** How a file is laid out: so many things, each told about at so many times. */
interface Layout {
  readonly entities: number;
  readonly periods: number;
  /** Items whose choices make the entity, where nothing carries a name. */
  readonly dimensions: readonly { readonly name: string; readonly size: number }[];
  readonly followed: boolean;
  readonly hourly: boolean;
  readonly words: ReturnType<typeof hashWords>;
}

/** What runs on shows as many steps as fit; a closed year shows all of them. */
const MOST_ROWS = 240;
/** Items by which every row stands for itself: running numbers, codes of companies. */
const ownRow = ({ name }: SeriesItem): boolean =>
  name === 'code' || name === 'credit_code' || (name.endsWith('_no') && name !== 'route_no');

function sizeOf(item: SeriesItem, wholeCity: boolean): number {
  if (kindOf(item) === 'district') return wholeCity ? DISTRICTS.length : 1;
  if (kindOf(item) === 'subdistrict') return wholeCity ? 2 * DISTRICTS.length : SUBDISTRICTS.length;
  return kindOf(item) === 'of' ? item.value.split('/').length : 1;
}

/** Choices that stand before the first measured item tell which row it is; later ones describe it. */
function dimensionsOf(variant: Variant): Layout['dimensions'] {
  const { items } = variant.series;
  const measured = items.findIndex((item) => item.nature === 'm');
  return items
    .slice(0, measured < 0 ? items.length : measured)
    .map((item) => ({ name: item.name, size: sizeOf(item, variant.district === null) }))
    .filter(({ size }) => size > 1);
}

function periodsOf(variant: Variant, kinds: ReadonlySet<string>): number {
  if (kinds.has('at')) return 12;
  if (kinds.has('hour')) return 16;
  if (kinds.has('date')) return 14;
  if (kinds.has('week')) return 20;
  if (kinds.has('month')) return variant.year === null ? 21 : 12;
  if (kinds.has('quarter')) return variant.year === null ? 11 : 4;
  return variant.year === null ? 5 : 1;
}

function layoutOf(variant: Variant): Layout {
  const { items } = variant.series;
  const kinds = new Set(items.map(kindOf));
  const named = items.some((item) => NAMED.has(kindOf(item)));
  const followed = [...kinds].some((kind) => TIME.has(kind)) && !items.some(ownRow);
  const hourly = kinds.has('hour');
  const words = hashWords(variant.key);
  const length = 20 + (hashWords(`rows/${variant.key}`)[0] % 21);
  if (named && !followed) return { entities: length, periods: 1, dimensions: [], followed, hourly, words };
  const dimensions = named ? [] : dimensionsOf(variant);
  const steps = followed ? periodsOf(variant, kinds) : 1;
  const entities = named ? Math.max(4, Math.ceil(24 / steps)) : dimensions.reduce((total, { size }) => total * size, 1);
  const fitting = Math.max(1, Math.floor(MOST_ROWS / entities));
  const periods = variant.year === null ? Math.min(steps, fitting) : steps;
  return { entities, periods, dimensions, followed, hourly, words };
}

function choicesOf(layout: Layout, entity: number): Map<string, number> {
  const choices = new Map<string, number>();
  let rest = entity;
  for (const { name, size } of layout.dimensions) {
    choices.set(name, rest % size);
    rest = Math.floor(rest / size);
  }
  return choices;
}

function districtOf(variant: Variant, choices: ReadonlyMap<string, number>, entity: number): number {
  if (variant.district !== null) return variant.district;
  const chosen =
    choices.get('district') ?? choices.get('subdistrict') ?? hashWords(`${variant.key}/district/${entity}`)[0];
  return chosen % DISTRICTS.length;
}

function rowOf(variant: Variant, layout: Layout, entity: number, period: number): Record<string, string> {
  const choices = choicesOf(layout, entity);
  const row: Record<string, string> = {};
  const context: RowContext = {
    row,
    rowNoun: variant.series.row.zh,
    file: variant.key,
    words: layout.words,
    entity,
    period,
    periods: layout.periods,
    choices,
    district: districtOf(variant, choices, entity),
    firstYear: variant.year ?? RUNNING_YEAR,
    followed: layout.followed,
    hourly: layout.hourly,
    running: variant.year === null,
    wide: variant.district === null,
  };
  for (const item of variant.series.items) row[item.name] = valueOf(item, context);
  return row;
}

/** The rows of a dataset's file, in the order of its items; nobody real is in them. */
export function rowsOf(variant: Variant): Record<string, string>[] {
  const layout = layoutOf(variant);
  const rows: Record<string, string>[] = [];
  for (let period = 0; period < layout.periods; period++)
    for (let entity = 0; entity < layout.entities; entity++) rows.push(rowOf(variant, layout, entity, period));
  return rows;
}
