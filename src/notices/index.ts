import { NoticeRow, NoticeTemplateRow, noticeTable } from './store/notice-rows.js';

/** Entities of this slice; templates are named by the notices written from them, and not by the log. */
export const noticeEntities = [NoticeRow, NoticeTemplateRow];
export const noticeTables = [noticeTable];

export { createNotices, type Notices, type NoticesGround } from './create-notices.js';
export { noticeRoutes } from './http/notice-routes.js';
export type { NoticeSight, NoticeSurroundings } from './notice-ports.js';
export type { NoticeLink } from './notice-queries.js';
export { loadNoticeTable } from './policy-files.js';
