import type { Frequency } from '../src/catalogue/index.js';
import type { SeedOrganisation } from './organisations.js';
import type { Stream } from './random.js';
import type { Variant } from './variants.js';

const EVERY: Readonly<Record<Frequency, { zh: string; en: string }>> = {
  realtime: { zh: '实时更新', en: 'in real time' },
  hourly: { zh: '每小时更新', en: 'every hour' },
  daily: { zh: '每日更新', en: 'every day' },
  weekly: { zh: '每周更新', en: 'every week' },
  monthly: { zh: '每月更新', en: 'every month' },
  quarterly: { zh: '每季度更新', en: 'every quarter' },
  'half-yearly': { zh: '每半年更新', en: 'every six months' },
  yearly: { zh: '每年更新', en: 'every year' },
  'every-two-years': { zh: '每两年更新', en: 'every two years' },
  irregular: { zh: '不定期更新', en: 'when something changes' },
  once: { zh: '一次性发布', en: 'once' },
};

const OPENINGS = [
  { zh: '提供{area}{title}。', en: '{title}, covering {area}.' },
  { zh: '汇集{area}范围内的{title}数据。', en: 'Data on {title} for {area}.' },
  { zh: '本数据集收录{title}，范围为{area}。', en: 'This dataset holds {title} for {area}.' },
];

const lowered = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text);
const fill = (template: string, title: string, area: string): string =>
  template
    .replace('{title}', title)
    .replace('{area}', area)
    .replace(/^./, (first) => first.toUpperCase());

/** What the publisher says the dataset holds: scope, one row, items, origin, rhythm. */
export function abstractOf(
  variant: Variant,
  publisher: SeedOrganisation,
  frequency: Frequency,
  random: Stream,
): { zh: string; en: string } {
  const { series } = variant;
  const opening = random.pick(OPENINGS);
  const system = random.pick(publisher.systems) ?? publisher.name;
  const zhItems = series.items.map((item) => item.zh).join('、');
  const enItems = series.items.map((item) => lowered(item.en)).join(', ');
  const zhYear = variant.year === null ? '' : `时间范围为${variant.year}年。`;
  const enYear = variant.year === null ? '' : ` It covers ${variant.year}.`;
  return {
    zh: `${fill(opening.zh, series.title.zh, variant.area.zh)}以${series.row.zh}为单位逐条记录，包括${zhItems}。${zhYear}数据来自${system.zh}，由${publisher.name.zh}${EVERY[frequency].zh}。`,
    en: `${fill(opening.en, lowered(series.title.en), variant.area.en)} One row per ${lowered(series.row.en)}: ${enItems}.${enYear} Taken from ${system.en}; published ${EVERY[frequency].en} by the ${publisher.name.en}.`,
  };
}
