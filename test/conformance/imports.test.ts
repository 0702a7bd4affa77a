import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { catalogueTables, type TierJudge } from '../../src/catalogue/index.js';
import { type ImportRun, NO_COUNTS } from '../../src/catalogue/import/import-run.js';
import { ImportService } from '../../src/catalogue/import/import-service.js';
import { Spool } from '../../src/persistence/index.js';
import { classificationTables, createJudge, requirePacks } from '../../src/classification/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { verifyLog } from '../../src/log/index.js';
import { CataloguePlatform, entry, file } from '../support/catalogue/platform.js';
import { eachBackend } from '../support/databases.js';

const LIMIT = 256 * 1024 * 1024;
const HOUR = 3_600_000;
const many = (count: number, more: object = {}): object[] =>
  Array.from({ length: count }, (_, at) => entry(`n${at}`, more));

/** Values no member of a record is meant to have, or only some. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1e308,
  '',
  ' ',
  'x',
  [],
  ['x'],
  [null],
  {},
  { a: { b: [1] } },
  [[[]]],
];
const MEMBERS = `title description keyword modified publisher contactPoint accessLevel bureauCode programCode rights
  license spatial temporal distribution accrualPeriodicity conformsTo dataQuality describedBy describedByType isPartOf
  issued language landingPage references primaryITInvestmentUII systemOfRecords theme @type unknownMember`.split(/\s+/);
const HOSTILE = [
  'nul\u0000inside',
  'half a pair \ud800',
  'bell\u0007 escape\u001b[31m',
  'right-to-left \u202egnp.exe',
  '👩‍👩‍👧 𠮷 ４５',
  "'; DROP TABLE datasets; --",
  '${7*7} {{7*7}} <script>alert(1)</script>',
  '=cmd|/C calc!A0',
  '__proto__',
  'trailing blank ',
  'é vs e\u0301',
];

describe('conformance: imports that go wrong', () => {
  eachBackend((backend) => {
    let platform: CataloguePlatform;
    beforeEach(async () => {
      platform = await CataloguePlatform.open(backend);
    });
    afterEach(async () => {
      const { faults } = await platform.test.unit.read((reader) =>
        verifyLog(reader, [...catalogueTables, ...classificationTables]),
      );
      expect(faults).to.deep.equal([]);
      await platform.close();
    });

    const stored = () =>
      platform.test.unit.read(async (reader) =>
        (await platform.catalogue.datasets.scan(reader, '', 1000)).filter((one) => one.source === 'city'),
      );
    const another = (more: Partial<{ alone: boolean; judge: TierJudge; faults: unknown[] }> = {}): ImportService => {
      const { ids, unit } = platform.test;
      const { datasets: store, agreements, publishers, imports } = platform.catalogue;
      return new ImportService({
        ids,
        unit,
        store,
        agreements,
        publishers,
        imports,
        judge: more.judge ?? createJudge(ids, requirePacks()),
        spool: new Spool(platform.spool, 'import'),
        alone: more.alone ?? true,
        onFault: (error) => void more.faults?.push(error),
      });
    };
    /** An import as a crash leaves it. */
    const left = async (content: string, counts: Partial<ImportRun['counts']> = {}): Promise<string> => {
      const id = platform.test.ids.next();
      mkdirSync(platform.spool, { recursive: true });
      writeFileSync(join(platform.spool, `${id}.import`), content);
      await platform.test.unit.run(async (tx) => {
        const then = tx.now - HOUR;
        const run: ImportRun = {
          id,
          version: 1,
          source: 'city',
          format: 'data-json',
          profile: 'pod-1.1',
          state: 'running',
          startedBy: 'admin',
          counts: { ...NO_COUNTS, ...counts },
          failure: null,
          createdAt: then,
          heartbeatAt: then,
        };
        await platform.catalogue.imports.insert(tx, run);
        tx.append({ event: 'import.queued', subject: { kind: 'import', id }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
      return id;
    };

    it('keep every record, whatever one of its members is, and open none whose level is not known', async () => {
      const records = MEMBERS.flatMap((member) =>
        STRANGE.map((value, at) => entry(`${member}-${at}`, { [member]: value })),
      );
      const run = await platform.import(file(...records));
      expect(run.counts).to.include({ read: records.length, created: records.length, rejected: 0, duplicates: 0 });
      for (const { identifier, tier, declaredTier } of await stored())
        if (identifier.startsWith('accessLevel-'))
          expect([tier, declaredTier], identifier).to.deep.equal(['restricted', null]);
      const told = new Set((await platform.issues(run.id)).map(({ identifier }) => identifier));
      for (const member of ['title', 'keyword', 'publisher', 'modified', 'distribution', 'license'])
        expect(told, member).to.include(`${member}-2`);
      const again = await platform.import(file(...records));
      expect(again.counts).to.include({ unchanged: records.length, created: 0, updated: 0 });
      expect(again.counts.issues).to.equal(run.counts.issues);
      expect(await platform.issues(again.id), 'the second report is as complete').to.deep.equal(
        await platform.issues(run.id),
      );
    }).timeout(240_000);

    it('keep hostile texts as they are, in every member, and know them again', async () => {
      const records = HOSTILE.flatMap((text, at) => [
        entry(text),
        entry(`t${at}`, { title: text, description: text.repeat(2_000), keyword: [text] }),
        entry(`p${at}`, { publisher: { name: text }, rights: text, spatial: text }),
        entry(`d${at}`, { distribution: [{ title: text, downloadURL: text, mediaType: text, format: text }] }),
      ]);
      const content = file(...records);
      const run = await platform.import(content);
      const refused = (await platform.issues(run.id)).filter(({ code }) => code === 'identifier-invalid');
      expect(refused, 'NUL, control characters, a blank at the end').to.have.length(3);
      expect(run.counts).to.include({ created: records.length - 3, rejected: 3 });
      const again = await platform.import(content);
      expect(again.counts).to.include({ unchanged: records.length - 3, created: 0, updated: 0, withdrawn: 0 });
      const found = await platform.get('', `/api/datasets?q=${encodeURIComponent('𠮷')}&limit=100`);
      expect(found.body.items.map(({ identifier }: { identifier: string }) => identifier)).to.include('t4');
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    }).timeout(240_000);

    it('close a record that names its level twice, also when it was open before', async () => {
      await platform.import(file(entry('a')));
      const twice = JSON.stringify(entry('a')).replace('{', '{"accessLevel":"non-public",');
      const run = await platform.import(`{"dataset":[${twice}]}`);
      expect((await stored())[0]).to.include({ tier: 'restricted', tierStatus: 'pending-review' });
      expect((await platform.issues(run.id)).map(({ code }) => code)).to.include('repeated-key');
    });

    it('withdraw at once what was kept under the identifier of a secret, also when the import goes on after a crash', async () => {
      const secret = entry('b', { title: '部队位置 绝密★' });
      await platform.import(file(entry('a'), entry('b')));
      const run = await platform.import(file(entry('a'), secret));
      expect(run.counts).to.include({ rejected: 1, withdrawn: 1, unchanged: 1 });
      expect((await stored()).find(({ identifier }) => identifier === 'b')).to.include({ state: 'withdrawn' });
      await platform.import(file(entry('a'), entry('b')));
      expect((await stored()).find(({ identifier }) => identifier === 'b')).to.include({ state: 'listed' });
    });

    it('of one source exclude each other, however close they come', async () => {
      const start = () =>
        platform.catalogue.importing.start(
          { kind: 'person', id: 'admin', name: 'admin', organisation: null, roles: ['admin'] },
          { format: 'data-json', source: 'city', profile: undefined },
          Readable.from([Buffer.from(file(...many(600)))]),
          LIMIT,
        );
      const started = await Promise.all(Array.from({ length: 6 }, start));
      const refused = started.flatMap((one) => (one.ok ? [] : [one.error.code]));
      expect(refused).to.deep.equal(Array.from({ length: 5 }, () => 'import-running'));
      await platform.catalogue.importing.settled();
      expect(await stored()).to.have.length(600);
      expect(readdirSync(platform.spool), 'uploads of the refused are gone').to.deep.equal([]);
      expect(platform.faults).to.deep.equal([]);
    }).timeout(240_000);

    it('are worked through by one of two instances that find them left, each entry once', async () => {
      const id = await left(file(...many(1_200)));
      const both = [another({ alone: false }), another({ alone: false })];
      await Promise.all(both.map((one) => one.recover()));
      await Promise.all(both.map((one) => one.settled()));
      const run = await platform.run(id);
      expect(run.state).to.equal('done');
      expect(run.counts).to.include({ read: 1_200, created: 1_200, unchanged: 0 });
    }).timeout(240_000);

    it('are left to an instance that has moved within the last minute', async () => {
      const id = await left(file(entry('a')));
      const first = another({ alone: false });
      await first.recover();
      await another({ alone: false }).recover();
      await first.settled();
      const resumed = await platform.test.unit.read((reader) =>
        reader.manager.query("SELECT event FROM log WHERE event = 'import.resumed'"),
      );
      expect(resumed).to.have.length(1);
      expect((await platform.run(id)).state).to.equal('done');
    });

    it('end failed at a fault of ours, tell the operator, and leave their source free', async () => {
      const faults: unknown[] = [];
      let calls = 0;
      const real = createJudge(platform.test.ids, requirePacks());
      const judge: TierJudge = {
        judge: (tx, facts) => {
          calls += 1;
          if (calls > 10) throw new Error('the judge fell over');
          return real.judge(tx, facts);
        },
        standing: (reader, datasets) => real.standing(reader, datasets),
      };
      const service = another({ judge, faults });
      const started = await service.start(
        { kind: 'person', id: 'admin', name: 'admin', organisation: null, roles: ['admin'] },
        { format: 'data-json', source: 'city', profile: undefined },
        Readable.from([Buffer.from(file(...many(900)))]),
        LIMIT,
      );
      if (!started.ok) throw new Error(started.error.code);
      await service.settled();
      const run = await platform.run(started.value.id);
      expect(run).to.deep.include({ state: 'failed' });
      expect(run.failure?.code).to.equal('internal-error');
      expect(run.failure?.detail).not.to.include('fell over');
      expect(run.counts, 'the chunk before is kept, the broken one not at all').to.include({ read: 500, created: 500 });
      expect(faults.map(String)).to.deep.equal(['Error: the judge fell over']);
      const healed = await platform.import(file(...many(900)));
      expect(healed.counts).to.include({ unchanged: 500, created: 400 });
    }).timeout(240_000);

    it('leave nothing of an upload that is broken off', async () => {
      const server = platform.app.listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const path = '/api/catalogue/imports?format=data-json&source=city';
      const headers = { authorization: 'admin', 'content-type': 'application/json', 'content-length': '100000' };
      const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
      sent.on('error', () => {});
      sent.write('{"dataset":[');
      const written = () => existsSync(platform.spool) && readdirSync(platform.spool).length > 0;
      while (!written()) await new Promise((resolve) => setTimeout(resolve, 5));
      sent.destroy();
      while (written()) await new Promise((resolve) => setTimeout(resolve, 5));
      server.close();
      const open = await platform.test.unit.read((reader) => platform.catalogue.imports.open(reader));
      expect(open).to.deep.equal([]);
    }).timeout(240_000);

    it('sweep what a crash left of uploads, not what is young or open', async () => {
      const id = await left(file(entry('a')));
      const made = (name: string, age: number): void => {
        const path = join(platform.spool, name);
        writeFileSync(path, 'x');
        const at = (platform.test.clock.now() - age) / 1000;
        utimesSync(path, at, at);
      };
      made(`${platform.test.ids.next()}.import`, 2 * HOUR);
      made(`${platform.test.ids.next()}.import.part`, 2 * HOUR);
      made('somebody-elses-notes.txt', 2 * HOUR);
      made(`${platform.test.ids.next()}.import.part`, 0);
      await platform.catalogue.importing.recover();
      await platform.catalogue.importing.settled();
      const names = readdirSync(platform.spool).sort();
      expect(names).to.have.length(2);
      expect(names).to.include('somebody-elses-notes.txt').and.not.include(`${id}.import`);
    });
  });
});
