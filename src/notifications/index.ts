import { NotificationRow } from './store/notification-row.js';
import { ReminderRow, reminderTable } from './store/database-reminder-store.js';

export const notificationEntities = [NotificationRow, ReminderRow];
export const notificationTables = [reminderTable];

export { createNotifications, type Notifications, type NotificationsGround } from './create-notifications.js';
export { notificationRoutes } from './http/notification-routes.js';
export type { NearSource, ToldSurroundings } from './notification-ports.js';
export { loadNotificationTable } from './policy-files.js';
