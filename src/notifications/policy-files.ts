import { PolicyFault, readPolicy } from '../applications/index.js';
import { faultsOfTable, type NotificationTable } from './domain/table.js';

/** Who is told what, `policies/notifications.yaml`; the start stops where a text is missing or cannot be filled. */
export function loadNotificationTable(root: string): NotificationTable {
  const table = readPolicy<NotificationTable>(root, 'notifications.yaml', 'notifications.schema.json');
  const faults = faultsOfTable(table);
  if (faults.length > 0) throw new PolicyFault('notifications.yaml', faults);
  return table;
}
