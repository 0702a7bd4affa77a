import type { Text } from '../../kernel/text.js';
import { FILE_REFUSALS } from '../files/report.js';

/** Why a file that could have been read was not assessed. */
const OWN: Readonly<Record<string, Text>> = {
  'time-budget': {
    en: 'Send a smaller part of the table, or run tiergate classify where the data is and send its report.',
    zh: '请提交该表的一部分，或者在数据所在处运行 tiergate classify 并提交其报告。',
  },
  'reader-failed': {
    en: 'Send the table in another format (CSV in UTF-8 or GB18030), or run tiergate classify where the data is.',
    zh: '请改用其他格式（UTF-8 或 GB18030 的 CSV），或者在数据所在处运行 tiergate classify。',
  },
  interrupted: {
    en: 'The server ended in the middle and deleted the file. Send it again.',
    zh: '服务器中途停止，文件已删除，请重新提交。',
  },
};

/** Codes of failures that are not the file's. */
export const OWN_FAILURES: readonly string[] = Object.keys(OWN);

const OTHER: Text = { en: 'Send the file again.', zh: '请重新提交文件。' };

/** What to do where a file gave no assessment. */
export const remedyOfFailure = (code: string): Text =>
  OWN[code] ?? (FILE_REFUSALS as Readonly<Record<string, Text>>)[code] ?? OTHER;
