import { expect } from 'chai';
import { ClassificationPlatform, draft } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';

const WISH = { tier: 'restricted', reason: '含手机号' };

describe('conformance: proposals that an officer gives back', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend, undefined, {}, true);
      await platform.put(draft('a'), draft('b', { declaredTier: 'restricted' }));
    });
    afterEach(() => platform.close());

    const queue = async (who: string) => (await platform.get(who, '/api/reevaluations?queue=due')).body.items;
    const propose = async (dataset: string, body: object) => {
      const { version } = await platform.dataset(dataset);
      return (await platform.post('steward', `/api/datasets/${dataset}/commands/propose-tier`, body, version)).body;
    };
    const rule = (id: string, command: string, body: object, version = 1) =>
      platform.post('officer', `/api/assessments/${id}/commands/${command}`, body, version);
    const reasons = async (dataset: string) =>
      (await platform.unit.read((reader) => platform.classification.assessments.latest(reader, [dataset]))).get(
        dataset,
      ) ?? [];

    it('stand in the steward’s queue with the officer’s reason, and are not what the tier is explained by', async () => {
      const { id } = await propose('a', WISH);
      expect((await rule(id, 'return', { reason: '未见手机号' })).status).to.equal(200);
      const record = await platform.dataset('a');
      expect([record.tier, record.tierStatus]).to.deep.equal(['restricted', 'pending-review']);
      for (const who of ['steward', 'officer']) {
        const [waiting] = await queue(who);
        expect(waiting, who).to.include({ dataset: 'a', cause: 'returned', note: '未见手机号' });
      }
      expect(await queue('steward-health')).to.deep.equal([]);
      const [first] = await reasons('a');
      expect([first?.rule, first?.text.zh]).to.deep.equal([
        'kept-until-review',
        '审核人已退回该建议；在作出决定之前，维持现行开放类型。',
      ]);
      const again = await propose('a', { tier: 'open', reason: '未见手机号', legalBasis: '第四十一条' });
      expect((await queue('steward')).length, 'a new proposal has not been ruled on').to.equal(1);
      expect((await rule(again.id, 'confirm', {})).status).to.equal(200);
      expect(await queue('steward')).to.deep.equal([]);
      expect((await reasons('a'))[0]?.rule).to.equal('decided-by-officer');
    });

    it('ask nobody for anything where the tier in force does not wait for a person', async () => {
      const { id } = await propose('b', { tier: 'open', reason: '已汇总', legalBasis: '第四十一条' });
      expect((await rule(id, 'return', { reason: '未附材料' })).status).to.equal(200);
      expect((await platform.dataset('b')).tierStatus).to.equal('declared');
      expect(await queue('steward')).to.deep.equal([]);
    });

    it('explain a raise without a reason as what it is', async () => {
      await propose('a', { tier: 'restricted' });
      const [first] = await reasons('a');
      expect([first?.rule, first?.text.en]).to.deep.equal([
        'proposed-by-person',
        'A person raised the tier without giving a reason; a second person has still to confirm it.',
      ]);
    });
  });
});
