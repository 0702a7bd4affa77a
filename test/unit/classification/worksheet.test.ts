import { expect } from 'chai';
import fc from 'fast-check';
import {
  namedAs,
  readRow,
  tierChoice,
  tierWritten,
  WORKSHEET_FIELDS,
  type WorksheetField,
} from '../../../src/classification/domain/worksheet.js';
import { ROW_CODES, textsOfRow } from '../../../src/classification/worksheets/row-texts.js';
import { TIER_WORDS, TIERS } from '../../../src/kernel/tier.js';

const row = (cells: Partial<Record<WorksheetField, string>>, formula = false) => ({
  number: 2,
  cells: WORKSHEET_FIELDS.map((field) => cells[field] ?? ''),
  formula,
});
const GOOD = { dataset: '01ARZ3NDEKTSV4RRFFQ69G5FAV', version: '3', assessment: 'x', tier: 'open' };
const codeOf = (cells: Partial<Record<WorksheetField, string>>, formula = false, seen: string[] = []): string => {
  const read = readRow(row(cells, formula), new Set(seen));
  return read.kind === 'fault' ? read.code : read.kind;
};

describe('a row of a worksheet', () => {
  it('asks for a tier, with what was written beside it', () => {
    expect(readRow(row({ ...GOOD, tier: ' 有条件开放 conditional ', reason: ' 汇总 ' }), new Set())).to.deep.equal({
      kind: 'wish',
      wish: {
        dataset: GOOD.dataset,
        version: 3,
        assessment: 'x',
        named: '//',
        tier: 'conditional',
        reason: '汇总',
        legalBasis: '',
      },
    });
  });

  it('is known by identifier and titles, whatever an office program does to blanks, widths and signs', () => {
    const shown = namedAs('YT-9952', '公园（名录）', 'City parks, 2026');
    expect(namedAs('ＹＴ－9952', ' 公园(名录)\n', 'City  Parks 2026')).to.equal(shown);
    expect(namedAs('YT-9953', '公园（名录）', 'City parks, 2026')).not.to.equal(shown);
    expect(namedAs('YT-9952', undefined, '公园名录 City parks, 2026')).not.to.equal(shown);
  });

  it('reads a tier as people write it, and nothing else', () => {
    for (const tier of TIERS)
      for (const text of [tier, tier.toUpperCase(), tierChoice(tier), TIER_WORDS[tier].zh, TIER_WORDS[tier].en])
        expect(tierWritten(` ${text} `), text).to.equal(tier);
    for (const text of ['', '开放', 'opened', 'restricted?', '1']) expect(tierWritten(text), text).to.equal(null);
  });

  it('asks for nothing where nothing was filled in', () => {
    expect(codeOf({ ...GOOD, tier: '' })).to.equal('blank');
  });

  it('is refused for a formula, an unknown tier, a text too long, an id that is none, or a second row', () => {
    expect(codeOf(GOOD, true)).to.equal('formula-cell');
    expect(codeOf({ ...GOOD, tier: 'maybe' })).to.equal('unknown-tier');
    expect(codeOf({ ...GOOD, tier: '', reason: 'x' })).to.equal('unknown-tier');
    expect(codeOf({ ...GOOD, reason: 'x'.repeat(2001) })).to.equal('text-too-long');
    expect(codeOf({ ...GOOD, dataset: '../etc' })).to.equal('not-a-row');
    expect(codeOf({ ...GOOD, version: '1.5' })).to.equal('not-a-row');
    expect(codeOf(GOOD, false, [GOOD.dataset])).to.equal('duplicate-row');
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), fc.boolean(), (cells, formula) => {
        expect(readRow({ number: 1, cells, formula }, new Set()).kind).to.be.oneOf(['blank', 'fault', 'wish']);
      }),
    );
  });

  it('has a text and a remedy in both languages for every code', () => {
    for (const code of [...ROW_CODES, 'not-found', 'tier-unchanged'] as const) {
      const { title, remedy } = textsOfRow(code as 'stale-row');
      for (const text of [title.zh, remedy.zh]) expect(text, code).to.match(/\p{Script=Han}/u);
      for (const text of [title.en, remedy.en]) expect(text, code).to.match(/^\P{Script=Han}{3,}$/u);
    }
  });
});
