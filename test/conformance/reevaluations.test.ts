import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { datasetStore, factsOf, judgedRecord } from '../../src/catalogue/index.js';
import type { Reassessment } from '../../src/classification/reassessment.js';
import { databaseAssessmentStore } from '../../src/classification/store/database-assessment-store.js';
import { databaseReevaluationStore } from '../../src/classification/store/database-reevaluation-store.js';
import { type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import { entries } from '../../src/log/index.js';
import { draft } from '../support/classification/platform.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { logFaults } from '../support/log-faults.js';
import { openApp, type OpenApp, TestClock } from '../support/server.js';
import { SHIPPED } from '../support/shipped-pack.js';

const SECRET = 'a secret of the test, forty characters long';
const COUNT = 120;
const DAY = 86_400_000;
const person = (id: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: 'authority', name: 'authority', creditCode: '', kind: 'public-body' },
  roles: ['officer'],
});
const fits = () => ok(undefined);

/** New rules and passed time act on every tier once, however many instances there are. */
describe('conformance: tiers looked at again', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    const clock = new TestClock();
    let opened: OpenApp;
    let second: OpenApp | null = null;
    beforeEach(async () => {
      const options = { clock, environment: { TIERGATE_SECRET: SECRET } };
      opened = await openApp(backend, options);
      const same: Backend = { ...backend, fresh: async () => ({ url: opened.databaseUrl, dispose: async () => {} }) };
      second = backend.dialect === 'mysql' ? await openApp(same, options) : null;
      await fill();
      // Past the rest that follows the empty round of the start.
      clock.advance(700_000);
    });
    afterEach(async () => {
      await second?.close();
      await opened.close();
    });

    const governing = (app = opened) => app.app.slices.classification.governing!;
    const fill = async (): Promise<void> => {
      const { unit, slices } = opened.app;
      await unit.run(async (tx) => {
        const drafts = Array.from({ length: COUNT }, (_, n) =>
          draft(`D${String(n).padStart(4, '0')}`, {
            updateFrequency: n % 3 === 0 ? 'hourly' : 'yearly',
            conditions: [{ kind: 'scenario', text: { zh: '按场景', en: 'By scenario' }, evidenceRequired: false }],
            declaredTier: n % 3 === 0 ? 'conditional' : 'open',
            createdAt: tx.now,
          }),
        );
        const judgements = await slices.judge.judge(tx, drafts.map(factsOf));
        const records = drafts.map((one, at) => ({
          ...judgedRecord({ ...one, state: 'draft' }, judgements[at]!),
          state: 'listed' as const,
        }));
        await datasetStore.insert(tx, records);
        tx.append({ event: 'dataset.created', subject: { kind: 'dataset', id: 'all' }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
    };
    const published = async (): Promise<void> => {
      const { releases, rehearsing } = governing();
      const { packs } = opened.app.slices.classification;
      const rules = packs.current('cn-shanghai')!.pack.rules;
      const closing = rules.find(({ outcome }) => 'floor' in outcome && outcome.floor === 'restricted')!;
      const hourly = { ...closing, id: 'hourly-closed', when: { fact: { name: 'updateFrequency', in: ['hourly'] } } };
      const run = <T>(work: Parameters<typeof opened.app.unit.run<T>>[0]) => opened.app.unit.run(work).then(valueOf);
      const { id } = await run((tx) =>
        releases.draft(tx, person('A'), { pack: 'cn-shanghai', reason: 'r', changes: { rules: [...rules, hourly] } }),
      );
      valueOf(await rehearsing.start(person('A'), id));
      await rehearsing.settled();
      await run((tx) => releases.propose(tx, person('A'), id, fits));
      await run((tx) => releases.publish(tx, person('B'), id, fits));
      await second?.app.follower.poll();
    };
    const instances = (): OpenApp[] => (second === null ? [opened] : [opened, second]);
    /** Also waits for what the instances began by themselves; what was done is counted in the log, whoever did it. */
    const letTimeAct = () => Promise.all(instances().map((app) => governing(app).clock.letTimeAct(app.app.unit)));
    const left = () =>
      opened.app.unit.read((reader) =>
        databaseReevaluationStore.behind(reader, { pack: 'cn-shanghai', version: SHIPPED + 1 }, '', 500),
      );
    const count = async (event: string): Promise<number> =>
      (await opened.app.unit.read((reader) => entries(reader, { after: 0, limit: 5000 }))).filter(
        (entry) => entry.event === event,
      ).length;

    it('after a publication each is assessed once by the new rules, and raised at once', async () => {
      await letTimeAct();
      await published();
      await letTimeAct();
      expect(await left()).to.deep.equal([]);
      expect(await count('dataset.reclassified')).to.equal(COUNT / 3);
      expect(await count('reclassification.recorded')).to.equal(COUNT / 3);
      const ids = Array.from({ length: COUNT }, (_, n) => `D${String(n).padStart(4, '0')}`);
      const rows = await opened.app.unit.read((reader) => databaseAssessmentStore.current(reader, ids));
      expect(rows).to.have.length(COUNT);
      expect(new Set(rows.map((row) => row.pack_version))).to.deep.equal(new Set([SHIPPED + 1]));
      const [all] = await opened.app.unit.read((reader) =>
        reader.manager.query('SELECT COUNT(*) AS n FROM assessments'),
      );
      expect(Number(all.n), 'one run each by either version').to.equal(2 * COUNT);
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });

    it('a publication is enough: nobody asks for it, and no round of time is waited for', async () => {
      await letTimeAct();
      const goOn = instances().map(held);
      await published();
      while ((await left()).length > 0) await sleep(20);
      for (const end of goOn) end();
      expect(await count('dataset.reclassified')).to.equal(COUNT / 3);
    });

    /** Rounds of time stop at their first part until what is returned is called. */
    const held = ({ app }: OpenApp): (() => void) => {
      const { service } = app.slices.evidence as { service: { letTimeAct(unit: unknown): Promise<number> } };
      let goOn = (): void => undefined;
      const waiting = new Promise<void>((resolve) => (goOn = resolve));
      service.letTimeAct = () => waiting.then(() => 0);
      return goOn;
    };

    it('goes on where instances were killed, past what nobody can assess, and none twice', async () => {
      await letTimeAct();
      const whole = instances().map((app) => killed(app));
      await published();
      const ends = await Promise.allSettled(instances().map((app) => governing(app).clock.letTimeAct(app.app.unit)));
      expect(ends.map((end) => end.status === 'rejected' && String(end.reason))).to.deep.equal(
        ends.map(() => 'Error: killed before the commit'),
      );
      expect(await left(), 'nothing half done').to.have.length(COUNT);
      // A dataset that is gone behind the log keeps its assessment; it must not hold up those after it.
      await opened.app.unit.run(async (tx) => ok(await tx.manager.query("DELETE FROM datasets WHERE id = 'D0001'")));
      for (const restore of whole) restore();
      await letTimeAct();
      expect(await left()).to.deep.equal(['D0001']);
      expect(await count('dataset.reclassified')).to.equal(COUNT / 3);
    });

    /** From now on every part of it ends before the commit, half done; returns how to end that. */
    const killed = (app: OpenApp): (() => void) => {
      const { reassessment } = governing(app).clock as unknown as { reassessment: Pick<Reassessment, 'of'> };
      const whole = reassessment.of.bind(reassessment);
      reassessment.of = async (tx, ids, outdated) => {
        await whole(tx, ids.slice(0, 50), outdated);
        throw new Error('killed before the commit');
      };
      return () => void (reassessment.of = whole);
    };

    it('finds what is behind in order of dataset, from a place on', async () => {
      const find = (after: string, limit: number) =>
        opened.app.unit.read((reader) =>
          databaseReevaluationStore.behind(reader, { pack: 'cn-shanghai', version: 99 }, after, limit),
        );
      expect(await find('', 2)).to.deep.equal(['D0000', 'D0001']);
      expect(await find('D0001', 2)).to.deep.equal(['D0002', 'D0003']);
      expect(await find('D0119', 2)).to.deep.equal([]);
    });

    it('an instance that has not followed yet does not turn the clock back', async () => {
      await published();
      await governing().clock.letTimeAct(opened.app.unit);
      const { packs } = opened.app.slices.classification;
      const newest = packs.all.filter((one) => !packs.isShipped(one));
      packs.install([]);
      await governing().clock.letTimeAct(opened.app.unit);
      packs.install(newest);
      const [row] = await opened.app.unit.read((reader) => databaseAssessmentStore.current(reader, ['D0000']));
      expect(row?.pack_version).to.equal(SHIPPED + 1);
    });

    it('time puts each into the queue once', async () => {
      await letTimeAct();
      const scheduled = await opened.app.unit.read((reader) =>
        databaseReevaluationStore.list(reader, { state: 'scheduled' }, { offset: 0, limit: 1 }),
      );
      expect(scheduled.total).to.equal(COUNT);
      expect(await count('review.due')).to.equal(0);
      clock.advance(370 * DAY);
      await letTimeAct();
      expect(await count('review.due'), 'conditional tiers, after twelve months').to.equal(COUNT / 3);
      await letTimeAct();
      expect(await count('review.due'), 'none twice').to.equal(COUNT / 3);
    });

    it('a tier changed while a rehearsal runs is read as it then stands, and nothing of it is written', async () => {
      const { releases, rehearsing } = governing();
      const { id } = valueOf(
        await opened.app.unit.run((tx) =>
          releases.draft(tx, person('A'), {
            pack: 'cn-shanghai',
            reason: 'r',
            changes: { title: { zh: '甲', en: 'A' } },
          }),
        ),
      );
      const { id: rehearsal } = valueOf(await rehearsing.start(person('A'), id));
      const raised = await opened.app.unit.run((tx) =>
        opened.app.slices.classification.service.proposeTier(
          tx,
          person('A'),
          'D0001',
          { tier: 'restricted', reason: 'r' },
          fits,
        ),
      );
      valueOf(raised);
      await rehearsing.settled();
      const row = await opened.app.unit.read((reader) => datasetStore.find(reader, 'D0001'));
      expect([row?.tier, row?.version]).to.deep.equal(['restricted', 2]);
      const versions = await opened.app.unit.read((reader) =>
        reader.manager.query('SELECT COUNT(*) AS n FROM datasets WHERE version > 1'),
      );
      expect(Number(versions[0].n), 'nothing else was touched').to.equal(1);
      expect(await count('rehearsal.done')).to.equal(1);
      expect(rehearsal).to.match(/^0/);
    });
  });
});

function valueOf<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code} ${outcome.error.detail ?? ''}`);
  return outcome.value;
}
