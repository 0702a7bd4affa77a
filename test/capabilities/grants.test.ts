import { expect } from 'chai';
import { endOfDay } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { demonstrate } from '../support/capability.js';
import { mariaDb } from '../support/databases.js';
import { type Account, done, PURPOSE, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const DAY = 86_400_000;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

// What touches races and time is shown on a database server too.
demonstrate(
  'grants',
  (shows, city) => {
    const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
      done(await (await city.town.as(by)).get(path)).body;
    const give = (by: Account, path: string, command: string, body: object = {}) =>
      city.town.give(by, path, command, body);
    const idIn = (path: string): string => path.split('/').at(-1) as string;
    const later = (days: number): string => city.day(days);
    const until = (days: number) => ({ period: { from: later(0), to: later(days) } });
    const about = async (path: string, by: Account = HANDLER): Promise<string[]> =>
      (await see('/api/notifications?limit=100', by)).items
        .filter(({ href }: Body) => href === path)
        .map(({ event }: Body) => event);
    /** A violation that the organisation was heard on. */
    async function heard(body: object): Promise<string> {
      const supervisor = await city.town.as('supervisor');
      const found = { description: 'Shown elsewhere', evidence: [{ reference: 'No. 1' }], ...body };
      const { id } = done(await supervisor.post('/api/violations', found), 201).body;
      done(await give(HANDLER, `/api/violations/${id}`, 'reply', { text: 'A mistake' }));
      return `/api/violations/${id}`;
    }

    shows('to-the-millisecond', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset], undefined, until(2));
      const end = endOfDay(later(2));
      await city.wait(end - 1 - city.now());
      expect((await city.town.ask(dataset)).decision).to.equal(true);
      await city.wait(1);
      expect(await city.town.reason(dataset)).to.equal('grant-ended');
      expect((await see(grant)).inForce).to.equal('ended');
    });

    shows('expiry-that-is-told', async () => {
      const { grant } = await city.town.granted([await city.town.plain()], undefined, until(2));
      await city.wait(4 * DAY);
      await Promise.all([city.act(), city.act()]);
      expect((await see(grant)).state).to.equal('expired');
      expect((await about(grant)).filter((event) => event === 'grant.expired')).to.have.length(1);
    });

    shows('renewal-and-amendment', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset], undefined, until(30));
      const old = await see(grant);
      const draft = done(await give(HANDLER, grant, 'renew'), 201).body;
      expect(draft.succeeds).to.deep.equal({ grant: old.id, kind: 'renewal' });
      const path = `/api/applications/${draft.id}`;
      expect(done(await give(HANDLER, path, 'submit')).body.stage, 'one stage, for nothing new').to.equal('authority');
      done(await give('approver', path, 'approve'));
      const next = done(await city.town.sign(path)).body.grants[0].id;
      const end = endOfDay(old.period.to);
      for (const [at, held] of [
        [end - 1, old.id],
        [end, next],
      ] as const) {
        await city.wait(at - city.now());
        const { decision, context } = await city.town.ask(dataset);
        expect([decision, context.grant]).to.deep.equal([true, held]);
      }
      const amended = done(await give(HANDLER, `/api/grants/${next}`, 'amend'), 201).body;
      expect(amended.succeeds).to.deep.equal({ grant: next, kind: 'amendment' });
    });

    shows('revoked-with-reason', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset]);
      refused(await give('supervisor', grant, 'revoke', {}), 400, 'invalid-body');
      done(await give('supervisor', grant, 'revoke', { reason: 'Passed on to others' }));
      expect(await city.town.reason(dataset)).to.equal('grant-revoked');
      expect((await see(grant)).ending).to.include({ how: 'revoked', reason: 'Passed on to others' });
      refused(await give('supervisor', grant, 'resume', { reason: 'Sorry' }), 409, 'grant-state');
    });

    shows('restriction-of-use', async () => {
      const [dataset, other] = [await city.town.plain('health'), await city.town.plain('health')];
      const { grant } = await city.town.granted([dataset]);
      const more = { purpose: { ...PURPOSE, category: 'education' } };
      const open = await city.town.submitted([dataset], more);
      const { organisation } = await city.town.me(HANDLER);
      const violation = await heard({ organisation: organisation.id, kind: 'unlawful-acquisition' });
      const measure = { step: 'restrict', reason: 'Established', until: later(90), datasets: [dataset.id] };
      done(await give('supervisor', violation, 'impose', measure));
      expect([(await see(grant)).state, (await see(open)).state]).to.deep.equal(['revoked', 'closed']);
      const again = await city.town.create([dataset]);
      const submitted =
        again.status === 201 ? await give(HANDLER, `/api/applications/${again.body.id}`, 'submit') : again;
      refused(submitted, 422, 'use-restricted');
      done(await give(HANDLER, await city.town.draft([other], more), 'submit'));
    });

    shows('decided-dataset-by-dataset', async () => {
      const [one, two] = await city.pair();
      const path = await city.town.advised([one, two]);
      const narrower = { dataset: one.id, items: [one.items[0].name], quota: 5, period: until(10).period };
      const { body } = done(await give('approver', path, 'approve', { datasets: [narrower] }));
      expect(body.state).to.equal('partly-approved');
      expect(body.datasets.map(({ outcome }: Body) => outcome.ruling)).to.deep.equal(['approved-in-part', 'refused']);
      const [grant] = done(await city.town.sign(path)).body.grants;
      expect(await see(`/api/grants/${grant.id}`)).to.deep.include({ items: narrower.items, quota: 5 });
      expect(await city.town.reason(two)).to.equal('no-grant');
    });

    shows('given-back', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset]);
      refused(await give('enterprise-b-handler', grant, 'relinquish', { reason: 'x' }), 404, 'not-found');
      done(await give(HANDLER, grant, 'relinquish', { reason: 'Not needed any more' }));
      expect([(await see(grant)).state, (await city.town.ask(dataset)).decision]).to.deep.equal([
        'relinquished',
        false,
      ]);
    });

    shows('ladder-of-measures', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset]);
      const slight = await heard({ grant: idIn(grant), kind: 'platform-rules' });
      refused(
        await give('supervisor', slight, 'impose', { step: 'revoke', reason: 'x' }),
        422,
        'measure-not-on-ladder',
      );
      done(await give('supervisor', slight, 'impose', { step: 'notice', reason: 'Mind the limits' }));
      expect(await city.town.reason(dataset), 'a notice stops nothing').to.equal('granted');
      const grave = await heard({ grant: idIn(grant), kind: 're-identification' });
      expect(await city.town.reason(dataset), 'before anybody decided').to.equal('grant-suspended');
      done(await give('supervisor', grave, 'dismiss', { reason: 'It was not so' }));
      expect(await city.town.reason(dataset)).to.equal('granted');
    });

    shows('raised-tier-reaches-grants', async () => {
      const dataset = await city.town.plain();
      const { grant } = await city.town.granted([dataset]);
      const open = await city.town.submitted([dataset], { purpose: { ...PURPOSE, category: 'operations' } });
      const preview = await see(`/api/datasets/${dataset.id}/reclassification?tier=restricted`, 'officer');
      const named = [...preview.grants, ...preview.applications].map(({ id }: Body) => id);
      expect(named).to.include.members([idIn(grant), idIn(open)]);
      expect((await see(grant)).state, 'a preview changes nothing').to.equal('active');
      const raised = { tier: 'restricted', reason: 'Plates can be read' };
      done(await give('officer', `/api/datasets/${dataset.id}`, 'propose-tier', raised));
      expect(await city.town.reason(dataset)).to.equal('restricted');
      expect((await see(grant)).state).to.equal('suspended');
    });

    shows('let-go-by-two', async () => {
      const { id } = await city.town.plain();
      const harm = { about: 'rights', right: 'privacy', dataset: id, reason: 'Shows me.', evidence: 'On file' };
      const filed = done(await (await city.town.as('enterprise-b-handler')).post('/api/objections', harm)).body;
      const path = `/api/complaints/${filed.id}`;
      const act = async (by: Account, command: string, body: object) => done(await give(by, path, command, body));
      await act('reviewer-transport', 'report-finding', { finding: 'founded', remark: 'It does.' });
      await act('approver', 'rule', { outcome: 'withdraw', text: 'Your right prevails.' });
      done(await give('steward-transport', `/api/datasets/${id}`, 'restore'));
      expect(await city.town.reason(id)).to.equal('dataset-suspended');
      await act('steward-transport', 'propose-release', { reason: 'It is masked.' });
      await act('approver', 'decline-release', { reason: 'Not all of it.' });
      await act('steward-transport', 'propose-release', { reason: 'The column is gone.' });
      expect(await city.town.reason(id), 'one asks').to.equal('dataset-suspended');
      await act('approver', 'confirm-release', { reason: 'So it is.' });
      expect(await city.town.reason(id), 'the other agrees').to.not.equal('dataset-suspended');
    });

    shows('the-way-into-the-environment', async () => {
      const dataset = await city.town.plain();
      const sandbox = { text: { zh: '四号楼', en: 'Building 4' }, url: 'https://lab.example.org/' };
      done(await (await city.town.as('steward-transport')).change(`/api/datasets/${dataset.id}`, { sandbox }));
      const { grant } = await city.town.granted([dataset]);
      expect((await see(grant)).sandbox, 'files may leave').to.equal(null);
      done(await give('supervisor', grant, 'limit', { reason: 'Inside only', delivery: 'sandbox' }));
      expect((await see(grant)).sandbox).to.deep.equal(sandbox);
      expect((await see(grant, 'supervisor')).sandbox).to.equal(null);
      expect(await see(`/api/datasets/${dataset.id}`)).to.not.have.property('sandbox');
    });

    shows('one-winner', async () => {
      const path = await city.town.advised([await city.town.plain()]);
      const etag = (await see(path, 'approver')).etag as string;
      const rules = async (by: Account, command: string, body: object): Promise<Answer> =>
        (await city.town.as(by)).post(`${path}/commands/${command}`, body, { 'if-match': etag });
      const refusal = { reasons: [{ code: 'other', text: 'No' }] };
      const both = await Promise.all([rules('approver', 'approve', {}), rules('approver-deputy', 'refuse', refusal)]);
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([200, 412]);
      const won = both.find(({ status }) => status === 200)?.body.state;
      const page = await see(path);
      expect([page.state, page.grants.length]).to.deep.equal([won, won === 'approved' ? 1 : 0]);
    });

    shows('once-for-a-key', async () => {
      const { grant } = await city.town.granted([await city.town.plain()]);
      const supervisor = await city.town.as('supervisor');
      const { etag } = await see(grant, 'supervisor');
      const send = (key: string) =>
        supervisor.post(`${grant}/commands/suspend`, { reason: 'Look' }, { 'if-match': etag, 'idempotency-key': key });
      const twice = await Promise.all([send('the-same'), send('the-same')]);
      expect(twice.map(({ status }) => status)).to.deep.equal([200, 200]);
      expect(twice[0]?.body).to.deep.equal(twice[1]?.body);
      refused(await send('another'), 412, 'stale-etag');
      expect((await about(grant)).filter((event) => event === 'grant.suspended')).to.have.length(1);
    });
  },
  [mariaDb],
);
