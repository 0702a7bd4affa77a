import { PolicyFault, readPolicy } from '../applications/index.js';
import { faultsOfNotices } from './domain/faults-of-table.js';
import type { NoticeTable } from './domain/template.js';

/** What notices say, `policies/notices.yaml`; the start stops where a text is missing or cannot be filled. */
export function loadNoticeTable(root: string): NoticeTable {
  const table = readPolicy<NoticeTable>(root, 'notices.yaml', 'notices.schema.json');
  const faults = faultsOfNotices(table);
  if (faults.length > 0) throw new PolicyFault('notices.yaml', faults);
  return table;
}
