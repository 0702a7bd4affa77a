import { type Language, textIn } from '../../kernel/text.js';
import { TIER_WORDS } from '../../kernel/tier.js';
import type { FiredRule } from '../domain/verdict.js';
import { requirePacks } from '../packs/load.js';
import { adviceLines } from './render-lowering.js';
import type { ColumnReport, FileAssessment, FileRefusal, FileRefusalCode, Report } from './report.js';

const WORDS = {
  en: {
    refused: 'Not assessed',
    file: 'File',
    sheets: 'sheets',
    rows: 'rows',
    broken: 'rows with another number of cells',
    characters: 'unreadable characters',
    captions: 'caption rows above the header',
    undeclared: 'closed until declared',
    because: 'because of',
    duplicates: 'Columns named twice',
    unnamed: 'Columns without a name (position)',
    column: 'column',
    tier: 'tier',
    found: 'found',
    share: 'share',
    verdict: 'Verdict',
    people: 'a person has to look',
    notAsked: 'not asked inside the database',
    doubts: 'too much of it could not be read: a person has to look',
    uncalculated: 'formulas hold no result, so what they show was not read: save it in a spreadsheet, then try again',
    singledOut: 'somebody is alone, or among too few, with what is sensitive about them: a person has to look',
    weak: 'signs that close nothing by themselves',
    proposed: 'the engine proposes',
    abstains: 'the engine abstains',
    why: 'Why',
    unverified: 'source not checked against its text; to be adopted locally',
    none: 'nothing',
    pack: 'Rules',
  },
  zh: {
    refused: '未评估',
    file: '文件',
    sheets: '工作表',
    rows: '行',
    broken: '行的列数不符',
    characters: '个无法识别的字符',
    captions: '行标题说明在表头之上',
    undeclared: '未拟定，暂不开放',
    because: '依据列',
    duplicates: '重复的列名',
    unnamed: '没有列名的列（序号）',
    column: '列',
    tier: '开放类型',
    found: '识别结果',
    share: '占比',
    verdict: '结论',
    people: '须人工审核',
    notAsked: '数据库内未能检查',
    doubts: '无法正确读取的内容过多，须人工审核',
    uncalculated: '个公式没有保存计算结果，其内容未能读取：请用电子表格软件打开并保存后再试',
    singledOut: '有人的敏感信息可与极少数人区分开来，须人工审核',
    weak: '单独不足以限制开放的线索',
    proposed: '系统建议',
    abstains: '系统不作建议',
    why: '依据',
    unverified: '未与原文核对，须由本地采用',
    none: '未发现',
    pack: '规则包',
  },
} as const;
type Words = (typeof WORDS)[Language];

const FORMATS = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  xlsx: 'XLSX',
  parquet: 'Parquet',
  database: 'database',
} as const;

/** Columns a text takes on a terminal: Chinese characters take two. */
const width = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(char) ? 2 : 1),
    0,
  );

/** Control and direction characters of a hostile column name are shown, not obeyed. */
const plain = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `<${char.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}>`,
  );

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd(),
  );
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(fraction > 0 && fraction < 0.01 ? 2 : 1)} %`;

/** What the rules call a type of column: in English its code says it. */
function titlesOf({ pack: { id, version, hash } }: FileAssessment, language: Language): (type: string) => string {
  const types = language === 'en' ? [] : (requirePacks().exactly(id, version, hash)?.pack.columns.types ?? []);
  const titles = new Map(types.map(({ type, title }) => [type, textIn(title, language)]));
  return (type) => titles.get(type) ?? type;
}

function columnRows(report: FileAssessment, words: Words, language: Language): string[][] {
  const titleOf = titlesOf(report, language);
  const tierOf = ({ tier, floor }: ColumnReport): string =>
    report.verdict.declared === null && floor === 'open' ? words.undeclared : TIER_WORDS[tier][language];
  return report.columns.flatMap((column) => {
    if (column.findings.length === 0) return [[plain(column.name), tierOf(column), words.none, '', '']];
    return column.findings.map((finding, index) => [
      index === 0 ? plain(column.name) : '',
      index === 0 ? tierOf(column) : '',
      titleOf(finding.type),
      `${percent(finding.matchedFraction)} / ${finding.sampleSize}`,
      finding.rule,
    ]);
  });
}

const itemsOf = (rules: readonly FiredRule[]): string[] => [
  ...new Set(rules.flatMap(({ inputs }) => inputs.flatMap(({ item }) => (item === undefined ? [] : [plain(item)])))),
];
const sourceOf = ({ source }: FiredRule, language: Language): string =>
  [source.text, source.article].flatMap((part) => (part === undefined ? [] : [textIn(part, language)])).join(' ');

function ruleLines(rule: FiredRule, words: Words, language: Language): string[] {
  const items = itemsOf([rule]);
  const doubt = rule.verified ? '' : ` (${words.unverified})`;
  return [
    `  ${rule.id}${items.length === 0 ? '' : `: ${items.join(', ')}`}`,
    `    ${textIn(rule.text, language)}`,
    `    ${sourceOf(rule, language)}${doubt}`,
  ];
}

/** The tier, the columns that demand it, and the law: what a person wants to know first. */
function outcomeLines(report: FileAssessment, words: Words, language: Language): string[] {
  const { verdict, columns } = report;
  const grounds = verdict.rules.filter(({ outcome }) => 'floor' in outcome && outcome.floor === verdict.tier);
  const sources = [...new Set(grounds.map((rule) => sourceOf(rule, language)))];
  const named = new Set(itemsOf(grounds));
  const items = columns.map(({ name }) => plain(name)).filter((name) => named.has(name));
  const pending = verdict.tierStatus === 'pending-review' ? [words.people] : [];
  const proposal =
    verdict.proposed === null ? words.abstains : `${words.proposed}: ${TIER_WORDS[verdict.proposed][language]}`;
  return [
    `${words.verdict}: ${[TIER_WORDS[verdict.tier][language], ...pending, proposal].join('; ')}`,
    ...(items.length === 0 ? [] : [`  ${words.because}: ${items.join(', ')} (${sources.join('; ')})`]),
    ...weakLines(report, words),
  ];
}

function doubtLines({ doubts, uncalculated = 0 }: FileAssessment, words: Words): string[] {
  const unread = doubts.includes('broken-rows') || doubts.includes('broken-characters');
  return [
    ...(unread ? [words.doubts] : []),
    ...(uncalculated > 0 ? [`${uncalculated} ${words.uncalculated}`] : []),
    ...(doubts.includes('singled-out') ? [words.singledOut] : []),
  ];
}

/** Columns with signs that are no ground: said, because nothing else tells that somebody might look. */
function weakLines({ verdict }: FileAssessment, words: Words): string[] {
  if (!verdict.issues.some(({ code }) => code === 'weak-evidence')) return [];
  const weak = verdict.rules.filter(({ outcome }) => 'evidence' in outcome && outcome.evidence !== 'open');
  return [`  ${words.weak}: ${itemsOf(weak).join(', ') || weak.map(({ id }) => id).join(', ')}`];
}

function assessed(report: FileAssessment, words: Words, language: Language): string[] {
  const broken = report.brokenRows > 0 ? [`${report.brokenRows} ${words.broken}`] : [];
  const unreadable = report.brokenCharacters > 0 ? [`${report.brokenCharacters} ${words.characters}`] : [];
  const captions = report.captions > 0 ? [`${report.captions} ${words.captions}`] : [];
  const { format, encoding, sheets: read = [] } = report.file;
  const sheets = read.length === 0 ? [] : [`${words.sheets}: ${read.map(plain).join(', ')}`];
  const kind = encoding === undefined ? FORMATS[format] : `${FORMATS[format]}, ${encoding}`;
  const counts = [kind, ...sheets, `${report.rows} ${words.rows}`, ...captions, ...broken, ...unreadable];
  const names = report.duplicateColumns.map(plain).join(', ');
  return [
    `${words.file}: ${plain(report.file.name)} (${counts.join(', ')})`,
    ...doubtLines(report, words),
    ...(report.notAsked === undefined ? [] : [`${words.notAsked} (${words.people}): ${report.notAsked.join(', ')}`]),
    ...(names === '' ? [] : [`${words.duplicates}: ${names}`]),
    ...(report.unnamedColumns.length === 0 ? [] : [`${words.unnamed}: ${report.unnamedColumns.join(', ')}`]),
    '',
    ...table([[words.column, words.tier, words.found, words.share, ''], ...columnRows(report, words, language)]),
    '',
    ...outcomeLines(report, words, language),
    `${words.why}:`,
    ...report.verdict.rules.flatMap((rule) => ruleLines(rule, words, language)),
    ...adviceLines(report.risk, report.lowering, language).map(plain),
    `${words.pack}: ${report.pack.id}/${report.pack.version}`,
  ];
}

/** What a code means, for whom its detail says nothing. */
const FAULTS: Readonly<Record<FileRefusalCode, string>> = {
  'not-found': '没有该文件',
  'empty-file': '文件为空',
  'binary-file': '不是文本表格',
  'not-a-table': '内容不是表格',
  'no-header': '首行是数据，不是列名',
  'no-rows': '没有数据行',
  'record-too-long': '有记录过长',
  'broken-quoting': '引号不成对',
  'broken-json': 'JSON 不完整或嵌套过深',
  'broken-workbook': '工作簿已损坏，或者有异常长的文本',
  'archive-bomb': '压缩内容异常膨胀，未解压',
  'no-such-sheet': '没有该工作表',
  'no-such-column': '没有该列',
  'no-such-table': '没有该表',
  'no-connection': '未能连接数据库',
  'not-answered': '数据库未作答复',
  'broken-parquet': 'Parquet 文件已损坏或不完整',
  'too-many-columns': '列数过多',
  'changed-while-read': '文件在读取期间被写入',
  'time-up': '时限内未读完',
  'out-of-memory': '内容超出读取内存上限',
  'state-secret': '表中带有密级标志',
};

const refused = (report: FileRefusal, words: Words, language: Language): string[] => [
  language === 'zh'
    ? `${words.refused}：${FAULTS[report.code]}（${report.code}）`
    : `${words.refused}: ${report.code} (${plain(report.detail)})`,
  `  ${plain(textIn(report.remedy, language))}`,
];

/** The report as a person reads it on a terminal, without a trailing line end. */
export function renderReport(report: Report, language: Language = 'en'): string {
  const words = WORDS[language];
  return (report.kind === 'refused' ? refused(report, words, language) : assessed(report, words, language)).join('\n');
}
