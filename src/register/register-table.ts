import { FIELDS } from '../kernel/fields.js';
import { type Language, type Text, textIn } from '../kernel/text.js';
import type { Sheet, SheetCell } from '../sheets/index.js';
import type { Entry } from './domain/entry.js';
import type { ComplaintsView, EntryView, ViewOfEntry } from './register-views.js';

const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '季度', en: 'Quarter' }, width: 10 },
  { heading: { zh: '数据集', en: 'Dataset' }, width: 34 },
  { heading: { zh: '开放类型', en: 'Tier' }, width: 14 },
  { heading: { zh: '数据提供方', en: 'Holder' }, width: 24 },
  { heading: { zh: '数据领域', en: 'Field' }, width: 14 },
  { heading: { zh: '用途', en: 'Purpose' }, width: 14 },
  { heading: { zh: '申请人类型', en: 'Kind of applicant' }, width: 14 },
  { heading: { zh: '办理结果', en: 'Outcome' }, width: 14 },
  { heading: { zh: '不予批准的理由', en: 'Reasons of refusal' }, width: 34 },
  { heading: { zh: '依据', en: 'Article' }, width: 24 },
  { heading: { zh: '用时（工作日）', en: 'Working days' }, width: 10 },
  { heading: { zh: '期限（工作日）', en: 'Limit' }, width: 10 },
  { heading: { zh: '按期', en: 'In time' }, width: 8 },
  { heading: { zh: '复核', en: 'Review' }, width: 10 },
  { heading: { zh: '产品数', en: 'Products' }, width: 10 },
  { heading: { zh: '产品名称', en: 'Named products' }, width: 34 },
];

const YES: Text = { zh: '是', en: 'yes' };
const NO: Text = { zh: '否', en: 'no' };

function rowOf(entry: EntryView, language: Language): SheetCell[] {
  const said = (text: Text | undefined): string | null => (text === undefined ? null : textIn(text, language));
  return [
    entry.quarter,
    said(entry.dataset?.title),
    entry.tier,
    said(entry.holder?.name),
    entry.field === null ? null : textIn(FIELDS[entry.field], language),
    entry.purpose,
    entry.applicantKind,
    entry.outcome,
    entry.reasons.map(({ text, code }) => textIn(text, language) || code).join('; '),
    [
      ...new Set(entry.reasons.flatMap(({ article }) => (article === null ? [] : [textIn(article.text, language)]))),
    ].join('; '),
    entry.days,
    entry.limit,
    textIn(entry.inTime ? YES : NO, language),
    entry.appeal,
    entry.use.products,
    entry.use.named.join('; '),
  ];
}

/** The register as a table, and on paper. */
export function registerTable(entries: readonly Entry[], view: ViewOfEntry, language: Language): Sheet {
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for (const entry of entries) yield rowOf(view(entry), language);
  }
  return {
    title: { zh: '公共数据开放登记簿', en: 'Register of opening public data' },
    notes: [
      { zh: '所列为已结束季度的办理结果，不含申请人。', en: 'Rulings of quarters that are over, without who applied.' },
    ],
    columns: COLUMNS,
    rows: rows(),
  };
}

const COMPLAINT_COLUMNS: Sheet['columns'] = [
  { heading: { zh: '季度', en: 'Quarter' }, width: 10 },
  { heading: { zh: '数据提供方', en: 'Holder' }, width: 24 },
  { heading: { zh: '事项', en: 'About' }, width: 10 },
  { heading: { zh: '件数', en: 'Count' }, width: 10 },
  { heading: { zh: '逾期未答复', en: 'Overdue, unanswered' }, width: 10 },
  { heading: { zh: '按期答复', en: 'Answered in time' }, width: 10 },
  { heading: { zh: '已改正', en: 'Mended' }, width: 10 },
  { heading: { zh: '中位用时（工作日）', en: 'Median, working days' }, width: 10 },
];

const QUALITY: Text = { zh: '数据质量', en: 'quality' };
const RIGHTS: Text = { zh: '权益', en: 'rights' };

/** Objections to quality with how they were answered, then complaints about rights, of which only the number is told. */
export function complaintTable(
  { quality, rights }: ComplaintsView,
  language: Language,
): Pick<Sheet, 'columns' | 'rows'> {
  const said = (text: Text): string => textIn(text, language);
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for (const { period, holder, count, undecided, inTime, mended, median } of quality)
      yield [period, said(holder.name), said(QUALITY), count, undecided, inTime, mended, median];
    for (const { period, holder, count } of rights)
      yield [period, holder === null ? null : said(holder.name), said(RIGHTS), count, null, null, null, null];
  }
  return { columns: COMPLAINT_COLUMNS, rows: rows() };
}
