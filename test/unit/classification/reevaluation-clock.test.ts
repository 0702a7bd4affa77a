import { expect } from 'chai';
import { ReevaluationClock, type ReevaluationClockDeps } from '../../../src/classification/reevaluation-clock.js';
import type { UnitOfWork } from '../../../src/persistence/index.js';
import { draft } from '../../support/classification/platform.js';

const IDS = ['01A', '01B', '01C'];
const PACK = { pack: { id: 'cn-shanghai', version: 2 } };

/**
 * An instance whose packs give every dataset a part of its own. `taken` are assessed by another instance between the look
 * and the lock; `gone` have an assessment and no record.
 */
function instance({
  taken = [],
  gone = [],
}: {
  readonly taken?: readonly string[];
  readonly gone?: readonly string[];
}) {
  const behind = new Set(IDS);
  const looks: string[] = [];
  const current = (id: string) => {
    if (taken.includes(id)) behind.delete(id);
    return { dataset: id, pack: 'cn-shanghai', pack_version: behind.has(id) ? 1 : 2, decision: null };
  };
  const record = (id: string) => draft(id, { tier: 'open', tierStatus: 'confirmed' });
  const deps = {
    packs: { inForce: [PACK], current: () => null },
    store: {
      unscheduled: async () => [],
      behind: async (_reader: unknown, _pack: unknown, after: string) => {
        looks.push(after);
        return [...behind].filter((id) => id > after).slice(0, 1);
      },
      list: async () => ({ rows: [], total: 0 }),
      findMany: async () => [],
      change: async () => undefined,
    },
    assessments: {
      current: async (_tx: unknown, ids: readonly string[]) => ids.map(current),
      change: async () => undefined,
    },
    datasets: {
      findMany: async (_tx: unknown, ids: readonly string[]) => ids.filter((id) => !gone.includes(id)).map(record),
      updateMany: async () => undefined,
    },
    judge: {
      judgeAnew: async (_tx: unknown, facts: readonly { id: string }[]) => {
        for (const { id } of facts) behind.delete(id);
        return facts.map(() => ({
          tier: 'open',
          tierStatus: 'confirmed',
          reasons: [],
          itemTiers: [],
          distributionTiers: [],
          assessment: 'x',
        }));
      },
    },
  } as unknown as ReevaluationClockDeps;
  const tx = { now: 1, lock: async () => undefined, append: () => undefined };
  const unit = {
    read: async (work: (reader: unknown) => unknown) => work(tx),
    run: async (work: (reader: unknown) => unknown) => work(tx),
  } as unknown as UnitOfWork;
  return { clock: new ReevaluationClock(deps), unit, looks, behind };
}

describe('the clock of re-evaluation', () => {
  it('goes over every part where nobody else is at it, and does not look again at once', async () => {
    const { clock, unit, looks, behind } = instance({});
    expect(await clock.letTimeAct(unit)).to.equal(3);
    expect([...behind]).to.deep.equal([]);
    const looked = looks.length;
    expect(await clock.letTimeAct(unit)).to.equal(0);
    expect(looks).to.have.length(looked);
  });

  it('leaves the rest to an instance that did the part it was about to do, and looks again in the next round', async () => {
    const { clock, unit, behind } = instance({ taken: ['01B'] });
    expect(await clock.letTimeAct(unit)).to.equal(1);
    expect([...behind], 'the third part is not tried').to.deep.equal(['01C']);
    expect(await clock.letTimeAct(unit), 'the other instance has ended').to.equal(1);
    expect([...behind]).to.deep.equal([]);
  });

  it('goes past a part that nobody can assess, and does not look again at once', async () => {
    const { clock, unit, looks, behind } = instance({ gone: ['01A', '01B'] });
    expect(await clock.letTimeAct(unit)).to.equal(1);
    expect([...behind]).to.deep.equal(['01A', '01B']);
    const looked = looks.length;
    expect(await clock.letTimeAct(unit)).to.equal(0);
    expect(looks).to.have.length(looked);
  });

  it('does one call after the other', async () => {
    const { clock, unit, looks } = instance({});
    expect(await Promise.all([clock.letTimeAct(unit), clock.letTimeAct(unit)])).to.deep.equal([3, 0]);
    expect(looks.filter((after) => after === '')).to.have.length(2);
  });
});
