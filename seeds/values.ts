import { seedCreditCode } from './identifiers.js';
import { hashWords, type Stream, stream } from './random.js';
import type { SeriesItem } from './series.js';
import { BRANDS, DISTRICTS, ROADS, SUBDISTRICTS } from './vocabulary/places.js';

/** A row under construction, and where it stands in its file. */
export interface RowContext {
  readonly row: Record<string, string>;
  readonly rowNoun: string;
  /** What the file is about: values of one file hang on it. */
  readonly file: string;
  /** Which thing the row tells about, and at which time step. */
  readonly entity: number;
  readonly period: number;
  /** The choice each `of:` item takes for this entity. */
  readonly choices: ReadonlyMap<string, number>;
  readonly district: number;
  readonly firstYear: number;
}

type Maker = (args: readonly string[], context: RowContext, item: SeriesItem, random: Stream) => string;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
const numbers = (args: readonly string[]): number[] => args.map(Number);
const dayOfYear = (year: number, day: number): string =>
  new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
const share = (key: string): number => hashWords(key)[0] / 4294967296;

/** A figure that belongs to its entity and drifts a little from one time step to the next. */
function figure(from: number, to: number, context: RowContext, item: SeriesItem): number {
  const own = share(`${context.file}/${item.name}/${context.entity}`);
  const wide = from > 0 && to / from > 20;
  const base = wide ? from * (to / from) ** own : from + (to - from) * own;
  const drift =
    context.period === 0 ? 0 : share(`${context.file}/${item.name}/${context.entity}/${context.period}`) - 0.5;
  return clamp(base + drift * 0.16 * (wide ? base : to - from), from, to);
}

const road = (context: RowContext): string =>
  ROADS[(hashWords(context.file)[1] + context.entity * 7) % ROADS.length] as string;
const brand = (context: RowContext): string =>
  BRANDS[(hashWords(context.file)[2] + context.entity * 5) % BRANDS.length] as string;
const district = (context: RowContext): (typeof DISTRICTS)[number] =>
  DISTRICTS[context.district] as (typeof DISTRICTS)[number];
const later = ([spread = '1']: readonly string[]): number => Number(spread);
const numberIn = (row: RowContext['row'], name: string): number => Number(row[name] ?? 0);
const round = (value: number, digits: number): string => value.toFixed(digits);

/** The second time round a list of names, a numeral keeps them apart. */
const again = (context: RowContext, size: number): string => {
  const turn = Math.floor(context.entity / size);
  return turn === 0 ? '' : `第${'二三四五六七八九十'[turn - 1] ?? turn + 1}`;
};

const MAKERS: Readonly<Record<string, Maker>> = {
  seq: ([prefix = ''], context, item) =>
    `${prefix === '' ? item.name.slice(0, 1).toUpperCase() + pad((hashWords(context.file)[3] % 90) + 10) : prefix}${pad(context.entity + 1, 4)}`,
  name: ([noun], context) =>
    `${road(context).replace(/[路街巷]$|大道$/, '')}${again(context, ROADS.length)}${noun ?? context.rowNoun}`,
  org: ([tail = ''], context) => `云汀${brand(context)}${again(context, BRANDS.length)}${tail}`,
  route: (_, context) => `${100 + (hashWords(context.file)[1] % 700) + context.entity}路`,
  'credit-code': (_, context) => seedCreditCode('91', `${context.file}/${context.entity}`),
  district: (_, context) => district(context).zh,
  subdistrict: (_, context) =>
    district(context).zh.slice(0, 2) +
    SUBDISTRICTS[(context.entity + hashWords(context.file)[0]) % SUBDISTRICTS.length],
  road: (_, context) => road(context),
  address: (_, context, item) =>
    `${district(context).zh}${road(context)}${1 + Math.floor(share(`${context.file}/${item.name}/${context.entity}`) * 998)}号`,
  lng: (_, context, item) =>
    round(122.6 + context.district * 0.03 + share(`${item.name}/${context.file}/${context.entity}`) * 0.028, 6),
  lat: (_, context, item) =>
    round(29.8 + context.district * 0.02 + share(`${item.name}/${context.file}/${context.entity}`) * 0.019, 6),
  of: (args, context, item) => {
    const options = args.join(':').split('/');
    const chosen = context.choices.get(item.name) ?? hashWords(`${context.file}/${item.name}/${context.entity}`)[0];
    return options[chosen % options.length] as string;
  },
  int: (args, context, item) => {
    const [from = 0, to = 1] = numbers(args);
    return String(Math.round(figure(from, to, context, item)));
  },
  dec: (args, context, item) => {
    const [from = 0, to = 1, digits = 1] = numbers(args);
    return round(figure(from, to, context, item), digits);
  },
  sum: ([names = ''], { row }) => String(names.split('+').reduce((total, name) => total + numberIn(row, name), 0)),
  part: ([name = '', ...args], context, item) => {
    const [from = 0, to = 100] = numbers(args);
    return String(Math.round((numberIn(context.row, name) * figure(from, to, context, item)) / 100));
  },
  ratio: ([names = ''], { row }) => {
    const [part = '', whole = ''] = names.split('/');
    return round((100 * numberIn(row, part)) / Math.max(1, numberIn(row, whole)), 1);
  },
  plus: ([name = '', ...args], context, item) => {
    const [from = 0, to = 1, digits = 1] = numbers(args);
    return round(numberIn(context.row, name) + figure(from, to, context, item), digits);
  },
  when: ([test = '', ...args], context, _, random) => {
    const [name = '', value] = test.split('=');
    return context.row[name] === value ? random.pick(args.join(':').split('/')) : '无';
  },
  year: (_, context) => String(context.firstYear - context.period),
  quarter: (_, context) => `${context.firstYear}年第${(context.period % 4) + 1}季度`,
  month: (_, context) => `${context.firstYear}-${pad((context.period % 12) + 1)}`,
  week: (_, context) => `${context.firstYear}年第${pad((context.period % 52) + 1)}周`,
  hour: (_, context) => `${pad(6 + (context.period % 16))}:00`,
  at: (_, context) =>
    `${dayOfYear(context.firstYear, 60)}T${pad(Math.floor(context.period / 4) % 24)}:${pad((context.period % 4) * 15)}:00+08:00`,
  date: (_, context, item) => dayOfYear(context.firstYear, stepDay(context, item)),
  later: (args, context, item) => {
    const start = Date.parse(
      `${context.row['start_date'] ?? context.row['date'] ?? `${context.firstYear}-01-01`}T00:00:00Z`,
    );
    const days = 20 + Math.floor(share(`${context.file}/${item.name}/${context.entity}`) * 300) * later(args);
    return new Date(start + days * 86_400_000).toISOString().slice(0, 10);
  },
  future: (_, context, item) =>
    dayOfYear(context.firstYear + 1, Math.floor(share(`${context.file}/${item.name}/${context.entity}`) * 1400)),
};

/** Days run on with the time step; a date that only describes its entity falls anywhere in the year. */
function stepDay(context: RowContext, item: SeriesItem): number {
  if (context.choices.has('@date')) return 59 + context.period;
  return Math.floor(share(`${context.file}/${item.name}/${context.entity}`) * 300);
}

/** Writes one value of a row by its item's recipe, for example `int:30:900` or `of:是/否`. */
export function valueOf(item: SeriesItem, context: RowContext): string {
  const [kind = '', ...args] = item.value.split(':');
  const maker = MAKERS[kind];
  if (maker === undefined) throw new Error(`no value is made by "${item.value}" (item ${item.name})`);
  return maker(args, context, item, stream(`${context.file}/${item.name}/${context.entity}/${context.period}`));
}
