import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import { insertRows, type Reader, type Transaction } from '../../persistence/index.js';
import type { Notification, NotificationFilter, NotificationStore } from '../notification-store.js';
import { NotificationRow } from './notification-row.js';

/** Notifications in the product's database, embedded or server. */
export class DatabaseNotificationStore implements NotificationStore {
  insert(tx: Transaction, notifications: readonly Notification[]): Promise<void> {
    return insertRows(tx.manager, NotificationRow, notifications.map(rowOf));
  }

  async find(reader: Reader, id: Id): Promise<Notification | null> {
    const row = await reader.manager.findOneBy(NotificationRow, { id });
    return row === null ? null : notificationOf(row);
  }

  async list(reader: Reader, person: Id, { unread }: NotificationFilter, limit: number, before: Id | null) {
    const query = rows(reader).where('r.person = :person', { person });
    if (unread !== undefined) query.andWhere(unread ? 'r.read_at IS NULL' : 'r.read_at IS NOT NULL');
    const total = await query.getCount();
    if (before !== null) query.andWhere('r.id < :before', { before });
    const found = await query.orderBy('r.id', 'DESC').limit(limit).getMany();
    return { items: found.map(notificationOf), total };
  }

  unread(reader: Reader, person: Id): Promise<number> {
    return rows(reader).where('r.person = :person AND r.read_at IS NULL', { person }).getCount();
  }

  async markRead(tx: Transaction, id: Id): Promise<void> {
    await marking(tx).where('id = :id AND read_at IS NULL', { id }).execute();
  }

  async markReadUpTo(tx: Transaction, person: Id, upTo: Id): Promise<number> {
    const own = { person, upTo };
    const open = rows(tx).where('r.person = :person AND r.read_at IS NULL AND r.id <= :upTo', own);
    const count = await open.getCount();
    await marking(tx).where('person = :person AND read_at IS NULL AND id <= :upTo', own).execute();
    return count;
  }

  async forgetBefore(tx: Transaction, before: Instant, limit: number): Promise<number> {
    const found = await rows(tx)
      .select(['r.id'])
      .where('r.told_at < :before', { before: tx.instantValue(before) })
      .orderBy('r.told_at', 'ASC')
      .limit(limit)
      .getMany();
    const ids = found.map(({ id }) => id);
    if (ids.length > 0) await tx.manager.delete(NotificationRow, ids);
    return ids.length;
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(NotificationRow, 'r');
const marking = (tx: Transaction) => tx.manager.createQueryBuilder().update(NotificationRow).set({ read_at: tx.now });

const notificationOf = ({ about_kind, about_id, told_at, read_at, ...row }: NotificationRow): Notification => ({
  id: row.id,
  person: row.person,
  template: row.template,
  about: { kind: about_kind, id: about_id },
  values: row.values,
  at: told_at,
  readAt: read_at,
});

const rowOf = ({ id, person, template, about, values, at, readAt }: Notification): NotificationRow => ({
  id,
  person,
  template,
  about_kind: about.kind,
  about_id: about.id,
  values,
  told_at: at,
  read_at: readAt,
});
