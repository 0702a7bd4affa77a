import type { DatasetRecord, Notice } from './dataset.js';

/** The record with this notice in place of an earlier one of its code. */
export const noticed = (record: DatasetRecord, notice: Notice): DatasetRecord => ({
  ...record,
  notices: [...record.notices.filter(({ code }) => code !== notice.code), notice],
});

/** The record without what is no longer so. */
export const unnoticed = (record: DatasetRecord, code: string): DatasetRecord => ({
  ...record,
  notices: record.notices.filter((notice) => notice.code !== code),
});

export const isNoticed = ({ notices }: Pick<DatasetRecord, 'notices'>, code: string): boolean =>
  notices.some((notice) => notice.code === code);
