import { expect } from 'chai';
import { addDays, dayOf, endOfDay } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;
const HANDLER = 'enterprise-a-handler';
const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Renewing and amending a grant, as its organisation, the authority and a portal meet it over HTTP. */
describe('contract: grants that are renewed and amended', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const today = (): string => dayOf(clock.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      let organisation: string;
      let taken = 0;

      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
        organisation = (await cases.as(HANDLER).get('/api/me')).body.organisation.id;
      });
      after(() => opened.close());

      const get = async (path: string, by: Name = HANDLER) => fine(await cases.as(by).get(path)).body;
      const codeOf = ({ status, body }: Answer) => [status, body.code];
      /** A grant for sixty days from today, and its dataset. */
      async function granted(more: object = {}, approval: object = { reason: 'Met' }) {
        const dataset = cases.datasets[taken++ % cases.datasets.length] as string;
        const period = { from: today(), to: addDays(today(), 59) };
        const path = await cases.at('authority', { datasets: [{ dataset }], period, ...more });
        await cases.give('approver', path, 'approve', approval);
        return { grant: await signed(path), dataset, path };
      }
      async function signed(path: string): Promise<string> {
        const { version, hash } = (await get(path, 'enterprise-a-signatory')).agreement;
        const { body } = await cases.give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
        return `/api/grants/${body.grants[0].id}`;
      }
      const begin = (grant: string, command: 'renew' | 'amend', by: Name = HANDLER) =>
        cases.as(by).command(grant, command);
      const begun = async (grant: string, command: 'renew' | 'amend'): Promise<string> =>
        `/api/applications/${fine(await begin(grant, command)).body.id}`;
      /** Through the stages it still has, to the ruling. */
      async function approved(path: string, body: object = {}): Promise<void> {
        const { stage } = (await cases.give(HANDLER, path, 'submit')).body;
        if (stage === 'holder') {
          await cases.give('reviewer-transport', path, 'claim');
          await cases.give('reviewer-transport', path, 'advise', { recommendation: 'approve', remark: 'Fits.' });
        }
        await cases.give('approver', path, 'approve', { reason: 'Met', ...body });
      }
      const ask = async (dataset: string, more: object = {}) => {
        const answer = await cases.as('portal').post('/access/v1/evaluation', {
          subject: { type: 'organisation', id: organisation },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'download' },
          ...more,
        });
        return fine(answer).body;
      };
      const idIn = (path: string): string => path.split('/').at(-1) as string;
      const at = async (when: number): Promise<void> => {
        clock.advance(when - clock.now());
        cases = await Cases.open(address);
      };

      it('a renewal without changes: a draft with everything in it, one stage, a grant that follows without a gap', async () => {
        const { grant, dataset } = await granted();
        const old = await get(grant);
        expect(old.allowedCommands).to.include.members(['renew', 'amend']);
        const created = fine(await begin(grant, 'renew'));
        const path = `/api/applications/${created.body.id}`;
        expect([created.status, created.headers.get('location')]).to.deep.equal([201, path]);
        expect(created.headers.get('etag')).to.equal(created.body.etag);
        const draft = created.body;
        expect(draft.succeeds).to.deep.equal({ grant: old.id, kind: 'renewal' });
        expect(draft.period).to.deep.equal({ from: addDays(old.period.to, 1), to: addDays(old.period.to, 60) });
        expect([draft.datasets[0].items, draft.delivery, draft.purpose.scenario, draft.securityPlan]).to.deep.equal([
          old.items,
          old.delivery,
          old.scenario,
          'Encrypted, two named persons.',
        ]);
        expect(draft.warnings).to.deep.equal([]);
        const followed = await get(grant);
        expect(followed.following).to.deep.equal({ application: draft.id, kind: 'renewal' });
        expect(followed.allowedCommands).to.not.include.members(['renew', 'amend']);

        const sent = (await cases.give(HANDLER, path, 'submit')).body;
        expect([sent.state, sent.stage, sent.waitingFor.role]).to.deep.equal(['in-review', 'authority', 'approver']);
        expect(sent.deadlines.map(({ kind }: { kind: string }) => kind)).to.deep.equal(['decision']);
        const own = await cases.as('enterprise-a-signatory').command(path, 'approve');
        expect(codeOf(own), 'the same separation of duties').to.deep.equal([403, 'applicant-side']);
        const approval = (await cases.give('approver', path, 'approve', {})).body;
        expect(approval.state, 'nothing narrower').to.equal('approved');
        const next = await signed(path);

        const end = endOfDay(old.period.to);
        await at(end - 1);
        expect([(await ask(dataset)).context.grant, (await get(next)).inForce]).to.deep.equal([old.id, 'not-yet']);
        await at(end);
        const after = await ask(dataset);
        expect([after.decision, after.context.grant]).to.deep.equal([true, idIn(next)]);
        await opened.app.slices.grants.service.letTimeAct(opened.app.unit);
        expect([(await get(grant)).state, (await get(next)).state]).to.deep.equal(['expired', 'active']);
        expect((await get(next)).succeeds).to.deep.equal({ grant: old.id, kind: 'renewal' });
        expect((await get(grant)).allowedCommands, 'renewed once').to.not.include('renew');
        expect(codeOf(await begin(grant, 'renew'))).to.deep.equal([409, 'renewal-open']);
      });

      it('a renewal that asks for more goes to the holder first', async () => {
        const { grant } = await granted();
        const path = await begun(grant, 'renew');
        const purpose = { category: 'research', scenario: 'Something larger than before' };
        fine(await cases.as(HANDLER).change(path, { purpose }));
        const sent = (await cases.give(HANDLER, path, 'submit')).body;
        expect([sent.stage, sent.waitingFor.role]).to.deep.equal(['holder', 'reviewer']);
      });

      it('an amendment takes the place of its grant when it is signed, with its quota and what was used of it', async () => {
        const { grant, dataset } = await granted({}, { datasets: undefined, reason: 'Met' });
        await cases.give('supervisor', grant, 'revoke', { reason: 'For the sake of order' });
        const first = await cases.at('authority', {
          datasets: [{ dataset }],
          period: { from: today(), to: addDays(today(), 59) },
        });
        const added = [{ kind: 'location', text: 'Kept in the city.' }];
        await cases.give('approver', first, 'approve', { datasets: [{ dataset, quota: 3, conditions: added }] });
        const limited = await signed(first);
        const used = await ask(dataset);
        fine(await cases.as('portal').post('/access/v1/deliveries', { evaluationId: used.context.evaluationId }));

        const path = await begun(limited, 'amend');
        const items = ((await get(`/api/datasets/${dataset}`)).items as { name: string; tier: string }[])
          .filter(({ tier }) => tier !== 'restricted')
          .slice(0, 1)
          .map(({ name }) => name);
        fine(await cases.as(HANDLER).change(path, { datasets: [{ dataset, items }] }));
        const draft = await get(path);
        expect(draft.period).to.deep.equal({ from: today(), to: addDays(today(), 59) });
        await approved(path);
        expect((await get(limited)).state, 'until it is signed').to.equal('active');
        const next = await signed(path);
        const [before, after] = [await get(limited), await get(next)];
        expect([before.state, before.successor.grant, after.state]).to.deep.equal(['relinquished', after.id, 'active']);
        expect(before.successor.at).to.equal(before.ending.at);
        expect([after.items, after.quota, after.carried]).to.deep.equal([items, 2, 1]);
        expect(after.conditions.map(({ kind }: { kind: string }) => kind)).to.include('location');
        const asked = { resource: { type: 'dataset', id: dataset, properties: { items } } };
        for (const left of [2, 1, 0]) {
          const answer = await ask(dataset, asked);
          expect([answer.decision, answer.context.reason.code], `${left} left`).to.deep.equal(
            left > 0 ? [true, 'granted'] : [false, 'quota-used-up'],
          );
          if (left > 0)
            fine(await cases.as('portal').post('/access/v1/deliveries', { evaluationId: answer.context.evaluationId }));
        }
      });

      it('a later version of the agreement is accepted with it', async () => {
        const { grant, dataset } = await granted();
        const path = await begun(grant, 'amend');
        await approved(path);
        const { template, version, hash } = (await get(path)).agreement;
        const text = { zh: '又一版协议。', en: 'One more version.' };
        await cases.give('admin', `/api/agreements/${template}`, 'revise', { text });
        const stale = await cases.as('enterprise-a-signatory').command(path, 'accept-agreement', { version, hash });
        expect(codeOf(stale)).to.deep.equal([409, 'agreement-changed']);
        const next = await signed(path);
        expect((await get(next)).agreement.version).to.equal(version + 1);
        expect((await ask(dataset)).context.grant).to.equal(idIn(next));
      });

      it('stands on the desk of who holds it: what ends soon, and whether it is renewed', async () => {
        const { grant } = await granted();
        const soon = async (days: number) =>
          (await get(`/api/grants?limit=100&endingWithin=${days}`)).items.find(
            ({ id }: { id: string }) => id === idIn(grant),
          );
        expect((await soon(60)).following).to.equal(null);
        expect(await soon(58)).to.equal(undefined);
        const path = await begun(grant, 'renew');
        expect((await soon(60)).following.application).to.equal(idIn(path));
        for (const given of ['0', '731', 'x', '1.5'])
          expect((await cases.as(HANDLER).get(`/api/grants?endingWithin=${given}`)).status, given).to.equal(400);
      });

      it('is for the handler of its organisation, on the version that was seen', async () => {
        const { grant } = await granted();
        for (const name of ['enterprise-a-signatory', 'reviewer-transport', 'approver', 'supervisor'] as const) {
          expect((await begin(grant, 'renew', name)).status, name).to.equal(403);
          expect((await get(grant, name)).allowedCommands, name).to.not.include.members(['renew', 'amend']);
        }
        expect((await begin(grant, 'renew', 'enterprise-b-handler')).status).to.equal(404);
        expect((await begin(`/api/grants/${ABSENT}`, 'amend')).status).to.equal(404);
        expect(codeOf(await cases.as(HANDLER).post(`${grant}/commands/renew`))).to.deep.equal([
          428,
          'precondition-required',
        ]);
        const stale = await cases.as(HANDLER).post(`${grant}/commands/renew`, {}, { 'if-match': '"77"' });
        expect(codeOf(stale)).to.deep.equal([412, 'stale-etag']);
        const key = { 'if-match': (await get(grant)).etag, 'idempotency-key': crypto.randomUUID() };
        const twice = [
          await cases.as(HANDLER).post(`${grant}/commands/renew`, {}, key),
          await cases.as(HANDLER).post(`${grant}/commands/renew`, {}, key),
        ];
        expect(twice.map(({ status }) => status)).to.deep.equal([201, 201]);
        expect(twice[0]!.body.id).to.equal(twice[1]!.body.id);
      });

      /** One scene for each refusal. */
      const SCENES: Readonly<Record<string, () => Promise<Answer>>> = {
        '409 renewal-open': async () => {
          const { grant } = await granted();
          const path = await begun(grant, 'amend');
          const second = await begin(grant, 'renew');
          expect(second.body.linked).to.deep.equal({ application: idIn(path), href: path });
          return second;
        },
        '422 renewal-too-early': async () => {
          const { grant } = await granted({ period: { from: today(), to: addDays(today(), 200) } });
          expect((await get(grant)).allowedCommands)
            .to.include('amend')
            .and.not.include('renew');
          return begin(grant, 'renew');
        },
        '409 grant-ended': async () => {
          const { grant } = await granted();
          await cases.give(HANDLER, grant, 'relinquish', { reason: 'Done' });
          return begin(grant, 'renew');
        },
        '409 grant-restrained': async () => {
          const { grant } = await granted();
          await cases.give('supervisor', grant, 'suspend', { reason: 'Looked at' });
          expect((await get(grant)).allowedCommands).to.not.include.members(['renew', 'amend']);
          return begin(grant, 'renew');
        },
        '422 grant-dataset': async () => {
          const { grant, dataset } = await granted();
          const other = cases.datasets.find((one) => one !== dataset);
          return cases.as(HANDLER).change(await begun(grant, 'renew'), { datasets: [{ dataset: other }] });
        },
        '422 use-restricted': async () => {
          const { grant, dataset } = await granted();
          await at(clock.now() + 61 * DAY);
          await opened.app.slices.grants.service.letTimeAct(opened.app.unit);
          const violation = fine(
            await cases.as('supervisor').post('/api/violations', {
              organisation,
              kind: 'beyond-scenario',
              description: 'Shown elsewhere',
              evidence: [{ reference: 'No. 1' }],
            }),
          ).body;
          await cases.give(HANDLER, `/api/violations/${violation.id}`, 'reply', { text: 'A mistake.' });
          const until = new Date(clock.now() + 30 * DAY).toISOString();
          await cases.give('supervisor', `/api/violations/${violation.id}`, 'impose', {
            step: 'restrict',
            reason: 'Again',
            until,
            datasets: [dataset],
          });
          return begin(grant, 'renew');
        },
      };
      for (const [name, scene] of Object.entries(SCENES)) {
        it(`answers ${name}`, async () => {
          const { status, body } = await scene();
          expect(`${status} ${body.code}`).to.equal(name);
        });
      }
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
