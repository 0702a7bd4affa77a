import type { Language } from '../../kernel/text.js';
import type { FusedTable, Fusion, LeftOut, SharedColumn } from '../domain/risk/fusion.js';
import type { NotAssessed } from '../domain/risk/risk.js';
import { REASONS } from './render-lowering.js';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const BY = {
  en: { named: 'as told', name: 'same name', values: 'same values' },
  zh: { named: '由使用者指定', name: '列名相同', values: '取值相同' },
} as const;

const pairText = ({ first, second, by }: SharedColumn, language: Language): string =>
  `  ${first === second ? first : `${first} = ${second}`} (${BY[language][by]})`;

const WHY = {
  en: {
    'record-number': 'numbers the records of each',
    list: 'one record for each in both',
    'not-linking': 'agrees no more than by chance',
    'too-many': 'not tried',
  },
  zh: {
    'record-number': '各自的记录编号',
    list: '两表各有一条对应记录的类目',
    'not-linking': '相同不超出偶然',
    'too-many': '未尝试',
  },
} as const;

const leftOutText = ({ first, second, why }: LeftOut, language: Language): string =>
  `  ${first === second ? first : `${first} = ${second}`} (${WHY[language][why]})`;

function tableLine(name: string, table: FusedTable, zh: boolean): string {
  const { records, k, matched, fall } = table;
  return zh
    ? `${name}：${records} 条，k = ${k}，${percent(matched)} 的记录在另一表中也有；合并后 k 下降 ${fall}`
    : `${name}: ${records} records, k = ${k}, ${percent(matched)} of them are matched; the join is ${fall} below`;
}

/** What two tables tell together, as a person reads it on a terminal. */
export function renderFusion(
  fusion: Fusion | NotAssessed,
  names: readonly [string, string],
  language: Language = 'en',
): string {
  const zh = language === 'zh';
  if (fusion.status !== 'assessed') return `${zh ? '未评估' : 'Not assessed'}: ${REASONS[language][fusion.reason]}`;
  const { shared, leftOut, uniqueToUnique, certainShare, kJoined, links } = fusion;
  const certain = zh
    ? `两表中都唯一、可确定对应的记录：${uniqueToUnique}（占较小表的 ${percent(certainShare)}）`
    : `Alone in both, so surely the same: ${uniqueToUnique} (${percent(certainShare)} of the smaller table)`;
  const verdict = zh
    ? links
      ? '两表合并可指向单个记录：同一使用方同时取得前须审核。'
      : '按这些列合并，未见超出偶然的对应。未识别的列和第三张表不在此列。'
    : links
      ? 'Together they single records out: look before the same hands get both.'
      : 'On these columns they link no more than chance does. Columns nobody recognised and third tables are not covered.';
  return [
    zh ? '共有的列：' : 'Shared columns:',
    ...shared.map((pair) => pairText(pair, language)),
    ...(leftOut.length === 0 ? [] : [zh ? '未用于合并：' : 'Alike, not joined on:']),
    ...leftOut.map((pair) => leftOutText(pair, language)),
    tableLine(names[0], fusion.first, zh),
    tableLine(names[1], fusion.second, zh),
    certain,
    `${zh ? '合并后的 k' : 'k of the join'}: ${kJoined ?? '–'}`,
    verdict,
  ].join('\n');
}
