import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Agreement } from './domain/agreement.js';

/** Published versions of agreement templates. */
export interface AgreementStore {
  /** The newest version of a template. */
  current(reader: Reader, template: Id): Promise<Agreement | null>;
  get(reader: Reader, template: Id, version: number): Promise<Agreement | null>;
  /** The newest version of every template, by template id. */
  list(reader: Reader): Promise<readonly Agreement[]>;
  insert(tx: Transaction, agreements: readonly Agreement[]): Promise<void>;
  /** Publishes the next version; the one before is no longer current. */
  succeed(tx: Transaction, before: Agreement, next: Agreement): Promise<void>;
}
