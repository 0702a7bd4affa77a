import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import supertest from 'supertest';
import { classificationTables } from '../../src/classification/index.js';
import { databaseSampleStore } from '../../src/classification/store/database-sample-store.js';
import type { Sample } from '../../src/classification/domain/sample.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { entries, verifyLog } from '../../src/log/index.js';
import { ClassificationPlatform, draft, untilStopped } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';
import { gb18030 } from '../support/gb18030.js';

const NAMES = ['王小明', '李建国', '张伟', '刘芳', '陈静'];
const PHONES = Array.from({ length: 40 }, (_, at) => `139${String(17_000_000 + at * 7919).padStart(8, '0')}`);
/** A roster as a department would send it. */
const ROSTER = gb18030(
  `姓名,手机号,街镇\n${PHONES.map((phone, at) => `${NAMES[at % NAMES.length]},${phone},${at % 2 === 0 ? '南桥镇' : '奉城镇'}`).join('\n')}\n`,
);
const COUNTS = 'district,count\nA,12\nB,15\nC,9\n';

describe('conformance: samples', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend);
      await platform.put(draft('a'), draft('b'));
    });
    afterEach(async () => {
      const { faults } = await platform.unit.read((reader) => verifyLog(reader, classificationTables));
      expect(faults).to.deep.equal([]);
      await platform.close();
    });

    const samplesLeft = (): string[] => readdirSync(platform.spool);
    const read = async (id: string, who = 'steward') => (await platform.get(who, `/api/assessments/${id}`)).body;
    const assessed = async (dataset: string, file: string | Buffer, more: Record<string, string> = {}) => {
      const sent = await platform.sample('steward', dataset, file, more);
      expect(sent.status, JSON.stringify(sent.body)).to.equal(202);
      expect(sent.headers['location']).to.equal(`/api/assessments/${sent.body.id}`);
      await platform.classification.samples.settled();
      return read(sent.body.id);
    };
    const cancel = (id: string, version = 1) =>
      platform.post('steward', `/api/assessments/${id}/commands/cancel`, {}, version);

    it('takes a GB18030 roster in, raises the dataset, and says why, column by column', async () => {
      const found = await assessed('a', ROSTER);
      expect(found.state).to.equal('proposed');
      expect(found.verdict).to.include({ tier: 'restricted', declared: 'open' });
      expect(found.content).to.deep.include({ origin: 'sample', verified: 'yes', encoding: 'gb18030', rows: 40 });
      const byName = new Map<string, { tier: string; findings: { type: string }[] }>(
        found.items.map((item: { name: string }) => [item.name, item]),
      );
      expect(byName.get('手机号')?.findings.map(({ type }) => type)).to.include('mobile-number');
      expect(byName.get('姓名')?.findings.map(({ type }) => type)).to.include('person-name');
      expect(byName.get('手机号')?.tier).to.equal('restricted');
      expect(found.rules.map(({ id }: { id: string }) => id)).to.include('personal-identifier-found');
      expect((await platform.dataset('a')).tier).to.equal('restricted');
      expect(found.progress).to.equal(null);
    });

    it('lets a second person confirm what the sample showed, and replays it byte for byte', async () => {
      const { id } = await assessed('a', ROSTER);
      const replay = await platform.get('officer', `/api/assessments/${id}/replay`);
      expect(replay.body.replay).to.equal('identical');
      const confirmed = await platform.post('officer', `/api/assessments/${id}/commands/confirm`, {}, 1);
      expect(confirmed.body.state, JSON.stringify(confirmed.body)).to.equal('confirmed');
      expect((await platform.dataset('a')).tierStatus).to.equal('confirmed');
    });

    it('takes columns for the data items that their titles name, and shows the others under their own', async () => {
      const items = [{ name: 'phone', title: { zh: '手机号' }, type: 'string', tier: 'restricted' as const }];
      await platform.put(draft('c', { items }));
      const found = await assessed('c', ROSTER);
      expect(found.items.map(({ name }: { name: string }) => name)).to.deep.equal(['phone', '姓名', '街镇']);
      expect(found.items[0].findings[0]).to.include({ item: 'phone', type: 'mobile-number' });
      expect((await platform.dataset('c')).items).to.have.length(1);
    });

    it('keeps no value of a file anywhere: not in the database, the log, an answer or on disk', async () => {
      const { id } = await assessed('a', ROSTER);
      await assessed('b', gb18030(`姓名,手机号\n"${NAMES[0]},${PHONES[0]}\n`));
      expect(samplesLeft()).to.deep.equal([]);
      const rows = await platform.database.read((manager) =>
        Promise.all(
          ['assessments', 'samples', 'log', 'datasets', 'idempotency'].map((name) =>
            manager.query(`SELECT * FROM ${name}`),
          ),
        ),
      );
      const told = JSON.stringify([rows, await read(id), (await platform.get('steward', '/api/samples')).body]);
      expect(told).to.include('手机号');
      for (const value of [...NAMES, ...PHONES, '南桥镇']) expect(told, value).not.to.include(value);
    });

    it('says how far a file is while it is read, and lets it be cancelled', async () => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, { read: untilStopped });
      await platform.put(draft('a'), draft('b'));
      const { body } = await platform.sample('steward', 'a', ROSTER);
      const running = await read(body.id);
      expect(running).to.deep.include({ state: 'running', verdict: null, allowedCommands: ['cancel'], replayHash: '' });
      expect(running.risk.status).to.equal('not-assessed');
      expect(running.progress).to.deep.equal({ phase: 'reading', share: null });
      const second = await platform.sample('steward', 'b', COUNTS);
      expect((await read(second.body.id)).progress.phase).to.equal('waiting');
      expect((await read(body.id, 'auditor')).allowedCommands).to.deep.equal([]);
      expect((await platform.get('steward-health', `/api/assessments/${body.id}`)).status).to.equal(404);
      expect((await platform.get('steward-health', '/api/samples')).body.total).to.equal(0);
      expect((await platform.get('steward', '/api/samples?state=running')).body.total).to.equal(2);
      expect(samplesLeft()).to.have.length(2);
      const stale = await cancel(body.id, 7);
      expect([stale.status, stale.body.code]).to.deep.equal([412, 'stale-etag']);
      expect(
        (await platform.post('steward-health', `/api/assessments/${body.id}/commands/cancel`, {}, 1)).status,
      ).to.equal(404);
      const cancelled = await cancel(body.id);
      expect(cancelled.body, JSON.stringify(cancelled.body)).to.include({ state: 'cancelled' });
      await cancel(second.body.id);
      await platform.classification.samples.settled();
      expect(samplesLeft()).to.deep.equal([]);
      expect((await read(body.id)).allowedCommands).to.deep.equal([]);
      expect((await platform.dataset('a')).tier).to.equal('open');
    });

    it('gives up a file that takes too long, and says so instead of guessing', async () => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, { budget: 1 });
      await platform.put(draft('a'));
      const found = await assessed('a', ROSTER);
      expect([found.state, found.verdict, found.failure.code]).to.deep.equal(['not-assessed', null, 'time-budget']);
      expect(found.failure.remedy).to.not.equal('');
      expect((await platform.dataset('a')).tier).to.equal('open');
    });

    it('survives a reader that dies, and a fault of its own', async () => {
      await platform.close();
      const readers = [async () => ({ kind: 'failed' as const }), async () => Promise.reject(new Error('a fault'))];
      const seen: unknown[] = [];
      platform = await ClassificationPlatform.open(backend, undefined, {
        read: () => (readers.shift() ?? untilStopped)(undefined as never, undefined as never),
        onFault: (error) => void seen.push(error),
      });
      await platform.put(draft('a'));
      expect((await assessed('a', COUNTS)).failure.code).to.equal('reader-failed');
      expect((await assessed('a', COUNTS)).failure.code).to.equal('interrupted');
      expect(seen).to.have.length(1);
      expect(samplesLeft()).to.deep.equal([]);
    });

    it('ends what a crash left running at the next start, and deletes its file', async () => {
      const left = async (id: string, dataset: string, more: Partial<Sample>): Promise<void> => {
        mkdirSync(platform.spool, { recursive: true });
        writeFileSync(join(platform.spool, `${id}.sample`), ROSTER);
        const sample: Sample = {
          id,
          version: 1,
          dataset,
          publisher: 'transport',
          state: 'running',
          bytes: 1,
          host: hostname(),
          processId: 2 ** 22 + 1,
          submittedBy: 'steward',
          failure: null,
          createdAt: 0,
          endedAt: null,
          deadlineAt: platform.clock.now + 1000,
          ...more,
        };
        await platform.unit.run(async (tx) => {
          await databaseSampleStore.insert(tx, sample);
          tx.append({ event: 'sample.received', subject: { kind: 'sample', id }, actor: SYSTEM, data: {} });
          return ok(undefined);
        });
      };
      await left('01SAMPLE0DEAD0PR0CESS00000', 'a', {});
      await left('01SAMPLE0ELSEWHERE00000000', 'b', { host: 'elsewhere' });
      writeFileSync(join(platform.spool, '01SAMPLE0HALFSENT000000000.sample.part'), ROSTER);
      writeFileSync(join(platform.spool, '01SAMPLE0OTHERKIND00000000.import'), 'x');
      await platform.classification.samples.recover();
      expect(samplesLeft()).to.have.members(['01SAMPLE0ELSEWHERE00000000.sample', '01SAMPLE0OTHERKIND00000000.import']);
      expect((await read('01SAMPLE0DEAD0PR0CESS00000')).failure.code).to.equal('interrupted');
      expect((await read('01SAMPLE0ELSEWHERE00000000')).state).to.equal('running');
      platform.clock.now += 2000;
      await platform.classification.samples.recover();
      expect((await read('01SAMPLE0ELSEWHERE00000000')).state).to.equal('not-assessed');
      expect((await assessed('a', COUNTS)).state).to.equal('recorded');
    });

    it('leaves its own running file alone when it looks for abandoned ones', async () => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, { read: untilStopped });
      await platform.put(draft('a'));
      const { body } = await platform.sample('steward', 'a', COUNTS);
      await platform.classification.samples.recover();
      expect((await read(body.id)).state).to.equal('running');
      await platform.classification.samples.stop();
      expect((await read(body.id)).failure.code).to.equal('interrupted');
      expect(samplesLeft()).to.deep.equal([]);
    });

    it('refuses a second file of a dataset while the first is read, also when both come at once', async () => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, { read: untilStopped });
      await platform.put(draft('a'));
      const sent = await Promise.all([1, 2, 3].map(() => platform.sample('steward', 'a', COUNTS)));
      expect(sent.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([202, 409, 409]);
      expect(samplesLeft()).to.have.length(1);
    });

    it('answers the same file under the same key once, and another file with a refusal', async () => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, { read: untilStopped });
      await platform.put(draft('a'));
      const first = await platform.sample('steward', 'a', COUNTS, { key: 'k1' });
      const again = await platform.sample('steward', 'a', COUNTS, { key: 'k1' });
      expect(again.body, JSON.stringify(again.body)).to.deep.equal(first.body);
      expect(again.headers['idempotency-replayed']).to.equal('true');
      for (const [file, more] of [
        [ROSTER, {}],
        [COUNTS, { quasi: 'district' }],
      ] as const) {
        const other = await platform.sample('steward', 'a', file, { key: 'k1', ...more });
        expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency-key-reused']);
      }
      expect(samplesLeft()).to.have.length(1);
    });

    it('keeps nothing of a secret but the code', async () => {
      const found = await assessed('a', '绝密★启动前,数量\n演习坐标甲,3\n演习坐标乙,4\n');
      expect([found.state, found.failure.code]).to.deep.equal(['not-assessed', 'state-secret']);
      expect(found.failure.remedy).to.include('secrecy officer');
      const told = await platform.unit.read((reader) => entries(reader, { after: 0, limit: 100 }));
      expect(JSON.stringify([told, found])).not.to.include('演习坐标');
      expect(samplesLeft()).to.deep.equal([]);
    });

    it('says what stopped it where the file is no table, and reads one without a header when told', async () => {
      expect((await assessed('a', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]))).failure.code).to.equal(
        'binary-file',
      );
      expect((await assessed('a', '')).failure.code).to.equal('empty-file');
      const rows = PHONES.map((phone) => `${phone},1`).join('\n');
      expect((await assessed('a', rows)).failure.code).to.equal('no-header');
      expect((await assessed('a', rows, { header: 'none' })).verdict.tier).to.equal('restricted');
    });

    it('counts areas beside people among what singles them out, and the columns that the sender names', async () => {
      const rows = PHONES.map(
        (phone, at) => `${NAMES[at % 5]},${phone},${at % 2 === 0 ? '南桥镇' : '奉城镇'},${'甲乙丙'[at % 3]}`,
      );
      const table = `姓名,手机号,街镇,班组\n${rows.join('\n')}\n`;
      const { risk } = await assessed('a', table);
      expect([risk.origin, risk.sets[0].columns, risk.sets[0].figures.k]).to.deep.equal(['findings', ['街镇'], 20]);
      const { risk: named } = await assessed('a', table, { quasi: '班组， 街镇,' });
      expect([named.origin, named.sets[0].columns]).to.deep.equal(['named', ['街镇', '班组']]);
      expect(named.sets[0].figures.k).to.be.below(20);
      const wrong = await assessed('a', table, { quasi: '班组,班' });
      expect([wrong.state, wrong.failure.code]).to.deep.equal(['not-assessed', 'no-such-column']);
      expect(wrong.failure.detail).to.equal('"班"');
      expect(wrong.failure.remedy).to.equal('Name columns of the table: 姓名, 手机号, 街镇, 班组.');
    });

    it('refuses forms that are none, and keeps nothing of them', async () => {
      const post = (type: string, body: string) =>
        supertest(platform.app)
          .post('/api/datasets/a/assessments')
          .set({ authorization: 'steward', 'content-type': type })
          .send(body);
      const part = (name: string, text: string) =>
        `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
      const wrong: [string, string][] = [
        ['multipart/form-data', part('sample', 'a\n1')],
        ['multipart/form-data; boundary=x', ''],
        ['multipart/form-data; boundary=x', '--x--\r\n'],
        ['multipart/form-data; boundary=x', `${part('header', 'none')}--x--\r\n`],
        ['multipart/form-data; boundary=x', `${part('sample', 'a\n1')}${part('sample', 'a\n1')}--x--\r\n`],
        ['multipart/form-data; boundary=x', `${part('sample', 'a\n1')}${part('other', '1')}--x--\r\n`],
        ['multipart/form-data; boundary=x', part('sample', 'a\n1')],
      ];
      for (const [type, body] of wrong) {
        const { status, body: answer } = await post(type, body);
        expect([status, answer.code], `${type} ${body}`).to.deep.equal([400, 'invalid-form']);
      }
      const odd = await post(
        'multipart/form-data; boundary=x',
        `${part('header', 'maybe')}${part('sample', 'a\n1')}--x--\r\n`,
      );
      expect([odd.status, odd.body.code]).to.deep.equal([400, 'invalid-body']);
      const key = await platform.sample('steward', 'a', COUNTS, { key: 'two words' });
      expect([key.status, key.body.code]).to.deep.equal([400, 'invalid-header']);
      expect((await platform.sample('steward-health', 'a', COUNTS)).status).to.equal(404);
      expect((await platform.sample('steward', 'absent', COUNTS)).status).to.equal(404);
      expect(samplesLeft()).to.deep.equal([]);
      expect((await platform.get('steward', '/api/samples')).body.total).to.equal(0);
    });

    it('keeps nothing of a sender who goes away in the middle', async () => {
      const server = platform.app.listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const call = request({
        port,
        method: 'POST',
        path: '/api/datasets/a/assessments',
        headers: { authorization: 'steward', 'content-type': 'multipart/form-data; boundary=x' },
      });
      call.on('error', () => undefined);
      call.write('--x\r\ncontent-disposition: form-data; name="sample"; filename="t.csv"\r\n\r\n姓名,手机号\n');
      for (let at = 0; at < 100 && samplesLeft().length === 0; at += 1) await sleep(10);
      expect(samplesLeft()[0]).to.match(/\.sample\.part$/);
      call.destroy();
      for (let at = 0; at < 100 && samplesLeft().length > 0; at += 1) await sleep(10);
      expect(samplesLeft()).to.deep.equal([]);
      await new Promise((resolve) => server.close(resolve));
      expect((await assessed('a', COUNTS)).state).to.equal('recorded');
    });

    it('marks the figures of somebody’s own run as their claim', async () => {
      const findings = [
        { item: '手机号', type: 'mobile-number', matchedFraction: 1, sampleSize: 40, rule: 'columns/1#mobile-number' },
      ];
      const report = {
        kind: 'assessed',
        file: { name: 'people.csv', sha256: 'a'.repeat(64), bytes: 1200, encoding: 'gb18030' },
        rows: 40,
        columns: [{ name: '手机号', sampleSize: 40, findings }],
      };
      const sent = await platform.post('steward', '/api/datasets/a/assessments', { report });
      expect(sent.status, JSON.stringify(sent.body)).to.equal(202);
      const found = await read(sent.body.id);
      expect(found.content).to.deep.include({ origin: 'report', verified: 'no', fileHash: 'a'.repeat(64), rows: 40 });
      expect(found.verdict.tier).to.equal('restricted');
      const wrong = await platform.post('steward', '/api/datasets/a/assessments', {
        report: { ...report, columns: [{ name: 'x', findings: [{ ...findings[0], matchedFraction: 7 }] }] },
      });
      expect(wrong.body.code).to.equal('invalid-report');
      expect(wrong.body.errors[0]).to.include({
        pointer: '/report/columns/0/findings/0/matchedFraction',
        code: 'schema-maximum',
      });
    });

    it('lets findings given by hand take the place of a file’s, with what was said of it', async () => {
      await assessed('a', ROSTER);
      const kept = await platform.post('steward', '/api/datasets/a/assessments', { importance: 'general' });
      expect((await read(kept.body.id)).content.rows).to.equal(40);
      const cleared = await platform.post('steward', '/api/datasets/a/assessments', { findings: [] });
      const found = await read(cleared.body.id);
      expect(found.content).to.equal(null);
      expect((await platform.dataset('a')).tier, 'nothing is lowered without a person').to.equal('restricted');
    });
  });

  it('reads in a process that is told nothing of the server’s secrets', () => {
    const file = new URL('../../src/classification/samples/own-process.js', import.meta.url);
    expect(existsSync(file)).to.equal(true);
    expect(readFileSync(file, 'utf8')).to.match(/env: \{\}/);
  });
});
