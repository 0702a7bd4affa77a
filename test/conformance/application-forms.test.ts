import { expect } from 'chai';
import request, { type Response } from 'supertest';
import { applicationTables } from '../../src/applications/index.js';
import { verifyLog } from '../../src/log/index.js';
import type { Name } from '../unit/applications/world.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { eachBackend } from '../support/databases.js';

describe('conformance: forms of purposes', () => {
  eachBackend((backend) => {
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const withdraw = async (id: string, etag: string): Promise<Response> =>
      request(platform.app)
        .post(`/api/forms/${id}/commands/withdraw`)
        .set({ authorization: 'approver', 'if-match': etag });
    const inForce = async (): Promise<string[]> =>
      (await driver.get('handler', '/api/forms')).body.items.map(({ id }: { id: string }) => id);
    const warnings = async (who: Name, id: string): Promise<string[]> =>
      (await driver.get(who, `/api/applications/${id}`)).body.warnings.map(({ code }: { code: string }) => code);

    it('follow each other by number, one in force for a purpose, every version readable', async () => {
      const first = (await driver.publishForm()).body;
      expect(first).to.deep.include({ purpose: 'research', number: 1, current: true, obligatory: true });
      expect(first.schema).to.deep.include({ type: 'object', required: ['users'], additionalProperties: false });
      refusedWith(await driver.publishForm(), 409, 'form-changed');
      const second = (await driver.publishForm({ replaces: first.id })).body;
      expect(second.number).to.equal(2);
      const other = (await driver.publishForm({ purpose: 'education' })).body;
      expect(other.number).to.equal(1);
      expect(await inForce()).to.have.members([second.id, other.id]);
      const old = await driver.get('handler', first.href);
      expect(old.body).to.deep.include({ id: first.id, current: false, fields: first.fields });

      refusedWith(await withdraw(second.id, '"9"'), 412, 'stale-etag');
      expect((await withdraw(second.id, second.etag)).body.current).to.equal(false);
      expect(await inForce()).to.deep.equal([other.id]);
      refusedWith(await withdraw(second.id, '"2"'), 409, 'form-changed');
      expect((await driver.publishForm()).body.number, 'numbers are not used again').to.equal(3);
      expect((await driver.get('handler', '/api/forms/01J00000000000000000000000')).status).to.equal(404);
      const report = await platform.unit.read((reader) => verifyLog(reader, applicationTables));
      expect(report.faults).to.deep.equal([]);
    });

    it('are answered in a draft, with warnings first and the same codes when it is submitted', async () => {
      const form = (await driver.publishForm()).body;
      const created = await driver.create('handler', { form: { id: form.id, answers: { users: 0, more: 1 } } });
      expect(created.body.form).to.deep.equal({ id: form.id, answers: { users: 0, more: 1 } });
      expect(created.body.formAsked).to.deep.include({ id: form.id, fields: form.fields });
      const { id } = created.body;
      expect(await warnings('handler', id)).to.deep.equal(['answer-invalid', 'answer-invalid']);
      const refused = refusedWith(await driver.command('handler', id, 'submit'), 422, 'answer-invalid');
      expect((refused['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).to.deep.equal([
        '/form/answers/users',
        '/form/answers/more',
      ]);
      const cleared = await driver.patch('handler', id, { form: null });
      expect(cleared.body.form).to.equal(null);
      expect(await warnings('handler', id)).to.deep.equal(['form-missing']);
      await driver.patch('handler', id, { form: { id: form.id, answers: { users: 4 } } });
      expect((await driver.command('handler', id, 'submit')).status).to.equal(200);
      const seen = (await driver.get('reviewer', `/api/applications/${id}`)).body;
      expect([seen.form.answers, seen.formAsked.id]).to.deep.equal([{ users: 4 }, form.id]);
    });

    it('stay as they were answered while the next version is published', async () => {
      const form = (await driver.publishForm()).body;
      const draft = await driver.at('draft', { form: { id: form.id, answers: { users: 4 } } });
      const sent = await driver.at('holder', {
        form: { id: form.id, answers: { users: 4 } },
        purpose: { category: 'research', scenario: 'Another travel-time model altogether', project: 'two' },
      });
      const next = (await driver.publishForm({ replaces: form.id })).body;
      refusedWith(await driver.command('handler', draft, 'submit'), 422, 'form-superseded');
      await driver.patch('handler', draft, { form: { id: next.id, answers: { users: 4 } } });
      expect((await driver.command('handler', draft, 'submit')).status).to.equal(200);
      await driver.command('reviewer', sent, 'request-correction', { defects: [{ text: 'How many?' }] });
      expect(await warnings('handler', sent)).to.deep.equal([]);
      expect((await driver.command('handler', sent, 'submit')).status).to.equal(200);
    });

    it('have one winner when two are published at once', async () => {
      const first = (await driver.publishForm()).body;
      const both = await Promise.all([1, 2].map(() => driver.publishForm({ replaces: first.id })));
      expect(both.map(({ status }) => status)).to.have.members([201, 409]);
      expect(await inForce()).to.have.length(1);
    });

    it('are submitted under the form in force or refused, never under one that was replaced at the moment', async () => {
      const form = (await driver.publishForm()).body;
      for (let turn = 0, replaces = form.id; turn < 6; turn++) {
        const id = await driver.at('draft', {
          form: { id: replaces, answers: { users: 4 } },
          purpose: { category: 'research', scenario: `A model of traffic, number ${turn}`, project: `${turn}` },
        });
        const [sent, next] = await Promise.all([
          driver.command('handler', id, 'submit'),
          driver.publishForm({ replaces }),
        ]);
        expect([200, 422]).to.include(sent.status);
        const { body } = await driver.get('handler', `/api/applications/${id}`);
        const events = (await platform.unit.read((reader) =>
          reader.manager.query(
            "SELECT position, event, subject_id FROM log WHERE event IN ('application.submitted', 'form.published') ORDER BY position",
          ),
        )) as { event: string; subject_id: string }[];
        const at = (event: string, subject: string) =>
          events.findIndex((one) => one.event === event && one.subject_id === subject);
        if (body.state === 'submitted')
          expect(at('application.submitted', id)).to.be.below(at('form.published', next.body.id));
        replaces = next.body.id;
      }
    });
  });
});
