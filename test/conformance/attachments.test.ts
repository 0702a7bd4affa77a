import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import request, { type Response } from 'supertest';
import { applicationTables } from '../../src/applications/index.js';
import { verifyLog } from '../../src/log/index.js';
import type { Name } from '../unit/applications/world.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { eachBackend } from '../support/databases.js';

const DAY = 86_400_000;
const pdf = (more: Buffer | string = '') => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(more)]);

describe('conformance: attachments', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const bytesAt = async (who: Name, href: string): Promise<Response> =>
      request(platform.app)
        .get(href)
        .set('authorization', who)
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        });
    const count = async (table: string): Promise<number> => {
      const [row] = (await platform.unit.read((reader) =>
        reader.manager.query(`SELECT COUNT(*) AS number FROM ${table}`),
      )) as { number: number | string }[];
      return Number(row?.number);
    };

    it('come back byte for byte, whatever their size, for saving and never for showing', async () => {
      for (const size of [0, 1, 1024 * 1024 - 9, 1024 * 1024 - 8, 3 * 1024 * 1024 + 17]) {
        const content = pdf(randomBytes(size));
        const sent = await driver.attach('handler', '等保备案 证明.pdf', content);
        expect(sent.status, sent.text).to.equal(201);
        expect(sent.body).to.deep.include({
          name: '等保备案 证明.pdf',
          type: 'application/pdf',
          bytes: content.length,
          sha256: createHash('sha256').update(content).digest('hex'),
          scan: 'not-scanned',
        });
        const got = await bytesAt('signatory', sent.body.href);
        expect(got.body.equals(content), `${size} bytes`).to.equal(true);
        expect(got.headers['content-type']).to.equal('application/pdf');
        expect(got.headers['content-disposition']).to.match(/^attachment; filename\*=UTF-8''%E7%AD%89/);
        expect(got.headers['content-security-policy']).to.match(/^sandbox/);
      }
      const report = await platform.unit.read((reader) => verifyLog(reader, applicationTables));
      expect(report.faults).to.deep.equal([]);
    });

    it('are one when the same file is sent again, also at once, and leave nothing in the spool', async () => {
      const sent = await Promise.all([1, 2, 3].map(() => driver.attach('handler', 'plan.pdf', pdf('plan'))));
      expect(new Set(sent.map(({ body }) => body.id)).size).to.equal(1);
      expect(sent.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      expect((await driver.attach('handler', 'plan-2.pdf', pdf('plan'))).status).to.equal(201);
      const { body } = await driver.get('signatory', '/api/attachments');
      expect([body.total, body.items[0].name]).to.deep.equal([2, 'plan-2.pdf']);
      refusedWith(await driver.attach('handler', 'plan.pdf', 'no pdf'), 422, 'attachment-type');
      expect(await count('attachments')).to.equal(2);
      expect(readdirSync(platform.spool)).to.deep.equal([]);
    });

    it('belong to one organisation; others meet them only in a case they see', async () => {
      const { id, href } = (await driver.attach('handler', 'plan.pdf', pdf('plan'))).body;
      for (const path of [href, `/api/attachments/${id}`]) {
        expect((await driver.get('signatory', path)).status).to.equal(200);
        for (const other of ['rival', 'reviewer', 'approver'] as const)
          expect((await driver.get(other, path)).status, `${other} ${path}`).to.equal(404);
      }
      refusedWith(await driver.create('rival', { attachments: [id] }), 422, 'unknown-attachment');

      const application = await driver.at('draft', { attachments: [id] });
      const inCase = `/api/applications/${application}/attachments/${id}/content`;
      expect((await driver.get('handler', inCase)).status).to.equal(200);
      expect((await driver.get('reviewer', inCase)).status, 'a draft').to.equal(404);
      await driver.command('handler', application, 'submit');
      const seen = (await driver.get('reviewer', `/api/applications/${application}`)).body;
      expect(seen.attachments).to.deep.equal([id]);
      expect(seen.attachmentFiles[0]).to.deep.include({ id, name: 'plan.pdf', href: inCase });
      expect((await bytesAt('reviewer', inCase)).body.equals(pdf('plan'))).to.equal(true);
      expect((await driver.get('rival', inCase)).status).to.equal(404);
      const second = (await driver.attach('handler', 'other.pdf', pdf('other'))).body.id;
      expect((await driver.get('reviewer', inCase.replace(id, second))).status, 'not of this case').to.equal(404);

      // A correction takes it out; what was sent before can still be read, and the change is told.
      await driver.command('reviewer', application, 'request-correction', { defects: [{ text: 'Which plan?' }] });
      await driver.patch('handler', application, { attachments: [second] });
      await driver.command('handler', application, 'submit');
      const corrected = (await driver.get('reviewer', `/api/applications/${application}`)).body;
      expect(corrected.changes).to.deep.equal([{ pointer: '/attachments', before: [id], after: [second] }]);
      expect((await driver.get('reviewer', inCase)).status).to.equal(200);
    });

    it('are thrown away after a week in which no request named them, and only those', async () => {
      const kept = (await driver.attach('handler', 'kept.pdf', pdf('kept'))).body;
      const left = (await driver.attach('handler', 'left.pdf', pdf('left'))).body;
      await driver.at('draft', { attachments: [kept.id] });
      const sweep = () => platform.applications.attachments.service.letTimeAct(platform.unit);
      platform.clock.now += 7 * DAY;
      expect(await sweep()).to.equal(0);
      platform.clock.now += 1;
      await Promise.all([sweep(), sweep()]);
      expect((await driver.get('handler', left.href)).status).to.equal(404);
      expect((await driver.get('handler', kept.href)).status).to.equal(200);
      expect(await count('attachment_pieces')).to.equal(1);
      const dropped = (await platform.unit.read((reader) =>
        reader.manager.query("SELECT subject_id FROM log WHERE event = 'attachment.dropped'"),
      )) as { subject_id: string }[];
      expect(dropped.map(({ subject_id }) => subject_id)).to.deep.equal([left.id]);
      const again = await driver.attach('handler', 'left.pdf', pdf('left'));
      expect([again.status, again.body.id !== left.id]).to.deep.equal([201, true]);
      const report = await platform.unit.read((reader) => verifyLog(reader, applicationTables));
      expect(report.faults).to.deep.equal([]);
    });

    it('are not thrown away at the moment a request comes to name them', async () => {
      for (let turn = 0; turn < 8; turn++) {
        const { id, href } = (await driver.attach('handler', `${turn}.pdf`, pdf(`${turn}`))).body;
        platform.clock.now += 7 * DAY + 1;
        const period = { from: '2026-03-02', to: '2027-12-01' };
        const [named] = await Promise.all([
          driver.create('handler', { attachments: [id], period }),
          platform.applications.attachments.service.letTimeAct(platform.unit),
        ]);
        const there = (await driver.get('handler', href)).status;
        expect([named.status, there]).to.be.deep.oneOf([
          [201, 200],
          [422, 404],
        ]);
      }
    });
  });
});
