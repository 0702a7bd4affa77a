import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { AGREEMENTS } from '../../../seeds/agreements.js';
import { seedDatasets } from '../../../seeds/datasets.js';
import { contentOf, seedFiles } from '../../../seeds/files.js';
import { ORGANISATIONS, organisationOf, PUBLISHERS } from '../../../seeds/organisations.js';
import { SERIES } from '../../../seeds/series.js';
import { FREQUENCIES } from '../../../src/catalogue/index.js';
import { FIELDS } from '../../../src/kernel/fields.js';
import { isId } from '../../../src/kernel/ids.js';

const DAY = '2026-11-24';
const datasets = seedDatasets(DAY);
const files = seedFiles();

/** The check of GB 32100 written a second time, from the standard's table of weights. */
function creditCodeHolds(code: string): boolean {
  const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = weights.reduce((total, weight, i) => total + weight * symbols.indexOf(code[i] ?? ''), 0);
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) && symbols[(31 - (sum % 31)) % 31] === code[17];
}

describe('seeds: the generator', () => {
  it('gives the same bytes for the same day', () => {
    expect(JSON.stringify(seedDatasets(DAY))).to.equal(JSON.stringify(datasets));
    const [first] = files;
    expect(contentOf(first as (typeof files)[number])).to.equal(contentOf(seedFiles()[0] as (typeof files)[number]));
  });

  it('keeps ids, identifiers and titles from one day to another', () => {
    const later = seedDatasets('2027-03-01');
    expect(later.map(({ id, identifier, title }) => ({ id, identifier, title }))).to.deep.equal(
      datasets.map(({ id, identifier, title }) => ({ id, identifier, title })),
    );
  });

  it('writes 1,600 datasets in all twelve fields, none twice', () => {
    expect(datasets).to.have.length(1600);
    expect(new Set(datasets.map((one) => one.field))).to.deep.equal(new Set(Object.keys(FIELDS)));
    for (const part of ['id', 'identifier'] as const)
      expect(new Set(datasets.map((one) => one[part])).size, part).to.equal(1600);
    for (const language of ['zh', 'en'] as const) {
      const titles = datasets.map((one) => `${one.title[language]}`.toLowerCase());
      expect(titles.filter((title, i) => titles.indexOf(title) !== i)).to.deep.equal([]);
      expect(titles.every((title) => title.length > 3 && !title.includes('undefined'))).to.equal(true);
    }
    expect(datasets.every((one) => isId(one.id) && one.distributions.every((file) => isId(file.id)))).to.equal(true);
  });

  it('holds all three tiers, contradictions and records nobody declared', () => {
    const declared = (tier: string | null) => datasets.filter((one) => one.declaredTier === tier).length;
    expect(declared('open') + declared('conditional')).to.be.greaterThan(1100);
    expect(declared('conditional')).to.be.greaterThan(300);
    expect(declared('restricted')).to.be.greaterThan(100);
    expect(declared(null)).to.be.within(30, 100);
    const personal = (one: (typeof datasets)[number]) =>
      one.items.some((item) => /身份证号|手机号/.test(item.title.zh ?? ''));
    expect(datasets.filter((one) => one.declaredTier === 'open' && personal(one)).length).to.be.within(10, 60);
    expect(
      datasets.filter((one) => one.declaredTier === 'restricted' && one.distributions.length > 0).length,
    ).to.be.within(10, 60);
  });

  it('gives each demo reviewer conditional downloads, half of them without evidence', () => {
    for (const key of ['transport', 'health']) {
      const own = datasets.filter(
        (one) =>
          one.publisher === organisationOf(key).id &&
          one.declaredTier === 'conditional' &&
          one.deliveryKinds.includes('download'),
      );
      const plain = own.filter((one) => one.conditions.every((condition) => !condition.evidenceRequired));
      expect(own.length, key).to.be.at.least(10);
      expect(plain.length, key).to.be.at.least(5);
      expect(plain.length, key).to.be.below(own.length);
    }
  });

  it('asks for a condition and an agreement exactly where the data is conditional', () => {
    for (const one of datasets) {
      expect(one.conditions.length > 0, one.title.en).to.equal(one.declaredTier === 'conditional');
      expect(one.agreementTemplate !== null, one.title.en).to.equal(one.declaredTier === 'conditional');
      expect(FREQUENCIES).to.include(one.updateFrequency);
    }
  });

  it('offers an agreement headed by the very ways in which the data is handed over', () => {
    const heads = { download: '文件下载', api: '接口调用', sandbox: '安全环境' };
    const ways = new Set<string>();
    for (const { agreementTemplate, deliveryKinds, title } of datasets.filter(
      (one) => one.agreementTemplate !== null,
    )) {
      const offered = AGREEMENTS.find(({ id }) => id === agreementTemplate);
      const headed = Object.entries(heads).filter(([, head]) => offered?.text.zh.split('\n')[0]?.includes(head));
      expect(headed.map(([kind]) => kind).sort(), title.en).to.deep.equal([...deliveryKinds].sort());
      ways.add(deliveryKinds.join());
    }
    expect(ways.size).to.equal(AGREEMENTS.length);
  });

  it('names at least twenty public bodies with right credit codes of no allocated division', () => {
    expect(PUBLISHERS.length).to.be.at.least(20);
    expect(new Set(datasets.map((one) => one.publisher)).size).to.be.at.least(20);
    for (const { creditCode, key, kind } of ORGANISATIONS) {
      expect(creditCode === null, key).to.equal(kind === 'person' || kind === 'unincorporated');
      if (creditCode === null) continue;
      expect(creditCodeHolds(creditCode), key).to.equal(true);
      expect(creditCode.slice(2, 8), key).to.equal('990100');
    }
    const codes = ORGANISATIONS.flatMap(({ creditCode }) => creditCode ?? []);
    expect(new Set(codes).size).to.equal(codes.length);
  });

  it('names one publisher per series that there is, and believable items', () => {
    for (const series of SERIES) {
      organisationOf(series.publisher);
      expect(series.items.length, series.key).to.be.within(3, 9);
      expect(new Set(series.items.map((item) => item.name)).size, series.key).to.equal(series.items.length);
      expect(
        series.items.every((item) => item.zh !== '' && item.en !== ''),
        series.key,
      ).to.equal(true);
    }
    expect(new Set(SERIES.map((one) => `${one.field}/${one.key}`)).size).to.equal(SERIES.length);
  });
});

describe('seeds: the files', () => {
  const byName = new Map(files.map((file) => [file.name, file]));
  const nameOf = (distribution: { id: string; format: string }) =>
    `${distribution.id}.${distribution.format.toLowerCase()}`;

  it('stand behind every dataset proposed as open or conditional, and behind no personal one', () => {
    for (const one of datasets) {
      const personal = one.items.some((item) => item.tier === 'restricted');
      for (const distribution of one.distributions)
        expect(byName.has(nameOf(distribution)), `${one.title.en} ${distribution.format}`).to.equal(
          !personal && one.declaredTier !== 'restricted',
        );
      if (one.declaredTier === 'conditional') expect(one.distributions.length, one.title.en).to.be.greaterThan(0);
    }
  });

  it('hold rows that match the items of their dataset, cell by cell', () => {
    const checks: Record<string, RegExp> = {
      integer: /^-?\d+$/,
      number: /^-?\d+(?:\.\d+)?$/,
      date: /^\d{4}-\d{2}-\d{2}$/,
      datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\+08:00$/,
      string: /^.+$/,
    };
    let rows = 0;
    for (const one of datasets) {
      for (const distribution of one.distributions) {
        const file = byName.get(nameOf(distribution));
        if (file === undefined) continue;
        const text = contentOf(file);
        const records: Record<string, unknown>[] =
          file.format === 'JSON' ? JSON.parse(text) : parse(text, { columns: true });
        expect(records.length, one.title.en).to.be.within(5, 1000);
        const faults = records.flatMap((record) =>
          one.items
            .filter((item) => !checks[item.type]?.test(String(record[item.name])))
            .map((item) => `${one.title.en}: ${item.name} = ${String(record[item.name])}`),
        );
        expect(faults).to.deep.equal([]);
        expect(Object.keys(records[0] ?? {}), one.title.en).to.deep.equal(one.items.map((item) => item.name));
        const lines = new Set(records.map((record) => JSON.stringify(record)));
        expect(lines.size, `${one.title.en}: rows twice`).to.equal(records.length);
        rows += records.length;
      }
    }
    expect(rows).to.be.greaterThan(50_000);
  });
});
