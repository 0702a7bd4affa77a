import { nowhere } from '../support/nowhere.js';
import { expect } from 'chai';
import { createGrants, grantTables, type Grants, stateOf } from '../../src/grants/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { endOfDay } from '../../src/kernel/time.js';
import { verifyLog } from '../../src/log/index.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const ruling = (datasets: readonly string[], terms: readonly object[] = []) => ({
  applicant: 'ORG',
  holder: 'HOLDER',
  number: 'A-1',
  purpose: 'research',
  scenario: 's',
  members: [],
  datasets: datasets.map((dataset) => ({
    dataset,
    items: [],
    delivery: 'download',
    period: { from: '2026-12-01', to: '2026-12-31' },
    quota: null,
    terms,
  })),
});

describe('conformance: grants', () => {
  eachBackend((backend) => {
    let test: TestUnit;
    let grants: Grants;
    beforeEach(async () => {
      test = await openUnit(backend);
      grants = createGrants({ ids: test.ids, surroundings: nowhere, reactions: test.reactions });
    });
    afterEach(() => test.close());

    const event = (name: string, kind: string, id: string, data: object) => together([name, kind, id, data]);
    /** Several events of one command, as an import tells what became of many records. */
    const together = (...told: readonly (readonly [name: string, kind: string, id: string, data: object])[]) =>
      test.unit.run(async (tx) => {
        for (const [name, kind, id, data] of told)
          tx.append({ event: name, subject: { kind, id }, actor: SYSTEM, data: { ...data } });
        return ok(undefined);
      });
    const approve = (datasets: readonly string[], terms: readonly object[] = []) =>
      event('application.approved', 'application', 'APP', ruling(datasets, terms));
    const sign = (datasets: readonly string[], version = 2) =>
      event('application.agreement-accepted', 'application', 'APP', {
        template: 'T',
        version,
        hash: 'h',
        applicant: 'ORG',
        datasets: datasets.map((dataset) => ({ dataset })),
      });
    const all = () => test.unit.read((reader) => grants.store.ofApplication(reader, 'APP'));
    const states = async () => (await all()).map(({ grant }) => `${grant.approval.dataset} ${stateOf(grant)}`).sort();
    const events = () =>
      test.unit.read((reader) =>
        reader.manager.query("SELECT event FROM log WHERE subject_kind = 'grant' ORDER BY position"),
      ) as Promise<{ event: string }[]>;
    const faults = async () => (await test.unit.read((reader) => verifyLog(reader, grantTables))).faults;

    it('follow rulings and agreements, one per approved dataset', async () => {
      await approve(['DS1', 'DS2']);
      expect(await states()).to.deep.equal(['DS1 pending', 'DS2 pending']);
      await sign(['DS1', 'DS2']);
      expect(await states()).to.deep.equal(['DS1 active', 'DS2 active']);
      expect((await all())[0]?.grant.agreement).to.include({ version: 2, at: test.clock.at });
      expect(await faults()).to.deep.equal([]);
    });

    it('refuse a second grant for the same dataset of an application', async () => {
      await approve(['DS1']);
      let second: unknown;
      await approve(['DS1']).catch((error: unknown) => {
        second = error;
      });
      expect(second, 'the unique key holds').to.be.instanceOf(Error);
      expect(await states()).to.deep.equal(['DS1 pending']);
    });

    it('rest while their dataset is suspended, withdrawn or not open, and return with it', async () => {
      await approve(['DS1']);
      await sign(['DS1']);
      await event('dataset.suspended', 'dataset', 'DS1', {});
      expect(await states()).to.deep.equal(['DS1 suspended']);
      await event('dataset.withdrawn', 'dataset', 'DS1', {});
      await event('dataset.restored', 'dataset', 'DS1', {});
      expect(await states(), 'two holds of one cause are one').to.deep.equal(['DS1 active']);
      await event('dataset.suspended', 'dataset', 'DS1', {});
      await event('dataset.restored', 'dataset', 'DS1', { state: 'suspended' });
      expect(await states(), 'restored, and held by a complaint').to.deep.equal(['DS1 suspended']);
      await event('dataset.released', 'dataset', 'DS1', { state: 'listed' });
      expect(await states()).to.deep.equal(['DS1 active']);
      await event('dataset.withdrawn', 'dataset', 'DS1', {});
      expect(await states()).to.deep.equal(['DS1 suspended']);
      await event('dataset.restored', 'dataset', 'DS1', {});
      expect(await states()).to.deep.equal(['DS1 active']);
      await event('dataset.reclassified', 'dataset', 'DS1', { from: 'conditional', to: 'restricted' });
      expect(await states()).to.deep.equal(['DS1 suspended']);
      await event('dataset.reclassified', 'dataset', 'DS1', { from: 'restricted', to: 'conditional' });
      expect(await states()).to.deep.equal(['DS1 active']);
    });

    it('are held by the dataset and by its tier apart: lifting one leaves the other', async () => {
      await approve(['DS1']);
      await sign(['DS1']);
      await event('dataset.reclassified', 'dataset', 'DS1', { from: 'conditional', to: 'restricted' });
      await event('dataset.withdrawn', 'dataset', 'DS1', {});
      await event('dataset.restored', 'dataset', 'DS1', {});
      expect(await states(), 'restored, and still not open').to.deep.equal(['DS1 suspended']);
      await event('dataset.withdrawn', 'dataset', 'DS1', {});
      await event('dataset.reclassified', 'dataset', 'DS1', { from: 'restricted', to: 'conditional' });
      expect(await states(), 'conditional, and still withdrawn').to.deep.equal(['DS1 suspended']);
      await event('dataset.restored', 'dataset', 'DS1', {});
      expect(await states()).to.deep.equal(['DS1 active']);
    });

    it('rest while their organisation is suspended, also those not signed yet', async () => {
      await approve(['DS1', 'DS2']);
      await event('organisation.suspended', 'organisation', 'OTHER', { reason: 'r' });
      expect(await states()).to.deep.equal(['DS1 pending', 'DS2 pending']);
      await sign(['DS1', 'DS2']);
      await event('organisation.suspended', 'organisation', 'ORG', { reason: 'r' });
      expect(await states()).to.deep.equal(['DS1 suspended', 'DS2 suspended']);
      expect(await faults()).to.deep.equal([]);
      await event('organisation.resumed', 'organisation', 'ORG', {});
      expect(await states()).to.deep.equal(['DS1 active', 'DS2 active']);
    });

    it('follow many premises that change in one command, in any order, each change in its turn', async () => {
      await approve(['DS1', 'DS2', 'DS3']);
      await sign(['DS1', 'DS2', 'DS3']);
      await together(
        ['dataset.withdrawn', 'dataset', 'DS3', {}],
        ['dataset.withdrawn', 'dataset', 'DS1', {}],
        ['dataset.reclassified', 'dataset', 'DS2', { from: 'conditional', to: 'restricted' }],
        ['dataset.restored', 'dataset', 'DS1', {}],
      );
      expect(await states()).to.deep.equal(['DS1 active', 'DS2 suspended', 'DS3 suspended']);
    });

    it('that the signature does not cover are revoked, for nobody could sign them any more', async () => {
      await approve(['DS1', 'DS2']);
      await sign(['DS1']);
      expect(await states()).to.deep.equal(['DS1 active', 'DS2 revoked']);
      await sign(['DS1'], 3);
      expect((await all()).map(({ grant }) => grant.agreement?.version)).to.deep.equal([3, undefined]);
    });

    it('rest from the end of a proof, exactly once, also after downtime and with several sweeps at once', async () => {
      await approve(['DS1'], [{ kind: 'mlps-filing', text: { en: 'Filing' }, validUntil: '2026-12-10' }]);
      await sign(['DS1']);
      const until = async () =>
        (await test.unit.read((reader) => grants.store.page(reader, '', 1)))[0]?.conditionsUntil;
      expect(await until()).to.equal(endOfDay('2026-12-10'));
      test.clock.at = endOfDay('2026-12-10') - 1;
      expect(await grants.service.letTimeAct(test.unit)).to.equal(0);
      test.clock.at += 5 * 86_400_000;
      await Promise.all([1, 2, 3].map(() => grants.service.letTimeAct(test.unit)));
      expect(await states()).to.deep.equal(['DS1 suspended']);
      expect((await events()).filter(({ event: name }) => name === 'grant.suspended')).to.have.length(1);
      const proof = { condition: 'mlps-filing', reference: 'No. 8', issuer: null, validUntil: '2027-12-31' };
      const id = (await all())[0]?.grant.id ?? '';
      await test.unit.run((tx) => grants.service.command(tx, id, null, { kind: 'submit-evidence', proof }, SYSTEM));
      expect(await states()).to.deep.equal(['DS1 active']);
      expect(await until()).to.equal(endOfDay('2027-12-31'));
    });

    it('go with an application that ends before its agreement', async () => {
      await approve(['DS1']);
      await event('application.withdrawn', 'application', 'APP', {});
      expect(await states()).to.deep.equal(['DS1 revoked']);
    });

    it('expire exactly once, at the end of the last day, with several sweeps at once', async () => {
      await approve(['DS1', 'DS2']);
      await sign(['DS1', 'DS2']);
      test.clock.at = endOfDay('2026-12-31') - 1;
      expect(await grants.service.letTimeAct(test.unit)).to.equal(0);
      test.clock.at += 1;
      const counts = await Promise.all([1, 2, 3, 4].map(() => grants.service.letTimeAct(test.unit)));
      expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(2);
      expect(await states()).to.deep.equal(['DS1 expired', 'DS2 expired']);
      expect((await events()).filter(({ event: name }) => name === 'grant.expired')).to.have.length(2);
      expect(await faults()).to.deep.equal([]);
    });

    it('take a command against the version that was seen, and refuse it against an older one', async () => {
      await approve(['DS1']);
      await sign(['DS1']);
      const [stored] = await all();
      const id = stored?.grant.id ?? '';
      const suspend = (seen: number) =>
        test.unit.run((tx) =>
          grants.service.command(tx, id, seen, { kind: 'suspend', reason: 'r', until: null }, SYSTEM),
        );
      const stale = await suspend(1);
      expect(!stale.ok && stale.error.code).to.equal('stale-etag');
      const raced = await Promise.all([suspend(2), suspend(2)]);
      expect(raced.filter(({ ok: good }) => good)).to.have.length(1);
      expect(await states()).to.deep.equal(['DS1 suspended']);
    });

    it('say of a row edited by hand, put back or added that it is not the one the log names', async () => {
      await approve(['DS1']);
      await sign(['DS1']);
      const intact = async () =>
        (await test.unit.read((reader) => grants.store.page(reader, '', 10))).map((row) => row.intact);
      expect(await intact()).to.deep.equal([true]);
      const edit = (sql: string) => test.database.write((manager) => manager.query(sql));
      await edit("UPDATE grants SET state = 'pending'");
      expect(await intact()).to.deep.equal([false]);
      expect((await faults()).map(({ kind }) => kind)).to.deep.equal(['row-edited']);
      await edit("UPDATE grants SET state = 'active'");
      expect(await intact()).to.deep.equal([true]);
      await edit('UPDATE grants SET quota = 5');
      expect(await intact()).to.deep.equal([false]);
    });

    it('list in pages that what comes in between does not shift', async () => {
      await approve(['DS1', 'DS2', 'DS3']);
      const page = (before: string | null) =>
        test.unit.read((reader) => grants.store.list(reader, { everything: true }, {}, 2, before));
      const first = await page(null);
      await event('application.approved', 'application', 'LATER', ruling(['DS9']));
      const second = await page(first.items.at(-1)?.grant.id ?? '');
      const named = [...first.items, ...second.items].map(({ grant }) => grant.approval.dataset);
      expect(named).to.deep.equal(['DS3', 'DS2', 'DS1']);
      expect([first.total, second.total]).to.deep.equal([3, 4]);
    });

    it('list what a caller may see, in pages with a total', async () => {
      await approve(['DS1', 'DS2', 'DS3']);
      const page = (sight: Parameters<typeof grants.store.list>[1], filter = {}) =>
        test.unit.read((reader) => grants.store.list(reader, sight, filter, 2, null));
      expect(await page({ everything: true })).to.have.property('total', 3);
      expect((await page({ everything: false, organisation: 'HOLDER' })).items).to.have.length(2);
      expect(await page({ everything: false, organisation: 'OTHER' })).to.deep.equal({ items: [], total: 0 });
      expect((await page({ everything: true }, { dataset: 'DS2', state: 'pending' })).total).to.equal(1);
    });
  });
});
