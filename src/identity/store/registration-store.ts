import type { Id } from '../../kernel/ids.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Registration, RegistrationState } from '../domain/registration.js';
import { listed, registrationTable } from './identity-tables.js';

/** Registrations of organisations in the database. */
export class RegistrationStore {
  find = (reader: Reader, id: Id): Promise<Registration | null> => registrationTable.find(reader, id);
  insert = (tx: Transaction, row: Registration): Promise<void> => registrationTable.insert(tx, [row]);
  update = (tx: Transaction, row: Registration): Promise<Registration> => registrationTable.update(tx, { ...row });

  list(
    reader: Reader,
    state: RegistrationState | undefined,
    limit: number,
    offset: number,
  ): Promise<{ readonly items: readonly Registration[]; readonly total: number }> {
    return listed(reader, registrationTable, { where: state === undefined ? {} : { state }, limit, offset });
  }
}
