import { expect } from 'chai';
import fc from 'fast-check';
import {
  byWeight,
  heldBeside,
  type LiveGrant,
  pairsOfCase,
  type Weighed,
  weightOf,
  WEIGHTS,
} from '../../../src/directory/domain/fusion-of-case.js';

const grant = (id: string, dataset: string, items: readonly string[] = [], application = 'other'): LiveGrant => ({
  grant: id,
  application,
  dataset,
  items,
  state: 'active',
});
const asked = (dataset: string) => ({ dataset, items: [], grant: null });

describe('what an applicant holds beside a case', () => {
  it('is every dataset once, without what the case itself gave', () => {
    const grants = [
      grant('1', 'A', ['x']),
      grant('2', 'B', [], 'mine'),
      grant('3', 'A', ['y']),
      grant('4', 'C', ['x']),
    ];
    expect(heldBeside([...grants, grant('5', 'C')], 'mine')).to.deep.equal([
      { dataset: 'A', items: ['x', 'y'], grant: { id: '1', state: 'active' } },
      { dataset: 'C', items: [], grant: { id: '4', state: 'active' } },
    ]);
  });

  it('is compared with everything asked for, each pair once and nothing with itself', () => {
    const ids = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { maxLength: 5 });
    fc.assert(
      fc.property(ids, ids, (some, others) => {
        const held = heldBeside(
          others.map((dataset) => grant(`g${dataset}`, dataset)),
          'mine',
        );
        const pairs = pairsOfCase(some.map(asked), held);
        expect(pairs.every(([a, b]) => a.dataset !== b.dataset)).to.equal(true);
        const beyond = others.filter((one) => !some.includes(one));
        for (const [at, one] of some.entries())
          for (const other of [...some.slice(at + 1), ...beyond])
            expect(
              pairs.filter(([a, b]) => a.dataset === one && b.dataset === other).length,
              `${one}${other}`,
            ).to.equal(1);
      }),
    );
  });
});

describe('what is asked for and held already', () => {
  it('counts with the items of both', () => {
    const renewed = { dataset: 'A', items: ['x'], grant: null };
    const held = heldBeside([grant('1', 'A', ['y']), grant('2', 'B', ['z'])], 'mine');
    expect(pairsOfCase([renewed], held)).to.deep.equal([
      [
        { dataset: 'A', items: ['x', 'y'], grant: { id: '1', state: 'active' } },
        { dataset: 'B', items: ['z'], grant: { id: '2', state: 'active' } },
      ],
    ]);
  });
});

describe('the weight of a pair', () => {
  const shared = (...roles: readonly string[]): Weighed['shared'] => ({
    status: 'assessed',
    shared: roles.map((role) => ({ role })),
  });
  const files = (links: boolean, current = true): Weighed['exact'] => ({
    current,
    figures: { status: 'assessed', links },
  });

  it('is that of the files while they are current, else that of what the assessments found', () => {
    const weights = (
      [
        [shared(), files(true)],
        [shared('identifier'), files(false)],
        [shared('identifier'), files(false, false)],
        [shared('quasi-identifier', 'quasi-identifier'), null],
        [shared('quasi-identifier'), { current: true, figures: { status: 'not-assessed' } }],
        [{ status: 'not-assessed' }, null],
        [shared(), null],
      ] as const
    ).map(([one, exact]) => weightOf({ shared: one, exact }));
    expect(weights).to.deep.equal([
      'links',
      'no-more-than-chance',
      'could-be-joined',
      'could-be-joined',
      'shares-one',
      'unknown',
      'nothing-shared',
    ]);
  });

  it('puts what nobody knows before what is known to be little', () => {
    expect([...WEIGHTS].reverse().sort(byWeight)).to.deep.equal([
      'links',
      'could-be-joined',
      'unknown',
      'shares-one',
      'no-more-than-chance',
      'nothing-shared',
    ]);
  });
});
