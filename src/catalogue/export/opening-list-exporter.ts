import { FIELDS } from '../../kernel/fields.js';
import { TIER_WORDS } from '../../kernel/tier.js';
import { type Language, type Text, textIn } from '../../kernel/text.js';
import {
  papersAreBusy,
  paperOf,
  PDF,
  type Sheet,
  type SheetCell,
  SIGNATURES,
  workbooksAreBusy,
  XLSX,
  xlsxOf,
} from '../../sheets/index.js';
import type { DatasetRecord, Frequency } from '../domain/dataset.js';
import type { Exporter, ExportSource } from './exporter.js';

const BATCH = 500;

const DELIVERY: Readonly<Record<string, Text>> = {
  download: { zh: '下载', en: 'download' },
  api: { zh: '接口', en: 'interface' },
  sandbox: { zh: '安全环境', en: 'sandbox' },
};

const FREQUENCY: Readonly<Record<Frequency, Text>> = {
  realtime: { zh: '实时', en: 'in real time' },
  hourly: { zh: '每小时', en: 'hourly' },
  daily: { zh: '每日', en: 'daily' },
  weekly: { zh: '每周', en: 'weekly' },
  monthly: { zh: '每月', en: 'monthly' },
  quarterly: { zh: '每季度', en: 'quarterly' },
  'half-yearly': { zh: '每半年', en: 'every half year' },
  yearly: { zh: '每年', en: 'yearly' },
  'every-two-years': { zh: '每两年', en: 'every two years' },
  irregular: { zh: '不定期', en: 'irregularly' },
  once: { zh: '一次性', en: 'once' },
};

/** Scope, type, conditions and frequency of what is opened, as the Shanghai Data Regulations (art. 42) ask of the list. */
const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '序号', en: 'No.' }, width: 7 },
  { heading: { zh: '数据集编号', en: 'Identifier' }, width: 18 },
  { heading: { zh: '数据集名称', en: 'Dataset' }, width: 34 },
  { heading: { zh: '开放主体', en: 'Publisher' }, width: 24 },
  { heading: { zh: '数据领域', en: 'Field' }, width: 14 },
  { heading: { zh: '开放范围（数据项）', en: 'Scope (data items)' }, width: 44 },
  { heading: { zh: '开放类型', en: 'Opening type' }, width: 14 },
  { heading: { zh: '开放条件', en: 'Conditions' }, width: 36 },
  { heading: { zh: '开放方式', en: 'Delivery' }, width: 14 },
  { heading: { zh: '更新频率', en: 'Update frequency' }, width: 12 },
  { heading: { zh: '最近更新', en: 'Last updated' }, width: 13 },
];

const joined = (texts: readonly string[], language: Language): string => texts.join(language === 'zh' ? '；' : '; ');

function rowOf(record: DatasetRecord, number: number, publisher: string, language: Language): SheetCell[] {
  const word = (texts: Readonly<Record<string, Text>>, code: string): string =>
    textIn(texts[code] ?? {}, language) || code;
  return [
    number,
    record.identifier,
    textIn(record.title, language),
    publisher,
    record.field === null ? null : word(FIELDS, record.field),
    joined(
      record.items.map((item) => textIn(item.title ?? {}, language) || item.name),
      language,
    ),
    word(TIER_WORDS, record.tier),
    joined(
      record.conditions.map(({ text }) => textIn(text, language)),
      language,
    ),
    joined(
      record.deliveryKinds.map((kind) => word(DELIVERY, kind)),
      language,
    ),
    record.updateFrequency === null ? null : word(FREQUENCY, record.updateFrequency),
    record.lastUpdated,
  ];
}

async function* rows(source: ExportSource, language: Language): AsyncGenerator<SheetCell[]> {
  let after = { identifier: '', id: '' };
  let number = 0;
  for (;;) {
    const { records, names } = await source.unit.read(async (reader) => {
      const batch = await source.store.scanPublic(reader, after, BATCH);
      return {
        records: batch,
        names: await source.publishers.names(reader, [...new Set(batch.map((one) => one.publisher))]),
      };
    });
    for (const record of records) {
      number += 1;
      const publisher = textIn(names.get(record.publisher) ?? {}, language) || record.publisher;
      yield rowOf(record, number, publisher, language);
    }
    const last = records.at(-1);
    if (last === undefined || records.length < BATCH) return;
    after = { identifier: last.identifier, id: last.id };
  }
}

export const openingList = (source: ExportSource, language: Language): Sheet => ({
  title: { zh: '公共数据开放清单', en: 'Opening list of public data' },
  notes: [
    {
      zh: '依据《上海市数据条例》第四十二条：开放清单明确数据的开放范围、开放类型、开放条件和更新频率等，并动态调整。',
      en: 'Shanghai Data Regulations, art. 42: the list states scope, type, conditions and update frequency, and is adjusted as things change.',
    },
    { zh: '仅列出无条件开放和有条件开放的数据集。', en: 'Lists what is open or open on conditions.' },
  ],
  columns: COLUMNS,
  signatures: SIGNATURES,
  rows: rows(source, language),
});

/** The opening list as a workbook. */
export const openingListExporter: Exporter = {
  name: 'opening-list.xlsx',
  contentType: XLSX,
  isBusy: workbooksAreBusy,
  write: (source, language) => xlsxOf(openingList(source, language)),
};

/** The opening list on paper, for the head's signature. */
export const openingListPaper: Exporter = {
  name: 'opening-list.pdf',
  contentType: PDF,
  isBusy: papersAreBusy,
  write: (source, language) => paperOf(openingList(source, language)),
};
