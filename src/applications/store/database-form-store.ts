import type { Id } from '../../kernel/ids.js';
import type { Purpose } from '../../kernel/purpose.js';
import { LostUpdate, type Reader, type Transaction } from '../../persistence/index.js';
import type { Form } from '../domain/form.js';
import type { FormStore, StoredForm } from '../form-store.js';
import { FormRow, formTable } from './form-row.js';

const formOf = ({ id, purpose, number, title, obligatory, fields, is_current, published_at }: FormRow): Form => ({
  id,
  purpose,
  number,
  title,
  obligatory,
  fields,
  current: is_current,
  publishedAt: published_at,
});
const storedOf = (row: FormRow): StoredForm => ({ form: formOf(row), version: row.version });
const rowOf = ({ id, purpose, number, title, obligatory, fields, current, publishedAt }: Form): FormRow => ({
  id,
  version: 1,
  purpose,
  number,
  is_current: current,
  obligatory,
  title,
  fields,
  published_at: publishedAt,
});

/** Forms in either database. */
export class DatabaseFormStore implements FormStore {
  find(reader: Reader, id: Id): Promise<Form | null> {
    return reader.known.recall(
      [formTable.kind],
      `form ${id}`,
      async () => (await this.stored(reader, id))?.form ?? null,
    );
  }

  async stored(reader: Reader, id: Id): Promise<StoredForm | null> {
    const row = await formTable.find(reader, id);
    return row === null ? null : storedOf(row);
  }

  current(reader: Reader, purpose: Purpose): Promise<Form | null> {
    return reader.known.recall([formTable.kind], `form for ${purpose}`, async () => {
      const [row] = await formTable.where(reader, 'purpose = ? AND is_current = 1', [purpose]);
      return row === undefined ? null : formOf(row);
    });
  }

  async list(reader: Reader): Promise<readonly StoredForm[]> {
    const rows = await reader.manager.find(FormRow, { where: { is_current: true }, order: { purpose: 'ASC' } });
    return rows.map(storedOf);
  }

  async lastNumber(reader: Reader, purpose: Purpose): Promise<number> {
    const [last] = await reader.manager.find(FormRow, {
      select: { number: true },
      where: { purpose },
      order: { number: 'DESC' },
      take: 1,
    });
    return last?.number ?? 0;
  }

  async insert(tx: Transaction, form: Form): Promise<StoredForm> {
    await formTable.insert(tx, [rowOf(form)]);
    return { form, version: 1 };
  }

  async retire(tx: Transaction, id: Id): Promise<StoredForm> {
    const row = await formTable.find(tx, id);
    if (row === null || !row.is_current) throw new LostUpdate(`form ${id}`);
    return storedOf(await formTable.update(tx, { ...row, is_current: false }));
  }
}
