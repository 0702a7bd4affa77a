import { etagOf } from '../kernel/etag.js';
import type { Language } from '../kernel/text.js';
import { isoOf } from '../kernel/time.js';
import { lineOf, type NotificationTable } from './domain/table.js';
import { filled } from './domain/wording.js';
import type { NoticeLink } from './notification-ports.js';
import type { Notification } from './notification-store.js';

const PAGES = {
  application: '/api/applications',
  grant: '/api/grants',
  violation: '/api/violations',
  demand: '/api/demands',
  evidence: '/api/evidence',
  assessment: '/api/assessments',
  objection: '/api/objections',
  organisation: '/api/organisations',
  complaint: '/api/complaints',
} as const;

/** Versions of a notification: told, read. */
export const versionOf = ({ readAt }: Notification): number => (readAt === null ? 1 : 2);

/** Its text in a language; the bare key where a later table has no text for it any more. */
export function saidOf(
  table: NotificationTable,
  { template, values }: Pick<Notification, 'template' | 'values'>,
  language: Language,
): { readonly title: string; readonly text: string } {
  const line = lineOf(table, template);
  if (line === undefined) return { title: template, text: '' };
  const say = (text: string): string => filled(text, values, table.words, language);
  return { title: say(line.title[language]), text: say(line.text[language]) };
}

export const eventOf = ({ template }: Pick<Notification, 'template'>): string => template.split('/')[0] ?? '';

/** A notification as its reader sees it, with the notice of the same event. */
export function notificationView(
  table: NotificationTable,
  notification: Notification,
  language: Language,
  notice: NoticeLink | null,
) {
  const { id, about, at, readAt } = notification;
  return {
    id,
    event: eventOf(notification),
    about,
    href: `${PAGES[about.kind]}/${about.id}`,
    ...saidOf(table, notification, language),
    notice,
    at: isoOf(at),
    readAt: readAt === null ? null : isoOf(readAt),
    etag: etagOf(versionOf(notification)),
  };
}
