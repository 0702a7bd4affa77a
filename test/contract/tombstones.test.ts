import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { logFaults } from '../support/log-faults.js';
import { eachDialect } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

interface Told {
  readonly id: string;
  readonly identifier: string;
  readonly state: string;
  readonly gone: string | null;
  readonly cause: string;
  readonly at: string;
}

/** What harvesters learn when something they hold is no longer public. */
describe('contract: tombstones', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    let opened: OpenApp;
    let cases: Cases;
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      cases = await Cases.open(await opened.listen());
    });
    after(() => opened.close());

    const told = async (search = ''): Promise<Told[]> => {
      const items: Told[] = [];
      for (let token = ''; ; ) {
        const path = `/api/catalogue/tombstones?limit=2&pageToken=${token}${search}`;
        const { body } = fine(await cases.as('anonymous').get(path));
        items.push(...body.items);
        token = body.nextPageToken;
        if (token !== '') continue;
        expect(body.total).to.equal(items.length);
        return items;
      }
    };
    const of = async (dataset: string) => {
      const found = (await told()).filter(({ id }) => id === dataset);
      expect(found.length, 'one line a dataset').to.be.at.most(1);
      return found[0] === undefined ? null : [found[0].state, found[0].gone, found[0].cause];
    };
    /** How data.json holds the dataset: not at all, its record, or its data too. */
    const harvested = async (dataset: string): Promise<'none' | 'record' | 'data'> => {
      const { identifier } = fine(await cases.as('officer').get(`/api/datasets/${dataset}`)).body;
      const file = JSON.parse(fine(await cases.as('anonymous').get('/data.json')).text);
      const entry = file.dataset.find((one: { identifier: string }) => one.identifier === identifier);
      if (entry === undefined) return 'none';
      return entry.accessLevel === 'public' ? 'data' : 'record';
    };
    const raise = (dataset: string, tier: string) =>
      cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', { tier, reason: 'Seen' });
    const lower = async (dataset: string, tier: string) => {
      const legalBasis = '第四十一条';
      const body = { tier, reason: 'Masked', legalBasis };
      const { id } = (await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', body)).body;
      await cases.give('officer-2', `/api/assessments/${id}`, 'confirm', {});
    };
    const ask = (dataset: string, command: string, body: object = {}) =>
      cases.give('steward-transport', `/api/datasets/${dataset}`, command, body);
    const openOne = async (): Promise<string> => {
      const own = (await cases.as('steward-transport').get('/api/me')).body.organisation.id;
      const { items } = (await cases.as('anonymous').get(`/api/datasets?tier=open&publisher=${own}&limit=100`)).body;
      return items[0].id;
    };

    it('an open record that becomes conditional, then restricted, then open again', async () => {
      const dataset = await openOne();
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([null, 'data']);
      await raise(dataset, 'conditional');
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([
        ['deleted', 'data', 'tier-raised'],
        'record',
      ]);
      await raise(dataset, 'restricted');
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([
        ['deleted', 'record', 'tier-raised'],
        'none',
      ]);
      await lower(dataset, 'open');
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([['returned', null, 'tier-raised'], 'data']);
    });

    it('a suspended and a withdrawn record, and each restored', async () => {
      const dataset = cases.datasets[0] as string;
      await ask(dataset, 'suspend', { reason: 'An error' });
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([['deleted', 'record', 'suspended'], 'none']);
      await ask(dataset, 'restore');
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([['returned', null, 'suspended'], 'record']);
      await ask(dataset, 'withdraw', { reason: 'Superseded' });
      expect([await of(dataset), await harvested(dataset)]).to.deep.equal([['deleted', 'record', 'withdrawn'], 'none']);
    });

    it('nothing of a draft, nor of a restricted record that goes: nobody ever held them', async () => {
      const written = {
        identifier: 'buried-draft',
        title: { zh: '公交站点名录' },
        abstract: { zh: '站点' },
        field: 'transport',
        declaredTier: 'open',
        updateFrequency: 'yearly',
      };
      const { id } = fine(await cases.as('steward-transport').post('/api/datasets', written)).body;
      await ask(id, 'withdraw', { reason: 'A mistake' });
      expect(await of(id)).to.equal(null);
      const own = (await cases.as('steward-transport').get('/api/me')).body.organisation.id;
      const { items } = (await cases.as('officer').get(`/api/datasets?tier=restricted&publisher=${own}&limit=100`))
        .body;
      const hidden = items[0]?.id as string;
      await ask(hidden, 'withdraw', { reason: 'Closed' });
      expect(await of(hidden)).to.equal(null);
    });

    it('in order of change, from a time on, page by page; nothing but what was public stands there', async () => {
      const all = await told();
      expect(all.map(({ at }) => at)).to.deep.equal(all.map(({ at }) => at).toSorted());
      const from = all.at(-1) as Told;
      expect(await told(`&since=${from.at}`)).to.deep.include(from);
      expect(await told('&since=2999-01-01')).to.deep.equal([]);
      expect(Object.keys(from).sort()).to.deep.equal(
        ['at', 'cause', 'gone', 'id', 'identifier', 'publisher', 'source', 'state'].sort(),
      );
      const anonymous = cases.as('anonymous');
      for (const bad of ['since=2026-02-31', 'since=yesterday', 'pageToken=eA', 'limit=0'])
        expect((await anonymous.get(`/api/catalogue/tombstones?${bad}`)).status, bad).to.equal(400);
    });

    it('in the same transaction: the log names each, and holds', async () => {
      const rows: { event: string }[] = await opened.app.unit.read((reader) =>
        reader.manager.query("SELECT event FROM log WHERE event LIKE 'tombstone.%' ORDER BY position"),
      );
      expect(rows.map(({ event }) => event)).to.deep.equal([
        'tombstone.deleted',
        'tombstone.deleted',
        'tombstone.returned',
        'tombstone.deleted',
        'tombstone.returned',
        'tombstone.deleted',
      ]);
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });
  });
});
