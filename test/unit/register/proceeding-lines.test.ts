import { expect } from 'chai';
import { type Matter, type MatterProceeding, stands } from '../../../src/register/domain/matter.js';
import {
  type CountedProceeding,
  countedProceedings,
  proceedingFigures,
  proceedingLines,
} from '../../../src/register/domain/proceeding-lines.js';
import { matterOf } from './worlds.js';

const onRecord = (more: Partial<MatterProceeding> = {}): MatterProceeding => ({
  kind: 'litigation',
  recordedOn: '2026-05-04',
  outcome: null,
  endedOn: null,
  ...more,
});
const counted = (applicant: string, more: Partial<CountedProceeding> = {}): CountedProceeding => ({
  ...onRecord(),
  applicant,
  holder: 'h0',
  ...more,
});
const among = (count: number, more: Partial<CountedProceeding> = {}): CountedProceeding[] =>
  Array.from({ length: count }, (_, at) => counted(`a${at}`, more));

describe('what is told of reconsideration and litigation', () => {
  it('each once for its case and round, however many datasets it asks for', () => {
    const proceedings = [onRecord(), onRecord({ kind: 'reconsideration' })];
    const matters: Matter[] = [
      matterOf({ dataset: 'one', proceedings }),
      matterOf({ dataset: 'two', proceedings }),
      matterOf({ dataset: 'one', round: 2, proceedings: [onRecord()] }),
      matterOf({ application: 'other', applicant: 'a1' }),
    ];
    expect(countedProceedings(matters).map(({ kind, applicant }) => `${kind} ${applicant}`)).to.deep.equal([
      'litigation a0',
      'reconsideration a0',
      'litigation a0',
    ]);
  });

  it('in the quarter in which it went on record, as it stood at the end of the quarter that counts', () => {
    const ended = among(1, { outcome: 'annulled', endedOn: '2026-07-02' });
    expect(proceedingLines(ended, '2026-Q1', 1)).to.deep.equal([]);
    const line = { quarter: '2026-Q2', kind: 'litigation', holder: 'h0' };
    expect(proceedingLines(ended, '2026-Q2', 1)).to.deep.equal([{ ...line, outcome: null }]);
    expect(proceedingLines(ended, '2026-Q3', 1)).to.deep.equal([{ ...line, outcome: 'annulled' }]);
  });

  it('only where so many applicants stand behind a number: by holder, or else by kind, or not at all', () => {
    expect(proceedingLines(among(4), '2026-Q2', 5)).to.deep.equal([]);
    expect(proceedingLines([...among(4), counted('a0')], '2026-Q2', 5), 'one applicant counts once').to.deep.equal([]);
    expect(proceedingLines(among(4), '2026-Q2', 1), 'without the rule it is told').to.have.length(4);
    const holdersOf = (found: readonly CountedProceeding[]) =>
      proceedingLines(found, '2026-Q2', 5).map(({ holder }) => holder ?? 'untold');
    expect(holdersOf(among(5)).join(' ')).to.equal('h0 h0 h0 h0 h0');
    const apart = [...among(3), counted('b0', { holder: 'h1' }), counted('b1', { holder: 'h1' })];
    expect(holdersOf(apart).join(' ')).to.equal('untold untold untold untold untold');
    const kinds = [...among(3), counted('b0', { kind: 'reconsideration' }), counted('b1', { kind: 'reconsideration' })];
    expect(proceedingLines(kinds, '2026-Q2', 5), 'a kind is not told among the others').to.deep.equal([]);
  });

  it('how many are open, and how the others ended', () => {
    const lines = proceedingLines(
      [
        counted('a0'),
        counted('a1', { outcome: 'annulled', endedOn: '2026-05-05' }),
        counted('a2', { outcome: 'settled', endedOn: '2026-05-05' }),
      ],
      '2026-Q2',
      1,
    );
    const [reconsideration, litigation] = proceedingFigures(lines);
    expect(reconsideration).to.include({ kind: 'reconsideration', recorded: 0, open: 0 });
    expect(litigation).to.include({ kind: 'litigation', recorded: 3, open: 1 });
    expect(litigation?.outcomes.map(({ outcome, count }) => `${outcome} ${count}`)).to.deep.equal([
      'upheld 0',
      'changed 0',
      'annulled 1',
      'withdrawn 0',
      'settled 1',
    ]);
  });

  it('a ruling stands unless a review reopened it, or a proceeding changed or annulled it', () => {
    expect(stands(matterOf())).to.equal(true);
    const after = (...outcomes: NonNullable<MatterProceeding['outcome']>[]): boolean =>
      stands(
        matterOf({ proceedings: outcomes.map((outcome, at) => onRecord({ outcome, endedOn: `2026-06-0${at + 1}` })) }),
      );
    expect(stands(matterOf({ proceedings: [onRecord()] })), 'open').to.equal(true);
    for (const outcome of ['upheld', 'withdrawn', 'settled'] as const) expect(after(outcome), outcome).to.equal(true);
    for (const outcome of ['changed', 'annulled'] as const) {
      expect(after(outcome), outcome).to.equal(false);
      expect(after(outcome, 'withdrawn'), `${outcome}, a second instance was withdrawn`).to.equal(false);
      expect(after(outcome, 'upheld'), `${outcome}, a second instance upheld the ruling`).to.equal(true);
      expect(after('upheld', outcome), `${outcome} in the second instance`).to.equal(false);
    }
    const appeal = { askedOn: '2026-04-20', outcome: 'reopened', decidedOn: '2026-04-21' } as const;
    expect(stands(matterOf({ appeal }))).to.equal(false);
  });
});
