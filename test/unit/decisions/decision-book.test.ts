import { expect } from 'chai';
import type { TakenDecision } from '../../../src/decisions/access/ports.js';
import { DecisionBook, type DecisionStore, MOST_WAITING } from '../../../src/decisions/decision-book.js';
import type { CountOf } from '../../../src/decisions/decision-tally.js';
import type { PortalCount } from '../../../src/decisions/portal-tally.js';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import { PORTAL } from '../../fixtures/decisions/access-core.js';
import { NOW, question, shippedPolicy, smallWorld, ulid } from '../../fixtures/decisions/small-world.js';

describe('decisions: the record', () => {
  let policy: AccessPolicy;
  let written: string[];
  let counts: CountOf[];
  let portals: PortalCount[];
  let failing: number;
  let faults: unknown[];
  before(async () => {
    policy = await shippedPolicy();
  });
  beforeEach(() => {
    [written, counts, portals, faults, failing] = [[], [], [], [], 0];
  });
  const world = smallWorld();
  const store: DecisionStore = {
    write: async (records, sums, asked) => {
      if (failing > 0) {
        failing -= 1;
        throw new Error('the database is gone');
      }
      written.push(...records.map(({ id }) => id));
      counts.push(...sums);
      portals.push(...asked);
    },
    find: async () => null,
  };
  const book = () => new DecisionBook(store, world, (fault) => void faults.push(fault));
  const taken = (n: number, more: Partial<Question> = {}, at = NOW): TakenDecision => {
    const asked = question(more);
    const outcome = decide(asked, world, policy, NOW);
    return { id: ulid('ev', n), at, asker: PORTAL, question: asked, outcome, policy, revision: 7 };
  };
  const sums = () =>
    counts.map(({ dataset, tier, reason, permit, count }) => [dataset, tier, reason, permit, count].join(' ')).sort();

  it('keeps conditional decisions whole and counts all of them, by dataset, tier, reason and outcome', async () => {
    const kept = book();
    for (const [n, more] of [
      {},
      {},
      { resourceId: 'ds-open' },
      { resourceId: 'none' },
      { purpose: 'marketing' },
    ].entries())
      kept.take(taken(n, more));
    await kept.flush();
    expect(written).to.deep.equal([0, 1, 3, 4].map((n) => ulid('ev', n)));
    expect(sums()).to.deep.equal([
      ' unknown unknown-resource false 1',
      'ds-1 conditional granted true 2',
      'ds-1 conditional purpose-mismatch false 1',
      'ds-open open open-data true 1',
    ]);
  });

  it('counts what machines asked with keys of grants, under no portal', async () => {
    const kept = book();
    kept.take({
      ...taken(1),
      asker: { ...PORTAL, kind: 'machine', id: 'own', credential: 'own', grant: ulid('gr', 1) },
    });
    kept.take({ ...taken(2), asker: { ...PORTAL, credential: 'theirs' } });
    await kept.flush();
    expect(portals.map(({ portal, credential }) => [portal, credential])).to.have.deep.members([
      ['', 'own'],
      [PORTAL.id, 'theirs'],
    ]);
  });

  it('counts what each portal asked with each key, over failures and days, and when the last', async () => {
    const kept = book();
    const midnight = Date.parse('2026-11-30T16:00:00Z');
    const by = (credential: string, n: number, at: number, more: Partial<Question> = {}): TakenDecision => ({
      ...taken(n, more, at),
      asker: { ...PORTAL, credential },
    });
    failing = 1;
    const [old, anew] = [by('old', 1, midnight - 2), by('new', 2, midnight - 1)];
    kept.take(old);
    kept.take({ ...old, at: midnight - 1 });
    await kept.flush();
    kept.take(anew);
    kept.take({ ...anew, at: midnight });
    kept.take(by('new', 3, midnight, { resourceId: 'none' }));
    kept.take({ ...taken(4), asker: { ...PORTAL, kind: 'person' } });
    await kept.flush();
    const told = portals.map(({ day, credential, reason, permit, count, lastAt }) =>
      [day, credential, reason, permit, count, lastAt - midnight].join(' '),
    );
    expect(told.sort()).to.deep.equal([
      '2026-11-30 new granted true 1 -1',
      '2026-11-30 old granted true 2 -1',
      '2026-12-01 new granted true 1 0',
      '2026-12-01 new unknown-resource false 1 0',
    ]);
  });

  it('writes large questions in parts, each in its turn', async () => {
    const sizes: number[] = [];
    const { write } = store;
    const parts = new DecisionBook(
      { ...store, write: async (records, sums, asked) => (sizes.push(records.length), write(records, sums, asked)) },
      world,
      (fault) => void faults.push(fault),
    );
    const items = Array.from({ length: 1000 }, (_, at) => `${at}`.padEnd(512, 'x'));
    for (let n = 0; n < 20; n++) parts.take(taken(n, { items }));
    for (let n = 20; n < 30; n++) parts.take(taken(n));
    await parts.flush();
    expect(sizes).to.deep.equal([7, 7, 16]);
    expect(written).to.deep.equal(Array.from({ length: 30 }, (_, n) => ulid('ev', n)));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).to.equal(30);
    expect([parts.backlog, faults]).to.deep.equal([0, []]);
  });

  it('counts a decision on the day it was given, in Shanghai', async () => {
    const kept = book();
    const midnight = Date.parse('2026-11-30T16:00:00Z');
    kept.take(taken(1, {}, midnight - 1));
    kept.take(taken(2, {}, midnight));
    await kept.flush();
    expect(counts.map(({ day, count }) => [day, count])).to.deep.equal([
      ['2026-11-30', 1],
      ['2026-12-01', 1],
    ]);
  });

  it('tries again what could not be written, and counts nothing twice', async () => {
    const kept = book();
    for (let n = 0; n < 2500; n++) kept.take(taken(n));
    failing = 1;
    await kept.flush();
    await kept.close();
    expect(faults.length).to.be.at.least(1);
    expect([written.length, new Set(written).size, kept.backlog, kept.lost]).to.deep.equal([2500, 2500, 0, 0]);
    expect(counts.reduce((total, { count }) => total + count, 0)).to.equal(2500);
  });

  it('keeps a bounded number while the database is gone, counts what it has to drop, and says so', async () => {
    const kept = book();
    failing = Number.POSITIVE_INFINITY;
    const one = taken(1);
    for (let n = 0; n < MOST_WAITING + 3; n++) kept.take(one);
    expect([kept.backlog, kept.lost]).to.deep.equal([MOST_WAITING, 3]);
    expect(kept.taken().find(({ tier, permit }) => tier === 'conditional' && permit)?.count).to.equal(MOST_WAITING + 3);
  });

  it('sums up what could not be written: however often that fails, one line for what is one line in the table', async () => {
    const kept = book();
    failing = 5;
    for (let n = 0; n < 6; n++) {
      kept.take(taken(n, { resourceId: 'ds-open' }));
      await kept.flush();
    }
    expect([faults.length, counts.map(({ dataset, count }) => [dataset, count])]).to.deep.equal([5, [['ds-open', 6]]]);
  });

  it('writes by itself within its bound; without its clock nothing would be written', async () => {
    const [kept, idle] = [book(), book()];
    kept.start();
    kept.take(taken(1));
    idle.take(taken(2));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect([written, kept.backlog, idle.backlog]).to.deep.equal([[ulid('ev', 1)], 0, 1]);
    await kept.close();
  });
});
