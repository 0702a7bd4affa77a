import type { Id, Ids } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { Reactions } from '../persistence/index.js';
import type { NotificationTable } from './domain/table.js';
import { applicationMatter } from './matters/application-matter.js';
import { evidenceMatter } from './matters/evidence-matter.js';
import { grantMatter } from './matters/grant-matter.js';
import { assessmentMatter } from './matters/assessment-matter.js';
import { objectionMatter } from './matters/objection-matter.js';
import { organisationMatter } from './matters/organisation-matter.js';
import { reminderMatter } from './matters/reminder-matter.js';
import { complaintMatter, demandMatter, sanctionMatter, violationMatter } from './matters/supervision-matters.js';
import { CodeKeys } from './mail/code-keys.js';
import { FolderOffice } from './mail/folder-office.js';
import type { MailSurroundings, PostOffice } from './mail/mail-ports.js';
import { MailService } from './mail/mail-service.js';
import { PreferenceService } from './mail/preference-service.js';
import { SmtpOffice } from './mail/smtp-office.js';
import type { NearSource, ToldSurroundings } from './notification-ports.js';
import { NotificationService } from './notification-service.js';
import { ReminderClock } from './reminder-clock.js';
import { DatabaseMailStore } from './store/database-mail-store.js';
import { DatabasePreferenceStore } from './store/database-preference-store.js';
import { DatabaseNotificationStore } from './store/database-notification-store.js';
import { DatabaseReminderStore } from './store/database-reminder-store.js';

export interface NotificationsGround {
  readonly ids: Ids;
  readonly table: NotificationTable;
  readonly surroundings: ToldSurroundings;
  readonly near: NearSource;
  readonly mail: MailGround;
  readonly reactions: Pick<Reactions, 'on'>;
}

/** Where mail goes, and what it says beside notifications. */
export interface MailGround {
  /** The server; null where mails are written to the folder. */
  readonly smtpUrl: string | null;
  readonly folder: string;
  readonly from: string;
  /** The address people use, without a slash at its end. */
  readonly base: string;
  /** The secret of the installation. */
  readonly secret: string;
  readonly surroundings: MailSurroundings;
}

const officeOf = ({ smtpUrl, folder, from }: MailGround): PostOffice =>
  smtpUrl === null ? new FolderOffice(folder, from) : new SmtpOffice(smtpUrl, from);

/** Builds the slice and subscribes it, last of all, to every event of its table. */
export function createNotifications(ground: NotificationsGround) {
  const { ids, table, surroundings, near, reactions } = ground;
  const store = new DatabaseNotificationStore();
  const keys = new CodeKeys(ground.mail.secret);
  const wishes = new DatabasePreferenceStore();
  const mail = new MailService({
    table,
    ids,
    notifications: store,
    mails: new DatabaseMailStore(),
    preferences: wishes,
    keys,
    office: officeOf(ground.mail),
    base: ground.mail.base,
    surroundings: ground.mail.surroundings,
  });
  const preferences = new PreferenceService({ store: wishes, keys, mail });
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
      evidence: evidenceMatter,
      assessment: assessmentMatter,
      objection: objectionMatter,
      organisation: organisationMatter,
      complaint: complaintMatter,
      reminder: reminderMatter,
    },
    onTold: (tx, told) => mail.queue(tx, told),
  });
  reactions.on(['invitation.made', 'invitation.sent-again'], async (tx, entries) => {
    for (const { data, actor } of entries) await mail.queueInvitation(tx, data['ticket'] as Id, actor.id);
    return ok(undefined);
  });
  reactions.on(service.events, (tx, entries) => service.told(tx, entries));
  return {
    store,
    table,
    service,
    mail,
    preferences,
    reminders: new ReminderClock(table.near, near, new DatabaseReminderStore(), ids),
  };
}
export type Notifications = ReturnType<typeof createNotifications>;
