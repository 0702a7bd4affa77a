import { In, MoreThan, Not } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { DatasetStore } from '../dataset-store.js';
import { type DatasetRecord, LOCAL_SOURCE } from '../domain/dataset.js';
import { DatasetRow, datasetTable, recordOf } from './catalogue-rows.js';

const CHUNK = 200;

const rowOf = (record: DatasetRecord): DatasetRow => {
  const { version, ...body } = record;
  const { id, identifier, source, publisher, state, tier } = record;
  return { id, version, origin: originOf(source, publisher), identifier, source, publisher, state, tier, body };
};
const originOf = (source: string, publisher: Id): string => (source === LOCAL_SOURCE ? publisher : source);

/** Datasets in either database. */
export class DatabaseDatasetStore implements DatasetStore {
  async find(reader: Reader, id: Id): Promise<DatasetRecord | null> {
    const row = await datasetTable.find(reader, id);
    return row === null ? null : recordOf(row);
  }

  async findMany(reader: Reader, ids: readonly Id[]): Promise<readonly DatasetRecord[]> {
    return (await datasetTable.findMany(reader, ids)).map(recordOf);
  }

  async byIdentifier(reader: Reader, publisher: Id, identifier: string): Promise<readonly DatasetRecord[]> {
    const rows = await reader.manager.find(DatasetRow, { where: { publisher, identifier }, order: { id: 'ASC' } });
    return rows.map(recordOf);
  }

  async ofSource(reader: Reader, source: string, identifiers: readonly string[]): Promise<readonly DatasetRecord[]> {
    const rows: DatasetRow[] = [];
    for (let start = 0; start < identifiers.length; start += CHUNK) {
      const identifier = In(identifiers.slice(start, start + CHUNK));
      rows.push(...(await reader.manager.find(DatasetRow, { where: { origin: source, identifier } })));
    }
    return rows.map(recordOf);
  }

  async insert(tx: Transaction, records: readonly DatasetRecord[]): Promise<void> {
    await datasetTable.insert(tx, records.map(rowOf));
  }

  async update(tx: Transaction, record: DatasetRecord): Promise<DatasetRecord> {
    return recordOf(await datasetTable.update(tx, rowOf(record)));
  }

  async updateMany(tx: Transaction, records: readonly DatasetRecord[]): Promise<readonly DatasetRecord[]> {
    return (await datasetTable.updateMany(tx, records.map(rowOf))).map(recordOf);
  }

  count(reader: Reader): Promise<number> {
    return reader.manager.count(DatasetRow);
  }

  async scan(reader: Reader, after: Id, limit: number): Promise<readonly DatasetRecord[]> {
    return (await datasetTable.scan(reader, after, limit)).map(recordOf);
  }

  async scanPublic(
    reader: Reader,
    after: { identifier: string; id: Id },
    limit: number,
  ): Promise<readonly DatasetRecord[]> {
    const rows = await reader.manager
      .createQueryBuilder(DatasetRow, 'dataset')
      .where("dataset.state = 'listed' AND dataset.tier IN ('open', 'conditional')")
      .andWhere('(dataset.identifier > :identifier OR (dataset.identifier = :identifier AND dataset.id > :id))', after)
      .orderBy('dataset.identifier')
      .addOrderBy('dataset.id')
      .limit(limit)
      .getMany();
    return rows.map(recordOf);
  }

  async scanSource(reader: Reader, source: string, after: Id, limit: number) {
    return reader.manager.find(DatasetRow, {
      select: { id: true, identifier: true },
      where: { source, id: MoreThan(after), state: Not('withdrawn') },
      order: { id: 'ASC' },
      take: limit,
    });
  }
}
