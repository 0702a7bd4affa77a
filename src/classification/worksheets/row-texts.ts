import { problems } from '../../kernel/problems/index.js';
import type { Text } from '../../kernel/text.js';
import type { RowOutcome } from './worksheet-service.js';

type OwnCode = Exclude<RowOutcome['code'], keyof typeof problems | null>;

/** What a code of a row means and what to do, where no problem of the API says it. */
const OWN: Readonly<Record<OwnCode, { readonly title: Text; readonly remedy: Text }>> = {
  'formula-cell': {
    title: { en: 'The row holds a formula', zh: '该行含有公式' },
    remedy: { en: 'Write the value itself.', zh: '请填写取值本身。' },
  },
  'unknown-tier': {
    title: { en: 'The tier is missing or unknown', zh: '未填写开放类型，或者无法识别' },
    remedy: { en: 'Choose one from the list of the column.', zh: '请从该列的下拉列表中选择。' },
  },
  'text-too-long': {
    title: { en: 'The reason or the legal basis is too long', zh: '理由或者法律依据过长' },
    remedy: { en: 'At most 2,000 and 1,000 characters.', zh: '分别不超过 2000 字和 1000 字。' },
  },
  'duplicate-row': {
    title: { en: 'The dataset was filled in further above', zh: '该数据集在前面已经填写' },
    remedy: { en: 'Keep one row of each dataset; the first was taken.', zh: '每个数据集只保留一行，已采用第一行。' },
  },
  'not-a-row': {
    title: { en: 'The row is not one that went out', zh: '该行不是下载时的行' },
    remedy: { en: 'Fetch the worksheet anew and do not add rows.', zh: '请重新下载工作表，不要增加行。' },
  },
  'mixed-row': {
    title: { en: 'The row shows another dataset than its id names', zh: '该行的名称或者编号与其数据集不一致' },
    remedy: {
      en: 'Columns were probably sorted apart. Fetch the worksheet anew; sort whole rows only.',
      zh: '可能只对部分列做了排序。请重新下载工作表，排序时须包含整行。',
    },
  },
  'stale-row': {
    title: { en: 'The dataset changed since the worksheet went out', zh: '工作表下载之后该数据集已有变化' },
    remedy: { en: 'Fetch the worksheet anew, look again, fill in again.', zh: '请重新下载工作表，核对后再填写。' },
  },
};

/** Title and remedy of a row's code. */
export const textsOfRow = (code: NonNullable<RowOutcome['code']>): { readonly title: Text; readonly remedy: Text } =>
  code in OWN ? OWN[code as OwnCode] : problems[code as keyof typeof problems];

/** Codes of rows that are no problem codes. */
export const ROW_CODES: readonly string[] = Object.keys(OWN);
