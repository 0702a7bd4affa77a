import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { TableFault } from '../reader/rows.js';
import type { Format } from '../reader/reading.js';
import type { Doubt } from '../domain/content.js';
import type { Finding } from '../domain/facts.js';
import type { Lowering } from '../domain/lowering/lowering.js';
import type { Risk } from '../domain/risk/risk.js';
import type { Verdict } from '../domain/verdict.js';

/** Exit codes of `tiergate classify`, for use in a publisher's CI. */
export const EXIT = {
  /** Open, or open on conditions: nothing asks for a person. */
  opened: 0,
  /** A rule keeps it restricted. */
  restricted: 1,
  /** People must look: undeclared, contradictory, or raised above what was declared. */
  people: 2,
  /** The file could not be assessed, or holds a secrecy mark. */
  refused: 3,
} as const;

/** Why a file is not assessed. Stable codes; `remedy` says what to do. */
export const FILE_REFUSALS = {
  'not-found': { en: 'Give the path of a file that can be read.', zh: '请提供可以读取的文件路径。' },
  'empty-file': { en: 'Export the table again; the file holds nothing.', zh: '文件为空，请重新导出。' },
  'binary-file': {
    en: 'Save the table as CSV, TSV, JSON, XLSX or Parquet first.',
    zh: '请先另存为 CSV、TSV、JSON、XLSX 或 Parquet。',
  },
  'not-a-table': {
    en: 'It reads like markup. Export the table as CSV, TSV, JSON, XLSX or Parquet first.',
    zh: '内容像标记语言，请先导出为 CSV、TSV、JSON、XLSX 或 Parquet。',
  },
  'no-header': {
    en: 'Add a first line with the names of the columns, or say that there is none (--no-header).',
    zh: '请在首行写明列名，或者声明没有表头（--no-header）。',
  },
  'no-such-column': { en: 'Name the columns as the first line does.', zh: '请按首行的列名填写。' },
  'no-rows': { en: 'Export at least one row of data.', zh: '请至少导出一行数据。' },
  'record-too-long': {
    en: 'Check the line ends and quotes; export one record a line.',
    zh: '请检查换行和引号，每条记录一行。',
  },
  'broken-quoting': { en: 'Close every quote, or export the table again.', zh: '请补全引号，或者重新导出。' },
  'broken-json': {
    en: 'Export the JSON again, as one list of records or one record a line, less deeply nested.',
    zh: '请重新导出 JSON：一个记录列表，或每行一条记录，减少嵌套层次。',
  },
  'broken-workbook': {
    en: 'Open the workbook, save it again as XLSX, or as CSV.',
    zh: '请打开工作簿重新另存为 XLSX 或 CSV。',
  },
  'archive-bomb': {
    en: 'Do not open it; ask whoever sent it for the table as CSV.',
    zh: '请勿打开；请向提供者索取 CSV 格式。',
  },
  'no-such-sheet': {
    en: 'Name a sheet of the workbook, or give its place from 1.',
    zh: '请给出工作表名称或其序号（从 1 起）。',
  },
  'no-such-table': {
    en: 'Name a table of the database that this user may read.',
    zh: '请给出该用户有权读取的表名。',
  },
  'no-connection': {
    en: 'Check host, port, user, password (TIERGATE_SOURCE_PASSWORD) and database.',
    zh: '请检查主机、端口、用户、密码（TIERGATE_SOURCE_PASSWORD）和数据库名。',
  },
  'not-answered': {
    en: "Check that the user may read the table, then try again; the code is the server's own.",
    zh: '请确认该用户有权读取此表后重试；代码由数据库服务器给出。',
  },
  'broken-parquet': {
    en: 'Write the Parquet file again; compare its size with the original.',
    zh: '请重新生成 Parquet 文件，并与原文件核对大小。',
  },
  'too-many-columns': {
    en: 'Split the table, or transpose it; at most 4,096 columns are read.',
    zh: '请拆分或转置该表，最多读取 4096 列。',
  },
  'changed-while-read': {
    en: 'Wait until nobody writes to the file, then try again.',
    zh: '请等文件写入完成后再试。',
  },
  'time-up': { en: 'Allow more time, or split the table.', zh: '请延长时限，或者拆分该表。' },
  'out-of-memory': {
    en: 'Split the table; it holds more than the reader may keep.',
    zh: '请拆分该表，其内容超出读取内存上限。',
  },
  'state-secret': {
    en: 'Stop, keep the file off this system, and call your secrecy officer. Nothing of it was kept.',
    zh: '请立即停止处理，并联系本单位保密工作机构。系统未保留任何内容。',
  },
} as const satisfies Record<TableFault['code'], { en: string; zh: string }>;
export type FileRefusalCode = keyof typeof FILE_REFUSALS;

export interface FileRefusal {
  readonly kind: 'refused';
  readonly code: FileRefusalCode;
  readonly detail: string;
  readonly remedy: Text;
  readonly exitCode: number;
}

export interface ColumnReport {
  readonly name: string;
  readonly tier: Tier;
  /** What the rules alone demand of this column, whatever was declared. */
  readonly floor: Tier;
  /** Non-empty cells read. */
  readonly sampleSize: number;
  readonly findings: readonly Finding[];
}

export interface FileAssessment {
  readonly kind: 'assessed';
  readonly file: {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly format: Format;
    /** Where the format is one of text. */
    readonly encoding?: string;
    /** Of a workbook: the sheets that were read. */
    readonly sheets?: readonly string[];
  };
  readonly pack: { readonly id: string; readonly version: number; readonly hash: string };
  /** Of lines of cells. */
  readonly delimiter?: string;
  /** Records above the header that only caption the table; their words count as its description. */
  readonly captions: number;
  readonly rows: number;
  readonly brokenRows: number;
  readonly brokenCharacters: number;
  /** Formulas that were saved without what they come to; absent where there are none. */
  readonly uncalculated?: number;
  readonly duplicateColumns: readonly string[];
  readonly unnamedColumns: readonly number[];
  /** Why not to open the table without a person. */
  readonly doubts: readonly Doubt[];
  /** Rules for columns that could not be asked inside a database. */
  readonly notAsked?: readonly string[];
  readonly columns: readonly ColumnReport[];
  readonly verdict: Verdict;
  /** How far the table singles people out; why not, where that was not measured. */
  readonly risk: Risk;
  /** What would lower the tier that the rules demand; empty where they demand none. */
  readonly lowering: readonly Lowering[];
  readonly replayHash: string;
  readonly exitCode: number;
}

/** What `tiergate classify` gives back. Holds counts and names of columns, never a cell. */
export type Report = FileAssessment | FileRefusal;

export const fileRefusal = (code: FileRefusalCode, detail: string): FileRefusal => ({
  kind: 'refused',
  code,
  detail,
  remedy: FILE_REFUSALS[code],
  exitCode: EXIT.refused,
});

/** As many names as are told where one is not found. */
const TOLD = 40;

/** Refuses names that no column has; what to do names those that there are. Null where each has one. */
export function noSuchColumn(named: readonly string[], columns: readonly string[]): FileRefusal | null {
  const unknown = named.filter((name) => !columns.includes(name)).map((name) => `"${name}"`);
  if (unknown.length === 0) return null;
  const [told, more] = [columns.slice(0, TOLD), columns.length - TOLD];
  const remedy = {
    en: `Name columns of the table: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    zh: `请填写表中的列：${told.join('、')}${more > 0 ? `，另有 ${more} 列` : ''}。`,
  };
  return { ...fileRefusal('no-such-column', unknown.slice(0, TOLD).join(', ')), remedy };
}

/** Restricted by a rule needs no one to decide; anything doubtful does. */
export function exitCodeOf(verdict: Verdict, doubts: readonly Doubt[] = []): number {
  if (verdict.floor === 'restricted' || verdict.declared === 'restricted') return EXIT.restricted;
  return verdict.tierStatus === 'pending-review' || doubts.length > 0 ? EXIT.people : EXIT.opened;
}
