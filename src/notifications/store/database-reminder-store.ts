import { Entity, In } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import { CodeColumn, IdColumn, type Reader, Table, type Transaction, VersionColumn } from '../../persistence/index.js';
import { type Reminded, type Reminder, reminderKey, type ReminderStore } from '../reminder-store.js';

@Entity('reminders')
export class ReminderRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(16) what!: Reminded;
  @CodeColumn(26) subject!: string;
  @CodeColumn(10) day!: string;
}

export const reminderTable = new Table<ReminderRow>('reminder', ReminderRow);

/** Reminders in the product's database; a unique key keeps each from being given twice. */
export class DatabaseReminderStore implements ReminderStore {
  find(reader: Reader, id: Id): Promise<Reminder | null> {
    return reminderTable.find(reader, id);
  }

  async given(reader: Reader, wanted: readonly Omit<Reminder, 'id'>[]): Promise<ReadonlySet<string>> {
    const subjects = [...new Set(wanted.map(({ subject }) => subject))];
    if (subjects.length === 0) return new Set();
    const rows = await reader.manager.findBy(ReminderRow, { subject: In(subjects) });
    return new Set(rows.map(reminderKey));
  }

  insert(tx: Transaction, reminder: Reminder): Promise<void> {
    return reminderTable.insert(tx, [{ ...reminder, version: 1 }]);
  }
}
