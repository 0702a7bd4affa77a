import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';
import type { Reader, Transaction } from '../persistence/index.js';

/** What the catalogue asks of identity; filled in `app.ts`. */
export interface PublisherPort {
  names(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
  /** The public bodies that stand for these publishers of a foreign catalogue; registered where they are missing. */
  register(tx: Transaction, source: string, names: readonly string[]): Promise<ReadonlyMap<string, Id>>;
  /** Names of those who may apply: no condition may single one of them out. */
  applicantNames(reader: Reader): Promise<readonly string[]>;
}
