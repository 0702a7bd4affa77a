import type { Field } from '../src/kernel/fields.js';
import { FIELDS } from '../src/kernel/fields.js';
import { VOCABULARY } from './vocabulary/index.js';
import { sharedItems } from './vocabulary/items.js';

/**
 * What a publisher publishes again and again, by district or by year. A line of a vocabulary table reads
 * `key | publisher | 题名 | title | 行=row | by | tier | every | items`:
 * by: `d` the city and its districts, `y` years, `k:中文=English,…` named parts;
 * tier: `o` open, `c` conditional, `r` not open, `x` declared open although its items are personal,
 * `rx` not open although a download is stated;
 * every: `t` real time, `hr` hourly, `d`, `w`, `m`, `q`, `h` half-yearly, `y`, `o` irregular;
 * items: a shared item's key, or `key(中文~English~value)`.
 */
export interface Series {
  readonly key: string;
  readonly field: Field;
  readonly publisher: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly row: { readonly zh: string; readonly en: string };
  readonly by: 'district' | 'year' | readonly { readonly zh: string; readonly en: string }[];
  readonly nature: 'o' | 'c' | 'r' | 'x' | 'rx';
  readonly every: string;
  readonly items: readonly SeriesItem[];
}

export interface SeriesItem {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** How a value is made, see `values.ts`; `none` for what is never written to a file. */
  readonly value: string;
  /** `d` tells which row it is, `m` was measured, `p` is personal or secret. */
  readonly nature: 'd' | 'm' | 'p';
}

const cells = (line: string): string[] => line.split(' | ').map((cell) => cell.trim());
const lines = (table: string): string[] => table.split('\n').filter((line) => line.trim() !== '');
const pair = (text: string): { zh: string; en: string } => {
  const at = text.indexOf('=');
  return { zh: text.slice(0, at), en: text.slice(at + 1) };
};

const SHARED = new Map(
  lines(sharedItems).map((line) => {
    const [name = '', zh = '', en = '', value = '', nature = ''] = cells(line);
    return [name, { name, zh, en, value, nature: nature as SeriesItem['nature'] }] as const;
  }),
);

const MEASURED = /^(?:int|dec|sum|part|ratio|plus):/;
/** `key` or `key(…)`, where the English title may hold one more pair of brackets. */
const ITEM = /([a-z][a-z0-9_]*)(?:\(((?:[^()]|\([^()]*\))*)\))?/g;

function itemOf(name: string, inline: string | undefined, row: Series['row']): SeriesItem {
  if (inline !== undefined) {
    const [zh = '', en = '', value = 'none'] = inline.split('~');
    return { name, zh, en, value, nature: value === 'none' ? 'p' : MEASURED.test(value) ? 'm' : 'd' };
  }
  const shared = SHARED.get(name);
  if (shared === undefined) throw new Error(`no shared item is called ${name}`);
  return { ...shared, zh: shared.zh.replace('{row}', row.zh), en: shared.en.replace('{Row}', row.en) };
}

function seriesOf(field: Field, line: string): Series {
  const [key = '', publisher = '', zh = '', en = '', rowText = '', by = '', nature = '', every = '', items = ''] =
    cells(line);
  const row = pair(rowText);
  return {
    key,
    field,
    publisher,
    title: { zh, en },
    row,
    by: by === 'd' ? 'district' : by === 'y' ? 'year' : by.slice(2).split(',').map(pair),
    nature: nature as Series['nature'],
    every,
    items: [...items.matchAll(ITEM)].map(([, name = '', inline]) => itemOf(name, inline, row)),
  };
}

/** Every series of every field, in the order of the tables. */
export const SERIES: readonly Series[] = (Object.keys(FIELDS) as Field[]).flatMap((field) =>
  lines(VOCABULARY[field]).map((line) => seriesOf(field, line)),
);
