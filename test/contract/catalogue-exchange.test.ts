import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import exceljs from 'exceljs';
import { readDataJsonRecord } from '../../src/catalogue/domain/data-json/read-record.js';
import { POD_CODE_MAP } from '../../src/catalogue/domain/data-json/code-map.js';
import { strictness } from '../../src/kernel/tier.js';
import { paperOf } from '../../src/sheets/index.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import { answerBytes } from '../support/answer-bytes.js';
import { CataloguePlatform, entry, file } from '../support/catalogue/platform.js';
import { officialCatalogueSchema } from '../support/catalogue/official-schema.js';
import { backends } from '../support/databases.js';
import { describeWithSharedData } from '../support/skip.js';

const [inMemory] = backends;
if (inMemory === undefined) throw new Error('no backend');

const withoutNull = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

describe('contract: catalogues in and out', () => {
  let platform: CataloguePlatform;
  beforeEach(async () => {
    platform = await CataloguePlatform.open(inMemory);
  });
  afterEach(() => platform.close());

  describe('imports over HTTP', () => {
    const path = '/api/catalogue/imports?format=data-json&source=city';
    const post = (body: string | Buffer, type = 'application/json') => platform.raw('admin', path, body, type);

    it('answer 202, then tell how far they are', async () => {
      const started = await post(file(entry('a'), entry('b', { accessLevel: 'Public' })));
      expect(started.status).to.equal(202);
      expect(started.headers['location']).to.equal(`/api/catalogue/imports/${started.body.id}`);
      await platform.catalogue.importing.settled();
      const { body } = await platform.get('admin', `/api/catalogue/imports/${started.body.id}`);
      expect(body).to.deep.include({
        state: 'done',
        read: 2,
        created: 2,
        updated: 0,
        unchanged: 0,
        withdrawn: 0,
        rejected: 0,
        tiers: { open: 1, conditional: 0, restricted: 1 },
      });
      expect(
        body.issues.map((one: { identifier: string; code: string }) => `${one.identifier} ${one.code}`),
      ).to.include('b code-unknown');
    });
    it('end failed for a broken file, with the place', async () => {
      for (const [body, code] of [
        ['{"dataset":[{"identifier":"a"', 'malformed-json'],
        ['[]', 'no-dataset-list'],
        [Buffer.from('{"dataset":[]}', 'utf16le'), 'bad-encoding'],
        [gzipSync('{"dataset":[]}'), 'compressed-file'],
        ['{"other":[]}', 'no-dataset-list'],
        [Buffer.from([...Buffer.from('{"dataset":["'), 0xff, ...Buffer.from('"]}')]), 'bad-encoding'],
        ['', 'malformed-json'],
      ] as const) {
        const started = await post(body);
        await platform.catalogue.importing.settled();
        const run = (await platform.get('admin', `/api/catalogue/imports/${started.body.id}`)).body;
        expect(run.state).to.equal('failed');
        expect(run.failure.code).to.equal(code);
        expect(run.issues.at(-1).code).to.equal(code);
        const inChinese = (
          await platform.get('admin', `/api/catalogue/imports/${started.body.id}`).set('accept-language', 'zh')
        ).body;
        for (const [{ remedies }, words] of [
          [run, /[a-z]/],
          [inChinese, /\p{Script=Han}/u],
        ] as const)
          expect(remedies).to.have.length(1).and.to.have.nested.property('[0].text').that.matches(words);
      }
    });
    it('refuse another content type, a source of ours, and parameters that are missing', async () => {
      expect((await post('x', 'text/csv')).body.code).to.equal('unsupported-content-type');
      for (const query of [
        'format=data-json',
        'source=city',
        'format=data-json&source=local',
        'format=data-json&source=City',
        'format=data-json&source=../x',
      ])
        expect((await platform.send('admin', 'post', `/api/catalogue/imports?${query}`, {})).body.code).to.equal(
          'invalid-query',
        );
    });
    it('know no import that is not there', async () => {
      expect((await platform.get('admin', '/api/catalogue/imports/01JD0000000000000000000000')).status).to.equal(404);
    });
  });

  it('exports nothing that the public may not see, the same bytes each time', async () => {
    await platform.listed({ identifier: 'o' });
    await platform.listed({ identifier: 's', declaredTier: 'restricted', listedWhenRestricted: true });
    await platform.draft({ identifier: 'd' });
    await platform.listed({
      identifier: 'c',
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await platform.template(),
    });
    const first = await platform.get('', '/data.json');
    const { dataset } = JSON.parse(first.text) as {
      dataset: { identifier: string; accessLevel: string; distribution: object[] }[];
    };
    expect(dataset.map(({ identifier, accessLevel }) => [identifier, accessLevel])).to.deep.equal([
      ['c', 'restricted public'],
      ['o', 'public'],
    ]);
    expect(JSON.stringify(dataset[0])).not.to.contain('files.example.org');
    expect((await platform.get('', '/api/catalogue/exports/data.json')).text).to.equal(first.text);
    const unchanged = await platform.get('', '/data.json').set('if-none-match', first.headers['etag'] as string);
    expect(unchanged.status).to.equal(304);
    expect((await platform.get('', '/api/catalogue/exports/other.json')).status).to.equal(404);
  });

  it('gives the opening list as a workbook: scope, type, conditions and frequency, in the caller’s language', async () => {
    await platform.listed({ identifier: 'o' });
    await platform.listed({
      identifier: 'c',
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await platform.template(),
    });
    await platform.draft({ identifier: 'd' });
    const rowsIn = async (language: string): Promise<string[][]> => {
      const call = platform.get('', '/api/catalogue/exports/opening-list.xlsx').set('accept-language', language);
      const { body, headers } = await call.buffer().parse(answerBytes);
      expect(headers['content-type']).to.include('spreadsheetml');
      const book = new exceljs.Workbook();
      await book.xlsx.load(body);
      const rows: string[][] = [];
      book.worksheets[0]?.eachRow((row) => rows.push(Array.from({ length: 11 }, (_, at) => row.getCell(at + 1).text)));
      return rows;
    };
    const [heading, ...rows] = await rowsIn('zh-CN');
    expect(heading?.[6]).to.equal('开放类型\nOpening type');
    expect(rows.map((row) => [row[1], row[6], row[7]])).to.deep.equal([
      ['c', '有条件开放', '说明场景'],
      ['o', '无条件开放', ''],
    ]);
    expect(rows[1]?.slice(4, 6)).to.deep.equal(['资源环境', '公园名称；行政区']);
    expect(rows[1]?.slice(9)).to.deep.equal(['每年', '2026-01-31']);
    expect((await rowsIn('en'))[1]?.slice(6)).to.deep.equal([
      'Conditionally open',
      '说明场景',
      'download',
      'yearly',
      '2026-01-31',
    ]);
    const call = platform.get('', '/api/catalogue/exports/opening-list.pdf').set('accept-language', 'zh-CN');
    const paper = await call.buffer().parse(answerBytes);
    expect([paper.status, paper.headers['content-type']]).to.deep.equal([200, 'application/pdf']);
    const [printed] = printedText(await printedPages(paper.body));
    for (const [row] of rows.entries())
      for (const cell of rows[row] ?? []) expect(printed).to.include(cell.replaceAll(/\s/g, ''));
    for (const part of ['公共数据开放清单', '开放类型Openingtype', '负责人（签字）']) expect(printed).to.include(part);
    const again = platform.get('', '/api/catalogue/exports/opening-list.pdf').set('accept-language', 'zh-CN');
    expect((await again.set('if-none-match', paper.headers['etag'] ?? '')).status).to.equal(304);
  });

  it('refuses a paper with 503 and Retry-After when eight wait, and gives it when they are done', async function () {
    this.timeout(60_000);
    await platform.listed({ abstract: { en: 'Parks' } });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<string[]> {
      await held;
      yield ['a'];
    }
    const columns = [{ heading: { zh: '列' }, width: 10 }];
    const papers = Array.from({ length: 9 }, async () => {
      for await (const _piece of paperOf({ title: { zh: '表' }, notes: [], columns, rows: slow() })) continue;
    });
    await new Promise(setImmediate);
    const busy = await platform.get('', '/api/catalogue/exports/opening-list.pdf');
    expect([busy.status, busy.body.code]).to.deep.equal([503, 'unavailable']);
    expect(Number(busy.headers['retry-after'])).to.be.above(0);
    expect((await platform.get('', '/data.json')).status, 'whatever is no paper goes on').to.equal(200);
    release();
    await Promise.all(papers);
    expect((await platform.get('', '/api/catalogue/exports/opening-list.pdf')).status).to.equal(200);
  });

  describeWithSharedData('with the real catalogues', (path) => {
    it('exports what the official schema accepts; importing that again weakens no tier', async function () {
      this.timeout(240_000);
      for (const source of ['dhs', 'dol', 'gsa'])
        await platform.import(readFileSync(path('catalogues', `${source}.json`)), source);
      await platform.listed({ abstract: { en: 'Parks' } });
      await platform.listed({
        identifier: 'api',
        keywords: [],
        distributions: [{ title: { zh: '接口' }, format: 'API', kind: 'api', url: '/gateway/parks' }],
      });
      const { text } = await platform.get('', '/data.json');
      const validate = officialCatalogueSchema(path('schemas', 'pod-1.1'));
      const catalogue = JSON.parse(text) as { dataset: { identifier: string }[] };
      expect(validate(catalogue), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
      const identifiers = catalogue.dataset.map(({ identifier }) => identifier);
      expect(new Set(identifiers).size).to.equal(identifiers.length);
      const records = await platform.test.unit.read((reader) => platform.catalogue.datasets.scan(reader, '', 10_000));
      const before = new Map(records.map((record) => [record.identifier, record.tier]));
      for (const one of catalogue.dataset) {
        const read = readDataJsonRecord(one, POD_CODE_MAP).record;
        const tier = before.get(one.identifier);
        if (tier !== undefined) expect(strictness(read?.declaredTier ?? 'restricted')).to.be.at.least(strictness(tier));
      }
      expect(identifiers.length).to.equal(records.filter((one) => one.tier !== 'restricted').length);
    });
    it('gives back what came in: every member of every public record, the data of conditional ones held back', async function () {
      this.timeout(240_000);
      const sent = new Map<string, Record<string, unknown>>();
      for (const source of ['dhs', 'dol', 'gsa']) {
        const bytes = readFileSync(path('catalogues', `${source}.json`));
        await platform.import(bytes, source);
        const { dataset } = JSON.parse(bytes.toString()) as { dataset: Record<string, unknown>[] };
        for (const one of dataset) sent.set(one['identifier'] as string, one);
      }
      const { dataset } = JSON.parse((await platform.get('', '/data.json')).text) as {
        dataset: Record<string, unknown>[];
      };
      let compared = 0;
      for (const { '@type': _, ...given } of dataset) {
        const came = sent.get(given['identifier'] as string);
        if (came === undefined) continue;
        compared += 1;
        const { '@type': _type, ...stated } = came;
        const open = given['accessLevel'] === 'public';
        const picked = (...keys: string[]) =>
          Object.fromEntries(keys.filter((key) => key in given).map((key) => [key, given[key]]));
        const held = open ? {} : picked('landingPage', 'accessLevel');
        const wanted = { ...picked('landingPage', 'language', 'rights'), ...withoutNull(stated), ...held };
        if (!open) expect(JSON.stringify(given['distribution'] ?? [])).not.to.match(/downloadURL|dol\.gov/);
        const apart = (record: object) => ({ ...record, distribution: undefined });
        expect(apart(given), given['identifier'] as string).to.deep.equal(apart(wanted));
        if (open) expect(given['distribution'], given['identifier'] as string).to.deep.equal(stated['distribution']);
      }
      expect(compared).to.equal(1_565);
    });
    it('reports the contradictions of the three files, each as often as it is there', async function () {
      this.timeout(240_000);
      const expected = { dhs: [4, 0], dol: [4, 0], gsa: [17, 14] } as const;
      for (const [source, [distributions, urls]] of Object.entries(expected)) {
        const run = await platform.import(readFileSync(path('catalogues', `${source}.json`)), source);
        const issues = await platform.issues(run.id);
        const count = (code: string) => issues.filter((issue) => issue.code === code).length;
        expect([count('contradiction-distributions'), count('contradiction-download-url')], source).to.deep.equal([
          distributions,
          urls,
        ]);
      }
    });
  });
});
