import type { Id } from '../../kernel/ids.js';
import { LostUpdate, type Reader, type Transaction } from '../../persistence/index.js';
import type { AgreementStore } from '../agreement-store.js';
import type { Agreement } from '../domain/agreement.js';
import { AgreementRow, agreementTable } from './catalogue-rows.js';

const agreementOf = (row: AgreementRow): Agreement => ({
  id: row.id,
  template: row.template,
  version: row.number,
  title: row.title,
  text: row.text,
  hash: row.hash,
  execution: row.execution ?? 'acceptance',
  publishedAt: row.published_at,
});
const rowOf = (agreement: Agreement): AgreementRow => ({
  id: agreement.id,
  version: 1,
  template: agreement.template,
  number: agreement.version,
  is_current: true,
  title: agreement.title,
  text: agreement.text,
  hash: agreement.hash,
  execution: agreement.execution === 'acceptance' ? null : agreement.execution,
  published_at: agreement.publishedAt,
});

/** Agreement templates in either database. */
export class DatabaseAgreementStore implements AgreementStore {
  async current(reader: Reader, template: Id): Promise<Agreement | null> {
    const [row] = await agreementTable.where(reader, 'template = ? AND is_current = 1', [template]);
    return row === undefined ? null : agreementOf(row);
  }

  async get(reader: Reader, template: Id, version: number): Promise<Agreement | null> {
    const [row] = await agreementTable.where(reader, 'template = ? AND number = ?', [template, version]);
    return row === undefined ? null : agreementOf(row);
  }

  async list(reader: Reader): Promise<readonly Agreement[]> {
    const rows = await reader.manager.find(AgreementRow, { where: { is_current: true }, order: { template: 'ASC' } });
    return rows.map(agreementOf);
  }

  /** Whoever comes second with the same version of a template looks again. */
  async insert(tx: Transaction, agreements: readonly Agreement[]): Promise<void> {
    try {
      await agreementTable.insert(tx, agreements.map(rowOf));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ER_DUP_ENTRY') throw error;
      throw new LostUpdate('a version of an agreement', { cause: error });
    }
  }

  async succeed(tx: Transaction, before: Agreement, next: Agreement): Promise<void> {
    const row = await agreementTable.find(tx, before.id);
    if (row === null || !row.is_current) throw new LostUpdate(`agreement ${before.id}`);
    await agreementTable.update(tx, { ...row, is_current: false });
    await this.insert(tx, [next]);
  }
}
