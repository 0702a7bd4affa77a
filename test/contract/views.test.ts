import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ExamplePortal, SHELF_INDEX, Shelf } from '../../src/example-portal/index.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const ITEMS = [
  { name: 'route', title: { zh: '线路名称', en: 'Route' }, type: 'string' },
  { name: 'stops', title: { zh: '站点数', en: 'Stops' }, type: 'integer' },
  { name: '身份证号', title: { zh: '身份证号', en: 'Identity number' }, type: 'string' },
];

/** Closes what is renewed half-yearly. */
const HALF_YEARLY = {
  id: 'half-yearly-closed',
  test: 'protected',
  when: { fact: { name: 'updateFrequency', in: ['half-yearly'] } },
  outcome: { floor: 'restricted' },
  strength: 'strong',
  reason: 'named-ban',
  text: { zh: '每半年更新的数据不予开放。', en: 'Data renewed every half-year is not open.' },
  source: { text: { zh: '本地规定', en: 'A local rule' } },
  verified: false,
};

/** A dataset of which one item is a person's: it is not open, and its other items may be asked for alone. */
describe('contract: milder items of a stricter dataset', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let opened: OpenApp;
    let address: string;
    let cases: Cases;
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-views-'));
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      address = await opened.listen();
      cases = await Cases.open(address);
    });
    after(async () => {
      rmSync(folder, { recursive: true });
      await opened.close();
    });

    const page = async (id: string, who: 'anonymous' | 'steward-transport' = 'anonymous') =>
      (await cases.as(who).get(`/api/datasets/${id}`)).body;
    const ask = async (id: string, items?: readonly string[]): Promise<Answer['body']> => {
      const { body } = fine(
        await cases.as('portal').post('/access/v1/evaluation', {
          subject: { type: 'anonymous', id: 'anonymous' },
          resource: { type: 'dataset', id, ...(items && { properties: { items } }) },
          action: { name: 'download' },
        }),
      );
      return body;
    };

    /** Declared open, raised by the engine for the one item, and waiting for a person. */
    async function raised(identifier: string, listedWhenRestricted: boolean, more: object = {}): Promise<string> {
      const { body } = fine(
        await cases.as('steward-transport').post('/api/datasets', {
          identifier,
          title: { zh: `线路与乘客 ${identifier}`, en: `Routes and riders ${identifier}` },
          abstract: { zh: '公交线路及其登记人' },
          field: 'transport',
          declaredTier: 'open',
          sharingTier: 'not-shared',
          legalBasis: '上海市数据条例',
          securityLevel: 'L1',
          items: ITEMS,
          distributions: [{ title: { zh: '表' }, format: 'CSV', kind: 'file', url: 'https://files.example.org/r.csv' }],
          deliveryKinds: ['download'],
          updateFrequency: 'yearly',
          lastUpdated: '2026-01-31',
          listedWhenRestricted,
          ...more,
        }),
      );
      await cases.give('steward-transport', `/api/datasets/${body.id}`, 'list');
      return body.id as string;
    }

    /** What whoever confirms was told that it leaves to be asked for alone. */
    const confirm = async (id: string): Promise<unknown> => {
      const { items } = (await cases.as('officer').get(`/api/assessments?dataset=${id}&state=proposed`)).body;
      await cases.give('officer', `/api/assessments/${items[0].id}`, 'confirm');
      return items[0].milder;
    };

    it('are served to everyone once an officer has confirmed, each decision on record with the items that governed', async () => {
      const id = await raised('VIEW-1', true);
      expect(await page(id)).to.deep.include({ tier: 'restricted', tierStatus: 'pending-review', items: [] });
      expect((await ask(id, ['route'])).decision, 'nobody has looked yet').to.equal(false);

      const told = await confirm(id);
      const open = ['route', 'stops'];
      const shown = await page(id);
      expect(told).to.deep.equal(shown.views);
      expect(shown).to.deep.include({ tier: 'restricted', tierStatus: 'confirmed', redacted: true });
      expect(shown.views).to.deep.equal({ open, conditional: open });
      expect(shown.items.map(({ name }: { name: string }) => name)).to.deep.equal(open);
      expect(shown).to.not.have.any.keys('abstract', 'identifier');
      expect((await page(id, 'steward-transport')).items).to.have.length(3);

      const whole = await ask(id);
      expect([whole.decision, whole.context.reason.code]).to.deep.equal([false, 'restricted']);
      expect(whole.context.items).to.deep.equal({ covered: open, missing: ['身份证号'] });
      expect((await ask(id, ['route', '身份证号'])).decision).to.equal(false);

      const part = await ask(id, open);
      expect([part.decision, part.context.reason.code]).to.deep.equal([true, 'open-data']);
      expect(part.context.obligations).to.deep.include({ type: 'mask', keep: open });
      const { evaluationId } = part.context;
      const record = fine(await cases.as('officer').get(`/api/decisions/${evaluationId}`)).body;
      expect(record).to.deep.include({ decision: true, tier: 'open', dataset: id, tierItems: open });
      const other = fine(await cases.as('officer').get(`/api/decisions/${whole.context.evaluationId}`)).body;
      expect([other.tier, other.tierItems]).to.deep.equal(['restricted', undefined]);
      fine(await cases.as('portal').post('/access/v1/deliveries', { evaluationId, dataset: id }));
      const guessed = await cases.as('portal').post('/access/v1/deliveries', { evaluationId: id, dataset: id });
      expect(guessed.status, 'of a dataset that is not open, what was served is on record').to.equal(400);

      const explained = fine(
        await cases.as('officer').post('/api/decisions/explain', {
          subject: { type: 'anonymous', id: 'anonymous' },
          resource: { type: 'dataset', id, properties: { items: ['stops'] } },
          action: { name: 'download' },
        }),
      ).body;
      expect([explained.decision, explained.facts.tier, explained.tierItems]).to.deep.equal([true, 'open', ['stops']]);
    });

    it('are applied for alone where they are conditional, and answered already open where they are not', async () => {
      const { agreement } = (await cases.as('enterprise-a-handler').get(`/api/datasets/${cases.datasets[0]}`)).body;
      const id = await raised('VIEW-4', true, { securityLevel: 'L2', agreementTemplate: agreement.template });
      const refused = async (items: readonly string[], dataset = id): Promise<string> =>
        cases.draft({ datasets: [{ dataset, items }] }).then(
          () => 'drafted',
          (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1] ?? error.message,
        );
      expect(await refused(['route']), 'nobody has looked yet').to.equal('not-open-for-application');
      await confirm(id);
      const shown = await page(id);
      expect(shown).to.deep.include({ redacted: true, views: { open: [], conditional: ['route', 'stops'] } });
      expect(shown.agreement.template).to.equal(agreement.template);
      for (const items of [[], ['route', '身份证号']])
        expect(await refused(items), items.join()).to.equal('not-open-for-application');

      const path = await cases.at('concluded', { datasets: [{ dataset: id, items: ['route'] }] });
      const { grants } = (await cases.as('enterprise-a-handler').get(path)).body;
      const { organisation } = (await cases.as('enterprise-a-handler').get(`/api/grants/${grants[0].id}`)).body;
      const may = async (items?: readonly string[]) => {
        const { body } = fine(
          await cases.as('portal').post('/access/v1/evaluation', {
            subject: { type: 'organisation', id: organisation },
            resource: { type: 'dataset', id, ...(items && { properties: { items } }) },
            action: { name: 'download' },
          }),
        );
        return [body.decision, body.context.reason.code];
      };
      expect(await may(['route'])).to.deep.equal([true, 'granted']);
      expect(await may(['route', 'stops'])).to.deep.equal([false, 'items-partly-covered']);
      expect(await may()).to.deep.equal([false, 'restricted']);

      const open = await raised('VIEW-5', true);
      await confirm(open);
      expect(await refused(['route'], open)).to.equal('already-open');
    });

    it('leave a portal alone out of a file, for whoever asks for it without naming items', async () => {
      const id = await raised('VIEW-7', true);
      const [{ id: file }] = (await page(id, 'steward-transport')).distributions;
      const entry = { dataset: id, action: 'download', source: 'Transport', format: 'csv' };
      writeFileSync(join(folder, SHELF_INDEX), JSON.stringify({ [file]: entry }));
      writeFileSync(join(folder, `${file}.csv`), '身份证号,route,stops\n310101199001011234,49,17\n');
      const account = { clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
      const portal = new ExamplePortal(() => address, account, new Shelf(folder));
      const authorization = `Bearer ${cases.as('enterprise-b-handler').token}`;
      for (const visit of [{}, { authorization }]) {
        const { status, body } = await portal.serve(file, visit);
        expect([status, body.includes('49,17')], 'nobody has looked yet').to.deep.equal([403, false]);
      }

      await confirm(id);
      const whole = {
        subject: { type: 'anonymous', id: 'anonymous' },
        resource: { type: 'distribution', id: file },
        action: { name: 'download' },
      };
      const plain = fine(await cases.as('portal').post('/access/v1/evaluation', whole)).body;
      expect([plain.decision, plain.context.items.covered]).to.deep.equal([false, ['route', 'stops']]);
      for (const visit of [{}, { authorization }]) {
        const { status, headers, body } = await portal.serve(file, visit);
        expect([status, body]).to.deep.equal([200, 'route,stops\n49,17\n']);
        const kept = fine(await cases.as('officer').get(`/api/decisions/${headers['x-evaluation-id']}`)).body;
        expect([kept.decision, kept.tierItems]).to.deep.equal([true, ['route', 'stops']]);
      }
    });

    it('stay closed where the publisher does not list the record, which nobody outside learns of', async () => {
      const id = await raised('VIEW-2', false);
      await confirm(id);
      expect((await cases.as('anonymous').get(`/api/datasets/${id}`)).status).to.equal(404);
      expect((await page(id, 'steward-transport')).views).to.equal(undefined);
      const { decision, context } = await ask(id, ['route']);
      expect([decision, context.items]).to.deep.equal([false, undefined]);
    });

    it('are named to whoever confirms a group, with how many of its records have each', async () => {
      const ids = [await raised('VIEW-8', true), await raised('VIEW-9', true)];
      const [first] = (await cases.as('officer').get(`/api/assessments?dataset=${ids[0]}&state=proposed`)).body.items;
      const group = fine(await cases.as('officer').get(`/api/assessments/groups/${first.group}`)).body;
      const named = new Map<string, number>(
        group.milder.open.items.map(({ value, records }: { value: string; records: number }) => [value, records]),
      );
      expect([...named.keys()])
        .to.include.members(['route', 'stops'])
        .and.not.include('身份证号');
      expect(named.get('route')).to.be.within(2, group.milder.open.records);
      const granted = group.milder.conditional.items.map(({ value }: { value: string }) => value);
      expect(granted, 'they are open').to.not.include.members(['route', 'stops']);
      const body = { group: first.group };
      const { datasets } = fine(await cases.as('officer').post('/api/assessments/commands/confirm', body)).body;
      expect(datasets).to.include.members(ids);
      for (const id of ids) expect((await ask(id, ['route'])).decision).to.equal(true);
    });

    it('count in the rehearsal of rules after which nobody could ask for them alone', async () => {
      const id = await raised('VIEW-6', true, { updateFrequency: 'half-yearly' });
      const { items } = (await cases.as('officer').get(`/api/assessments?dataset=${id}&state=proposed`)).body;
      const conditional = { tier: 'conditional', reason: 'Masked', legalBasis: '第四十一条' };
      await cases.give('officer', `/api/assessments/${items[0].id}`, 'override', conditional);
      expect((await page(id)).views.open).to.deep.equal(['route', 'stops']);
      for (const name of ['route', 'stops']) expect((await ask(id, [name])).decision, name).to.equal(true);
      await opened.app.slices.decisions.book.flush();

      const { packs } = opened.app.slices.classification;
      const changes = { rules: [...packs.current('cn-shanghai')!.pack.rules, HALF_YEARLY] };
      const draft = { pack: 'cn-shanghai', reason: 'Renewed too seldom', changes };
      const version = fine(await cases.as('officer').post('/api/rule-packs', draft)).body.id;
      const path = `/api/rule-packs/${version}/commands/rehearse`;
      const { id: rehearsal } = fine(await cases.as('officer').post(path)).body;
      await opened.app.slices.classification.governing!.rehearsing.settled();
      const found = `/api/rehearsals/${rehearsal}/changes?kind=decision&limit=100`;
      const changed = fine(await cases.as('officer').get(found)).body.items as { subject: string; data: object }[];
      expect(changed.find(({ subject }) => subject === id)?.data).to.deep.equal({
        looked: 2,
        denied: 2,
        permitted: 0,
        to: 'restricted',
      });
    });

    it('are closed again at once where the engine finds something new, until a person has looked', async () => {
      const id = await raised('VIEW-3', true);
      await confirm(id);
      expect((await ask(id, ['route'])).decision).to.equal(true);
      const changed = [{ ...ITEMS[0], name: 'phone', title: { zh: '手机号' } }, ...ITEMS];
      fine(await cases.as('steward-transport').change(`/api/datasets/${id}`, { items: changed }));
      expect((await ask(id, ['phone'])).decision, 'a new item of a person').to.equal(false);
    });
  });
});
