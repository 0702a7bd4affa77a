import {
  type Call,
  command,
  matchVersion,
  notFound,
  pageAfter,
  placeOf,
  query,
  type Reply,
  replyOf,
  type Route,
} from '../../http/index.js';
import type { Result } from '../../kernel/result.js';
import type { Language } from '../../kernel/text.js';
import type { Notifications } from '../create-notifications.js';
import type { Notification } from '../notification-store.js';
import { notificationView, versionOf } from '../notification-view.js';
import {
  ID,
  MarkAllReadBody,
  MarkedReadResponse,
  NotificationListQuery,
  NotificationListResponse,
  NotificationResponse,
  UnreadCountResponse,
} from './notification-shapes.js';

const shared = { tag: 'Notifications', permission: 'notification.read' } as const;
type Told = Pick<Notifications, 'store' | 'table'>;

/** What somebody was told; each sees their own, and nobody another's. */
export const notificationRoutes = (notifications: Told): Route[] => [
  listRoute(notifications),
  countRoute(notifications),
  markRoute(notifications),
  markAllRoute(notifications),
];

const listRoute = ({ store, table }: Told): Route =>
  query<NotificationListQuery>({
    ...shared,
    path: '/api/notifications',
    summary: 'What I was told, newest first',
    query: NotificationListQuery,
    response: NotificationListResponse,
    handler: async ({ principal, query: asked, language }, reader) => {
      const before = placeOf(asked.pageToken, ID);
      if (!before.ok) return before;
      const filter = asked.unread === undefined ? {} : { unread: asked.unread === 'true' };
      const { items, total } = await store.list(reader, principal.id, filter, asked.limit + 1, before.value);
      const views = items.map((one) => notificationView(table, one, language));
      const unread = await store.unread(reader, principal.id);
      return replyOf({ ...pageAfter(views, asked.limit, total, ({ id }) => id), unread });
    },
  });

const countRoute = ({ store }: Told): Route =>
  query({
    ...shared,
    path: '/api/notifications/unread-count',
    summary: 'How many I have not read',
    response: UnreadCountResponse,
    handler: async ({ principal }, reader) => replyOf({ unread: await store.unread(reader, principal.id) }),
  });

const markRoute = ({ store, table }: Told): Route =>
  command({
    ...shared,
    path: '/api/notifications/:id/commands/mark-read',
    summary: 'Mark one of mine as read; one that is read stays so',
    response: NotificationResponse,
    ifMatch: true,
    handler: async ({ principal, params, ifMatch, language, now }: Call, tx) => {
      const found = await store.find(tx, params['id'] ?? '');
      if (found?.person !== principal.id) return notFound();
      const fits = matchVersion(ifMatch, versionOf(found));
      if (!fits.ok) return fits;
      if (found.readAt !== null) return shown(table, found, language);
      await store.markRead(tx, found.id);
      return shown(table, { ...found, readAt: now }, language);
    },
  });

const shown = (table: Told['table'], notification: Notification, language: Language): Result<Reply> =>
  replyOf(notificationView(table, notification, language), { version: versionOf(notification) });

const markAllRoute = ({ store }: Told): Route =>
  command<MarkAllReadBody>({
    ...shared,
    path: '/api/notifications/commands/mark-all-read',
    summary: 'Mark everything I was told up to one notification as read',
    body: MarkAllReadBody,
    response: MarkedReadResponse,
    handler: async ({ principal, body }, tx) =>
      replyOf({ marked: await store.markReadUpTo(tx, principal.id, body.upTo) }),
  });
