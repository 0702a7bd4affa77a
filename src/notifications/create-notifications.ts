import type { Ids } from '../kernel/ids.js';
import type { Reactions } from '../persistence/index.js';
import type { NotificationTable } from './domain/table.js';
import { applicationMatter } from './matters/application-matter.js';
import { grantMatter } from './matters/grant-matter.js';
import { reminderMatter } from './matters/reminder-matter.js';
import { demandMatter, sanctionMatter, violationMatter } from './matters/supervision-matters.js';
import type { NearSource, ToldSurroundings } from './notification-ports.js';
import { NotificationService } from './notification-service.js';
import { ReminderClock } from './reminder-clock.js';
import { DatabaseNotificationStore } from './store/database-notification-store.js';
import { DatabaseReminderStore } from './store/database-reminder-store.js';

export interface NotificationsGround {
  readonly ids: Ids;
  readonly table: NotificationTable;
  readonly surroundings: ToldSurroundings;
  readonly near: NearSource;
  readonly reactions: Pick<Reactions, 'on'>;
}

/** Builds the slice and subscribes it, last of all, to every event of its table. */
export function createNotifications({ ids, table, surroundings, near, reactions }: NotificationsGround) {
  const store = new DatabaseNotificationStore();
  const service = new NotificationService({
    table,
    store,
    ids,
    surroundings,
    matters: {
      application: applicationMatter,
      grant: grantMatter,
      violation: violationMatter,
      sanction: sanctionMatter,
      demand: demandMatter,
      reminder: reminderMatter,
    },
    onTold: () => Promise.resolve(),
  });
  reactions.on(service.events, (tx, entries) => service.told(tx, entries));
  return {
    store,
    table,
    service,
    reminders: new ReminderClock(table.near, near, new DatabaseReminderStore(), ids),
  };
}
export type Notifications = ReturnType<typeof createNotifications>;
