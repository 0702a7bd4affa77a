import type { DatasetRecord } from '../../catalogue/index.js';
import { TIER_WORDS } from '../../kernel/tier.js';
import { type Language, textIn } from '../../kernel/text.js';
import { dayOf } from '../../kernel/time.js';
import { type Sheet, type SheetCell, SIGNATURES } from '../../sheets/index.js';
import { sourceText } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import { itemTiersAt } from '../domain/hold.js';
import type { ItemTier } from '../domain/verdict.js';

const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '编号', en: 'Identifier' }, width: 18 },
  { heading: { zh: '数据集', en: 'Dataset' }, width: 30 },
  { heading: { zh: '开放主体', en: 'Publisher' }, width: 22 },
  { heading: { zh: '数据项', en: 'Data item' }, width: 18 },
  { heading: { zh: '识别结果', en: 'Found in the content' }, width: 28 },
  { heading: { zh: '安全级别', en: 'Security level' }, width: 10 },
  { heading: { zh: '数据项开放类型', en: 'Tier of the item' }, width: 14 },
  { heading: { zh: '数据集开放类型', en: 'Tier of the dataset' }, width: 14 },
  { heading: { zh: '依据', en: 'Rules and sources' }, width: 48 },
  { heading: { zh: '状态', en: 'State' }, width: 14 },
  { heading: { zh: '审核日期', en: 'Decided' }, width: 13 },
];

/** A dataset under the assessment that explains its tier. */
export interface GradedDataset {
  readonly record: DatasetRecord;
  readonly row: AssessmentRow;
  readonly publisher: string;
}

const STATUS = {
  declared: { zh: '按拟定类型', en: 'As declared' },
  confirmed: { zh: '已审核', en: 'Confirmed' },
  'pending-review': { zh: '待审核', en: 'Pending review' },
} as const;

/** The rules that name the item, or those about the whole record. */
function groundsOf({ verdict }: AssessmentRow, item: string | null, language: Language): string {
  const named = verdict.rules.filter(({ inputs }) => inputs.some((input) => input.item === item));
  const whole = verdict.rules.filter(({ inputs }) => inputs.every((input) => input.item === undefined));
  return (named.length > 0 ? named : whole)
    .map(({ text, source }) => `${textIn(text, language)} (${textIn(sourceText(source), language)})`)
    .join('\n');
}

const foundIn = ({ facts }: AssessmentRow, item: string): string =>
  (facts.findings ?? [])
    .filter((finding) => finding.item === item)
    .map(
      ({ type, matchedFraction, sampleSize }) => `${type} ${Math.round(matchedFraction * 1000) / 10} % / ${sampleSize}`,
    )
    .join('\n');

/** One line for each data item; a dataset without items has one line of its own. */
export function gradedRows({ record, row, publisher }: GradedDataset, language: Language): SheetCell[][] {
  const items: readonly (ItemTier | null)[] =
    row.verdict.itemTiers.length === 0 ? [null] : itemTiersAt(row.verdict, row.tier);
  return items.map((item) => [
    record.identifier,
    textIn(record.title, language),
    publisher,
    item?.name ?? null,
    item === null ? null : foundIn(row, item.name),
    record.securityLevel,
    item === null ? null : textIn(TIER_WORDS[item.tier], language),
    textIn(TIER_WORDS[record.tier], language),
    groundsOf(row, item?.name ?? null, language),
    textIn(STATUS[record.tierStatus], language),
    row.decided_at === null ? null : dayOf(row.decided_at),
  ]);
}

async function* rowsOf(graded: AsyncIterable<GradedDataset>, language: Language): AsyncGenerator<SheetCell[]> {
  for await (const dataset of graded) yield* gradedRows(dataset, language);
}

/** Tier and grounds of every data item, for the head's signature. */
export const gradingSheet = (graded: AsyncIterable<GradedDataset>, language: Language): Sheet => ({
  title: { zh: '数据分类分级表', en: 'Grading sheet' },
  notes: [
    {
      zh: '识别结果只列类型、占比和取值数，不含任何取值。',
      en: 'What was found is given as types, shares and counts; no value is shown.',
    },
  ],
  columns: COLUMNS,
  signatures: SIGNATURES,
  rows: rowsOf(graded, language),
});
