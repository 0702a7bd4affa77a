import type { Route } from '../http/index.js';
import type { Reader } from '../persistence/index.js';
import type { Notifications } from './create-notifications.js';
import { mailRoutes } from './http/mail-routes.js';
import { notificationRoutes as inboxRoutes } from './http/notification-routes.js';
import type { MailFigures } from './mail/mail-ports.js';
import { DatabaseMailStore } from './store/database-mail-store.js';
import { MailPreferenceRow, mailPreferenceTable, MailRow } from './store/mail-rows.js';
import type { NoticeLinks } from './notification-ports.js';
import { NotificationRow } from './store/notification-row.js';
import { ReminderRow, reminderTable } from './store/database-reminder-store.js';

export const notificationEntities = [NotificationRow, ReminderRow, MailPreferenceRow, MailRow];
export const notificationTables = [reminderTable, mailPreferenceTable];

export const notificationRoutes = (notifications: Notifications, notices: NoticeLinks): Route[] => [
  ...inboxRoutes({ ...notifications, notices }),
  ...mailRoutes(notifications),
];

/** How much mail waits, for who looks from outside the running product. */
export const mailFigures = (reader: Reader): Promise<MailFigures> => new DatabaseMailStore().figures(reader);

export type { MailSurroundings } from './mail/mail-ports.js';
export { createNotifications, type Notifications, type NotificationsGround } from './create-notifications.js';
export type { NearSource, NoticeLinks, ToldSurroundings } from './notification-ports.js';
export { loadNotificationTable } from './policy-files.js';
export type { GrantEnds, OwedDay } from './domain/near.js';
