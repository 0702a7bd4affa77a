import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest from 'supertest';
import type { FusionAssessment } from '../../src/classification/domain/fusion-assessment.js';
import { MOST_FUSIONS } from '../../src/classification/fusion/fusion-service.js';
import { classificationTables } from '../../src/classification/index.js';
import { databaseFusionStore } from '../../src/classification/store/database-fusion-store.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { entries, verifyLog } from '../../src/log/index.js';
import { ClassificationPlatform, draft, neverFused } from '../support/classification/platform.js';
import { asText } from '../support/classification/people.js';
import { plantedPairs } from '../support/classification/planted-joins.js';
import { eachBackend } from '../support/databases.js';

const FUSION = '/api/fusion/assessments';
const [linked, apart] = plantedPairs(1, 1);
const textOf = (pair: typeof linked, side: 'first' | 'second'): string =>
  pair === undefined ? '' : asText(pair[side].header, pair[side].rows);
const LINKED = { a: textOf(linked, 'first'), b: textOf(linked, 'second') };
const STRANGERS = { a: textOf(apart, 'first'), b: textOf(apart, 'second') };
const items = (...names: readonly string[]) =>
  names.map((name) => ({ name, title: { zh: name }, type: 'string', tier: 'restricted' as const }));

describe('conformance: fusion', function () {
  this.timeout(60_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    const reopen = async (...more: Partial<Parameters<typeof ClassificationPlatform.open>[2]>[]) => {
      await platform.close();
      platform = await ClassificationPlatform.open(backend, undefined, more[0] ?? {}, true);
      await platform.put(draft('a'), draft('b'), draft('c', { publisher: 'health' }));
    };
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend, undefined, {}, true);
      await platform.put(draft('a'), draft('b'), draft('c', { publisher: 'health' }));
    });
    afterEach(async () => {
      const { faults } = await platform.unit.read((reader) => verifyLog(reader, classificationTables));
      expect(faults).to.deep.equal([]);
      await platform.close();
    });

    const left = (): string[] => readdirSync(platform.spool);
    const read = async (id: string, who = 'steward') => (await platform.get(who, `${FUSION}/${id}`)).body;
    const told = async (event: string) =>
      (await platform.unit.read((reader) => entries(reader, { after: 0, limit: 5000 }))).filter(
        (entry) => entry.event === event,
      );
    const joined = async (files: Readonly<Record<string, string | Buffer>>, who = 'steward') => {
      const sent = await platform.fuse(who, files);
      expect(sent.status, JSON.stringify(sent.body)).to.equal(202);
      expect(sent.headers['location']).to.equal(`${FUSION}/${sent.body.id}`);
      await platform.classification.fusing.service.settled();
      return read(sent.body.id, who);
    };
    const compared = async (datasets: readonly string[], who = 'steward') => {
      const sent = await platform.post(who, FUSION, { datasets });
      expect(sent.status, JSON.stringify(sent.body)).to.equal(202);
      return read(sent.body.id, who);
    };
    const queue = async () => (await platform.get('officer', '/api/reevaluations')).body.items;
    const findings = (...types: readonly [item: string, type: string][]) => ({
      findings: types.map(([item, type]) => ({ item, type, matchedFraction: 1, sampleSize: 9, rule: `1#${type}` })),
    });

    it('joins files of two datasets: who stands alone in both, k of each and of the join', async () => {
      const found = await joined(LINKED);
      expect(found).to.deep.include({ state: 'done', failure: null, progress: null, allowedCommands: [] });
      expect(found.datasets.map(({ sampled }: { sampled: boolean }) => sampled)).to.deep.equal([true, true]);
      const [{ exact }] = found.pairs;
      expect(exact).to.include({ fusion: found.id, current: true, reason: null });
      expect(exact.figures.links).to.equal(true);
      expect(exact.figures.uniqueToUnique).to.be.at.least(40);
      expect(exact.figures.first).to.include({ records: 250, k: 1 });
      expect(exact.figures.columns.map(({ first }: { first: string }) => first)).to.include('出生日期');
      expect(await told('fusion.assessed')).to.have.length(1);
      expect(left()).to.deep.equal([]);
    });

    it('puts both before a person when joined they single people out, and changes no tier', async () => {
      const before = await platform.dataset('a');
      const { id } = await joined(LINKED);
      const due = await queue();
      expect(due.map(({ dataset }: { dataset: string }) => dataset).sort()).to.deep.equal(['a', 'b']);
      for (const one of due) expect(one).to.include({ cause: 'join', fusion: id, note: null, state: 'due' });
      expect(await platform.dataset('a')).to.deep.equal(before);
      expect(await told('review.asked')).to.have.length(2);
      const again = await joined(LINKED);
      expect((await queue()).map(({ fusion }: { fusion: string }) => fusion)).to.deep.equal([again.id, again.id]);
    });

    it('one file sent for both tells nothing, and puts nobody into the queue', async () => {
      const found = await joined({ a: LINKED.a, b: LINKED.a });
      expect([found.state, found.pairs[0].exact.figures, found.pairs[0].exact.reason]).to.deep.equal([
        'done',
        null,
        'same-file',
      ]);
      expect(await queue()).to.deep.equal([]);
    });

    it('strangers in two tables put nobody into the queue', async () => {
      const found = await joined(STRANGERS);
      expect(found.pairs[0].exact.figures.links).to.equal(false);
      expect(await queue()).to.deep.equal([]);
    });

    it('keeps what somebody asked for before, and names the join beside it', async () => {
      const asked = { cause: 'complaint', note: 'someone found themselves' };
      await platform.post('steward', '/api/reevaluations/a/commands/ask', asked);
      const { id } = await joined(LINKED);
      const [first] = (await queue()).filter(({ dataset }: { dataset: string }) => dataset === 'a');
      expect(first).to.include({ ...asked, fusion: id });
      const next = { cause: 'late-update', note: 'and it is late' };
      const { body } = await platform.post('steward', '/api/reevaluations/a/commands/ask', next);
      expect(body, 'nor does who asks next take anything away').to.include({
        cause: 'late-update',
        note: `${asked.note}\n${next.note}`,
        fusion: id,
        dueAt: first.dueAt,
      });
    });

    it('keeps no value of the files anywhere: not in the database, the log, an answer or on disk', async () => {
      const { id } = await joined(LINKED);
      const rows = await platform.database.read((manager) =>
        Promise.all(
          ['fusions', 'fusion_datasets', 'reevaluations', 'log', 'idempotency'].map((name) =>
            manager.query(`SELECT * FROM ${name}`),
          ),
        ),
      );
      const all = JSON.stringify([rows, await read(id)]);
      expect(all).to.include('出生日期');
      for (const row of [...(linked?.first.rows ?? []), ...(linked?.second.rows ?? [])].slice(0, 60))
        for (const cell of [row[1], row[2], row[4]]) expect(all, cell).not.to.include(cell);
    });

    it('tells without any file on what datasets could be joined, and where nobody knows', async () => {
      const same = findings(['生日', 'birth-date'], ['住址邮编', 'postcode'], ['备注', 'url']);
      await platform.post('officer', '/api/datasets/a/assessments', same);
      await platform.post('officer', '/api/datasets/c/assessments', findings(['birth', 'birth-date']));
      const found = await compared(['a', 'b', 'c'], 'officer');
      const pair = (at: number) => found.pairs[at];
      expect(found.pairs.map(({ first, second }: Record<string, string>) => `${first}${second}`)).to.deep.equal([
        'ab',
        'ac',
        'bc',
      ]);
      expect(pair(0)).to.deep.include({ status: 'not-assessed', reason: 'no-content', shared: [], exact: null });
      expect(pair(1)).to.deep.include({
        status: 'shared',
        basis: 'content',
        shared: [{ type: 'birth-date', role: 'quasi-identifier', first: ['生日'], second: ['birth'] }],
      });
      expect(await told('fusion.compared')).to.have.length(1);
      expect(await queue()).to.deep.equal([]);
    });

    it('takes headings for a hint where content was never assessed, and says so', async () => {
      await platform.put(draft('h', { items: items('身份证号', '数量') }), draft('i', { items: items('身份证号码') }));
      const found = await compared(['h', 'i']);
      expect(found.pairs[0]).to.deep.include({ status: 'shared', basis: 'headings' });
      expect(found.pairs[0].shared[0]).to.deep.include({ type: 'resident-id', first: ['身份证号'] });
    });

    it('gives earlier figures again while they are of the assessments that hold, and not after', async () => {
      const { id } = await joined({ b: LINKED.b, a: LINKED.a });
      const again = await compared(['a', 'b']);
      expect(again.pairs[0].exact).to.deep.include({ fusion: id, current: true });
      expect(again.pairs[0].exact.figures.columns[0].first, 'seen from the other side').to.equal('出生日期');
      await platform.post('officer', '/api/datasets/a/assessments', {});
      expect((await compared(['a', 'b'])).pairs[0].exact).to.equal(null);
      expect((await read(id)).pairs[0].exact.current).to.equal(false);
    });

    it('says which file could not be read, and keeps nothing of a secret but the code', async () => {
      const broken = await joined({ ...LINKED, b: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) });
      expect(broken.failure).to.include({ code: 'binary-file', dataset: 'b' });
      expect(broken.failure.remedy).to.not.equal('');
      const secret = await joined({ ...LINKED, a: '绝密★启动前,数量\n演习坐标甲,3\n' });
      expect([secret.state, secret.failure.code, secret.failure.dataset]).to.deep.equal([
        'not-assessed',
        'state-secret',
        'a',
      ]);
      const rows = await platform.unit.read((reader) => entries(reader, { after: 0, limit: 500 }));
      expect(JSON.stringify([rows, secret])).not.to.include('演习坐标');
      expect([secret.pairs, left()]).to.deep.equal([[], []]);
    });

    it('gives up files that take too long, and survives a reader that dies and a fault of its own', async () => {
      const seen: unknown[] = [];
      const readers = [
        async () => ({ kind: 'out-of-time' as const }),
        async () => ({ kind: 'failed' as const }),
        async () => Promise.reject(new Error('a fault')),
      ];
      await reopen({
        fuse: () => (readers.shift() ?? neverFused)(undefined as never, undefined as never),
        onFault: (error: unknown) => void seen.push(error),
      });
      const codes = [];
      for (let at = 0; at < 3; at += 1) codes.push((await joined(LINKED)).failure.code);
      expect(codes).to.deep.equal(['time-budget', 'reader-failed', 'interrupted']);
      expect([seen.length, left()]).to.deep.equal([1, []]);
    });

    it('says how far it is, can be cancelled, and hides from bodies that have no part in it', async () => {
      await reopen({ fuse: neverFused });
      const { body } = await platform.fuse('reviewer', LINKED);
      expect(await read(body.id, 'reviewer')).to.deep.include({
        state: 'running',
        pairs: [],
        progress: { phase: 'reading', share: null },
        allowedCommands: ['cancel'],
      });
      expect(left()).to.have.length(2);
      const path = `${FUSION}/${body.id}/commands/cancel`;
      expect((await read(body.id, 'auditor')).allowedCommands).to.deep.equal([]);
      expect((await platform.get('steward-health', `${FUSION}/${body.id}`)).status).to.equal(404);
      expect((await platform.post('steward-health', path, {}, 1)).status).to.equal(404);
      expect((await platform.get('steward-health', FUSION)).body.total).to.equal(0);
      for (const filter of ['', '?state=running', '?dataset=b', '?dataset=a&state=running'])
        expect((await platform.get('steward', FUSION + filter)).body.total, filter).to.equal(1);
      expect((await platform.get('officer', `${FUSION}?dataset=c`)).body.total).to.equal(0);
      expect((await platform.post('steward', path, {}, 7)).body.code).to.equal('stale-etag');
      expect((await platform.post('steward', path, {}, 1)).body.state).to.equal('cancelled');
      await platform.classification.fusing.service.settled();
      expect(left()).to.deep.equal([]);
    });

    it('refuses datasets the caller may not compare, as if there were none', async () => {
      await platform.put(draft('r', { publisher: 'health', declaredTier: 'restricted' }));
      const status = async (who: string, ...datasets: readonly string[]) =>
        (await platform.post(who, FUSION, { datasets })).status;
      expect(await status('steward', 'a', 'c'), 'another body’s public record').to.equal(202);
      expect(await status('steward', 'a', 'r'), 'a record it may not see').to.equal(404);
      expect(await status('reviewer-health', 'a', 'b'), 'none of its own').to.equal(404);
      expect(await status('approver', 'a', 'r')).to.equal(202);
      expect(await status('steward', 'a', 'nowhere')).to.equal(404);
      const sent = await platform.fuse('reviewer-health', LINKED);
      expect([sent.status, left()]).to.deep.equal([404, []]);
    });

    it('refuses forms and bodies that are none, and keeps nothing of them', async () => {
      const wrong = [
        await platform.fuse('steward', LINKED, { datasets: 'a' }),
        await platform.fuse('steward', LINKED, { datasets: 'a,c' }),
        await platform.fuse('steward', { a: 'x\n1\n' }, { datasets: 'a,b' }),
        await platform.fuse('steward', LINKED, { datasets: 'a,b,c,d,e,f' }),
        await supertest(platform.app)
          .post(FUSION)
          .set('authorization', 'steward')
          .attach('a', Buffer.from('x'), 'x.csv'),
        await platform.post('steward', FUSION, { datasets: ['a'] }),
        await platform.post('steward', FUSION, { datasets: 'a,b' }),
        await platform.post('steward', FUSION, {}),
      ];
      expect(wrong.map(({ status }) => status)).to.deep.equal(wrong.map(() => 400));
      expect((await platform.fuse('steward', LINKED, { datasets: 'a,b,a' })).body.code).to.equal('same-dataset');
      expect(left()).to.deep.equal([]);
      expect((await platform.get('steward', FUSION)).body.total).to.equal(0);
    });

    it('acts once for one key, refuses the same datasets twice at once, and bounds what lies here', async () => {
      await reopen({ fuse: neverFused });
      const first = await platform.fuse('steward', LINKED, { key: 'k' });
      const again = await platform.fuse('steward', LINKED, { key: 'k' });
      expect([again.body, again.headers['idempotency-replayed']]).to.deep.equal([first.body, 'true']);
      expect((await platform.fuse('steward', STRANGERS, { key: 'k' })).body.code).to.equal('idempotency-key-reused');
      expect((await platform.fuse('steward', LINKED)).body.code).to.equal('fusion-running');
      const names = Array.from({ length: MOST_FUSIONS }, (_, at) => `d${at}`);
      await platform.put(...names.map((name) => draft(name)));
      const sent = [];
      for (const name of names) sent.push(await platform.fuse('steward', { a: LINKED.a, [name]: LINKED.b }));
      expect(sent.map(({ status }) => status)).to.deep.equal([202, 202, 202, 429]);
      expect(sent.at(-1)?.headers['retry-after']).to.equal('30');
      expect(left()).to.have.length(2 * MOST_FUSIONS);
    });

    it('ends what a crash left running and deletes its files, and leaves its own alone', async () => {
      await reopen({ fuse: neverFused });
      const dead = '01FUSI0N0DEAD0PR0CESS00000';
      mkdirSync(platform.spool, { recursive: true });
      writeFileSync(join(platform.spool, `${dead}-0.fusion`), 'x');
      const fusion: FusionAssessment = {
        id: dead,
        version: 1,
        state: 'running',
        datasets: [{ dataset: 'a', publisher: 'transport', assessment: null, sampled: true }],
        pairs: [],
        bytes: 1,
        host: hostname(),
        processId: 2 ** 22 + 1,
        submittedBy: 'steward',
        failure: null,
        createdAt: 0,
        deadlineAt: platform.clock.now + 1000,
        endedAt: null,
      };
      await platform.unit.run(async (tx) => {
        await databaseFusionStore.insert(tx, fusion);
        tx.append({ event: 'fusion.received', subject: { kind: 'fusion', id: dead }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
      const { body } = await platform.fuse('steward', LINKED);
      await platform.classification.fusing.service.recover();
      expect((await read(dead)).failure.code).to.equal('interrupted');
      expect((await read(body.id)).state).to.equal('running');
      expect(left()).to.have.length(2);
      await platform.classification.fusing.service.stop();
      expect((await read(body.id)).failure.code).to.equal('interrupted');
      expect(left()).to.deep.equal([]);
    });
  });
});
