import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { type Answer, Caller } from '../support/caller.js';
import { type Backend, eachBackend, type TestDatabase } from '../support/databases.js';
import { Place, RunningProduct } from '../support/product.js';
import { inProject } from '../support/project.js';
import { skip } from '../support/skip.js';

const PURPOSE = { category: 'research', scenario: 'Travel-time model for logistics planning in the city' };
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const nextSummer = (): string => `${Number(today().slice(0, 4)) + 1}-06-30`;

/** The statement on this backend's database, as somebody with access to it would send it. */
async function byHand(backend: Backend, database: TestDatabase, place: Place, sql: string): Promise<void> {
  if (backend.dialect === 'sqlite') {
    const file = new DatabaseSync(place.database);
    file.exec(sql);
    file.close();
    return;
  }
  const connection = await createConnection({ uri: database.url.replace(/^mariadb:/, 'mysql:') });
  await connection.query(sql);
  await connection.end();
}

describe('the main walk over HTTP', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let database: TestDatabase;
      let place: Place;
      let product: RunningProduct;
      const who: Record<'handler' | 'signatory' | 'rival' | 'reviewer' | 'approver' | 'supervisor' | 'portal', Caller> =
        {} as never;
      // oxlint-disable-next-line typescript/no-explicit-any -- a dataset as the API shows it
      let dataset: any;
      let organisation = '';
      let application = '';
      let grant = '';

      const ask = async (question: { subject?: object; purpose?: string | null; action?: string } = {}) => {
        const {
          subject = { type: 'organisation', id: organisation },
          purpose = 'research',
          action = 'download',
        } = question;
        const context = purpose === null ? {} : { purpose };
        const resource = { type: 'dataset', id: dataset.id };
        return (
          await who.portal.post('/access/v1/evaluation', { subject, resource, action: { name: action }, context })
        ).body;
      };
      const download = (caller: Caller) => caller.get(`${fileUrl()}?purpose=research`);
      const fileUrl = (): string => {
        const file = dataset.distributions.find((one: { kind: string; format: string }) => one.format === 'CSV');
        return `/files/${file.id}/data.csv`;
      };
      const done = (answer: Answer, status = 200): Answer => {
        expect(answer.status, answer.text).to.equal(status);
        return answer;
      };

      before(async () => {
        database = await backend.fresh();
        place = new Place(backend.dialect === 'mysql' ? database.url : undefined);
        product = await RunningProduct.start(place);
        const names = {
          handler: 'enterprise-a-handler',
          signatory: 'enterprise-a-signatory',
          rival: 'enterprise-b-handler',
          reviewer: 'reviewer-transport',
          approver: 'approver',
          supervisor: 'supervisor',
        };
        for (const [role, username] of Object.entries(names))
          who[role as keyof typeof who] = await Caller.person(product.address, username);
        who.portal = await Caller.portal(product.address);
      });
      after(async () => {
        await product?.stop();
        place?.remove();
        await database?.dispose();
      });

      it('finds a conditional dataset of the transport body that says what it takes', async () => {
        organisation = (await who.handler.get('/api/me')).body.organisation.id;
        const holder = (await who.reviewer.get('/api/me')).body.organisation.id;
        const { items } = (await who.handler.get('/api/datasets?tier=conditional&field=transport&limit=100')).body;
        for (const { id } of items) {
          const { body } = await who.handler.get(`/api/datasets/${id}`);
          const plain = body.conditions.every(
            (condition: { evidenceRequired: boolean }) => !condition.evidenceRequired,
          );
          if (body.publisher.id !== holder || !plain || !body.deliveryKinds.includes('download')) continue;
          dataset = body;
          break;
        }
        expect(dataset).to.be.an('object');
        expect(dataset.tier).to.equal('conditional');
        expect(dataset.reasons).to.have.length.greaterThan(0);
        expect(dataset.nextStep.code).to.equal('apply');
        expect(dataset.distributions.map((one: { url?: string }) => one.url).filter(Boolean)).to.deep.equal([]);
      });

      it('denies before there is a grant, with reason and next step', async () => {
        const answer = await ask();
        expect(answer.decision).to.equal(false);
        expect(answer.context.reason.code).to.equal('no-grant');
        expect(answer.context.nextStep.code).to.equal('apply');
        expect((await download(who.handler)).status).to.equal(403);
        expect((await download(Caller.anonymous(product.address))).status).to.equal(403);
      });

      it('takes the application in, where its rival does not see it', async () => {
        const body = {
          datasets: [{ dataset: dataset.id }],
          purpose: PURPOSE,
          delivery: 'download',
          period: { from: today(), to: nextSummer() },
          securityPlan: 'Encrypted at rest, two named persons, deletion at the end.',
        };
        const created = done(await who.handler.post('/api/applications', body), 201);
        application = `/api/applications/${created.body.id}`;
        const submitted = done(await who.handler.command(application, 'submit'));
        expect(submitted.body.number).to.be.a('string');
        expect(submitted.body.deadlines).to.have.length.greaterThan(0);
        expect((await who.rival.get(application)).status).to.equal(404);
      });

      it('goes through both stages; nobody of the applicant, nor one person twice, rules', async () => {
        for (const [command, body] of [
          ['accept', {}],
          ['claim', {}],
          ['advise', { recommendation: 'approve', remark: 'Purpose and safeguards fit.' }],
        ] as const)
          done(await who.reviewer.command(application, command, body));
        for (const outsider of ['handler', 'signatory', 'rival', 'supervisor', 'reviewer'] as const)
          expect((await who[outsider].command(application, 'approve')).status, outsider).to.be.oneOf([
            403, 404, 409, 422,
          ]);
        done(await who.approver.command(application, 'approve', { reason: 'Conditions met' }));
        expect((await ask()).decision).to.equal(false);
      });

      it('permits once the signatory, not the handler, accepted the agreement', async () => {
        const { agreement } = (await who.signatory.get(application)).body;
        const accepted = { version: agreement.version, hash: agreement.hash };
        expect((await who.handler.command(application, 'accept-agreement', accepted)).status).to.be.within(400, 499);
        const signed = done(await who.signatory.command(application, 'accept-agreement', accepted));
        grant = `/api/grants/${signed.body.grants[0].id}`;
        const answer = await ask();
        expect(answer.decision).to.equal(true);
        expect(answer.context.obligations.map((one: { type: string }) => one.type)).to.include('attribute');
        expect(answer.context).to.include.keys('validUntil', 'revision', 'policyVersion', 'grant');
      });

      it('permits nothing else: other purpose, other subject, other delivery', async () => {
        expect((await ask({ purpose: 'marketing' })).decision).to.equal(false);
        expect((await ask({ subject: { type: 'organisation', id: 'no-such-organisation' } })).decision).to.equal(false);
        expect((await ask({ subject: { type: 'anonymous', id: 'anonymous' } })).decision).to.equal(false);
        expect((await ask({ action: 'sandbox' })).decision).to.equal(false);
        expect((await ask({ purpose: null })).decision).to.equal(true);
        const { creditCode } = (await who.handler.get('/api/me')).body.organisation;
        expect((await ask({ subject: { type: 'organisation', id: creditCode } })).decision).to.equal(true);
      });

      it('serves the file through the example portal, to this organisation only', async () => {
        const served = done(await download(who.handler));
        const [header, ...rows] = served.text.trimEnd().split('\n');
        expect(header?.split(',')).to.deep.equal(dataset.items.map((item: { name: string }) => item.name));
        expect(rows.length).to.be.greaterThan(4);
        expect((await download(who.rival)).status).to.equal(403);
        expect((await who.handler.get(grant)).body.links.map((link: { href: string }) => link.href)).to.include(
          fileUrl(),
        );
      });

      it('stops on the very next request after a suspension, and goes on after resuming', async () => {
        for (let round = 0; round < 3; round++) {
          done(await who.supervisor.command(grant, 'suspend', { reason: 'Use beyond the scenario reported' }));
          expect((await ask()).decision, `round ${round}`).to.equal(false);
          expect((await download(who.handler)).status).to.equal(403);
          done(await who.supervisor.command(grant, 'resume', { reason: 'Cleared' }));
          expect((await ask()).decision, `round ${round}`).to.equal(true);
        }
      });

      it('audits clean; a grant edited by hand is named, and not served, also after a restart', async () => {
        done(await who.supervisor.command(grant, 'suspend', { reason: 'A second report' }));
        const clean = await place.tiergate('audit', 'verify');
        expect(clean.code, clean.out + clean.err).to.equal(0);
        const id = grant.split('/').pop() ?? '';
        await byHand(backend, database, place, `UPDATE grants SET state = 'active' WHERE id = '${id}'`);
        expect((await ask()).decision).to.equal(false);
        const found = await place.tiergate('audit', 'verify');
        expect(found.code).to.equal(1);
        expect(found.out).to.contain(`row-edited  grant ${id}`);
        await product.stop();
        product = await RunningProduct.start(place);
        who.portal = await Caller.portal(product.address);
        expect((await ask()).decision).to.equal(false);
      });

      it('stands up to the walk that is kept outside the repository', async function () {
        const outside = inProject('..', 'shared', 'check', 'contract-walk.mjs');
        if (!existsSync(outside)) skip(this, 'no folder ../shared/check beside the repository');
        const fresh = await backend.fresh();
        const other = new Place(backend.dialect === 'mysql' ? fresh.url : undefined);
        const running = await RunningProduct.start(other);
        try {
          const { stdout } = await promisify(execFile)(process.execPath, [outside, running.address]);
          expect(stdout).to.match(/^walked: /m);
        } finally {
          expect(await running.stop()).to.equal(0);
          other.remove();
          await fresh.dispose();
        }
      });
    },
    (backend) => backend.durable,
  );
});
