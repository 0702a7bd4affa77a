import { OUTCOME_WORDS, PROCEEDING_OUTCOME_WORDS, PROCEEDING_WORDS, PURPOSE_WORDS } from '../applications/index.js';
import { TIER_WORDS } from '../kernel/tier.js';
import { FIELDS } from '../kernel/fields.js';
import { type Language, type Text, textIn } from '../kernel/text.js';
import type { Sheet, SheetCell } from '../sheets/index.js';
import type { Spread } from './domain/day-counts.js';
import type { MatterOutcome, Step } from './domain/matter.js';
import type { Figures } from './domain/statistics.js';
import type { StatisticsView } from './register-views.js';

const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '统计项', en: 'What is counted' }, width: 26 },
  { heading: { zh: '其中', en: 'Of these' }, width: 40 },
  { heading: { zh: '件数', en: 'Count' }, width: 10 },
  { heading: { zh: '逾期未决', en: 'Overdue, undecided' }, width: 10 },
  { heading: { zh: '按期', en: 'In time' }, width: 10 },
  { heading: { zh: '按期率（%）', en: 'In time, %' }, width: 10 },
  { heading: { zh: '中位用时（工作日）', en: 'Median, working days' }, width: 12 },
  { heading: { zh: '第90百分位用时（工作日）', en: '90th percentile, working days' }, width: 12 },
];

const STEP: Readonly<Record<Step, Text>> = {
  acceptance: { zh: '受理', en: 'Acceptance' },
  holder: { zh: '数据提供方初审', en: 'Review by the holder' },
  authority: { zh: '主管部门审批', en: 'Ruling of the authority' },
};
const OUTCOME: Readonly<Record<MatterOutcome, Text>> = {
  ...OUTCOME_WORDS,
  undecided: { zh: '逾期未决', en: 'Overdue, undecided' },
};
const REVIEW = {
  asked: { zh: '申请复核', en: 'Asked for' },
  upheld: { zh: '维持', en: 'The refusal stands' },
  reopened: { zh: '重新办理', en: 'Opened again' },
} as const;
const USE = {
  granted: { zh: '生效的使用权限', en: 'Grants that came into force' },
  reported: { zh: '已报告利用情况的使用权限', en: 'Grants with a report on use' },
  reports: { zh: '利用情况报告', en: 'Reports on use' },
  products: { zh: '形成的产品', en: 'Products made' },
} as const;
/** Holders and fields of too few to be told one by one. */
const NOT_NAMED: Text = { zh: '其他（不单列）', en: 'Others, not told one by one' };
const SECTION = {
  whole: { zh: '办结及逾期的申请事项', en: 'Rulings, and what is overdue' },
  steps: { zh: '办理环节', en: 'Steps' },
  outcomes: { zh: '办理结果', en: 'Outcomes' },
  reasons: { zh: '不予批准的理由', en: 'Reasons of refusal' },
  purposes: { zh: '用途', en: 'Purposes' },
  periods: { zh: '季度', en: 'Quarters' },
  holders: { zh: '数据提供方', en: 'Holders' },
  fields: { zh: '数据领域', en: 'Fields' },
  appeals: { zh: '复核', en: 'Reviews of refusals' },
  use: { zh: '数据利用', en: 'Use of the data' },
  quality: { zh: '数据质量异议', en: 'Objections to quality' },
  rights: { zh: '权益投诉', en: 'Complaints about rights' },
  catalogue: { zh: '目录（当前）', en: 'Catalogue as it is now' },
} as const;

type Row = readonly SheetCell[];
const PERCENT = 100;

/** Rows under one heading; a group without anything has none. */
class Rows {
  readonly all: Row[] = [];
  constructor(private readonly language: Language) {}

  said(text: Text): string {
    return textIn(text, this.language);
  }
  count(section: Text, of: string | null, count: number): void {
    this.all.push([this.said(section), of, count, null, null, null, null, null]);
  }
  spread(section: Text, of: string | null, { count, median, p90 }: Spread): void {
    this.all.push([this.said(section), of, count, null, null, null, median, p90]);
  }
  figures(section: Text, of: string | null, { count, undecided, inTime, share, median, p90 }: Figures): void {
    const percent = share === null ? null : Math.round(share * PERCENT);
    this.all.push([this.said(section), of, count, undecided, inTime, percent, median, p90]);
  }
  counts<Key extends string>(
    section: Text,
    words: Readonly<Record<Key, Text>>,
    counts: Readonly<Record<Key, number>>,
  ): void {
    for (const key of Object.keys(words) as Key[]) this.count(section, this.said(words[key]), counts[key]);
  }
}

function rulings(rows: Rows, view: StatisticsView): void {
  const { whole, steps, outcomes, reasons, purposes, periods, holders, fields } = view;
  rows.figures(SECTION.whole, null, whole);
  for (const { step, ...spread } of steps) rows.spread(SECTION.steps, rows.said(STEP[step]), spread);
  for (const { outcome, count } of outcomes) rows.count(SECTION.outcomes, rows.said(OUTCOME[outcome]), count);
  for (const { code, text, count } of reasons) rows.count(SECTION.reasons, rows.said(text) || code, count);
  for (const { purpose, count } of purposes)
    rows.count(SECTION.purposes, rows.said(purpose === null ? NOT_NAMED : PURPOSE_WORDS[purpose]), count);
  for (const one of periods) rows.figures(SECTION.periods, one.period, one);
  for (const one of holders) rows.figures(SECTION.holders, rows.said(one.holder?.name ?? NOT_NAMED), one);
  for (const one of fields)
    rows.figures(SECTION.fields, rows.said(one.field === null ? NOT_NAMED : FIELDS[one.field]), one);
}

function whatFollowed(rows: Rows, { appeals, proceedings, use, complaints, catalogue }: StatisticsView): void {
  rows.counts(SECTION.appeals, REVIEW, appeals);
  for (const { kind, recorded, outcomes } of proceedings) {
    rows.count(PROCEEDING_WORDS[kind], null, recorded);
    for (const { outcome, count } of outcomes)
      if (count > 0) rows.count(PROCEEDING_WORDS[kind], rows.said(PROCEEDING_OUTCOME_WORDS[outcome]), count);
  }
  rows.counts(SECTION.use, USE, use);
  for (const one of complaints.quality)
    rows.figures(SECTION.quality, `${one.period} ${rows.said(one.holder.name)}`, one);
  for (const { period, holder, count } of complaints.rights)
    rows.count(SECTION.rights, `${period} ${rows.said(holder?.name ?? NOT_NAMED)}`, count);
  rows.counts(SECTION.catalogue, TIER_WORDS, catalogue.tiers);
}

/** What the figures are of, under the title. */
const notesOf = ({ sight, upTo, leastApplicants }: StatisticsView, period: string | undefined): Text[] => [
  ...(period === undefined ? [] : [{ zh: `统计期间：${period}`, en: `Period: ${period}` }]),
  ...(upTo === null ? [] : [{ zh: `统计至 ${upTo} 季末`, en: `Up to the end of ${upTo}` }]),
  sight === 'public'
    ? {
        zh: `依公开登记簿统计；涉及申请人少于 ${leastApplicants} 个的，不单列。`,
        en: `Counted from the public register; what concerns fewer than ${leastApplicants} applicants is not told by itself.`,
      }
    : { zh: '内部统计，含全部事项，不得公开。', en: 'All cases, for officers of the authority; not for publication.' },
];

/** The statistics as one table, for a report on paper or a spreadsheet. */
export function statisticsSheet(view: StatisticsView, language: Language, period: string | undefined): Sheet {
  const rows = new Rows(language);
  rulings(rows, view);
  whatFollowed(rows, view);
  async function* all(): AsyncGenerator<Row> {
    yield* rows.all;
  }
  return {
    title: { zh: '公共数据开放统计', en: 'Statistics of opening public data' },
    notes: notesOf(view, period),
    columns: COLUMNS,
    rows: all(),
  };
}
