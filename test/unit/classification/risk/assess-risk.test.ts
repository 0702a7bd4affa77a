import { expect } from 'chai';
import fc from 'fast-check';
import { diversityOf, figuresOf } from '../../../../src/classification/domain/risk/figures.js';
import type { AssessedRisk, Risk, RiskOfSet } from '../../../../src/classification/domain/risk/risk.js';
import { assessRisk, RISK_LIMITS, type RiskQuestion } from '../../../../src/classification/measure/assess-risk.js';
import { budgetOf } from '../../../../src/classification/measure/budget.js';
import type { Tabular } from '../../../../src/classification/reader/tabular.js';
import { classesByHand, uniquesByHand, valuesByHand } from '../../../support/classification/counted-by-hand.js';
import { type Rows, SmallTables } from '../../../support/classification/tables.js';

const PLENTY = { spent: () => false };
const NAMES = ['sex', 'birth', 'district', 'illness'];

const tables = new SmallTables();
before(() => tables.open());
after(() => tables.close());

const riskOf = (rows: Rows, question: RiskQuestion, names: readonly string[] = NAMES): Promise<Risk> =>
  assessRisk(tables.table(names, rows), question, PLENTY);

function only(risk: Risk): RiskOfSet {
  expect(risk.status).to.equal('assessed');
  const [set] = (risk as AssessedRisk).sets;
  if (set === undefined) throw new Error('no set');
  return set;
}

const PEOPLE: Rows = [
  ['F', '1980', '310101', 'flu'],
  ['F', '1980', '310101', 'flu'],
  ['M', '1980', '310101', 'flu'],
  ['M', '1980', '310101', 'cold'],
  ['M', '1991', '310104', 'flu'],
  ['*', '*', '*', 'cold'],
  ['*', '*', '*', 'flu'],
];

describe('risk of a table', () => {
  it('gives k, average, highest, the share at risk and uniqueness; suppressed records apart', async () => {
    const set = only(await riskOf(PEOPLE, { sets: [['sex', 'birth', 'district']], attributes: ['illness'], least: 3 }));
    expect(set.figures).to.deep.equal({
      status: 'assessed',
      records: 5,
      suppressed: 2,
      classes: 3,
      k: 1,
      average: 3 / 5,
      highest: 1,
      atRisk: 1,
      uniqueness: 1 / 5,
    });
    expect(set.diversity).to.deep.equal([
      { attribute: 'illness', diversity: { status: 'assessed', l: 1, homogeneous: 3 / 5 } },
    ]);
    expect(set.uniques).to.deep.include({ status: 'assessed', searchedTo: 3, stopped: null });
    expect(set.uniques)
      .to.have.property('sets')
      .that.deep.equals([
        { columns: ['birth'], records: 1 },
        { columns: ['district'], records: 1 },
      ]);
  });

  it('agrees with counting by hand on any small table', async function () {
    this.timeout(240_000);
    const cell = fc.constantFrom('a', 'A', 'b', 'b ', '*', null);
    const rows = fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 2, max: 6 }), async (table, least) => {
        const quasi = NAMES.slice(0, 3);
        const set = only(await riskOf(table, { sets: [quasi], attributes: ['illness'], least }));
        const counts = classesByHand(table, [0, 1, 2], least);
        expect(set.figures).to.deep.equal(figuresOf(counts));
        if (counts.records === 0) return;
        expect(set.diversity[0]?.diversity).to.deep.equal(diversityOf(valuesByHand(table, [0, 1, 2], 3)));
        if (set.uniques.status !== 'assessed') throw new Error('no unique sets');
        const byHand = uniquesByHand(
          table.map((row) => row.slice(0, 3)),
          quasi,
          3,
        );
        expect(set.uniques.sets).to.have.deep.members(byHand);
      }),
      { numRuns: 60 },
    );
  });

  it('judges several sets, each on its own', async () => {
    const risk = await riskOf(PEOPLE, { sets: [['sex'], ['birth', 'district']] });
    expect(risk).to.have.property('origin', 'named');
    const k = (risk as AssessedRisk).sets.map(({ figures }) => figures.status === 'assessed' && figures.k);
    expect(k).to.deep.equal([2, 1]);
  });

  it('says what it leaves out: too many columns, sizes of sets not looked at', async () => {
    const names = Array.from({ length: RISK_LIMITS.columns + 2 }, (_, index) => `c${index}`);
    const rows = [0, 1, 2].map((row) => names.map((_, index) => (index === 0 ? String(row) : 'x')));
    const risk = await riskOf(rows, { sets: [names], uniqueSetsTo: 1 }, names);
    expect((risk as AssessedRisk).notSearched).to.deep.equal([
      { what: 'columns', reason: 'too-many-columns', names: ['c16', 'c17'] },
    ]);
    expect(only(risk).uniques).to.deep.include({ searchedTo: 1, stopped: 'size-limit' });
    expect(only(risk).columns).to.have.length(RISK_LIMITS.columns);
  });
});

describe('risk of odd tables', () => {
  const set = { sets: [['sex', 'birth']], attributes: ['illness'] };

  it('no quasi-identifier, no record, an unknown column: not assessed, and why', async () => {
    expect(await riskOf(PEOPLE, { sets: [] })).to.deep.equal({
      status: 'not-assessed',
      reason: 'no-quasi-identifiers',
    });
    expect(await riskOf(PEOPLE, { sets: [[]] })).to.have.property('reason', 'no-quasi-identifiers');
    expect(await riskOf([], set)).to.deep.equal({ status: 'not-assessed', reason: 'no-records' });
    expect(await riskOf(PEOPLE, { sets: [['hat size']] })).to.have.property('reason', 'unknown-column');
  });

  it('all equal: one class; all different: everyone alone; nothing but missing values: one class', async () => {
    const equal = only(
      await riskOf(
        Array.from({ length: 9 }, () => ['M', '1980', 'x', 'flu']),
        set,
      ),
    );
    expect(equal.figures).to.deep.include({ k: 9, classes: 1, uniqueness: 0, atRisk: 0 });
    expect(equal.uniques).to.deep.include({ stopped: null, sets: [] });
    const different = only(
      await riskOf(
        Array.from({ length: 9 }, (_, index) => [`${index}`, '1', 'x', 'flu']),
        set,
      ),
    );
    expect(different.figures).to.deep.include({ k: 1, uniqueness: 1, average: 1, highest: 1 });
    expect(different.uniques)
      .to.have.property('sets')
      .that.deep.equals([{ columns: ['sex'], records: 9 }]);
    const missing = only(
      await riskOf(
        Array.from({ length: 6 }, () => [null, null, null, null]),
        set,
      ),
    );
    expect(missing.figures).to.deep.include({ k: 6, classes: 1 });
    expect(missing.diversity[0]?.diversity).to.deep.equal({ status: 'assessed', l: 1, homogeneous: 1 });
  });

  it('everything withheld: not assessed rather than safe', async () => {
    const withheld = only(
      await riskOf(
        [
          ['*', '*', '*', 'flu'],
          ['*', '*', '*', 'cold'],
        ],
        set,
      ),
    );
    expect(withheld.figures).to.deep.equal({ status: 'not-assessed', reason: 'all-suppressed' });
    expect(withheld.uniques).to.deep.equal({ status: 'not-assessed', reason: 'all-suppressed' });
  });

  it('one column, and one record', async () => {
    const one = only(await riskOf([['7']], { sets: [['n']] }, ['n']));
    expect(one.figures).to.deep.include({ k: 1, records: 1, uniqueness: 1 });
  });

  it('4096 columns and 100,000 different values', async function () {
    this.timeout(240_000);
    const columns = Array.from({ length: 4096 }, (_, index) => ({ name: `column ${index}`, sql: `c${index}` }));
    const relation = `(SELECT 'x' AS c0, 'y' AS c4095 FROM range(2)) AS cells`;
    const table = { ...tables.table([], [[], []]), columns, relation };
    const asked = { sets: [columns.map(({ name }) => name), ['column 0', 'column 4095']] };
    const all = await assessRisk(table, { sets: [['column 0', 'column 4095']] }, PLENTY);
    expect(only(all).figures).to.deep.include({ k: 2, classes: 1 });
    const wide = await assessRisk(table, asked, budgetOf(0));
    expect((wide as AssessedRisk).notSearched[0]?.names).to.have.length(4096 - RISK_LIMITS.columns);
    const long = Array.from({ length: 100_000 }, (_, index) => [`${index}`]);
    const figures = only(await riskOf(long, { sets: [['n']] }, ['n'])).figures;
    expect(figures).to.deep.include({ k: 1, classes: 100_000, average: 1 });
  });
});

describe('risk in too little time', () => {
  const question = { sets: [['sex', 'birth', 'district']], attributes: ['illness'] };
  const afterQuestions = (allowed: number) => {
    let asked = 0;
    return { spent: () => asked++ >= allowed };
  };
  const measured = async (allowed: number): Promise<RiskOfSet> =>
    only(await assessRisk(tables.table(NAMES, PEOPLE), question, afterQuestions(allowed)));

  it('a budget of 0 s assesses nothing and says so', async () => {
    const set = only(await assessRisk(tables.table(NAMES, PEOPLE), question, budgetOf(0)));
    expect(set.figures).to.deep.equal({ status: 'not-assessed', reason: 'time-up' });
    expect(set.uniques).to.deep.equal({ status: 'not-assessed', reason: 'time-up' });
  });

  it('keeps what was finished, and no half of a search', async () => {
    const figuresOnly = await measured(1);
    expect(figuresOnly.figures).to.have.property('k', 1);
    expect(figuresOnly.diversity[0]?.diversity).to.have.property('reason', 'time-up');
    const pairsCutOff = await measured(2 + 3 + 1);
    expect(pairsCutOff.uniques).to.deep.include({ searchedTo: 1, stopped: 'time-up' });
    const reported = pairsCutOff.uniques.status === 'assessed' ? pairsCutOff.uniques.sets : [];
    expect(reported.every(({ columns }) => columns.length === 1)).to.equal(true);
  });

  it('a budget ends when its clock says so', () => {
    let now = 10;
    const budget = budgetOf(5, () => now);
    expect(budget.spent()).to.equal(false);
    now = 15;
    expect(budget.spent()).to.equal(true);
  });

  const failing = (error: Error): Tabular => ({
    dialect: 'duckdb',
    rows: 1,
    columns: [{ name: 'sex', sql: 'c0' }],
    relation: 'cells',
    ask: () => Promise.reject(error),
    close: () => Promise.resolve(),
  });
  const named = (name: string, message = '') => Object.assign(new Error(message), { name });

  it('tells a table that ran out of time or memory, or was cancelled, from one that broke', async () => {
    const reasonOf = async (error: Error) =>
      only(await assessRisk(failing(error), { sets: [['sex']] }, PLENTY)).figures;
    expect(await reasonOf(named('TimeUp'))).to.have.property('reason', 'time-up');
    expect(await reasonOf(named('AbortError'))).to.have.property('reason', 'cancelled');
    expect(await reasonOf(new Error('Out of Memory Error: could not allocate'))).to.have.property(
      'reason',
      'out-of-memory',
    );
    const broken = await reasonOf(new Error('Catalog Error')).catch((error: unknown) => error);
    expect(broken).to.be.an('error').with.property('message', 'Catalog Error');
  });
});
