import { createReadStream, existsSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse';
import { MemoryTable } from '../../../src/classification/reader/memory-table.js';
import { inProject } from '../../support/project.js';
import { skipSuite } from '../../support/skip.js';

const ADULT = inProject('..', 'shared', 'data', 'risk', 'adult.csv');

async function* listed(...records: string[][]): AsyncGenerator<readonly string[]> {
  for (const record of records) yield record;
}

describe('a table in memory', () => {
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
