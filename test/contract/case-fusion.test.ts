import { expect } from 'chai';
import { asText } from '../support/classification/people.js';
import { plantedPairs } from '../support/classification/planted-joins.js';
import { eachDialect } from '../support/databases.js';
import { done, refused, Town } from '../support/town.js';

const [linked] = plantedPairs(1, 0);
const FUSION = '/api/fusion/assessments';
const finding = (item: string, type: string) => ({ item, type, matchedFraction: 1, sampleSize: 20, rule: `1#${type}` });

/** What a reviewer sees of the datasets of a case, asked of the whole product. */
describe('contract: fusion beside a case', function () {
  this.timeout(120_000);

  eachDialect((backend) => {
    let town: Town;
    let held: { id: string };
    let asked: { id: string };
    /** The case's path. */
    let path: string;
    before(async () => {
      town = await Town.open(backend);
      [held, asked] = [await town.plain(), await town.plain()];
      await town.granted([held]);
      path = await town.submitted([asked]);
    });
    after(() => town.close());

    const seen = async (who: Parameters<Town['as']>[0] = 'reviewer-transport') =>
      done(await (await town.as(who)).get(`${path}/fusion`), 200).body;
    const assess = async (dataset: { id: string }, ...types: readonly string[]) => {
      const findings = types.map((type) => finding(`列 ${type}`, type));
      done(
        await (await town.as('steward-transport')).post(`/api/datasets/${dataset.id}/assessments`, { findings }),
        202,
      );
    };
    const pairWith = async (dataset: { id: string }) =>
      (await seen()).items.find(({ second }: { second: string }) => second === dataset.id);

    it('says of every pair what is known, and of what nobody assessed that nobody did', async () => {
      const { body } = { body: await seen() };
      expect(body.asked).to.equal(1);
      expect(body.held).to.be.at.least(1);
      expect(body.total).to.equal(body.items.length);
      const pair = await pairWith(held);
      expect(pair).to.include({ first: asked.id, status: 'not-assessed', reason: 'no-content', weight: 'unknown' });
      expect(pair.grant.state).to.equal('active');
      expect(pair.secondTitle.zh ?? pair.secondTitle.en).to.be.a('string');
    });

    it('is hidden from the applicant and everyone who does not judge the case', async () => {
      for (const who of [
        'enterprise-a-handler',
        'enterprise-a-signatory',
        'citizen',
        'steward-transport',
        'officer',
      ] as const)
        refused(await (await town.as(who)).get(`${path}/fusion`), 403, 'forbidden');
      refused(await (await town.as('reviewer-health')).get(`${path}/fusion`), 404, 'not-found');
      refused(await town.anonymous.get(`${path}/fusion`), 401, 'sign-in-required');
      for (const who of ['supervisor', 'auditor', 'approver'] as const) expect((await seen(who)).asked).to.equal(1);
      const own = await (await town.as('enterprise-a-handler')).get(path);
      expect(JSON.stringify(own.body)).not.to.match(/fusion|weight/);
    });

    it('names the quasi-identifiers that both hold, and those of the asked items only', async () => {
      await assess(held, 'postcode', 'occupation', 'education');
      await assess(asked, 'occupation', 'postcode');
      const pair = await pairWith(held);
      expect(pair).to.deep.include({ status: 'shared', basis: 'content', weight: 'could-be-joined', exact: null });
      expect(pair.shared.map(({ type }: { type: string }) => type)).to.deep.equal(['occupation', 'postcode']);
      expect(pair.shared[0]).to.deep.include({ first: ['列 occupation'], role: 'quasi-identifier' });
    });

    it('shows the figures of files of both while they are current, and both stand in the queue', async () => {
      const steward = await town.as('steward-transport');
      const form = new FormData();
      form.append('datasets', `${held.id},${asked.id}`);
      form.append(held.id, new Blob([asText(linked?.first.header ?? [], linked?.first.rows ?? [])]), 'a.csv');
      form.append(asked.id, new Blob([asText(linked?.second.header ?? [], linked?.second.rows ?? [])]), 'b.csv');
      const response = await fetch(town.address + FUSION, {
        method: 'POST',
        headers: { authorization: `Bearer ${steward.token}` },
        body: form,
      });
      const { id } = (await response.json()) as { id: string };
      expect(response.status).to.equal(202);
      const until = async (): Promise<Record<string, unknown>> => {
        for (;;) {
          const { body } = await steward.get(`${FUSION}/${id}`);
          if (body.state !== 'running') return body;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      };
      expect(await until()).to.include({ state: 'done', failure: null });
      const pair = await pairWith(held);
      expect(pair.weight).to.equal('links');
      expect(pair.exact).to.include({ fusion: id, current: true });
      expect(pair.exact.figures.links).to.equal(true);
      const [first] = (await seen()).weights;
      expect(first).to.deep.equal({ weight: 'links', pairs: 1 });
      const queue = (await (await town.as('officer')).get('/api/reevaluations?limit=100')).body.items;
      const joined = queue.filter(({ fusion }: { fusion: string }) => fusion === id);
      expect(joined.map(({ dataset }: { dataset: string }) => dataset).sort()).to.deep.equal(
        [held.id, asked.id].sort(),
      );
      done(await (await town.as('reviewer-transport')).get(`${FUSION}/${id}`), 200);
      await assess(held, 'postcode');
      expect(await pairWith(held)).to.deep.nested.include({ weight: 'shares-one', 'exact.current': false });
    });

    it('a reviewer compares by what is known, and finds it in the list', async () => {
      const reviewer = await town.as('reviewer-transport');
      const { body } = done(await reviewer.post(FUSION, { datasets: [held.id, asked.id] }), 202);
      const list = await reviewer.get(`${FUSION}?dataset=${held.id}`);
      expect(list.body.items.map(({ id }: { id: string }) => id)).to.include(body.id);
      refused(
        await (await town.as('enterprise-a-handler')).post(FUSION, { datasets: [held.id, asked.id] }),
        403,
        'forbidden',
      );
    });
  });
});
