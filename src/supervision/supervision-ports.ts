import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';
import type { Day } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';

/** What supervision asks of identity and of the catalogue; filled in the composition. */
export interface SupervisionSurroundings {
  organisation(reader: Reader, id: Id): Promise<{ readonly id: Id; readonly parent: Id | null } | null>;
  /** Names of datasets and organisations, each kind read at once; what does not exist is absent. */
  names(reader: Reader, datasets: readonly Id[], organisations: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
}

/** Working days of the national calendar. */
export interface WorkingDays {
  after(start: Day, limit: number): Day;
}
