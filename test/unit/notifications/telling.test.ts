import { expect } from 'chai';
import fc from 'fast-check';
import { nearOfGrant, type OwedDay } from '../../../src/notifications/domain/near.js';
import type { Line } from '../../../src/notifications/domain/table.js';
import { applies, tellings } from '../../../src/notifications/domain/telling.js';
import { startOfDay } from '../../../src/kernel/time.js';

const line = (as: string, more: Partial<Line> = {}): Line => ({
  as,
  to: 'handlers',
  title: { en: as, zh: as },
  text: { en: as, zh: as },
  ...more,
});

describe('who is told', () => {
  it('is each person once, by the first line that reaches them', () => {
    const told = tellings(
      [
        { line: line('sign'), people: ['citizen', 'signatory'] },
        { line: line('approved'), people: ['handler', 'citizen'] },
      ],
      'approver',
    );
    expect(told.map(({ person, line: { as } }) => [person, as])).to.deep.equal([
      ['citizen', 'sign'],
      ['signatory', 'sign'],
      ['handler', 'approved'],
    ]);
  });

  it('is not who did it, unless the line confirms it', () => {
    const people = ['me', 'other'];
    const by = (one: Line) => tellings([{ line: one, people }], 'me').map(({ person }) => person);
    expect(by(line('plain'))).to.deep.equal(['other']);
    expect(by(line('receipt', { confirm: true }))).to.deep.equal(['me', 'other']);
  });

  it('holds for any circles: one telling for each person, never a stranger', () => {
    const circle = fc.record({
      people: fc.array(fc.constantFrom('a', 'b', 'c', 'd')),
      confirm: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(circle), fc.constantFrom('a', 'x'), (circles, actor) => {
        const reached = circles.map(({ people, confirm }, at) => ({ line: line(`l${at}`, { confirm }), people }));
        const told = tellings(reached, actor).map(({ person }) => person);
        expect(new Set(told).size).to.equal(told.length);
        const expected = new Set(
          circles.flatMap(({ people, confirm }) => people.filter((one) => confirm || one !== actor)),
        );
        expect(new Set(told)).to.deep.equal(expected);
      }),
    );
  });

  it('depends on what the event says; what it does not say counts as null', () => {
    const shown = line('remark', { when: { private: [false] } });
    expect([applies(shown, { private: false }), applies(shown, { private: true }), applies(shown, {})]).to.deep.equal([
      true,
      false,
      false,
    ]);
    const free = line('limited', { when: { sanction: [null] } });
    expect([applies(free, {}), applies(free, { sanction: null }), applies(free, { sanction: 's' })]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(applies(line('always'), { private: true })).to.equal(true);
  });
});

describe('what is near', () => {
  const near = { application: 3, correction: 2, evidence: 30, grant: 30, proof: 30, duty: 14 };
  const grant = (from: string, end: string, proof: string | null = null) => ({
    startsAt: startOfDay(from),
    endsAt: startOfDay(end) + 86_400_000,
    lapsesAt: proof === null ? null : startOfDay(proof) + 86_400_000,
  });
  const of = (ends: ReturnType<typeof grant> | null, today: string, owed: readonly OwedDay[] = []) =>
    nearOfGrant({ ends, owed }, near, startOfDay(today));

  it('is the last day of a proof and of the grant, from so many days before until the day itself', () => {
    const year = grant('2026-01-01', '2026-12-31', '2026-06-30');
    expect(of(year, '2026-05-30')).to.deep.equal([]);
    expect(of(year, '2026-05-31')).to.deep.equal([{ what: 'evidence', day: '2026-06-30' }]);
    expect(of(year, '2026-06-30')).to.have.length(1);
    expect(of(year, '2026-07-01')).to.deep.equal([]);
    expect(of(year, '2026-12-01')).to.deep.equal([{ what: 'grant', day: '2026-12-31' }]);
  });

  it('is not a proof that outlives the grant, nor the end of a short grant on its first days', () => {
    expect(of(grant('2026-01-01', '2026-03-31', '2026-06-30'), '2026-03-20')).to.deep.equal([
      { what: 'grant', day: '2026-03-31' },
    ]);
    const short = grant('2026-01-01', '2026-01-20');
    expect(of(short, '2026-01-02')).to.deep.equal([]);
    expect(of(short, '2026-01-12')).to.have.length(1);
  });

  it('is what is owed, also after the end', () => {
    const owed = [{ what: 'deletion', day: '2026-03-15' }] as const;
    expect(of(null, '2026-02-28', owed)).to.deep.equal([]);
    expect(of(null, '2026-03-01', owed)).to.deep.equal(owed);
    expect(of(null, '2026-03-15', owed)).to.deep.equal(owed);
    expect(of(null, '2026-03-16', owed)).to.deep.equal([]);
  });
});
