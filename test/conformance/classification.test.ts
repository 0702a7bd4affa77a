import { expect } from 'chai';
import { AssessmentQueries } from '../../src/classification/assessment-queries.js';
import { requirePacks } from '../../src/classification/index.js';
import { databaseAssessmentStore } from '../../src/classification/store/database-assessment-store.js';
import { assessmentTable } from '../../src/classification/store/assessment-row.js';
import { entries, verifyLog } from '../../src/log/index.js';
import { ClassificationPlatform, draft } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';

const VISITS = { title: { zh: '社区就诊记录' } };
const REASON = { reason: '已按区汇总', legalBasis: '上海市数据条例第四十一条第三款' };

describe('conformance: classification', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend);
    });
    afterEach(() => platform.close());

    const events = async (): Promise<string[]> =>
      (await platform.unit.read((reader) => entries(reader, { after: 0, limit: 1000 }))).map(({ event }) => event);
    const waiting = async (dataset: string) => (await platform.assessments(dataset, 'proposed'))[0];
    const decide = async (who: string, dataset: string, command: string, body: object = {}) => {
      const { id, etag } = await waiting(dataset);
      return platform.post(who, `/api/assessments/${id}/commands/${command}`, body, Number(etag.slice(1, -1)));
    };
    const propose = async (who: string, dataset: string, body: object) => {
      const { version } = await platform.dataset(dataset);
      return platform.post(who, `/api/datasets/${dataset}/commands/propose-tier`, body, version);
    };

    describe('the judge', () => {
      it('judges 500 records in one call, cheaply, and keeps one assessment of each', async () => {
        const drafts = Array.from({ length: 500 }, (_, index) =>
          draft(`d${String(index).padStart(4, '0')}`, index % 5 === 0 ? VISITS : {}),
        );
        const started = performance.now();
        await platform.put(...drafts.slice(0, 1));
        const stored = await platform.put(...drafts.slice(1));
        console.log(`      499 records judged and written in ${(performance.now() - started).toFixed(0)} ms`);
        expect(stored.filter(({ tier }) => tier === 'open')).to.have.length(400);
        expect(stored.filter(({ tierStatus }) => tierStatus === 'pending-review')).to.have.length(99);
        const { body } = await platform.get('officer', '/api/assessments?limit=1');
        expect(body.total).to.equal(500);
        expect(body.groups.map(({ count }: { count: number }) => count)).to.deep.equal([400, 100]);
      });

      it('refuses a secret and keeps nothing of it', async () => {
        const [judgement] = await platform.unit
          .run(async (tx) => ({ ok: true as const, value: await platform.judge.judge(tx, [secretFacts()]) }))
          .then((outcome) => (outcome.ok ? outcome.value : []));
        expect(judgement?.refused).to.equal('state-secret');
        expect(await platform.assessments('secret')).to.deep.equal([]);
        expect(await events()).to.deep.equal([]);
      });

      it('raises at once on news, and never lowers a record whose tier was known', async () => {
        await platform.put(draft('a'));
        const [raised] = await platform.put({ ...(await platform.dataset('a')), ...VISITS });
        expect([raised?.tier, raised?.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
        const [back] = await platform.put({ ...(await platform.dataset('a')), title: { zh: '公园绿地名录' } });
        expect([back?.tier, back?.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
        expect((await platform.assessments('a', 'proposed')).map(({ proposal }) => proposal.tier)).to.deep.equal([
          'open',
        ]);
        expect(await platform.assessments('a')).to.have.length(3);
      });

      it('opens nothing by a first declaration alone: an officer decides on it', async () => {
        const [unknown] = await platform.put(draft('a', { declaredTier: null }));
        expect([unknown?.tier, unknown?.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
        const [known] = await platform.put({ ...(await platform.dataset('a')), declaredTier: 'open' });
        expect([known?.tier, known?.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
        expect((await waiting('a')).proposal.tier).to.equal('open');
        expect((await decide('officer', 'a', 'confirm', REASON)).status).to.equal(200);
        expect((await platform.dataset('a')).tier).to.equal('open');
      });

      it('lets the steward of a draft correct it freely', async () => {
        const [first] = await platform.put(draft('a', { ...VISITS, state: 'draft' }));
        expect(first?.tier).to.equal('restricted');
        const [second] = await platform.put({ ...(await platform.dataset('a')), title: { zh: '公园' } });
        expect([second?.tier, second?.tierStatus]).to.deep.equal(['open', 'declared']);
      });
    });

    describe('confirm, override, return', () => {
      it('confirms a raise by an officer; the dataset stands as confirmed', async () => {
        await platform.put(draft('a', VISITS));
        const answer = await decide('officer', 'a', 'confirm');
        expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
        expect(answer.body.state).to.equal('confirmed');
        expect((await platform.dataset('a')).tierStatus).to.equal('confirmed');
        expect(await events()).to.include('assessment.confirmed');
        const [same] = await platform.put({ ...(await platform.dataset('a')), keywords: ['社区'] });
        expect([same?.tier, same?.tierStatus]).to.deep.equal(['restricted', 'confirmed']);
      });

      it('lowers only with reason and legal basis, in the same transaction as dataset.reclassified', async () => {
        await platform.put(draft('a', VISITS));
        for (const body of [{}, { reason: 'x' }, { legalBasis: 'x' }, { reason: ' ', legalBasis: 'x' }]) {
          const refused = await decide('officer', 'a', 'override', { tier: 'conditional', ...body });
          expect([refused.status, refused.body.code]).to.deep.equal([
            422,
            'reason' in body && body.reason.trim() !== '' ? 'lowering-needs-reason' : 'reason-required',
          ]);
        }
        expect((await platform.dataset('a')).tier).to.equal('restricted');
        const lowered = await decide('officer', 'a', 'override', { tier: 'conditional', ...REASON });
        expect(lowered.body.state).to.equal('overridden');
        const record = await platform.dataset('a');
        expect([record.tier, record.tierStatus]).to.deep.equal(['conditional', 'confirmed']);
        expect(record.items.map(({ tier }) => tier)).to.deep.equal(['conditional', 'conditional']);
        expect((await events()).slice(-2)).to.deep.equal(['assessment.overridden', 'dataset.reclassified']);
      });

      it('keeps a lowered tier over later runs, until there is news', async () => {
        await platform.put(draft('a', VISITS));
        await decide('officer', 'a', 'override', { tier: 'open', ...REASON });
        const [same] = await platform.put({ ...(await platform.dataset('a')), keywords: ['医疗机构'] });
        expect([same?.tier, same?.tierStatus]).to.deep.equal(['open', 'confirmed']);
        const items = [{ name: '身份证号', title: {}, type: 'string', tier: 'open' as const }];
        const [news] = await platform.put({ ...(await platform.dataset('a')), items });
        expect([news?.tier, news?.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
      });

      it('returns a proposal with a reason and changes nothing', async () => {
        await platform.put(draft('a', VISITS));
        expect((await decide('officer', 'a', 'return')).body.code).to.equal('reason-required');
        const before = await platform.dataset('a');
        expect((await decide('officer', 'a', 'return', { reason: '请补充说明' })).body.state).to.equal('returned');
        expect(await platform.dataset('a')).to.deep.equal(before);
        expect(await waiting('a')).to.equal(undefined);
      });

      it('decides once: a second decision meets a closed assessment, also with the old version', async () => {
        await platform.put(draft('a', VISITS));
        const { id } = await waiting('a');
        const confirm = (version: number) =>
          platform.post('officer', `/api/assessments/${id}/commands/confirm`, {}, version);
        expect((await confirm(7)).status).to.equal(412);
        const [first, second] = await Promise.all([confirm(1), confirm(1)]);
        expect([first.status, second.status].sort((a, b) => a - b)).to.deep.equal([200, 412]);
        expect((await confirm(2)).body.code).to.equal('assessment-closed');
        expect((await events()).filter((event) => event === 'assessment.confirmed')).to.have.length(1);
      });
    });

    describe('proposals of people', () => {
      it('raise at once and wait for confirmation', async () => {
        await platform.put(draft('a'));
        const proposed = await propose('steward', 'a', { tier: 'conditional', reason: '需要审核用途' });
        expect(proposed.status, JSON.stringify(proposed.body)).to.equal(200);
        const raised = await platform.dataset('a');
        expect([raised.tier, raised.tierStatus]).to.deep.equal(['conditional', 'pending-review']);
        expect(await events()).to.include('dataset.reclassified');
        expect((await decide('officer', 'a', 'confirm')).body.state).to.equal('confirmed');
        expect((await platform.dataset('a')).tierStatus).to.equal('confirmed');
      });

      it('lower nothing until a second person confirms', async () => {
        await platform.put(draft('a', { declaredTier: 'restricted' }));
        expect((await propose('steward', 'a', { tier: 'open' })).body.code).to.equal('lowering-needs-reason');
        expect((await propose('steward', 'a', { tier: 'open', ...REASON })).status).to.equal(200);
        expect((await platform.dataset('a')).tier).to.equal('restricted');
        expect((await decide('officer', 'a', 'confirm')).status).to.equal(200);
        const record = await platform.dataset('a');
        expect([record.tier, record.tierStatus]).to.deep.equal(['open', 'confirmed']);
      });

      it('are never decided by whoever made them, also not an officer, by any command or in a group', async () => {
        await platform.put(draft('a', { declaredTier: 'restricted' }));
        await propose('officer', 'a', { tier: 'open', ...REASON });
        for (const [command, body] of [
          ['confirm', {}],
          ['override', { tier: 'open', ...REASON }],
          ['return', { reason: 'x' }],
        ] as const)
          expect((await decide('officer', 'a', command, body)).body.code).to.equal('own-proposal');
        const { group } = await waiting('a');
        const grouped = await platform.post('officer', '/api/assessments/commands/confirm', { group, ...REASON });
        expect(grouped.body.code).to.equal('own-proposal');
        expect((await platform.dataset('a')).tier).to.equal('restricted');
        expect((await decide('officer-2', 'a', 'confirm')).status).to.equal(200);
      });

      it('are for the own body only; another body sees nothing there', async () => {
        await platform.put(draft('a', VISITS));
        const { id } = await waiting('a');
        expect((await propose('steward-health', 'a', { tier: 'conditional' })).status).to.equal(404);
        expect((await platform.get('steward-health', `/api/assessments/${id}`)).status).to.equal(404);
        const list = await platform.get('steward-health', '/api/assessments');
        expect([list.body.total, list.body.items, list.body.groups]).to.deep.equal([0, [], []]);
        expect((await platform.get('steward', `/api/assessments/${id}`)).status).to.equal(200);
      });
    });

    describe('evidence of people', () => {
      const finding = {
        item: '名称',
        type: 'resident-id',
        matchedFraction: 0.4,
        sampleSize: 900,
        rule: 'columns/1#resident-id',
      };
      const submit = (body: object) => platform.post('steward', '/api/datasets/a/assessments', body);

      it('raises at once, names the column, and is kept over later runs', async () => {
        await platform.put(draft('a'));
        const answer = await submit({ findings: [finding] });
        expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
        const { body } = await platform.get('steward', `/api/assessments/${answer.body.id}`);
        expect(body.verdict.tier).to.equal('restricted');
        expect(body.items[0]).to.deep.include({ name: '名称', tier: 'restricted', findings: [finding] });
        const [again] = await platform.put({ ...(await platform.dataset('a')), keywords: ['新'] });
        expect(again?.tier).to.equal('restricted');
      });

      it('that brings nothing new leaves what an officer confirmed as it is', async () => {
        await platform.put(draft('a', VISITS));
        await decide('officer', 'a', 'confirm');
        expect((await submit({ importance: 'general' })).status).to.equal(202);
        const record = await platform.dataset('a');
        expect([record.tier, record.tierStatus]).to.deep.equal(['restricted', 'confirmed']);
        expect(await waiting('a')).to.equal(undefined);
      });

      it('of which too much could not be read is looked at by a person, who settles it', async () => {
        await platform.put(draft('a'));
        const report = (brokenRows: number) => ({
          kind: 'assessed',
          file: { sha256: 'a'.repeat(64) },
          rows: 1000,
          brokenRows,
          columns: [{ name: '名称', findings: [] }],
        });
        await submit({ report: report(10) });
        expect([(await platform.dataset('a')).tierStatus, await waiting('a')]).to.deep.equal(['declared', undefined]);
        const { body } = await submit({ report: report(11) });
        const asked = (await platform.get('officer', `/api/assessments/${body.id}`)).body;
        const { state, verdict, content } = asked;
        expect([state, verdict.status, content.doubts]).to.deep.equal(['proposed', 'pending-review', ['broken-rows']]);
        expect((await platform.dataset('a')).tierStatus).to.equal('pending-review');
        const [later] = await platform.put({ ...(await platform.dataset('a')), keywords: ['新'] });
        expect([later?.tier, later?.tierStatus], 'after an edit').to.deep.equal(['open', 'pending-review']);
        expect((await decide('officer', 'a', 'confirm')).status).to.equal(200);
        expect((await platform.dataset('a')).tierStatus).to.equal('confirmed');
      });

      it('that would lower only proposes', async () => {
        await platform.put(draft('a', { ...VISITS, declaredTier: 'conditional' }));
        const deidentification = { grade: 4, method: '按区按月汇总', evaluator: '评估机构', date: '2026-11-02' };
        expect((await submit({ deidentification })).status).to.equal(202);
        expect((await platform.dataset('a')).tier).to.equal('restricted');
        expect((await waiting('a')).proposal.tier).to.equal('conditional');
        expect((await decide('officer', 'a', 'confirm')).body.code).to.equal('lowering-needs-reason');
        expect((await decide('officer', 'a', 'confirm', REASON)).status).to.equal(200);
        expect((await platform.dataset('a')).tier).to.equal('conditional');
      });

      it('of a consent: on file it lets a person lower, withdrawn it raises again at once', async () => {
        await platform.put(draft('a', { ...VISITS, declaredTier: 'conditional' }));
        const consent = { reference: '同意书', date: '2026-11-02' };
        await submit({ consent });
        await decide('officer', 'a', 'confirm', REASON);
        expect((await platform.dataset('a')).tier).to.equal('conditional');
        await submit({ consent: { ...consent, withdrawn: true } });
        const record = await platform.dataset('a');
        expect([record.tier, record.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
      });

      it('of a consent or an evaluation that says nothing, is of no day, or is still to come, lifts nothing', async () => {
        await platform.put(draft('a', { ...VISITS, declaredTier: 'conditional' }));
        const consent = { reference: '同意书', date: '2026-11-02' };
        const deidentification = { grade: 4, method: '按区汇总', evaluator: '评估机构', date: '2026-11-02' };
        for (const [body, code] of [
          [{ consent: { ...consent, reference: ' \u3000' } }, 'invalid-body'],
          [{ consent: { ...consent, date: '2026-02-30' } }, 'invalid-body'],
          [{ consent: { ...consent, date: '2099-01-01' } }, 'record-in-future'],
          [{ deidentification: { ...deidentification, evaluator: ' ' } }, 'invalid-body'],
          [{ deidentification: { ...deidentification, method: '\t' } }, 'invalid-body'],
          [{ deidentification: { ...deidentification, date: '2099-01-01' } }, 'record-in-future'],
        ] as const)
          expect((await submit(body)).body.code, JSON.stringify(body)).to.equal(code);
        expect((await waiting('a')).verdict.proposed, 'no ground was lifted').to.equal('restricted');
        expect((await submit({ consent })).status).to.equal(202);
        expect((await waiting('a')).verdict.proposed).to.equal('conditional');
      });

      it('that says it is a secret is refused, and nothing is kept', async () => {
        await platform.put(draft('a'));
        const before = (await events()).length;
        expect((await submit({ secrecy: 'state-secret' })).body.code).to.equal('state-secret');
        expect((await events()).length).to.equal(before);
      });
    });

    it('confirms a group by one act, all or none', async () => {
      await platform.put(
        ...['a', 'b', 'c'].map((id) => draft(id, VISITS)),
        draft('d', { ...VISITS, publisher: 'health' }),
      );
      const { group } = await waiting('a');
      const answer = await platform.post('officer', '/api/assessments/commands/confirm', { group });
      expect(answer.body, JSON.stringify(answer.body)).to.deep.equal({
        group,
        confirmed: 3,
        datasets: ['a', 'b', 'c'],
      });
      for (const id of ['a', 'b', 'c']) expect((await platform.dataset(id)).tierStatus).to.equal('confirmed');
      expect((await platform.dataset('d')).tierStatus).to.equal('pending-review');
      expect((await platform.post('officer', '/api/assessments/commands/confirm', { group })).status).to.equal(404);

      await platform.put(...['x', 'y'].map((id) => draft(id, { declaredTier: null, title: { zh: '年度统计' } })));
      const { group: second } = await waiting('x');
      const refused = await platform.post('officer', '/api/assessments/commands/confirm', { group: second });
      expect(refused.body.code).to.equal('lowering-needs-reason');
      for (const id of ['x', 'y']) expect((await platform.dataset(id)).tier).to.equal('restricted');
      const opened = await platform.post('officer', '/api/assessments/commands/confirm', { group: second, ...REASON });
      expect(opened.body.confirmed).to.equal(2);
      for (const id of ['x', 'y']) expect((await platform.dataset(id)).tier).to.equal('open');
    });

    it('keeps what a person proposes against the rules out of the group that the rules made', async () => {
      await platform.put(...['a', 'b', 'c'].map((id) => draft(id, VISITS)));
      const { group } = await waiting('a');
      expect((await propose('steward', 'b', { tier: 'open', ...REASON })).status).to.equal(200);
      const confirmed = await platform.post('officer', '/api/assessments/commands/confirm', { group });
      expect(confirmed.body.datasets, 'one act would have lowered b among what it closes').to.deep.equal(['a', 'c']);
      const b = await platform.dataset('b');
      expect([b.tier, b.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
      const { group: own } = await waiting('b');
      expect(own).not.to.equal(group);
      const shown = (await platform.get('officer', `/api/assessments/groups/${own}`)).body;
      expect([shown.count, shown.verdict.proposed]).to.deep.equal([1, 'open']);
    });

    it('confirms only the group that was looked at, where the caller says which', async () => {
      await platform.put(...['a', 'b'].map((id) => draft(id, VISITS)));
      const { group } = await waiting('a');
      const seen = (await platform.get('officer', `/api/assessments/groups/${group}`)).body;
      const version = Number(seen.etag.slice(1, -1));
      await platform.put(draft('late', VISITS));
      const stale = await platform.post('officer', '/api/assessments/commands/confirm', { group }, version);
      expect([stale.status, stale.body.code]).to.deep.equal([412, 'stale-etag']);
      for (const id of ['a', 'b', 'late'])
        expect((await platform.dataset(id)).tierStatus, id).to.equal('pending-review');
      const again = (await platform.get('officer', `/api/assessments/groups/${group}`)).body;
      expect([again.count, again.etag === seen.etag, stale.body.currentEtag]).to.deep.equal([3, false, again.etag]);
      const answer = await platform.post(
        'officer',
        '/api/assessments/commands/confirm',
        { group },
        Number(again.etag.slice(1, -1)),
      );
      expect(answer.body.confirmed).to.equal(3);
    });

    it('replays every stored assessment byte for byte, and notices altered facts', async () => {
      await platform.put(draft('a'), draft('b', VISITS), draft('c', { declaredTier: null }));
      const { assessments } = platform.classification;
      const rows = await platform.unit.read((reader) => assessmentTable.scan(reader, '', 10));
      expect(rows).to.have.length(3);
      for (const row of rows) {
        expect(assessments.replay(row)).to.equal('identical');
        expect(assessments.replay({ ...row, facts: { ...row.facts, rights: 'contains PII' } })).to.equal('different');
        expect(assessments.replay({ ...row, pack_hash: 'other' })).to.equal('pack-not-installed');
        expect(new AssessmentQueries(databaseAssessmentStore, requirePacks()).replay(row), 'packs read anew').to.equal(
          'identical',
        );
      }
    });

    it('gives the reasons behind the tiers in force, the officer first', async () => {
      await platform.put(draft('a'), draft('b', VISITS));
      await decide('officer', 'b', 'override', { tier: 'conditional', ...REASON });
      const latest = await platform.unit.read((reader) =>
        platform.classification.assessments.latest(reader, ['a', 'b', 'z']),
      );
      expect(latest.get('a')?.map(({ rule }) => rule)).to.deep.equal(['declared-tier', 'residual-open']);
      expect(latest.get('b')?.[0]).to.deep.include({
        rule: 'decided-by-officer',
        text: { zh: '已按区汇总', en: '已按区汇总' },
      });
      expect(latest.get('a')?.[1]?.source).to.deep.equal({
        zh: '上海市数据条例第四十一条第二款',
        en: 'Shanghai Data Regulations, art. 41(2)',
      });
      expect(latest.has('z')).to.equal(false);
    });

    it('leaves rows the log vouches for, and an edited verdict is found', async () => {
      await platform.put(draft('a', VISITS), draft('b'));
      await decide('officer', 'a', 'confirm');
      const verify = () => platform.unit.read((reader) => verifyLog(reader, [assessmentTable]));
      expect((await verify()).faults).to.deep.equal([]);
      await platform.database.write((manager) =>
        manager.query("UPDATE assessments SET tier = 'open' WHERE dataset = 'a'"),
      );
      expect((await verify()).faults).to.have.length(1);
    });

    it('takes its migration back and forward again', async () => {
      await platform.put(draft('a'));
      const applied = async () => (await platform.database.appliedMigrations()).join();
      while ((await applied()).includes('Classification')) await platform.database.undoLastMigration();
      expect(await applied()).to.include('Log');
      await platform.database.migrate();
      expect((await platform.database.appliedMigrations()).join()).to.include('Classification');
    });
  });
});

const secretFacts = () => ({
  id: 'secret',
  pack: 'cn-shanghai',
  identifier: 'secret',
  source: 'local',
  publisher: 'transport',
  state: 'draft' as const,
  title: { zh: '某位置表 机密★' },
  abstract: {},
  keywords: [],
  field: null,
  declaredCode: null,
  declaredTier: null,
  securityLevel: null,
  rights: null,
  licence: null,
  legalBasis: null,
  updateFrequency: null,
  items: [],
  distributions: [],
});
