import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { DatasetRecord } from './domain/dataset.js';
import { nextLook } from './domain/lateness.js';

/**
 * When each record has to be looked at for a renewal that did not come: one number a record, kept in memory with the
 * search index, so that looking for late ones reads nothing.
 */
export class UpdateCalendar {
  private readonly looks = new Map<Id, Instant>();

  put(records: readonly DatasetRecord[]): void {
    for (const record of records) {
      const look = nextLook(record);
      if (look === null) this.looks.delete(record.id);
      else this.looks.set(record.id, look);
    }
  }

  remove(ids: readonly Id[]): void {
    for (const id of ids) this.looks.delete(id);
  }

  /** Records to look at now, in order of id. */
  due(now: Instant): Id[] {
    return [...this.looks].flatMap(([id, look]) => (look <= now ? [id] : [])).toSorted();
  }
}
