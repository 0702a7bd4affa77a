import type { Ids } from '../kernel/ids.js';
import type { Reactions } from '../persistence/index.js';
import type { NoticeTable } from './domain/template.js';
import type { NoticeSight, NoticeSurroundings } from './notice-ports.js';
import { NoticeQueries } from './notice-queries.js';
import { NoticeService } from './notice-service.js';
import { DatabaseNoticeStore } from './store/database-notice-store.js';
import { DatabaseTemplateStore } from './store/database-template-store.js';

export interface NoticesGround {
  readonly ids: Ids;
  readonly table: NoticeTable;
  readonly surroundings: NoticeSurroundings;
  readonly sight: NoticeSight;
  readonly reactions: Pick<Reactions, 'atLast'>;
}

/** Builds the slice and subscribes it to what whole commands come to. */
export function createNotices({ ids, table, surroundings, sight, reactions }: NoticesGround) {
  const store = new DatabaseNoticeStore();
  const templates = new DatabaseTemplateStore();
  const service = new NoticeService({ table, store, templates, ids, surroundings });
  reactions.atLast(service.events, (tx, entries) => service.issue(tx, entries));
  return { service, queries: new NoticeQueries({ store, templates, surroundings, sight }) };
}
export type Notices = ReturnType<typeof createNotices>;
