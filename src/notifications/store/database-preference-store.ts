import type { Id } from '../../kernel/ids.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { MailMode } from '../domain/mailing.js';
import type { MailPreference, PreferenceStore } from '../mail/mail-ports.js';
import { MailPreferenceRow, mailPreferenceTable } from './mail-rows.js';

/** Who wants mail how, in the product's database. */
export class DatabasePreferenceStore implements PreferenceStore {
  async find(reader: Reader, person: Id): Promise<MailPreference> {
    const row = await mailPreferenceTable.find(reader, person);
    return row === null
      ? { person, address: null, mode: 'none', language: 'zh', askedAt: null, version: 0 }
      : preferenceOf(row);
  }

  async findMany(reader: Reader, people: readonly Id[]): Promise<readonly MailPreference[]> {
    return (await mailPreferenceTable.findMany(reader, people)).map(preferenceOf);
  }

  async withMode(reader: Reader, mode: MailMode, after: Id, limit: number): Promise<readonly MailPreference[]> {
    const found = await reader.manager
      .createQueryBuilder(MailPreferenceRow, 'r')
      .where('r.mode = :mode AND r.id > :after', { mode, after })
      .andWhere('r.address IS NOT NULL AND r.asked_at IS NULL')
      .orderBy('r.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(preferenceOf);
  }

  async write(tx: Transaction, { person, version, ...chosen }: MailPreference): Promise<MailPreference> {
    const row = { id: person, version, ...chosen };
    if (version > 0) return preferenceOf(await mailPreferenceTable.update(tx, row));
    await mailPreferenceTable.insert(tx, [{ ...row, version: 1 }]);
    return { person, ...chosen, version: 1 };
  }
}

const preferenceOf = ({ id, ...chosen }: MailPreferenceRow): MailPreference => ({ person: id, ...chosen });
