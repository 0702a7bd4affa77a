import { expect } from 'chai';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import { exportRecord } from '../../../src/catalogue/domain/data-json/export-record.js';
import { importedRecord } from '../../../src/catalogue/domain/imported.js';
import type { SourceRecord } from '../../../src/catalogue/domain/source-record.js';

const sandbox = { text: { en: 'Room 4 of the laboratory' }, url: 'https://lab.example.org/' };
const stated: SourceRecord = {
  identifier: 'a',
  publisherName: 'Parks',
  title: { en: 'Parks' },
  abstract: { en: 'Parks of the city' },
  keywords: [],
  field: null,
  declaredTier: 'conditional',
  legalBasis: null,
  updateFrequency: null,
  lastUpdated: '2026-01-01',
  items: [],
  distributions: [],
  sourceFacts: { declaredCode: null, rights: null, licence: null, kept: {} },
};
const by = { source: 'city', publisher: 'P', pack: 'us-pod', hash: 'h', at: 1, newId: () => 'N' };

describe('catalogue: where the secure environment is, in and out', () => {
  it('stays as its steward wrote it when the source is read again', () => {
    const before = { ...importedRecord(stated, by, null), sandbox };
    const again = importedRecord({ ...stated, title: { en: 'Parks and greens' } }, { ...by, hash: 'other' }, before);
    expect(again.title).to.deep.equal({ en: 'Parks and greens' });
    expect(again.sandbox).to.deep.equal(sandbox);
  });

  it('leaves in no export: whoever reads the catalogue holds no grant', () => {
    const record = { ...blankRecord('D', 'D', 'P', 0), tier: 'conditional' as const, sandbox };
    const context = {
      publisherName: 'P',
      base: 'https://data.example.org',
      contactEmail: 'a@b.example',
      identifier: 'D',
    };
    const written = JSON.stringify(exportRecord(record, context));
    expect(written).to.include('data.example.org').and.not.include('lab.example.org').and.not.include('Room 4');
  });
});
