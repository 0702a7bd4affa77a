import { expect } from 'chai';
import fc from 'fast-check';
import { assessRisk, type RiskQuestion } from '../../src/classification/measure/assess-risk.js';
import type { Tabular } from '../../src/classification/reader/tabular.js';
import { mariaDb } from '../support/databases.js';
import { memoryTable, type Rows, serverTable } from '../support/classification/tables.js';
import { skipSuite } from '../support/skip.js';
import { testMariaDb } from '../support/mariadb.js';

const NAMES = ['sex', 'birth', 'district', 'illness'];
const QUESTION: RiskQuestion = { sets: [NAMES.slice(0, 3), ['sex']], attributes: ['illness'], least: 3 };

/** Values that collations of a server take for one another: case, accents, trailing blanks, width, missing or empty. */
const CELLS = ['a', 'A', 'á', 'a ', 'ａ', '张', '張', '*', '', null] as const;

/** A deterministic table of `length` rows. */
const rowsOf = (length: number, seed: number): Rows =>
  fc.sample(fc.array(fc.constantFrom(...CELLS), { minLength: 4, maxLength: 4 }), { numRuns: length, seed });

describe('risk, asked in both dialects', function () {
  if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
  this.timeout(240_000);

  for (const [length, seed] of [
    [1, 1],
    [40, 2],
    [700, 3],
  ] as const)
    it(`gives the same answers for ${length} rows in DuckDB and in MariaDB`, async () => {
      const rows = rowsOf(length, seed);
      const database = await mariaDb.fresh();
      const tables: Tabular[] = [];
      try {
        tables.push(await memoryTable(NAMES, rows), await serverTable(database.url, NAMES, rows));
        const [here, there] = await Promise.all(
          tables.map((table) => assessRisk(table, QUESTION, { spent: () => false })),
        );
        expect(there).to.deep.equal(here);
        expect(here).to.have.property('status', 'assessed');
      } finally {
        await Promise.all(tables.map((table) => table.close()));
        await database.dispose();
      }
    });

  it('without comparing bytes the server would count differently', async () => {
    const database = await mariaDb.fresh();
    const table = await serverTable(database.url, ['n'], [['a'], ['A'], ['a ']]);
    try {
      const [collated] = await table.ask('SELECT COUNT(DISTINCT c0) AS n FROM cells');
      const risk = await assessRisk(table, { sets: [['n']] }, { spent: () => false });
      expect(Number(collated?.['n'])).to.equal(1);
      expect(risk).to.have.nested.property('sets[0].figures.classes', 3);
    } finally {
      await table.close();
      await database.dispose();
    }
  });
});
