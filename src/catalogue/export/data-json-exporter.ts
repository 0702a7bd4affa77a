import { textIn } from '../../kernel/text.js';
import type { DatasetRecord } from '../domain/dataset.js';
import { exportRecord } from '../domain/data-json/export-record.js';
import { atHalfTime } from './at-half-time.js';
import type { Exporter, ExportSource } from './exporter.js';

/** Records read and written at a time: what a request for access may have to wait for. */
const BATCH = 100;
const HEAD = {
  '@context': 'https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld',
  '@type': 'dcat:Catalog',
  conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
  describedBy: 'https://project-open-data.cio.gov/v1.1/schema/catalog.json',
};

/** Project Open Data v1.1: listed open and conditional records, in order of identifier, written as they are read. */
export const dataJsonExporter: Exporter = {
  name: 'data.json',
  contentType: 'application/json; charset=utf-8',
  write: (source) => atHalfTime(write(source)),
};

async function* write(source: ExportSource): AsyncIterable<string> {
  yield `${JSON.stringify(HEAD).slice(0, -1)},"dataset":[`;
  let after = { identifier: '', id: '' };
  let separator = '\n';
  for (;;) {
    const batch = await source.unit.read(async (reader) => {
      const records = await source.store.scanPublic(reader, after, BATCH);
      return {
        records,
        names: await source.publishers.names(reader, [...new Set(records.map((one) => one.publisher))]),
      };
    });
    const lines = batch.records.map((record, at) => {
      const before = at === 0 ? after.identifier : batch.records[at - 1]?.identifier;
      const entry = exportRecord(record, {
        publisherName: textIn(batch.names.get(record.publisher) ?? {}, 'zh') || record.publisher,
        base: source.base,
        contactEmail: source.contactEmail,
        identifier: identifierOf(record, before),
      });
      return JSON.stringify(entry);
    });
    if (lines.length > 0) yield separator + lines.join(',\n');
    separator = ',\n';
    const last = batch.records.at(-1);
    if (last === undefined || batch.records.length < BATCH) break;
    after = { identifier: last.identifier, id: last.id };
  }
  yield '\n]}\n';
}

/** Identifiers are unique in the file: of several records with the same one, the later ones say whose they are. */
const identifierOf = (record: DatasetRecord, before: string | undefined): string =>
  record.identifier === before ? `${record.source}:${record.id}:${record.identifier}` : record.identifier;
