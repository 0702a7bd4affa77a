import { expect } from 'chai';
import { entries } from '../../src/log/index.js';
import { ClassificationPlatform, draft } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';

const REASON = { reason: '逐条核对，均为公开统计', legalBasis: '上海市数据条例第四十一条' };
const PATH = '/api/assessments/commands/override';
const PARKS = ['p1', 'p2', 'p3'];
const BUSES = ['b1', 'b2'];

interface Member {
  readonly id: string;
  readonly dataset: string;
  readonly decidable: boolean;
  readonly abstract: { readonly zh?: string };
}
interface Alike {
  readonly count: number;
  readonly sets: readonly { readonly words: readonly string[]; readonly members: readonly Member[] }[];
}

/** Records of which nothing is declared: the engine abstains from all of them, and they stand in one group. */
describe('conformance: sets of alike records', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend);
      await platform.put(
        ...PARKS.map((id) => draft(id, { declaredTier: null, title: { zh: `公园绿地名录${id}` } })),
        ...BUSES.map((id) =>
          draft(id, { declaredTier: null, title: { zh: `公交线路站点${id}` }, abstract: { zh: '站'.repeat(300) } }),
        ),
      );
    });
    afterEach(() => platform.close());

    const group = async (): Promise<string> => {
      const { body } = await platform.get('officer', '/api/assessments?state=proposed');
      return body.groups[0].group;
    };
    const alike = async (who = 'officer'): Promise<Alike> =>
      (await platform.get(who, `/api/assessments/groups/${await group()}/alike`)).body;
    const idsOf = async (datasets: readonly string[]): Promise<string[]> => {
      const members = (await alike()).sets.flatMap((set) => set.members);
      return datasets.map((dataset) => members.find((member) => member.dataset === dataset)?.id ?? 'none');
    };
    const tiers = (datasets: readonly string[]) =>
      Promise.all(datasets.map(async (id) => (await platform.dataset(id)).tier));
    const events = async (): Promise<string[]> =>
      (await platform.unit.read((reader) => entries(reader, { after: 0, limit: 1000 }))).map(({ event }) => event);

    it('part a group by what its records say, with a beginning of each abstract', async () => {
      const { count, sets } = await alike();
      expect(count).to.equal(5);
      expect(sets.map(({ members }) => members.map(({ dataset }) => dataset).sort())).to.deep.equal([PARKS, BUSES]);
      expect(sets[0]?.words.join()).to.contain('公园');
      expect([...(sets[1]?.members[0]?.abstract.zh ?? '')]).to.have.length(241);
      expect(sets.flatMap(({ members }) => members.map(({ decidable }) => decidable))).to.not.include(false);
    });

    it('are seen by the steward, who decides nothing, and by nobody else’s', async () => {
      const { sets } = await alike('steward');
      expect(sets.flatMap(({ members }) => members.map(({ decidable }) => decidable))).to.not.include(true);
      const path = `/api/assessments/groups/${await group()}/alike`;
      expect((await platform.get('steward-health', path)).status).to.equal(404);
      expect((await platform.get('officer', `/api/assessments/groups/${'0'.repeat(32)}/alike`)).status).to.equal(404);
    });

    it('get one tier by one act, each with its own entry in the log', async () => {
      const assessments = await idsOf(PARKS);
      const before = (await events()).filter((event) => event === 'assessment.overridden').length;
      const answer = await platform.post('officer', PATH, { assessments, tier: 'open', ...REASON });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      expect(answer.body).to.deep.equal({ overridden: 3, datasets: PARKS });
      expect(await tiers([...PARKS, ...BUSES])).to.deep.equal(['open', 'open', 'open', 'restricted', 'restricted']);
      const after = await events();
      expect(after.filter((event) => event === 'assessment.overridden').length - before).to.equal(3);
      expect(after.filter((event) => event === 'dataset.reclassified')).to.have.length(3);
      expect((await alike()).sets.map(({ members }) => members.length)).to.deep.equal([2]);
    });

    it('get it all or none, and the one that cannot is named', async () => {
      const [first = '', second = '', third = ''] = await idsOf(PARKS);
      await platform.post('officer-2', `/api/assessments/${second}/commands/override`, { tier: 'open', ...REASON }, 1);
      const decided = await platform.post('officer', PATH, {
        assessments: [first, second, third],
        tier: 'open',
        ...REASON,
      });
      expect(decided.body).to.include({ code: 'assessment-closed', status: 409 });
      expect(decided.body.errors).to.have.length(1);
      expect(decided.body.errors[0]).to.include({ pointer: '/assessments/1', code: 'assessment-closed' });
      const unknown = await platform.post('officer', PATH, {
        assessments: [first, '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
        tier: 'open',
        ...REASON,
      });
      expect(unknown.body.code).to.equal('not-found');
      expect(unknown.body.errors[0].pointer).to.equal('/assessments/1');
      expect(await tiers(PARKS)).to.deep.equal(['restricted', 'open', 'restricted']);
    });

    it('are not opened without a reason and a legal basis, nor by who proposed one of them', async () => {
      const assessments = await idsOf(BUSES);
      const bare = await platform.post('officer', PATH, { assessments, tier: 'open' });
      expect(bare.body.code).to.equal('reason-required');
      const unfounded = await platform.post('officer', PATH, { assessments, tier: 'open', reason: 'x' });
      expect(unfounded.body.code).to.equal('lowering-needs-reason');
      const { version } = await platform.dataset('b1');
      await platform.post(
        'officer',
        '/api/datasets/b1/commands/propose-tier',
        { tier: 'conditional', ...REASON },
        version,
      );
      const [proposed] = await platform.assessments('b1', 'proposed');
      const own = await platform.post('officer', PATH, {
        assessments: [assessments[1], proposed?.id],
        tier: 'open',
        ...REASON,
      });
      expect(own.body.code).to.equal('own-proposal');
      expect(await tiers(BUSES)).to.deep.equal(['restricted', 'restricted']);
    });

    it('are refused when named twice, not at all, or badly', async () => {
      const [first] = await idsOf(BUSES);
      for (const assessments of [[], [first, first], ['x'], 'x', undefined]) {
        const answer = await platform.post('officer', PATH, { assessments, tier: 'open', ...REASON });
        expect(answer.body.code, JSON.stringify(assessments)).to.equal('invalid-body');
        expect(answer.body.errors[0].pointer).to.match(/^\/assessments/);
      }
    });

    it('are decided once when two officers decide at once', async () => {
      const assessments = await idsOf(PARKS);
      const answers = await Promise.all(
        ['officer', 'officer-2'].map((who) => platform.post(who, PATH, { assessments, tier: 'open', ...REASON })),
      );
      expect(answers.map(({ status }) => status)).to.have.members([200, 409]);
    });
  });
});
