import { expect } from 'chai';
import fc from 'fast-check';
import { complaintLines, type CountedComplaint } from '../../../src/register/domain/complaint-lines.js';
import { complaintStatisticsOf } from '../../../src/register/domain/statistics.js';

const objection = (more: Partial<CountedComplaint> = {}): CountedComplaint => ({
  about: 'quality',
  holder: 'h0',
  behind: 'p0',
  filedOn: '2026-01-12',
  due: '2026-01-26',
  answer: { on: '2026-01-20', outcome: 'mended', days: 6 },
  endedOn: '2026-01-20',
  ...more,
});
const open = { answer: null, endedOn: null };
const aboutRights = (behind: string, holder: string, filedOn = '2026-02-02'): CountedComplaint =>
  objection({ about: 'rights', behind, holder, filedOn, ...open });

describe('what is told of complaints', () => {
  it('answers to objections by quarter and holder: how many, in time, mended, and the median by hand', () => {
    const late = { on: '2026-02-10', outcome: 'not-accepted', days: 18 } as const;
    const lines = complaintLines(
      [
        objection(),
        objection({ answer: { on: '2026-01-26', outcome: 'mended', days: 10 } }),
        objection({ answer: late, endedOn: late.on }),
        objection({ holder: 'h1' }),
      ],
      '2026-Q1',
      5,
    );
    const figures = { period: '2026-Q1', undecided: 0 };
    expect(complaintStatisticsOf(lines).quality).to.deep.equal([
      { ...figures, holder: 'h0', count: 3, inTime: 2, share: 2 / 3, mended: 2, median: 10, p90: 18 },
      { ...figures, holder: 'h1', count: 1, inTime: 1, share: 1, mended: 1, median: 6, p90: 6 },
    ]);
  });

  it('one nobody answers is late at the end of every quarter, and once more when it is answered', () => {
    const never = objection(open);
    const of = (one: CountedComplaint, upTo: string) =>
      complaintLines([one], upTo, 5).quality.map(({ quarter, outcome, inTime }) => [quarter, outcome, inTime]);
    expect(of(never, '2025-Q4')).to.deep.equal([]);
    expect(of(never, '2026-Q2')).to.deep.equal([
      ['2026-Q1', 'undecided', false],
      ['2026-Q2', 'undecided', false],
    ]);
    const atLast = { on: '2026-04-10', outcome: 'mended', days: 58 } as const;
    expect(of(objection({ answer: atLast, endedOn: atLast.on }), '2026-Q2')).to.deep.equal([
      ['2026-Q2', 'mended', false],
      ['2026-Q1', 'undecided', false],
    ]);
    expect(of(objection({ answer: null, endedOn: '2026-02-20' }), '2026-Q2'), 'taken back').to.deep.equal([]);
  });

  it('a complaint about rights is counted where enough stand behind it, without its holder where they do not', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((who) => aboutRights(who, 'h0'));
    const two = ['x', 'y'].map((who) => aboutRights(who, 'h1'));
    const rights = (all: readonly CountedComplaint[]) =>
      complaintStatisticsOf(complaintLines(all, '2026-Q1', 5)).rights.map(({ holder, count }) => [holder, count]);
    expect(rights([...five, ...two]), 'two alone stand nowhere').to.deep.equal([['h0', 5]]);
    expect(rights(five.slice(1)), 'four are not told').to.deep.equal([]);
    expect(rights([...five.slice(1), ...two]), 'six of two holders are told without them').to.deep.equal([[null, 6]]);
    const same = Array.from({ length: 9 }, () => aboutRights('a', 'h0'));
    expect(rights(same), 'nine of one person are one').to.deep.equal([]);
    expect(rights(five.map((one) => ({ ...one, filedOn: '2026-04-02' }))), 'not before its quarter').to.deep.equal([]);
  });

  it('a quarter that is over is told the same, whatever comes later', () => {
    const day = fc
      .integer({ min: 0, max: 270 })
      .map((at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
    const filed = fc
      .tuple(fc.constantFrom('quality' as const, 'rights' as const), fc.nat(8), fc.nat(2), day, fc.nat(60))
      .map(([about, who, holder, filedOn, later]) => {
        const on = new Date(Date.parse(filedOn) + later * 86_400_000).toISOString().slice(0, 10);
        const answer = about === 'quality' && later < 50 ? ({ on, outcome: 'mended', days: later } as const) : null;
        return objection({
          about,
          behind: `p${who}`,
          holder: `h${holder}`,
          filedOn,
          due: filedOn,
          answer,
          endedOn: answer?.on ?? null,
        });
      });
    fc.assert(
      fc.property(fc.array(filed, { maxLength: 60 }), (all) => {
        const first = (upTo: string) => {
          const { quality, rights } = complaintStatisticsOf(complaintLines(all, upTo, 3));
          return [...quality, ...rights].filter(({ period }) => period === '2026-Q1');
        };
        expect(first('2026-Q3')).to.deep.equal(first('2026-Q1'));
      }),
    );
  });
});
