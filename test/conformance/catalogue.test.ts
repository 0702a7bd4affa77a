import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { PUBLIC_SIGHT } from '../../src/catalogue/domain/search/sight.js';
import { catalogueTables, type CatalogueSearch } from '../../src/catalogue/index.js';
import { SearchService } from '../../src/catalogue/search-service.js';
import { classificationTables } from '../../src/classification/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { Follower, verifyLog } from '../../src/log/index.js';
import { BODY, CataloguePlatform, entry, file } from '../support/catalogue/platform.js';
import { eachBackend } from '../support/databases.js';

describe('conformance: the catalogue', () => {
  eachBackend((backend) => {
    let platform: CataloguePlatform;
    beforeEach(async () => {
      platform = await CataloguePlatform.open(backend);
    });
    afterEach(async () => {
      expect(platform.faults).to.deep.equal([]);
      await platform.close();
    });

    const events = async (kind: string): Promise<string[]> => {
      const rows = await platform.test.unit.read((reader) =>
        reader.manager.query('SELECT event FROM log WHERE subject_kind = ? ORDER BY position', [kind]),
      );
      return (rows as { event: string }[]).map(({ event }) => event);
    };
    const faults = async () =>
      (await platform.test.unit.read((reader) => verifyLog(reader, [...catalogueTables, ...classificationTables])))
        .faults;
    const command = async (id: string, name: string, body: object, etag: string) =>
      (await platform.send('steward', 'post', `/api/datasets/${id}/commands/${name}`, body, etag)).body;
    const stored = (source = 'city') =>
      platform.test.unit.read(async (reader) =>
        (await platform.catalogue.datasets.scan(reader, '', 1000)).filter((one) => one.source === source),
      );

    it('leads a dataset through its life, each step told to the log', async () => {
      const draft = await platform.draft();
      expect(draft).to.include({ state: 'draft', tier: 'open', etag: '"1"' });
      const listed = await command(draft.id, 'list', {}, draft.etag);
      const suspended = await command(draft.id, 'suspend', { reason: '复核数据' }, listed.etag);
      expect(suspended).to.include({ state: 'suspended' });
      expect(suspended.notices).to.have.length(1);
      const restored = await command(draft.id, 'restore', {}, suspended.etag);
      expect(restored).to.include({ state: 'listed' });
      expect(restored.notices).to.deep.equal([]);
      const withdrawn = await command(draft.id, 'withdraw', { reason: '合并' }, restored.etag);
      expect(withdrawn).to.include({ state: 'withdrawn', etag: '"5"' });
      expect(await events('dataset')).to.deep.equal([
        'dataset.created',
        'dataset.listed',
        'dataset.suspended',
        'dataset.restored',
        'dataset.withdrawn',
      ]);
      expect(await faults()).to.deep.equal([]);
    });

    it('finds a row whose tier was edited by hand', async () => {
      const { id } = await platform.listed({ declaredTier: 'restricted' });
      await platform.test.unit.read((reader) => reader.manager.query('SELECT 1'));
      await platform.test.database.write((manager) =>
        manager.query("UPDATE datasets SET tier = 'open' WHERE id = ?", [id]),
      );
      expect((await faults()).map((fault) => JSON.stringify(fault)).join()).to.contain(id);
    });

    it('keeps identifiers apart by letter case and never twice for one publisher', async () => {
      await platform.draft({ identifier: 'A-1' });
      await platform.draft({ identifier: 'a-1' });
      const again = await platform.send('steward', 'post', '/api/datasets', {
        identifier: 'A-1',
        title: { zh: '公园' },
      });
      expect(again.body.code).to.equal('identifier-taken');
      await platform.draft({ identifier: 'A-1' }, 'steward-health');
    });

    it('lets one of many have an identifier that they ask for at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => platform.send('steward', 'post', '/api/datasets', BODY)),
      );
      const codes = answers.map(({ status, body }) => (status === 201 ? 'created' : body.code));
      expect(codes).to.have.members(['created', ...Array.from({ length: 5 }, () => 'identifier-taken')]);
    });

    it('publishes versions of an agreement that keep their hash', async () => {
      const published = await platform.test.unit.run(async (tx) =>
        ok(
          await platform.catalogue.agreementService.publish(
            tx,
            { title: { zh: '协议' }, text: { zh: '第一条\r\n甲方 \n' } },
            SYSTEM,
          ),
        ),
      );
      if (!published.ok) throw new Error();
      const { template, hash } = published.value;
      expect(published.value.text).to.deep.equal({ zh: '第一条\n甲方' });
      const revised = await platform.send(
        'admin',
        'post',
        `/api/agreements/${template}/commands/revise`,
        { text: { zh: '第二版' } },
        '"1"',
      );
      expect(revised.body).to.include({ version: 2 });
      expect((await platform.get('', `/api/agreements/${template}`)).body).to.include({ version: 2 });
      expect((await platform.get('', `/api/agreements/${template}/versions/1`)).body).to.include({ version: 1, hash });
      expect(await faults()).to.deep.equal([]);
    });

    describe('imports', () => {
      it('create, leave alone, update, withdraw and bring back', async () => {
        const first = await platform.import(file(entry('a'), entry('b'), entry('c', { accessLevel: 'non-public' })));
        expect(first).to.include({ state: 'done' });
        expect(first.counts).to.include({ read: 3, created: 3, open: 2, restricted: 1, rejected: 0 });
        const again = await platform.import(file(entry('a'), entry('b'), entry('c', { accessLevel: 'non-public' })));
        expect(again.counts).to.include({ read: 3, unchanged: 3, created: 0, updated: 0, withdrawn: 0, open: 2 });
        const changed = await platform.import(
          file(entry('a', { title: 'Renamed' }), entry('c', { accessLevel: 'non-public' })),
        );
        expect(changed.counts).to.include({ updated: 1, unchanged: 1, withdrawn: 1 });
        expect((await stored()).find((one) => one.identifier === 'b')).to.include({ state: 'withdrawn' });
        const back = await platform.import(
          file(entry('a', { title: 'Renamed' }), entry('b'), entry('c', { accessLevel: 'non-public' })),
        );
        expect(back.counts).to.include({ updated: 1, unchanged: 2, withdrawn: 0 });
        expect((await stored()).find((one) => one.identifier === 'b')).to.include({ state: 'listed' });
        expect(await events('dataset')).to.include.members(['dataset.withdrawn', 'dataset.restored']);
        expect(await faults()).to.deep.equal([]);
        expect(readdirSync(platform.spool), 'uploads are gone').to.deep.equal([]);
      });

      it('keep the record that comes first of two with one identifier, and those without any out', async () => {
        const run = await platform.import(
          file(entry('a'), entry('a', { title: 'Other' }), { title: 'nameless' }, 7, entry('b')),
        );
        expect(run.counts).to.include({ read: 5, created: 2, duplicates: 1, rejected: 2 });
        const told = (await platform.issues(run.id)).map(({ identifier, code }) => `${identifier} ${code}`);
        expect(told).to.deep.equal(['row 2 duplicate-identifier', 'row 3 identifier-missing', 'row 4 not-an-object']);
        expect((await stored()).find((one) => one.identifier === 'a')?.title).to.deep.equal({
          en: 'Parks of district a',
        });
      });

      it('never open what the code map does not know', async () => {
        const codes = ['Public', 'PUBLIC', 'open', '1', '', null, 7, ['public']];
        const run = await platform.import(
          file(
            ...codes.map((accessLevel, at) => entry(`x${at}`, { accessLevel })),
            entry('y', { accessLevel: undefined }),
          ),
        );
        expect(run.counts).to.include({ created: 9, restricted: 9, open: 0, conditional: 0 });
        for (const record of await stored())
          expect(record).to.include({ tier: 'restricted', tierStatus: 'pending-review' });
      });

      it('raise at once what the source now calls stricter, and tell downstream', async () => {
        await platform.import(file(entry('a')));
        await platform.import(file(entry('a', { accessLevel: 'non-public' })));
        expect((await stored())[0]).to.include({ tier: 'restricted' });
        expect(await events('dataset')).to.include('dataset.reclassified');
        const milder = await platform.import(file(entry('a')));
        expect((await stored())[0], 'only a person lowers').to.include({
          tier: 'restricted',
          tierStatus: 'pending-review',
        });
        expect(milder.counts.issues).to.be.at.least(1);
      });

      it('end failed at a broken place, keep the chunks before it, and withdraw nothing', async () => {
        await platform.import(file(entry('old')));
        const many = Array.from({ length: 1_200 }, (_, at) => entry(`n${at}`));
        const whole = file(...many);
        const run = await platform.import(`${whole.slice(0, whole.length - 5_000)} oops`);
        expect(run.state).to.equal('failed');
        expect(run.failure?.code).to.equal('malformed-json');
        expect(run.failure?.offset).to.be.a('number');
        expect(run.counts).to.include({ created: 1_000, read: 1_000, withdrawn: 0 });
        const records = await stored();
        expect(records.filter(({ state }) => state === 'listed')).to.have.length(1_000);
        const healed = await platform.import(whole);
        expect(healed.counts).to.include({ unchanged: 1_000, created: 200, withdrawn: 1 });
      }).timeout(240_000);

      it('lose nothing but the record that is no UTF-8, and withdraw nothing, for it may be any of them', async () => {
        await platform.import(file(entry('a'), entry('b'), entry('c')));
        const [before, after] = file(entry('a', { title: 'changed' }), entry('b', { title: 'X#X' })).split('#');
        const run = await platform.import(
          Buffer.concat([Buffer.from(before as string), Buffer.from([0xd6, 0xd0]), Buffer.from(after as string)]),
        );
        expect(run).to.include({ state: 'done', failure: null });
        expect(run.counts).to.include({ read: 2, updated: 1, rejected: 1, withdrawn: 0 });
        const issues = await platform.test.unit.read((reader) =>
          reader.manager.query('SELECT code, detail FROM catalogue_import_issues WHERE import_id = ? ORDER BY seq', [
            run.id,
          ]),
        );
        expect(issues.map(({ code }: { code: string }) => code)).to.include.members([
          'bad-encoding',
          'nothing-withdrawn',
        ]);
        expect((await stored()).map(({ state }) => state)).to.deep.equal(['listed', 'listed', 'listed']);
        const mended = await platform.import(file(entry('a', { title: 'changed' }), entry('b', { title: 'X' })));
        expect(mended.counts).to.include({ unchanged: 1, updated: 1, withdrawn: 1 });
      });

      it('refuse an empty list instead of withdrawing everything', async () => {
        await platform.import(file(entry('a')));
        const run = await platform.import(file());
        expect(run.state).to.equal('failed');
        expect((await stored())[0]).to.include({ state: 'listed' });
      });

      it('keep nothing of a state secret but its row', async () => {
        const run = await platform.import(
          file(entry('a'), entry('LEAK-7', { title: '部队位置 绝密★', description: '绝密★启用前' })),
        );
        expect(run.counts).to.include({ created: 1, rejected: 1 });
        expect(await platform.issues(run.id)).to.deep.equal([
          { identifier: 'row 2', code: 'state-secret', detail: '' },
        ]);
        const log = JSON.stringify(
          await platform.test.unit.read((reader) => reader.manager.query('SELECT data FROM log')),
        );
        expect(log).not.to.contain('LEAK-7');
      });

      it('go on after a crash where the last chunk ended, counting each entry once', async () => {
        const { ids, unit } = platform.test;
        const id = ids.next();
        const content = file(...Array.from({ length: 1_100 }, (_, at) => entry(`n${at}`)), entry('n3'));
        await platform.import(file(...Array.from({ length: 500 }, (_, at) => entry(`n${at}`))));
        await writeFile(join(platform.spool, `${id}.import`), content);
        await unit.run(async (tx) => {
          const counts = {
            read: 500,
            created: 500,
            updated: 0,
            unchanged: 0,
            withdrawn: 0,
            rejected: 0,
            duplicates: 0,
            issues: 0,
            open: 500,
            conditional: 0,
            restricted: 0,
          };
          await platform.catalogue.imports.insert(tx, {
            id,
            version: 1,
            source: 'city',
            format: 'data-json',
            profile: 'pod-1.1',
            state: 'running',
            startedBy: 'admin',
            counts,
            failure: null,
            createdAt: tx.now,
            heartbeatAt: tx.now,
          });
          tx.append({ event: 'import.queued', subject: { kind: 'import', id }, actor: SYSTEM, data: {} });
          return ok(undefined);
        });
        await platform.catalogue.importing.recover();
        await platform.catalogue.importing.settled();
        expect(platform.faults).to.deep.equal([]);
        const run = await platform.run(id);
        expect(run.state).to.equal('done');
        expect(run.counts).to.include({ read: 1_101, created: 1_100, duplicates: 1, withdrawn: 0, open: 1_100 });
      }).timeout(240_000);

      it('are marked failed when their file went with the crash', async () => {
        const { ids, unit } = platform.test;
        const id = ids.next();
        await unit.run(async (tx) => {
          const counts = {
            read: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            withdrawn: 0,
            rejected: 0,
            duplicates: 0,
            issues: 0,
            open: 0,
            conditional: 0,
            restricted: 0,
          };
          await platform.catalogue.imports.insert(tx, {
            id,
            version: 1,
            source: 'lost',
            format: 'data-json',
            profile: 'pod-1.1',
            state: 'queued',
            startedBy: 'admin',
            counts,
            failure: null,
            createdAt: tx.now,
            heartbeatAt: tx.now,
          });
          tx.append({ event: 'import.queued', subject: { kind: 'import', id }, actor: SYSTEM, data: {} });
          return ok(undefined);
        });
        await platform.catalogue.importing.recover();
        expect(await platform.run(id)).to.include({ state: 'failed' });
        expect((await platform.run(id)).failure?.code).to.equal('interrupted');
      });
    });

    it('keeps the index of another instance by the log alone: after every kind of change both answer the same', async () => {
      const { catalogue, test } = platform;
      await platform.import(file(...Array.from({ length: 40 }, (_, at) => entry(`p${at}`))));
      const faults: unknown[] = [];
      const follower = new Follower(
        (work) => test.unit.read(work),
        (error) => void faults.push(error),
      );
      const other = new SearchService(catalogue.datasets, catalogue.publishers);
      other.follow(test.unit, follower);
      await follower.begin();
      await other.fill(test.unit);
      const { id, etag } = await platform.listed({ identifier: 'new' });
      const edited = await platform.send(
        'steward',
        'patch',
        `/api/datasets/${id}`,
        { title: { zh: '绿道名录' } },
        etag,
      );
      await platform.import(
        file(...Array.from({ length: 30 }, (_, at) => entry(`p${at}`, { accessLevel: 'non-public' }))),
      );
      const suspended = await platform.listed({ identifier: 'suspended' });
      await command(suspended.id, 'suspend', { reason: 'x' }, suspended.etag);
      const gone = await platform.listed({ identifier: 'gone' });
      await command(gone.id, 'withdraw', { reason: 'x' }, gone.etag);
      const told = (search: CatalogueSearch) =>
        ['', '绿道', '公园', 'parks', 'p7'].flatMap((text) =>
          [PUBLIC_SIGHT, { all: true, own: null }, { all: false, own: 'transport' }].map((sight) => {
            const query = {
              text,
              fields: [],
              tiers: [],
              states: [],
              publisher: null,
              source: null,
              updatedSince: null,
              sight,
            };
            const { total, tiers, sources } = search.facets(query);
            return { ...search.search(query, 100, null), total, tiers: [...tiers], sources: [...sources] };
          }),
        );
      const behind = told(other);
      await follower.poll();
      expect(told(other)).to.deep.equal(told(catalogue.search));
      expect(behind, 'nothing but the log told it').not.to.deep.equal(told(other));
      expect(told(other)[3]?.ids).to.deep.equal([edited.body.id]);
      expect(faults).to.deep.equal([]);
    }).timeout(240_000);

    it('searches the same on every database, also after changes', async () => {
      await platform.import(
        file(...Array.from({ length: 30 }, (_, at) => entry(`p${at}`, { title: `Park ${at % 3} 公园` }))),
      );
      const { id } = await platform.listed({ identifier: 'bus', title: { zh: '公交站点' }, field: 'transport' });
      const found = (await platform.get('', `/api/datasets?q=${encodeURIComponent('公交')}`)).body;
      expect(found).to.include({ total: 1 });
      expect(found.items[0].id).to.equal(id);
      const walked: string[] = [];
      let pageToken = '';
      do {
        const page = (await platform.get('', `/api/datasets?q=park&source=city&limit=7&pageToken=${pageToken}`)).body;
        expect(page.total).to.equal(30);
        walked.push(...page.items.map((one: { identifier: string }) => one.identifier));
        pageToken = page.nextPageToken;
      } while (pageToken !== '');
      expect(new Set(walked).size).to.equal(30);
      expect(walked.slice(0, 3).map((one) => Number(one.slice(1)) % 3)).to.deep.equal([0, 0, 0]);
      await command(id, 'withdraw', { reason: 'x' }, found.items[0].etag);
      expect((await platform.get('', `/api/datasets?q=${encodeURIComponent('公交')}`)).body.total).to.equal(0);
    });
  });
});
