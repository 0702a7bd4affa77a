import { FIELDS } from '../src/kernel/fields.js';
import { hashWords } from './random.js';
import { SERIES, type Series } from './series.js';
import { CITY, DISTRICTS } from './vocabulary/places.js';

/** One dataset to be written: a series, and the part of it that this record holds. */
export interface Variant {
  readonly series: Series;
  /** Identifies the dataset: never changes once published, every id and every random stream hangs on it. */
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly area: { readonly zh: string; readonly en: string };
  /** Index into DISTRICTS, or `null` for the whole city. */
  readonly district: number | null;
  /** `null` for a dataset that runs on. */
  readonly year: number | null;
  /** 0 for the first of its series. */
  readonly index: number;
}

/** How many datasets the demo holds. */
export const DATASET_COUNT = 1600;
const YEARS = [2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018];
/** Contradictory series appear in few districts only: a catalogue has some, not a third. */
const MOST: Readonly<Record<Series['nature'], number>> = { o: 13, c: 13, r: 6, x: 2, rx: 2 };

const wholeCity = { zh: '全市', en: `all of ${CITY.en}` };

function byDistrict(series: Series): Variant[] {
  const start = hashWords(series.key)[0] % DISTRICTS.length;
  const order = DISTRICTS.map((_, i) => (start + i) % DISTRICTS.length);
  return [null, ...order].map((district, index) => {
    const area = district === null ? wholeCity : (DISTRICTS[district] as (typeof DISTRICTS)[number]);
    const title =
      district === null ? series.title : { zh: `${area.zh}${series.title.zh}`, en: `${series.title.en}, ${area.en}` };
    return { series, key: `${series.key}/${district ?? 'city'}`, title, area, district, year: null, index };
  });
}

function byYear(series: Series): Variant[] {
  return YEARS.map((year, index) => ({
    series,
    key: `${series.key}/${year}`,
    title: { zh: `${series.title.zh}（${year}年）`, en: `${series.title.en}, ${year}` },
    area: wholeCity,
    district: null,
    year,
    index,
  }));
}

function byPart(series: Series, parts: readonly { zh: string; en: string }[]): Variant[] {
  return parts.map((part, index) => ({
    series,
    key: `${series.key}/${index}`,
    title: { zh: `${series.title.zh}（${part.zh}）`, en: `${series.title.en}: ${part.en}` },
    area: part,
    district: null,
    year: null,
    index,
  }));
}

function variantsOf(series: Series): Variant[] {
  const all =
    series.by === 'district' ? byDistrict(series) : series.by === 'year' ? byYear(series) : byPart(series, series.by);
  return all.slice(0, MOST[series.nature]);
}

/** The demo's datasets: for each field the first variants of every series, then the second ones, up to its quota. */
export function variants(): Variant[] {
  const fields = Object.keys(FIELDS);
  return fields.flatMap((field, position) => {
    const quota = Math.floor(DATASET_COUNT / fields.length) + (position < DATASET_COUNT % fields.length ? 1 : 0);
    return SERIES.filter((series) => series.field === field)
      .flatMap(variantsOf)
      .sort((a, b) => a.index - b.index)
      .slice(0, quota);
  });
}
