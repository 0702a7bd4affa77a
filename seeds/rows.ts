import { hashWords } from './random.js';
import type { SeriesItem } from './series.js';
import { type RowContext, valueOf } from './values.js';
import type { Variant } from './variants.js';
import { DISTRICTS } from './vocabulary/places.js';

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
  readonly dated: boolean;
}

const optionsOf = (item: SeriesItem): number =>
  kindOf(item) === 'of' ? item.value.split('/').length : DISTRICTS.length;
const ownRow = (name: string): boolean => name === 'code' || name === 'credit_code' || name.endsWith('_no');

function periodsOf(variant: Variant, kinds: ReadonlySet<string>): number {
  if (kinds.has('at')) return 12;
  if (kinds.has('hour')) return 16;
  if (kinds.has('date')) return 14;
  if (kinds.has('week')) return 20;
  if (kinds.has('month')) return variant.year === null ? 9 : 12;
  if (kinds.has('quarter')) return variant.year === null ? 3 : 4;
  return variant.year === null ? 5 : 1;
}

function layoutOf(variant: Variant): Layout {
  const { items, key } = variant.series;
  const kinds = new Set(items.map(kindOf));
  const panel =
    [...kinds].some((kind) => TIME.has(kind)) && !items.some((item) => ownRow(item.name) && item.name !== 'route_no');
  const length = 20 + (hashWords(`${key}/${variant.key}`)[0] % 21);
  const named = items.some((item) => NAMED.has(kindOf(item)));
  if (!panel && named) return { entities: length, periods: 1, dimensions: [], dated: false };
  const dimensions = named
    ? []
    : items
        .filter(
          (item) =>
            (kindOf(item) === 'of' && item.nature === 'd') ||
            (kindOf(item) === 'district' && variant.district === null),
        )
        .map((item) => ({ name: item.name, size: optionsOf(item) }));
  const product = dimensions.reduce((total, one) => total * one.size, 1);
  const entities = named ? 4 : Math.min(product, 60);
  return {
    entities,
    periods: panel ? periodsOf(variant, kinds) : 1,
    dimensions,
    dated: panel && kinds.has('date') && !kinds.has('hour'),
  };
}

function choicesOf(layout: Layout, entity: number): Map<string, number> {
  const choices = new Map<string, number>(layout.dated ? [['@date', 1]] : []);
  let rest = entity;
  for (const { name, size } of layout.dimensions) {
    choices.set(name, rest % size);
    rest = Math.floor(rest / size);
  }
  return choices;
}

function rowOf(variant: Variant, layout: Layout, entity: number, period: number): Record<string, string> {
  const choices = choicesOf(layout, entity);
  const row: Record<string, string> = {};
  const context: RowContext = {
    row,
    rowNoun: variant.series.row.zh,
    file: variant.key,
    entity,
    period,
    choices,
    district:
      variant.district ??
      choices.get('district') ??
      hashWords(`${variant.key}/district/${entity}`)[0] % DISTRICTS.length,
    firstYear: variant.year ?? RUNNING_YEAR,
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
