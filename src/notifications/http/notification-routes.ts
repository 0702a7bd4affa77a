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
import type { Reader } from '../../persistence/index.js';
import type { Notifications } from '../create-notifications.js';
import type { Notification } from '../notification-store.js';
import type { NoticeLinks } from '../notification-ports.js';
import { eventOf, notificationView, versionOf } from '../notification-view.js';
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
type Told = Pick<Notifications, 'store' | 'table'> & { readonly notices: NoticeLinks };

/** What somebody was told; each sees their own, and nobody another's. */
export const notificationRoutes = (notifications: Told): Route[] => [
  listRoute(notifications),
  countRoute(notifications),
  markRoute(notifications),
  markAllRoute(notifications),
];

const listRoute = ({ store, table, notices }: Told): Route =>
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
      const views = await viewsOf({ table, notices }, reader, items, language);
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

/** Each with the notice of the same event, all looked up at once. */
async function viewsOf(
  { table, notices }: Pick<Told, 'table' | 'notices'>,
  reader: Reader,
  told: readonly Notification[],
  language: Language,
) {
  const events = told.map((one) => ({ cause: eventOf(one), about: one.about.id, at: one.at }));
  const links = await notices.of(reader, events);
  return told.map((one, at) => notificationView(table, one, language, links[at] ?? null));
}

const markRoute = ({ store, table, notices }: Told): Route =>
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
      const show = (one: Notification) => shown({ table, notices }, tx, one, language);
      if (found.readAt !== null) return show(found);
      await store.markRead(tx, found.id);
      return show({ ...found, readAt: now });
    },
  });

async function shown(
  door: Pick<Told, 'table' | 'notices'>,
  reader: Reader,
  notification: Notification,
  language: Language,
): Promise<Result<Reply>> {
  const [view] = await viewsOf(door, reader, [notification], language);
  return replyOf(view, { version: versionOf(notification) });
}

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
