import { seedCreditCode } from './identifiers.js';
import { hashWords } from './random.js';
import type { SeriesItem } from './series.js';
import { BRANDS, DISTRICTS, ROADS, SUBDISTRICTS } from './vocabulary/places.js';

/** A row under construction, and where it stands in its file. */
export interface RowContext {
  readonly row: Record<string, string>;
  readonly rowNoun: string;
  /** What the file is about: values of one file hang on it. */
  readonly file: string;
  /** The hash of `file`. */
  readonly words: ReturnType<typeof hashWords>;
  /** Which thing the row tells about, and at which time step. */
  readonly entity: number;
  readonly period: number;
  /** How many time steps the file holds. */
  readonly periods: number;
  /** The choice each `of:` item takes for this entity. */
  readonly choices: ReadonlyMap<string, number>;
  readonly district: number;
  readonly firstYear: number;
  /** True where the file follows its things over time; otherwise a time only describes its row. */
  readonly followed: boolean;
  readonly hourly: boolean;
  /** True for a dataset that runs on, as opposed to one of a closed year. */
  readonly running: boolean;
  /** True for a file of the whole city. */
  readonly wide: boolean;
}

type Maker = (args: readonly string[], context: RowContext, item: SeriesItem) => string;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
const numbers = (args: readonly string[]): number[] => args.map(Number);
const dayOfYear = (year: number, day: number): string =>
  new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
const share = (key: string): number => hashWords(key)[0] / 4294967296;

/** A figure that belongs to its entity and drifts a little from one time step to the next. */
function figure(from: number, to: number, context: RowContext, item: SeriesItem): number {
  const base01 = own(context, item);
  const wide = from > 0 && to / from > 20;
  const base = wide ? from * (to / from) ** base01 : from + (to - from) * base01;
  const drift =
    context.period === 0 ? 0 : share(`${context.file}/${item.name}/${context.entity}/${context.period}`) - 0.5;
  return clamp(base + drift * 0.16 * (wide ? base : to - from), from, to);
}

/** A share that belongs to this item of this thing. */
const own = (context: RowContext, item: SeriesItem): number => share(`${context.file}/${item.name}/${context.entity}`);
const pickBy = (at: number, from: readonly string[]): string => from[Math.floor(at * from.length)] as string;
const road = (context: RowContext): string => ROADS[(context.words[1] + context.entity * 7) % ROADS.length] as string;
const brand = (context: RowContext): string =>
  BRANDS[(context.words[2] + context.entity * 5) % BRANDS.length] as string;
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

/** `a=1/b=2` as a map. */
const pairsOf = (args: readonly string[]): Map<string, string> =>
  new Map(
    args
      .join(':')
      .split('/')
      .map((entry) => entry.split('=') as [string, string]),
  );

const MAKERS: Readonly<Record<string, Maker>> = {
  seq: ([prefix = ''], context, item) =>
    `${prefix === '' ? item.name.slice(0, 1).toUpperCase() + pad((context.words[3] % 90) + 10) : prefix}${pad(context.entity + 1, 4)}`,
  name: ([noun], context) =>
    `${road(context).replace(/[路街巷]$|大道$/, '')}${again(context, ROADS.length)}${noun ?? context.rowNoun}`,
  org: ([tail = ''], context) => `云汀${brand(context)}${again(context, BRANDS.length)}${tail}`,
  route: (_, context) => `${100 + (context.words[1] % 700) + context.entity}路`,
  'credit-code': ([kind = '91'], context) => seedCreditCode(kind as '91', `${context.file}/${context.entity}`),
  district: (_, context) => district(context).zh,
  subdistrict: (_, context) => {
    const chosen = context.choices.get('subdistrict') ?? context.entity + context.words[0];
    return `${district(context).zh.slice(0, 2)}${SUBDISTRICTS[Math.floor(chosen / (context.wide ? 12 : 1)) % SUBDISTRICTS.length]}`;
  },
  road: (_, context) => road(context),
  address: (_, context, item) => `${district(context).zh}${road(context)}${1 + Math.floor(own(context, item) * 998)}号`,
  lng: (_, context, item) => round(122.6 + context.district * 0.03 + own(context, item) * 0.028, 6),
  lat: (_, context, item) => round(29.8 + context.district * 0.02 + own(context, item) * 0.019, 6),
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
  when: ([test = '', ...args], context, item) => {
    const [name = '', value] = test.split('=');
    return context.row[name] === value ? pickBy(own(context, item), args.join(':').split('/')) : '无';
  },
  per: ([name = '', ...args], context, item) => {
    const typical = Number(pairsOf(args).get(context.row[name] ?? '') ?? 10);
    return round(figure(typical * 0.88, typical * 1.12, context, item), 2);
  },
  map: ([name = '', ...args], { row }) => pairsOf(args).get(row[name] ?? '') ?? '',
  band: ([name = '', ...args], { row }) =>
    [...pairsOf(args)].find(([from]) => numberIn(row, name) >= Number(from))?.[1] ?? '',
  year: (_, context) => String(context.running ? context.firstYear - 1 - context.period : context.firstYear),
  quarter: (_, context, item) => {
    const at = stepOf(context, item, 4, 3);
    return `${Math.floor(at / 4)}年第${(at % 4) + 1}季度`;
  },
  month: (_, context, item) => {
    const at = stepOf(context, item, 12, 9);
    return `${Math.floor(at / 12)}-${pad((at % 12) + 1)}`;
  },
  week: (_, context, item) => {
    const at = stepOf(context, item, 52, 40);
    return `${Math.floor(at / 52)}年第${pad((at % 52) + 1)}周`;
  },
  hour: (_, context, item) =>
    `${pad(6 + (context.followed ? context.period % 16 : Math.floor(own(context, item) * 16)))}:00`,
  at: (_, context, item) => {
    const minutes = context.followed ? context.period * 15 : Math.floor(own(context, item) * 1440);
    const day = context.followed ? 60 : Math.floor(own(context, item) * 290);
    return `${dayOfYear(context.firstYear, day)}T${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}:00+08:00`;
  },
  date: (_, context, item) => dayOfYear(context.firstYear, stepDay(context, item)),
  later: (args, context, item) => {
    const start = Date.parse(
      `${context.row['start_date'] ?? context.row['date'] ?? `${context.firstYear}-01-01`}T00:00:00Z`,
    );
    const days = 20 + Math.floor(own(context, item) * 300) * later(args);
    return new Date(start + days * 86_400_000).toISOString().slice(0, 10);
  },
  future: (_, context, item) => dayOfYear(context.firstYear + 1, Math.floor(own(context, item) * 1400)),
};

/**
 * The month, quarter or week a row tells of, counted from year 0. A file that follows its things ends with the last
 * full step: of its year, or of the running year, where `done` steps are over.
 */
function stepOf(context: RowContext, item: SeriesItem, perYear: number, done: number): number {
  const over = context.running ? done : perYear;
  const start = context.firstYear * perYear;
  return context.followed
    ? start + over - context.periods + context.period
    : start + Math.floor(own(context, item) * over);
}

/** Days run on with the time step (hours: all on one day); a date that only describes its row falls anywhere. */
const stepDay = (context: RowContext, item: SeriesItem): number =>
  context.followed ? 59 + (context.hourly ? 0 : context.period) : Math.floor(own(context, item) * 300);

const RECIPES = new Map<string, { readonly maker: Maker; readonly args: readonly string[] }>();

function recipeOf(item: SeriesItem): { readonly maker: Maker; readonly args: readonly string[] } {
  const known = RECIPES.get(item.value);
  if (known !== undefined) return known;
  const [kind = '', ...args] = item.value.split(':');
  const maker = MAKERS[kind];
  if (maker === undefined) throw new Error(`no value is made by "${item.value}" (item ${item.name})`);
  const recipe = { maker, args };
  RECIPES.set(item.value, recipe);
  return recipe;
}

/** Writes one value of a row by its item's recipe, for example `int:30:900` or `of:是/否`. */
export function valueOf(item: SeriesItem, context: RowContext): string {
  const { maker, args } = recipeOf(item);
  return maker(args, context, item);
}

/** The type of an item, by its recipe. */
export function typeOf(value: string): 'string' | 'integer' | 'number' | 'date' | 'datetime' {
  if (/^(?:int|sum|part|year)\b/.test(value) || /^of:[\d/]+$/.test(value)) return 'integer';
  if (/^(?:dec|ratio|plus|per|lng|lat)\b/.test(value)) return 'number';
  if (/^(?:date|later|future)$/.test(value)) return 'date';
  return value === 'at' ? 'datetime' : 'string';
}
