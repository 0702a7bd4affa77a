import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Answer } from '../support/caller.js';
import { governanceProblems } from '../../src/kernel/problems/governance.js';
import { Cases, fine, type Person } from '../support/cases.js';
import { eachDialect } from '../support/databases.js';
import { logFaults } from '../support/log-faults.js';
import { openApp, type OpenApp, TestClock } from '../support/server.js';
import { SHIPPED } from '../support/shipped-pack.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as they come over HTTP
type Json = Record<string, any>;
const DAY = 86_400_000;

/** A rule of the kind an officer would add: whatever is updated hourly is not open at all. */
const HOURLY = {
  id: 'hourly-closed',
  test: 'protected',
  when: { fact: { name: 'updateFrequency', in: ['hourly'] } },
  outcome: { floor: 'restricted' },
  strength: 'strong',
  reason: 'named-ban',
  text: { zh: '按小时更新的数据不予开放。', en: 'Data renewed by the hour is not open.' },
  source: { text: { zh: '本地规定', en: 'A local rule' } },
  verified: false,
};

describe('contract: rule packs as governed law', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    const clock = new TestClock(Date.now());
    let opened: OpenApp;
    let cases: Cases;
    before(async () => {
      opened = await openApp(backend, { seeded: true, clock });
      cases = await Cases.open(await opened.listen());
    });
    after(() => opened.close());

    const governing = () => opened.app.slices.classification.governing!;
    const inForce = async (pack = 'cn-shanghai'): Promise<Json> =>
      (await cases.as('officer').get('/api/rule-packs')).body.items.find((one: Json) => one.id === pack);
    const rules = (): readonly object[] => opened.app.slices.classification.packs.current('cn-shanghai')!.pack.rules;
    const draft = (changes: object, who: Person = 'officer', pack = 'cn-shanghai') =>
      cases.as(who).post('/api/rule-packs', { pack, reason: 'Hourly data singles people out', changes });
    const rehearse = async (id: string): Promise<Json> => {
      const started = await cases.as('officer').post(`/api/rule-packs/${id}/commands/rehearse`, {});
      expect(started.status, started.text).to.equal(202);
      await governing().rehearsing.settled();
      return fine(await cases.as('officer').get(`/api/rehearsals/${started.body.id}`)).body;
    };
    const command = (who: Person, id: string, name: string) => cases.as(who).command(`/api/rule-packs/${id}`, name);
    const readied = async (changes: object): Promise<string> => {
      const { id } = fine(await draft(changes)).body;
      await rehearse(id);
      fine(await command('officer', id, 'propose'));
      return id;
    };

    it('are rehearsed, proposed by one, published by another, and then every tier is assessed by them', async () => {
      const dataset = (await hourly())[0] as string;
      const grant = await cases.granted(dataset);
      const before = await inForce();
      const written = await draft({ rules: [...rules(), HOURLY] });
      expect(written.status, written.text).to.equal(201);
      const { id } = written.body;
      expect(written.body).to.include({
        state: 'draft',
        pack: 'cn-shanghai',
        number: SHIPPED + 1,
        basedOn: before.hash,
      });
      expect(written.body.allowedCommands).to.deep.equal(['rehearse', 'propose', 'withdraw']);

      const catalogue = await dump();
      const found = await rehearse(id);
      expect(await dump(), 'nothing written to the catalogue').to.deep.equal(catalogue);
      expect(found.state).to.equal('done');
      expect(found.counts.read).to.equal(found.counts.total).and.be.above(1000);
      expect(found.counts.dataset.raised).to.be.above(0);
      expect(found.counts.grant.suspended).to.be.at.least(1);
      expect(found.counts.case.looked).to.be.above(10);
      const changes = async (kind: string): Promise<Json[]> =>
        fine(await cases.as('officer').get(`/api/rehearsals/${found.id}/changes?kind=${kind}&limit=100`)).body.items;
      const datasets = await changes('dataset');
      expect(datasets.find(({ subject }) => subject === dataset)?.data).to.deep.include({
        change: 'raised',
        from: 'conditional',
        to: 'restricted',
        fires: ['hourly-closed'],
      });
      expect((await changes('grant')).map(({ subject }) => subject)).to.include(grant.split('/').at(-1));
      console.log(`      rehearsed ${found.counts.read} records: ${JSON.stringify(found.counts.dataset)}`);

      fine(await command('officer', id, 'propose'));
      expect((await inForce()).version, 'a proposal is no law').to.equal(SHIPPED);
      expect((await command('officer', id, 'publish')).body.code).to.equal('own-pack');
      const toPublish = fine(await cases.as('officer-2').get(`/api/rule-packs/${id}`)).body;
      expect(toPublish.allowedCommands).to.include('publish');
      expect(toPublish.differs, 'whoever publishes sees what').to.deep.equal([
        { part: 'rules', key: 'hourly-closed', change: 'added', before: null, after: HOURLY },
      ]);
      const officer = fine(await cases.as('officer').get('/api/me')).body.subject;
      expect(toPublish.people).to.deep.equal([{ id: officer.id, name: officer.name }]);
      fine(await command('officer-2', id, 'publish'));
      expect(await inForce()).to.include({ version: SHIPPED + 1, origin: 'published' });
      await tookEffect(id);
      expect((await cases.as('officer').get(`/api/datasets/${dataset}`)).body.tier).to.equal('restricted');
      expect((await cases.as('supervisor').get(grant)).body.state).to.equal('suspended');
      const raised = (await cases.as('officer').get('/api/reclassifications?limit=100')).body;
      expect(raised.total, 'as rehearsed').to.equal(found.counts.dataset.raised);
      expect(await governing().clock.letTimeAct(opened.app.unit), 'once').to.equal(0);
      const [latest] = (await cases.as('officer').get(`/api/assessments?dataset=${dataset}`)).body.items;
      expect(latest.rules.map((rule: Json) => `${rule.pack}/${rule.version} ${rule.id}`)).to.include(
        `cn-shanghai/${SHIPPED + 1} hourly-closed`,
      );
      const replay = fine(await cases.as('officer').get(`/api/assessments/${latest.id}/replay`)).body;
      expect([replay.replay, replay.version]).to.deep.equal(['identical', SHIPPED + 1]);
    });

    /** Until every tier was assessed by the published rules: nobody asks for it and no round of time is waited for. */
    const tookEffect = async (id: string): Promise<void> => {
      for (;;) {
        const { reach } = fine(await cases.as('officer').get(`/api/rule-packs/${id}`)).body;
        expect(reach.total).to.be.above(1000);
        if (reach.behind === 0) return;
        await sleep(50);
      }
    };
    /** Conditional hourly datasets of the transport body that ask for no proof. */
    const hourly = async (): Promise<string[]> => {
      const found: string[] = [];
      for (const id of cases.datasets)
        if ((await cases.as('enterprise-a-handler').get(`/api/datasets/${id}`)).body.updateFrequency === 'hourly')
          found.push(id);
      return found;
    };
    const dump = (): Promise<unknown> =>
      opened.app.unit.read(async (reader) => [
        await reader.manager.query('SELECT id, version, tier FROM datasets ORDER BY id'),
        await reader.manager.query('SELECT COUNT(*) AS n FROM assessments'),
        await reader.manager.query('SELECT id, version, state FROM grants ORDER BY id'),
      ]);

    const proposal = async (): Promise<string> => readied({ title: { zh: '试', en: `T ${Math.random()}` } });
    const SCENES: Record<keyof typeof governanceProblems, () => Promise<Answer>> = {
      'invalid-pack': () => draft({ rules: [{ ...HOURLY, outcome: { floor: 'closed' } }] }),
      'pack-unchanged': () => draft({ rules: rules() }),
      'pack-state': async () => {
        const { id } = fine(await draft({ title: { zh: '新', en: 'New' } })).body;
        return command('officer-2', id, 'publish');
      },
      'own-pack': async () => command('officer', await proposal(), 'publish'),
      'pack-superseded': async () => {
        const [first, second] = [await proposal(), await proposal()];
        fine(await command('officer-2', first, 'publish'));
        return command('officer-2', second, 'publish');
      },
      'rehearsal-missing': async () => {
        const { id } = fine(await draft({ title: { zh: '未', en: 'Not rehearsed' } })).body;
        fine(await command('officer', id, 'propose'));
        return command('officer-2', id, 'publish');
      },
      'rehearsal-over': async () => {
        const { id } = fine(await draft({ title: { zh: '完', en: 'Over' } })).body;
        const { id: rehearsal } = await rehearse(id);
        return cases.as('officer').post(`/api/rehearsals/${rehearsal}/commands/cancel`, {});
      },
      'review-not-due': async () => {
        await governing().clock.letTimeAct(opened.app.unit);
        const [review] = await reviews('upcoming', 61);
        const path = `/api/reevaluations/${review?.dataset ?? cases.datasets[0]}`;
        return cases
          .as('officer')
          .post(`${path}/commands/close`, { reason: 'Looked' }, { 'if-match': review?.etag ?? '"1"' });
      },
    };
    const reviews = async (queue: string, _days = 0, who: Person = 'officer'): Promise<Json[]> =>
      fine(await cases.as(who).get(`/api/reevaluations?queue=${queue}&limit=100`)).body.items;

    for (const [code, scene] of Object.entries(SCENES))
      it(`refuses with ${code}`, async () => {
        const answer = await scene();
        expect(answer.body.code, answer.text).to.equal(code);
        expect(answer.status).to.equal(governanceProblems[code as keyof typeof SCENES].status);
      });

    it('name each fault of a changed pack by its place', async () => {
      const answer = await draft({ rules: [...rules(), { ...HOURLY, reason: 'no-such-reason' }], nonsense: 1 });
      expect(answer.body.errors.map(({ pointer }: Json) => pointer)).to.deep.equal(['/changes/nonsense']);
      const unsound = await draft({ rules: [...rules(), { ...HOURLY, reason: 'no-such-reason' }] });
      expect(JSON.stringify(unsound.body.errors)).to.include('no-such-reason');
      const shape = await draft({ rules: [{ ...HOURLY, verified: 'yes' }] });
      expect(shape.body.errors.map(({ pointer }: Json) => pointer)).to.include('/changes/rules/0/verified');
      expect((await draft({}, 'officer', 'atlantis')).body.code).to.equal('unknown-pack');
    });

    it('are written and published by officers and administrators only', async () => {
      for (const who of ['steward-transport', 'enterprise-a-handler', 'supervisor', 'auditor'] as const)
        expect((await draft({ title: { zh: '甲', en: 'A' } }, who)).status, who).to.equal(403);
      const { id } = fine(await draft({ title: { zh: '乙', en: 'B' } }, 'admin')).body;
      for (const name of ['rehearse', 'propose', 'publish', 'withdraw'])
        expect((await command('steward-transport', id, name)).status, name).to.equal(403);
      expect((await cases.as('auditor').get(`/api/rule-packs/${id}`)).body.allowedCommands).to.deep.equal([]);
      expect(fine(await command('admin', id, 'withdraw')).body.state).to.equal('withdrawn');
      const listed = fine(await cases.as('auditor').get('/api/rule-pack-versions?state=withdrawn')).body;
      expect(listed.items.map((one: Json) => one.id)).to.include(id);
      expect((await cases.as('officer').get('/api/rule-packs/01ARZ3NDEKTSV4RRFFQ69G5FAV')).status).to.equal(404);
      expect((await cases.as('officer').post(`/api/rule-packs/${id}/commands/propose`, {})).status).to.equal(428);
    });

    it('tell of newer lists that the product brings, and take them over by number', async () => {
      const { packs } = opened.app.slices.classification;
      const newest = packs.current('cn-shanghai')!.pack.columns;
      expect((await inForce()).newer, 'they are in force').to.deep.equal([]);
      const id = await readied({ columns: 1 });
      fine(await command('officer-2', id, 'publish'));
      await tookEffect(id);
      const shown = await inForce();
      expect(shown.newer).to.deep.equal([{ part: 'columns', version: newest.version }]);
      expect((await inForce('us-pod')).newer).to.deep.equal([]);
      const none = await draft({ columns: 99, lexicon: 0 });
      expect([none.body.code, none.body.errors.map(({ pointer, code }: Json) => [pointer, code])]).to.deep.equal([
        'invalid-pack',
        [
          ['/changes/lexicon', 'unknown-list'],
          ['/changes/columns', 'unknown-list'],
        ],
      ]);
      const taken = await readied({ columns: newest.version });
      const { content } = fine(await cases.as('officer').get(`/api/rule-packs/${taken}`)).body;
      expect(content.columns).to.deep.equal(newest);
      fine(await command('officer-2', taken, 'publish'));
      await tookEffect(taken);
      expect(await inForce()).to.deep.include({ origin: 'published', version: shown.version + 1, newer: [] });
    });

    it('a rehearsal can be cancelled while it runs, and what it found stays', async () => {
      const { id } = fine(
        await draft({
          rules: [...rules(), { ...HOURLY, id: 'again', when: { fact: { name: 'updateFrequency', in: ['daily'] } } }],
        }),
      ).body;
      const started = await cases.as('officer').post(`/api/rule-packs/${id}/commands/rehearse`, {});
      const cancelled = await cases.as('officer').post(`/api/rehearsals/${started.body.id}/commands/cancel`, {});
      await governing().rehearsing.settled();
      const after = fine(await cases.as('officer').get(`/api/rehearsals/${started.body.id}`)).body;
      if (cancelled.status === 200) expect(after.state).to.equal('cancelled');
      else expect([cancelled.body.code, after.state], 'it was faster').to.deep.equal(['rehearsal-over', 'done']);
    });

    it('reviews fall due by the pack, stand in a queue once, and are closed by whoever looked', async () => {
      await governing().clock.letTimeAct(opened.app.unit);
      expect((await reviews('due')).filter(({ cause }) => cause === 'schedule')).to.deep.equal([]);
      const dataset = cases.datasets.at(-1) as string;
      const asked = await cases.as('steward-transport').post(`/api/reevaluations/${dataset}/commands/ask`, {
        cause: 'join',
        note: 'Joined with the parking register',
      });
      expect(fine(asked).body).to.include({ state: 'due', cause: 'join' });
      expect(
        (
          await cases
            .as('steward-health')
            .post(`/api/reevaluations/${dataset}/commands/ask`, { cause: 'join', note: 'n' })
        ).status,
      ).to.equal(404);
      expect((await reviews('due', 0, 'steward-health')).map(({ dataset: id }) => id)).to.not.include(dataset);
      const [mine] = (await reviews('due')).filter(({ dataset: id }) => id === dataset);
      expect(mine?.allowedCommands).to.deep.equal(['close']);
      const closed = await cases
        .as('officer')
        .post(
          `/api/reevaluations/${dataset}/commands/close`,
          { reason: 'The join singles nobody out' },
          { 'if-match': mine?.etag },
        );
      expect(fine(closed).body.state).to.equal('scheduled');
      clock.advance(380 * DAY);
      cases = await Cases.open(await address());
      await governing().clock.letTimeAct(opened.app.unit);
      const due = (await cases.as('officer').get('/api/reevaluations?queue=due&limit=1')).body.total;
      expect(due, 'conditional tiers are looked at every twelve months').to.be.above(10);
      await governing().clock.letTimeAct(opened.app.unit);
      const told = await opened.app.unit.read((reader) =>
        reader.manager.query(
          "SELECT subject_id AS id, COUNT(*) AS n FROM log WHERE event = 'review.due' GROUP BY subject_id HAVING COUNT(*) > 1",
        ),
      );
      expect(told, 'each told once').to.deep.equal([]);
    });
    const address = async (): Promise<string> =>
      `http://127.0.0.1:${(opened.app.server.address() as { port: number }).port}`;

    it('leave a log that holds', async () => {
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });
  });
});
