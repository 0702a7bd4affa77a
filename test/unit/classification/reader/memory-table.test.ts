import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse';
import { OutOfMemory } from '../../../../src/classification/reader/limits.js';
import { MemoryTable } from '../../../../src/classification/reader/memory-table.js';
import { inProject } from '../../../support/project.js';
import { skipSuite } from '../../../support/skip.js';

const ADULT = inProject('..', 'shared', 'data', 'risk', 'adult.csv');

async function* listed(...records: string[][]): AsyncGenerator<readonly string[]> {
  for (const record of records) yield record;
}

describe('a table in memory', function () {
  this.timeout(240_000);
  it('keeps every cell as text: leading zeros, long numbers, what is not there', async () => {
    const table = await MemoryTable.load(['编号', 'n'], listed(['007', '13800138000'], ['1e3', ''], ['short']));
    try {
      expect(table.rows).to.equal(3);
      expect(table.columns).to.deep.equal([
        { name: '编号', sql: 'c0' },
        { name: 'n', sql: 'c1' },
      ]);
      const rows = await table.ask(`SELECT c0, c1 FROM ${table.relation} ORDER BY c0`);
      expect(rows).to.deep.equal([
        { c0: '007', c1: '13800138000' },
        { c0: '1e3', c1: null },
        { c0: 'short', c1: null },
      ]);
    } finally {
      await table.close();
    }
  });

  it('takes columns that are found only later, and cells that hold anything a text can', async () => {
    const filling = await MemoryTable.filling();
    filling.column('a');
    for (let at = 0; at < 3000; at += 1) await filling.row([String(at)]);
    filling.column('b');
    for (const cell of ['王\u0000x', 'NaN', '\ud83d\ude00', "'; DROP TABLE cells; --"]) await filling.row(['z', cell]);
    const table = await filling.done();
    try {
      const rows = await table.ask('SELECT count(*) AS n, count(c1) AS b, count(DISTINCT c0) AS d FROM cells');
      expect(rows).to.deep.equal([{ n: 3004, b: 4, d: 3001 }]);
      const cells = await table.ask("SELECT c1 FROM cells WHERE c0 = 'z' ORDER BY length(c1)");
      expect(cells.map(({ c1 }) => c1)).to.deep.equal(['\ud83d\ude00', '王\u0000x', 'NaN', "'; DROP TABLE cells; --"]);
    } finally {
      await table.close();
    }
  });

  it('can neither read nor write a file, whatever it is asked', async () => {
    const table = await MemoryTable.load(['a'], listed(['1']));
    const told = async (sql: string): Promise<string> =>
      table.ask(sql).then(
        () => 'answered',
        (error: Error) => error.message,
      );
    try {
      const path = inProject('package.json');
      expect(await told(`SELECT * FROM read_text('${path}')`)).to.equal(
        'the private database refused a question: Permission',
      );
      expect(await told("COPY cells TO '/tmp/tiergate-leak.csv'")).to.include('Permission');
      expect(await told('SET enable_external_access = true')).not.to.equal('answered');
      expect(await told("SET memory_limit = '8GB'")).not.to.equal('answered');
    } finally {
      await table.close();
    }
  });

  it('does not repeat a cell in what it complains of', async () => {
    const table = await MemoryTable.load(['a'], listed(['secret-cell-4711']));
    const failure: unknown = await table.ask('SELECT c0::INTEGER FROM cells').catch((error: unknown) => error);
    await table.close();
    expect(failure).to.be.instanceOf(Error);
    expect(String(failure)).to.equal('Error: the private database refused a question: Conversion');
  });

  it('refuses to grow beyond its memory', async () => {
    async function* endless(): AsyncGenerator<readonly string[]> {
      for (;;) yield [randomBytes(65_536).toString('base64')];
    }
    const before = process.memoryUsage.rss();
    const failure: unknown = await MemoryTable.load(['a'], endless()).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(OutOfMemory);
    expect((process.memoryUsage.rss() - before) / 1e6).to.be.below(500);
  });

  describe('with a real file', function () {
    if (!existsSync(ADULT)) skipSuite(this, 'no ../shared/data');
    it('counts exactly', async () => {
      const records = createReadStream(ADULT).pipe(parse({ delimiter: ';', from_line: 2 }));
      const names = Array.from({ length: 9 }, (_, index) => `column ${index + 1}`);
      const table = await MemoryTable.load(names, records as AsyncIterable<string[]>);
      const all = table.columns.map(({ sql }) => sql).join(', ');
      const [answer] = await table.ask(
        `SELECT count(*) * 1.0 / sum(n) AS average FROM (SELECT count(*) AS n FROM ${table.relation} GROUP BY ${all})`,
      );
      await table.close();
      expect(answer?.['average']).to.be.closeTo(0.6465751607983555, 1e-12);
    });
  });
});
