import type { Id } from '../kernel/ids.js';
import type { Purpose } from '../kernel/purpose.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Form } from './domain/form.js';

/** A form with the version of its row; publishing never changes what it asks, only whether it is in force. */
export interface StoredForm {
  readonly form: Form;
  readonly version: number;
}

/** Published forms, each version a row of its own. */
export interface FormStore {
  find(reader: Reader, id: Id): Promise<Form | null>;
  stored(reader: Reader, id: Id): Promise<StoredForm | null>;
  /** The form that applications for this purpose are asked now. */
  current(reader: Reader, purpose: Purpose): Promise<Form | null>;
  /** All that are in force, in the order of their purposes. */
  list(reader: Reader): Promise<readonly StoredForm[]>;
  /** The highest number ever given to a form of this purpose; 0 where there was none. */
  lastNumber(reader: Reader, purpose: Purpose): Promise<number>;
  insert(tx: Transaction, form: Form): Promise<StoredForm>;
  /** Takes a form out of force; it stays readable for those who answered it. */
  retire(tx: Transaction, id: Id): Promise<StoredForm>;
}
