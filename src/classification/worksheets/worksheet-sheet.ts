import type { DatasetRecord } from '../../catalogue/index.js';
import { type Language, type Text, textIn } from '../../kernel/text.js';
import { TIER_WORDS, TIERS, type Tier } from '../../kernel/tier.js';
import { inBoth, type Sheet, type SheetCell, type SheetColumn } from '../../sheets/index.js';
import { sourceText } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import { tierChoice, WORKSHEET_FIELDS, type WorksheetField } from '../domain/worksheet.js';

/** What says that a workbook is one of ours, and how it is laid out. */
export const WORKSHEET_MARK = { kind: 'tiergate-worksheet', layout: '1' } as const;

const COLUMNS: Readonly<Record<WorksheetField, SheetColumn>> = {
  dataset: { heading: { zh: '数据集', en: 'Dataset id' }, width: 28 },
  version: { heading: { zh: '版本', en: 'Version' }, width: 8, kind: 'hidden' },
  assessment: { heading: { zh: '评估', en: 'Assessment' }, width: 28, kind: 'hidden' },
  identifier: { heading: { zh: '编号', en: 'Identifier' }, width: 16 },
  titleZh: { heading: { zh: '名称（中文）', en: 'Title (Chinese)' }, width: 32 },
  titleEn: { heading: { zh: '名称（英文）', en: 'Title (English)' }, width: 32 },
  publisher: { heading: { zh: '开放主体', en: 'Publisher' }, width: 22 },
  inForce: { heading: { zh: '现行开放类型', en: 'In force' }, width: 14 },
  declared: { heading: { zh: '拟定开放类型', en: 'Declared' }, width: 14 },
  proposed: { heading: { zh: '系统建议', en: 'Proposed' }, width: 14 },
  reasons: { heading: { zh: '依据', en: 'Reasons' }, width: 60 },
  tier: {
    heading: { zh: '开放类型（填写）', en: 'Tier (fill in)' },
    width: 22,
    kind: 'entry',
    choices: TIERS.map(tierChoice),
  },
  reason: { heading: { zh: '理由（填写）', en: 'Reason (fill in)' }, width: 36, kind: 'entry' },
  legalBasis: { heading: { zh: '法律依据（填写）', en: 'Legal basis (fill in)' }, width: 30, kind: 'entry' },
};

/** The heading row as it must come back. */
export const WORKSHEET_HEADINGS: readonly string[] = WORKSHEET_FIELDS.map((field) => inBoth(COLUMNS[field].heading));

const NOTES: readonly Text[] = [
  {
    zh: '只填写最后三列；留空的行不作处理。放宽开放类型须写明理由和法律依据，并由他人审核。',
    en: 'Fill in the last three columns only; rows left blank are left alone. A milder tier needs a reason and a legal basis, and another person decides on it.',
  },
  {
    zh: '提交后逐行给出结果。下载之后发生变化的数据集不受理，请重新下载。',
    en: 'Sent back, each row gets its own answer. A dataset that changed since is refused: fetch the worksheet anew.',
  },
];

/** A record with the assessment that waits for a decision on it. */
export interface WorksheetEntry {
  readonly record: DatasetRecord;
  readonly row: AssessmentRow;
  readonly publisher: string;
}

function reasonsOf({ verdict }: AssessmentRow, language: Language): string {
  const lines = verdict.rules.map(({ text, source, inputs }) => {
    const items = [...new Set(inputs.flatMap(({ item }) => (item === undefined ? [] : [item])))];
    const where = items.length === 0 ? '' : ` [${items.slice(0, 8).join(', ')}]`;
    return `${textIn(text, language)}${where} (${textIn(sourceText(source), language)})`;
  });
  return lines.join('\n');
}

export function worksheetRow({ record, row, publisher }: WorksheetEntry, language: Language): SheetCell[] {
  const word = (tier: Tier | null): string => (tier === null ? '' : textIn(TIER_WORDS[tier], language));
  const cells: Record<WorksheetField, SheetCell> = {
    dataset: record.id,
    version: record.version,
    assessment: row.id,
    identifier: record.identifier,
    titleZh: record.title.zh ?? null,
    titleEn: record.title.en ?? null,
    publisher,
    inForce: word(record.tier),
    declared: word(row.verdict.declared),
    proposed: word(row.proposed_tier),
    reasons: reasonsOf(row, language),
    tier: null,
    reason: null,
    legalBasis: null,
  };
  return WORKSHEET_FIELDS.map((field) => cells[field]);
}

async function* rowsOf(entries: AsyncIterable<WorksheetEntry>, language: Language): AsyncGenerator<SheetCell[]> {
  for await (const entry of entries) yield worksheetRow(entry, language);
}

export const worksheetOf = (entries: AsyncIterable<WorksheetEntry>, language: Language): Sheet => ({
  title: { zh: '分类分级工作表', en: 'Classification worksheet' },
  notes: NOTES,
  columns: WORKSHEET_FIELDS.map((field) => COLUMNS[field]),
  rows: rowsOf(entries, language),
  marks: WORKSHEET_MARK,
});
