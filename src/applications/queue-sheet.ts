import { type Language, textIn } from '../kernel/text.js';
import type { Sheet, SheetCell } from '../sheets/index.js';
import type { ApplicationSummary } from './application-queries.js';
import { DELIVERY_WORDS, PURPOSE_WORDS, STATE_WORDS } from './case-words.js';

const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '申请编号', en: 'Number' }, width: 16 },
  { heading: { zh: '状态', en: 'State' }, width: 14 },
  { heading: { zh: '申请人', en: 'Applicant' }, width: 24 },
  { heading: { zh: '数据提供方', en: 'Holder' }, width: 24 },
  { heading: { zh: '数据集', en: 'Datasets' }, width: 34 },
  { heading: { zh: '用途', en: 'Purpose' }, width: 14 },
  { heading: { zh: '提供方式', en: 'Delivery' }, width: 14 },
  { heading: { zh: '提交时间', en: 'Submitted' }, width: 22 },
  { heading: { zh: '到期', en: 'Due' }, width: 12 },
  { heading: { zh: '已逾期', en: 'Overdue' }, width: 10 },
  { heading: { zh: '待答问题', en: 'Open questions' }, width: 10 },
];

function rowOf(summary: ApplicationSummary, language: Language): SheetCell[] {
  const { state, applicant, holder, datasets, purpose, delivery, due, openQuestions } = summary;
  const yes = language === 'zh' ? '是' : 'yes';
  return [
    summary.number,
    textIn(STATE_WORDS[state], language),
    applicant.name,
    holder.name,
    datasets.map(({ title, dataset }) => textIn(title, language) || dataset).join('; '),
    textIn(PURPOSE_WORDS[purpose.category], language),
    textIn(DELIVERY_WORDS[delivery], language),
    summary.submittedAt,
    due,
    summary.overdue ? yes : null,
    openQuestions,
  ];
}

/** The last line of a table that does not hold the whole list. */
const cut = (shown: number, total: number): string =>
  `仅列出 ${total} 件中的前 ${shown} 件，请缩小筛选范围。 The first ${shown} of ${total}; filter the list for the rest.`;

/** A list of applications as a table, with what their reader may see of each. */
export function queueTable(
  { items, total }: { readonly items: readonly ApplicationSummary[]; readonly total: number },
  language: Language,
): Pick<Sheet, 'columns' | 'rows'> {
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for (const item of items) yield rowOf(item, language);
    if (items.length < total) yield [cut(items.length, total), ...COLUMNS.slice(1).map(() => null)];
  }
  return { columns: COLUMNS, rows: rows() };
}
