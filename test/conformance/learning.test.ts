import { expect } from 'chai';
import { monotonicFactory } from 'ulid';
import { type DatasetRecord, factsOf } from '../../src/catalogue/index.js';
import { classificationTables, createJudge, createLearning, learningTables } from '../../src/classification/index.js';
import { LearningService } from '../../src/classification/learning/learning-service.js';
import type { LearningStore } from '../../src/classification/learning/learning-store.js';
import { trainApart } from '../../src/classification/learning/train-apart.js';
import { trainAll } from '../../src/classification/learning/train-all.js';
import { databaseLearningStore } from '../../src/classification/store/database-learning-store.js';
import { learnedModelTable } from '../../src/classification/store/learned-model-row.js';
import { verifyLog } from '../../src/log/index.js';
import type { Tier } from '../../src/kernel/tier.js';
import { ClassificationPlatform, datasetPort, draft } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';

const undeclared = (id: string, zh: string, more: Partial<DatasetRecord> = {}): DatasetRecord =>
  draft(id, { title: { zh }, declaredTier: null, items: [], ...more });

const PLACES = ['锦塘', '云麓', '临波', '望江', '西陵', '东湖', '北苑', '南岸'];
/** Two series a body keeps: stops of lines, which people open, and visits, which people keep closed. */
const series = (name: string, what: string): DatasetRecord[] =>
  PLACES.flatMap((place, n) =>
    [1, 2, 3, 4, 5, 6, 7].map((m) => undeclared(`${name}${n}-${m}`, `${place}${what}第${m}批`)),
  );
const STOPS = series('stop', '公交线路站点');
const VISITS = series('visit', '来访登记明细');
const DECIDED = [...STOPS.slice(0, 52), ...VISITS.slice(0, 52)];

eachBackend((backend) => {
  describe('learning from decisions', function () {
    this.timeout(240_000);
    let platform: ClassificationPlatform;
    let learning: LearningService;
    const learn = () => learning.round(platform.unit);
    const models = () => platform.unit.read((reader) => databaseLearningStore.models(reader));

    async function decide(id: string, tier: Tier): Promise<void> {
      const [open] = await platform.assessments(id, 'proposed');
      const reason = { reason: '逐条审核', legalBasis: '《上海市数据条例》第四十一条' };
      const version = Number(open.etag.replaceAll('"', ''));
      await platform
        .post('officer', `/api/assessments/${open.id}/commands/override`, { tier, ...reason }, version)
        .expect(200);
    }

    before(async () => {
      platform = await ClassificationPlatform.open(backend);
      const next = monotonicFactory();
      const { packs } = platform.classification;
      learning = createLearning({ ids: { next: () => next() }, packs, datasets: datasetPort, judge: platform.judge });
      await platform.put(...STOPS, ...VISITS);
      for (const record of DECIDED) await decide(record.id, record.id.startsWith('stop') ? 'open' : 'restricted');
    });
    after(() => platform.close());

    it('abstains before anything was learned, and keeps everything closed', async () => {
      const [waiting] = await platform.assessments('stop7-7', 'proposed');
      expect(waiting.verdict).to.include({ tier: 'restricted', abstained: true, proposed: null });
    });

    it('proposes for waiting records what people decided of their like, and opens nothing', async () => {
      await learn();
      const [stop] = await platform.assessments('stop7-7', 'proposed');
      expect(stop.verdict).to.include({ tier: 'restricted', proposed: 'open', status: 'pending-review' });
      const [visit] = await platform.assessments('visit7-7', 'proposed');
      expect(visit.verdict).to.include({ tier: 'restricted', proposed: 'restricted' });
      expect((await platform.dataset('stop7-7')).tier).to.equal('restricted');
    });

    it('shows the model, its share, and the terms with their weights', async () => {
      const [stop] = await platform.assessments('stop7-7', 'proposed');
      const rule = stop.rules.find(({ id }: { id: string }) => id === 'learned-open');
      expect(rule.inputs[0].value).to.match(/^open: [\d.]+ % \(transport\/1#[0-9a-f]{12}; 104 \+ 0\)$/);
      const terms = rule.inputs.slice(1).map(({ value }: { value: string }) => value);
      expect(terms.join(' ')).to.match(/(?:公交|线路|站点)[^:]*: \+\d/);
      expect(stop.verdict.confidence).to.be.within(0.5, 1);
    });

    it('replays to the same bytes, without the model', async () => {
      const [stop] = await platform.assessments('stop7-7', 'proposed');
      await platform.put(undeclared('other', '别的'));
      const { body } = await platform.get('officer', `/api/assessments/${stop.id}/replay`);
      expect(body.replay).to.equal('identical');
    });

    it('says nothing of a record whose own decision taught it', async () => {
      const [first] = STOPS;
      if (first === undefined) throw new Error('no record');
      await platform.put(first);
      const [current] = await platform.assessments(first.id);
      expect(JSON.stringify(current.rules)).not.to.include('learned');
    });

    it('says nothing of another publisher where it does not carry over', async () => {
      await platform.put(undeclared('elsewhere', '锦塘公交线路站点', { publisher: 'health' }));
      const [waiting] = await platform.assessments('elsewhere', 'proposed');
      expect(waiting.verdict).to.include({ proposed: null, abstained: true });
    });

    it('never goes below what the rules demand', async () => {
      const items = [{ name: '身份证号', title: { zh: '身份证号' }, type: 'string', tier: 'restricted' as const }];
      await platform.put(undeclared('risky', '锦塘公交线路站点补充', { items }));
      const [waiting] = await platform.assessments('risky', 'proposed');
      expect(waiting.verdict).to.include({ floor: 'restricted', proposed: 'restricted' });
    });

    it('confirms a group that was learned by one act', async () => {
      const [stop] = await platform.assessments('stop7-7', 'proposed');
      const basis = { reason: '同类已审核', legalBasis: '《上海市数据条例》第四十一条' };
      const answer = await platform.post('officer', '/api/assessments/commands/confirm', {
        group: stop.group,
        ...basis,
      });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      expect(answer.body.datasets).to.include('stop7-7');
      expect((await platform.dataset('stop7-7')).tier).to.equal('open');
    });

    it('leaves alone what a person proposed between the reading and the lock', async () => {
      const { packs } = platform.classification;
      const { judge } = platform;
      judge.models.replace([]);
      await platform.put(undeclared('late', '锦塘公交线路站点增补'), undeclared('late-too', '云麓公交线路站点增补'));
      await decide('visit7-6', 'restricted');
      const proposing = async (): Promise<void> => {
        const { version } = await platform.dataset('late');
        const wish = { tier: 'conditional', reason: '已汇总', legalBasis: '《上海市数据条例》第四十一条第三款' };
        await platform.post('steward', '/api/datasets/late/commands/propose-tier', wish, version).expect(200);
      };
      let [read, raced] = [false, false];
      const store: LearningStore = {
        ...databaseLearningStore,
        waiting: async (...asked) => {
          const rows = await databaseLearningStore.waiting(...asked);
          read ||= rows.some(({ dataset }) => dataset === 'late');
          return rows;
        },
      };
      const racing = Object.create(platform.unit, {
        read: { value: platform.unit.read.bind(platform.unit) },
        run: {
          value: async (work: Parameters<typeof platform.unit.run>[0]) => {
            if (read && !raced) {
              raced = true;
              await proposing();
            }
            return platform.unit.run(work);
          },
        },
      }) as typeof platform.unit;
      const service = new LearningService({
        store,
        packs,
        datasets: datasetPort,
        judge,
        models: judge.models,
        ids: { next: () => 'unused' },
        train: trainApart,
      });
      await service.round(racing);
      expect(raced).to.equal(true);
      const [late] = await platform.assessments('late', 'proposed');
      expect(late.proposal).to.include({ by: 'steward', tier: 'conditional' });
      const [other] = await platform.assessments('late-too', 'proposed');
      expect(other.verdict.proposed).to.equal('open');
    });

    it('is taken over by another instance, which judges with it', async () => {
      const judge = createJudge({ next: () => 'unused' }, platform.classification.packs);
      const { models } = judge;
      const other = new LearningService({
        store: databaseLearningStore,
        packs: platform.classification.packs,
        datasets: datasetPort,
        judge,
        models,
        ids: { next: () => 'unused' },
        train: () => Promise.reject(new Error('it does not train')),
      });
      const facts = factsOf(undeclared('new', '锦塘公交线路站点'));
      expect(judge.run(facts, null)?.verdict.proposed).to.equal(null);
      await other.load(platform.unit);
      expect(judge.run(facts, null)?.verdict.proposed).to.equal('open');
    });

    it('tries a failed round again, and tells the fault', async () => {
      let trained = 0;
      const { packs } = platform.classification;
      const judge = createJudge({ next: () => 'unused' }, packs);
      const { models } = judge;
      const train = (): Promise<never> => {
        trained += 1;
        return Promise.reject(new Error('no thread'));
      };
      const ids = { next: () => 'unused' };
      const failing = new LearningService({
        store: databaseLearningStore,
        packs,
        datasets: datasetPort,
        judge,
        models,
        ids,
        train,
      });
      for (const round of [1, 2]) {
        const fault = await new Promise((resolve) => {
          failing.letTimeAct(platform.unit, resolve);
        });
        expect(fault).to.be.instanceOf(Error);
        expect(trained).to.equal(round);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await failing.stop();
    });

    it('writes nothing where the same decisions give the same model', async () => {
      await learn();
      const before = await models();
      await learn();
      expect(await models()).to.deep.equal(before);
    });

    it('keeps models that the log knows: an edited one is named', async () => {
      const verify = () =>
        platform.unit.read((reader) => verifyLog(reader, [...classificationTables, ...learningTables]));
      expect((await verify()).faults).to.deep.equal([]);
      await platform.database.write((manager) =>
        manager.query("UPDATE learned_models SET own = 999 WHERE pack = 'cn-shanghai'"),
      );
      expect(JSON.stringify((await verify()).faults)).to.include('row-edited');
    });

    it('trains apart exactly what training in place gives', async () => {
      const compiled = platform.classification.packs.current('cn-shanghai');
      if (compiled === null) throw new Error('no pack');
      const rows = await platform.unit.read((reader) => databaseLearningStore.decided(reader, 'cn-shanghai', 3000));
      const reviewed = rows.flatMap(({ dataset, publisher, facts, decision }) =>
        decision?.tier ? [{ dataset, publisher, facts, tier: decision.tier }] : [],
      );
      const here = trainAll(compiled.pack, reviewed.toReversed());
      const [stored] = await platform.unit.read((reader) => learnedModelTable.scan(reader, '', 5));
      expect(JSON.stringify(here.get('transport'))).to.equal(JSON.stringify(stored?.model));
    });
  });
});
