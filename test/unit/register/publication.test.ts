import { expect } from 'chai';
import fc from 'fast-check';
import type { Entry, Told, Traits } from '../../../src/register/domain/entry.js';
import { publicEntries } from '../../../src/register/domain/publication.js';
import { statisticsOf } from '../../../src/register/domain/statistics.js';
import { entryOf, told, worlds } from './worlds.js';

const TRAITS = ['dataset', 'tier', 'holder', 'field', 'purpose', 'applicantKind'] as const satisfies (keyof Traits)[];
const least = fc.integer({ min: 3, max: 6 });
const applicants = (entries: readonly Told[]): number => new Set(entries.map(({ applicant }) => applicant)).size;

/** Marks each entry by its days, so that it can be found again in what is published. */
const marked = (world: readonly Told[]): Told[] => world.map((entry, at) => ({ ...entry, days: 1000 + at }));
/** Which of the world's entries stand behind each published line. */
const behind = (world: readonly Told[], lines: readonly Entry[]): Told[] =>
  lines.map(({ days }) => world[(days ?? 0) - 1000] as Told);

/** The published lines that show exactly the same traits in the same quarter. */
const companions = (line: Entry, lines: readonly Entry[]): Entry[] =>
  lines.filter((other) => other.quarter === line.quarter && TRAITS.every((trait) => other[trait] === line[trait]));

/** A world in which everything the public is not told of is otherwise: other datasets, holders, purposes, kinds. */
function otherwise(world: readonly Told[], k: number): Told[] {
  const numbered = marked(world);
  const lines = publicEntries(numbered, k);
  const lineOf = new Map(lines.map((line) => [line.days, line] as const));
  return numbered.map((entry, at) => {
    const line = lineOf.get(entry.days);
    const hidden = TRAITS.filter((trait) => line?.[trait] === null || line === undefined);
    const changed = Object.fromEntries(hidden.map((trait) => [trait, `other-${trait}-${at}`]));
    return { ...entry, ...changed, days: world[at]?.days ?? null };
  });
}

describe('what the public is told of rulings', () => {
  it('shows each line among lines on so many applicants that look the same', () => {
    fc.assert(
      fc.property(worlds, least, (given, k) => {
        const world = marked(given);
        const lines = publicEntries(world, k);
        for (const line of lines)
          expect(applicants(behind(world, companions(line, lines))), JSON.stringify(line)).to.be.at.least(k);
      }),
    );
  });

  it('tells nothing false: what a line shows is so, and nobody is told twice', () => {
    fc.assert(
      fc.property(worlds, least, (given, k) => {
        const world = marked(given);
        const lines = publicEntries(world, k);
        behind(world, lines).forEach((entry, at) => {
          const line = lines[at] as Entry;
          for (const trait of TRAITS) if (line[trait] !== null) expect(line[trait]).to.equal(entry[trait]);
          expect([line.quarter, line.outcome, line.inTime]).to.deep.equal([entry.quarter, entry.outcome, entry.inTime]);
        });
        expect(new Set(lines.map(({ days }) => days)).size).to.equal(lines.length);
      }),
    );
  });

  it('singles no kind of applicant out: a few natural persons are lines among the others', () => {
    const line = (at: number, applicantKind: 'enterprise' | 'unincorporated' | 'person') =>
      entryOf({ applicant: `a${at}`, applicantKind });
    const few = [0, 1, 2, 3].map((at) => line(at, 'person'));
    const one = line(4, 'unincorporated');
    const many = [5, 6, 7, 8, 9].map((at) => line(at, 'enterprise'));
    const kindsOf = (entries: readonly Told[]) =>
      publicEntries(entries, 5).map(({ applicantKind, dataset }) => [applicantKind, dataset !== null]);
    const alone = kindsOf([...few, one]);
    expect(alone, 'five of two kinds').to.have.length(5);
    for (const shown of alone) expect(shown).to.deep.equal([null, true]);
    const beside = kindsOf([...few, ...many]);
    expect(beside, 'four persons alone are not told at all').to.have.length(5);
    for (const [kind] of beside) expect(kind).to.equal('enterprise');
    const enough = kindsOf([...few, line(4, 'person'), ...many]);
    expect(enough.filter(([kind]) => kind === 'person')).to.have.length(5);
  });

  it('never says who applied', () => {
    fc.assert(
      fc.property(worlds, least, (world, k) => {
        for (const lines of [publicEntries(world, k), statisticsOf(world)])
          expect(JSON.stringify(lines)).to.not.match(/"applicant"|"a\d+"/);
      }),
    );
  });

  it('is the same, to the byte, whatever is hidden: nothing of it can be computed from register, totals or differences', () => {
    let hidden = 0;
    fc.assert(
      fc.property(worlds, least, (world, k) => {
        const other = otherwise(world, k);
        hidden += other.filter(({ holder }) => holder?.startsWith('other') === true).length;
        const [lines, others] = [publicEntries(world, k), publicEntries(other, k)];
        expect(JSON.stringify(others)).to.equal(JSON.stringify(lines));
        for (const filter of [
          () => true,
          ({ field }: Entry) => field === 'transport',
          ({ holder }: Entry) => holder === 'h0',
        ])
          expect(statisticsOf(others.filter(filter))).to.deep.equal(statisticsOf(lines.filter(filter)));
      }),
    );
    expect(hidden, 'the worlds hide something').to.be.greaterThan(100);
  });

  it('without the rule the same attack tells: the protection is what stops it', () => {
    const world = [entryOf({ applicant: 'alone', holder: 'h1', dataset: 'h1d0', field: 'health', outcome: 'refused' })];
    expect(publicEntries(world, 3)).to.deep.equal([]);
    expect(publicEntries(world, 1)).to.have.length(1);
    expect(statisticsOf(publicEntries(world, 1)).holders[0]).to.include({ holder: 'h1', count: 1 });
  });

  it('tells a quarter the same whatever happens in others: two answers of two times differ by whole quarters', () => {
    fc.assert(
      fc.property(worlds, fc.array(told, { maxLength: 40 }), least, (world, more, k) => {
        const before = publicEntries(
          world.filter(({ quarter }) => quarter !== '2026-Q3'),
          k,
        );
        const later = more.map((entry) => ({ ...entry, quarter: '2026-Q3' }));
        const after = publicEntries([...world.filter(({ quarter }) => quarter !== '2026-Q3'), ...later], k);
        expect(after.filter(({ quarter }) => quarter !== '2026-Q3')).to.deep.equal(before);
      }),
    );
  });

  it('counts in any line of the statistics at least so many applicants', () => {
    fc.assert(
      fc.property(worlds, least, (given, k) => {
        const world = marked(given);
        const lines = publicEntries(world, k);
        for (const key of ['holder', 'field', 'quarter', 'purpose'] as const)
          for (const value of new Set(lines.map((line) => line[key]))) {
            const counted = lines.filter((line) => line[key] === value);
            expect(applicants(behind(world, counted)), `${key} ${value}`).to.be.at.least(k);
          }
      }),
    );
  });

  it('stands in an order that says nothing of the order in which it came', () => {
    fc.assert(
      fc.property(worlds, least, (world, k) => {
        expect(publicEntries(world.toReversed(), k)).to.deep.equal(publicEntries(world, k));
      }),
    );
  });

  it('one applicant with many requests is one', () => {
    const many = Array.from({ length: 30 }, (_, at) => entryOf({ days: at }));
    expect(publicEntries(many, 3)).to.deep.equal([]);
    const [b, c] = [entryOf({ applicant: 'b' }), entryOf({ applicant: 'c' })];
    expect(publicEntries([...many, b], 3)).to.deep.equal([]);
    expect(publicEntries([...many, b, c], 3)).to.have.length(32);
  });

  it('hides step by step: the dataset before the holder, the holder before the field', () => {
    const at = (applicant: string, more: Partial<Told>) => entryOf({ applicant, ...more });
    const [first] = publicEntries([at('a', {}), at('b', { dataset: 'h0d1' }), at('c', { dataset: 'h0d2' })], 3);
    expect(first).to.include({ dataset: null, tier: null, holder: 'h0', field: 'transport', purpose: 'research' });
    const [second] = publicEntries(
      [at('a', {}), at('b', { holder: 'h2', dataset: 'h2d1' }), at('c', { holder: 'h3' })],
      3,
    );
    expect(second).to.include({ dataset: null, holder: null, field: 'transport' });
    const [third] = publicEntries([at('a', { field: 'credit' }), at('b', { field: 'health' }), at('c', {})], 3);
    expect(third).to.include({ holder: null, field: null, purpose: null, quarter: '2026-Q2' });
  });
});
