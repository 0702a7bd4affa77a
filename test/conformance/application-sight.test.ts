import { expect } from 'chai';
import { eachBackend } from '../support/databases.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { organisation, principal } from '../support/applications/premises.js';
import type { Name } from '../unit/applications/world.js';

interface Entry {
  readonly event: string;
  readonly data: { readonly text?: string };
}

describe('conformance: who sees what of an application', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const page = async (who: Name, id: string) => (await driver.get(who, `/api/applications/${id}`)).body;
    const told = async (who: Name, id: string): Promise<string[]> =>
      ((await page(who, id)).history as Entry[]).map(({ event }) => event.replace('application.', ''));

    it('the applicant does not read what officers say among themselves; a question and its answer it does', async () => {
      const id = await driver.at('authority');
      await driver.command('approver', id, 'remark', { text: 'Check the second annex.', private: true });
      await driver.command('approver', id, 'remark', { text: 'Thank you.', private: false });
      await driver.command('approver', id, 'ask', { text: 'Who will use it?' });
      await driver.command('handler', id, 'answer', { text: 'Two analysts.' });
      await driver.command('deputy', id, 'declare-conflict', { text: 'My brother works there.' });
      const own = await page('handler', id);
      expect(await told('handler', id)).to.deep.equal([
        'created',
        'submitted',
        'accepted',
        'remarked',
        'asked',
        'answered',
      ]);
      expect(own).to.not.have.property('advice');
      expect(own.assignee).to.equal(null);
      expect(JSON.stringify(own)).to.not.match(/annex|brother|fits/);
      expect(own.questions).to.have.length(1);
      expect(own.questions[0]).to.include({ number: 1, answered: true });
      expect(own.questions).to.deep.equal((await page('reviewer', id)).questions);
      const officers = await page('reviewer', id);
      expect(officers.advice).to.deep.include({ recommendation: 'approve' });
      expect(JSON.stringify(officers))
        .to.match(/annex/)
        .and.match(/brother/);
    });

    it('an officer who comes to stand on the applicant’s side reads with its eyes and rules no more', async () => {
      const id = await driver.at('authority');
      await driver.command('approver', id, 'remark', { text: 'Check the second annex.', private: true });
      await platform.put(
        'organisations',
        'enterprise',
        organisation('enterprise', 'enterprise', { parent: 'transport' }),
      );
      const seen = await page('reviewer', id);
      expect(JSON.stringify(seen)).to.not.match(/annex/);
      expect(seen).to.not.have.property('advice');
      expect(seen.allowedCommands).to.deep.equal(['declare-conflict', 'remark']);
      const whisper = await driver.command('reviewer', id, 'remark', { text: 'Let it pass.', private: true });
      refusedWith(whisper, 422, 'private-remark');
      expect(JSON.stringify(await page('approver', id)), 'the others read on').to.match(/annex/);
    });

    it('a case is given for what its applicant is not told to those who judge it, and to nobody on the applicant’s side', async () => {
      const id = await driver.at('authority');
      const given = (who: Name) =>
        platform.unit.read(async (reader) => {
          const found = await platform.applications.queries.reviewed(reader, principal(who), id);
          return found.ok ? found.value.application.id : found.error.code;
        });
      for (const who of ['reviewer', 'approver'] as const) expect(await given(who), who).to.equal(id);
      for (const who of ['handler', 'rival', 'reviewer-health'] as const)
        expect(await given(who), who).to.equal('not-found');
      await platform.put(
        'organisations',
        'enterprise',
        organisation('enterprise', 'enterprise', { parent: 'transport' }),
      );
      expect((await page('reviewer', id)).id, 'sees the case').to.equal(id);
      expect(await given('reviewer'), 'and not this of it').to.equal('not-found');
      expect(await given('approver')).to.equal(id);
    });

    it('where the holder is the applicant’s own parent, the case passes at submission, and the applicant is told', async () => {
      await platform.put(
        'organisations',
        'enterprise',
        organisation('enterprise', 'enterprise', { parent: 'transport' }),
      );
      const id = await driver.at('submitted');
      const own = await page('handler', id);
      expect(own.receipt.waitingFor).to.deep.equal({
        role: 'approver',
        organisation: { id: 'authority', name: 'authority' },
      });
      expect(await told('handler', id)).to.deep.equal(['created', 'submitted', 'passed']);
      refusedWith(await driver.command('reviewer', id, 'accept'), 403, 'applicant-side');
      expect((await driver.command('approver', id, 'accept')).status).to.equal(200);
    });

    it('of several holders in a bundle each sees its own part', async () => {
      const roads = await driver.create('handler', { bundle: 'wizard-7' });
      const clinics = await driver.create('handler', { bundle: 'wizard-7', datasets: [{ dataset: 'clinics' }] });
      for (const { body } of [roads, clinics]) await driver.command('handler', body.id, 'submit');
      const listed = async (who: Name) =>
        (await driver.get(who, '/api/applications?bundle=wizard-7')).body as { items: { id: string }[]; total: number };
      expect((await listed('handler')).total).to.equal(2);
      expect((await listed('reviewer')).items.map(({ id }) => id)).to.deep.equal([roads.body.id]);
      expect((await listed('reviewer-health')).items.map(({ id }) => id)).to.deep.equal([clinics.body.id]);
      expect((await listed('rival')).total).to.equal(0);
      refusedWith(await driver.get('reviewer-health', `/api/applications/${roads.body.id}`), 404, 'not-found');
    });

    it('a list goes on where it stopped although new cases came in between', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) {
        platform.clock.now += 1000;
        ids.push(await driver.at('draft'));
      }
      const next = async (token: string) => {
        const search = `?limit=2${token === '' ? '' : `&pageToken=${token}`}`;
        return (await driver.get('handler', `/api/applications${search}`)).body;
      };
      const seen: string[] = [];
      for (let token = '', first = true; first || token !== ''; first = false) {
        const { items, nextPageToken } = await next(token);
        seen.push(...items.map(({ id }: { id: string }) => id));
        token = nextPageToken;
        platform.clock.now += 1000;
        await driver.at('draft');
      }
      expect(seen).to.deep.equal(ids.reverse());
    });

    it('a queue goes on by due day and id, and a token of one list is none of another', async () => {
      for (let index = 0; index < 3; index++) {
        if (index === 2) platform.clock.now += 86_400_000;
        await driver.at('submitted');
      }
      const due = async (token: string) =>
        (await driver.get('supervisor', `/api/applications?queue=due&limit=2&pageToken=${token}`)).body;
      const first = (await driver.get('supervisor', '/api/applications?queue=due&limit=2')).body;
      const second = await due(first.nextPageToken);
      const dues = [...first.items, ...second.items].map((one: { due: string }) => one.due);
      expect(dues).to.deep.equal(['2026-03-09', '2026-03-09', '2026-03-10']);
      expect([first.total, second.total, second.nextPageToken]).to.deep.equal([3, 3, '']);
      const other = await driver.get('supervisor', `/api/applications?pageToken=${first.nextPageToken}`);
      refusedWith(other, 400, 'invalid-page-token');
      const byAge = (await driver.get('supervisor', '/api/applications?limit=1')).body.nextPageToken;
      refusedWith(
        await driver.get('supervisor', `/api/applications?queue=due&pageToken=${byAge}`),
        400,
        'invalid-page-token',
      );
    });

    it('a later version of the agreement is signed for a concluded application, once', async () => {
      const id = await driver.at('concluded');
      expect((await page('signatory', id)).waitingFor).to.equal(null);
      await platform.put('agreements', 'template', { version: 2, hash: 'h2' });
      const asked = await page('signatory', id);
      expect(asked.waitingFor).to.deep.include({ role: 'signatory' });
      expect(asked.agreement).to.deep.include({ version: 2, hash: 'h2' });
      expect(asked.agreement.accepted).to.include({ version: 1 });
      expect(asked.allowedCommands).to.deep.equal(['accept-agreement']);
      refusedWith(
        await driver.command('signatory', id, 'accept-agreement', { version: 1, hash: 'h1' }),
        409,
        'agreement-changed',
      );
      const signed = await driver.command('signatory', id, 'accept-agreement', { version: 2, hash: 'h2' });
      expect(signed.body).to.deep.include({ state: 'concluded', waitingFor: null, allowedCommands: [] });
      expect((await told('handler', id)).filter((event) => event === 'concluded')).to.have.length(1);
    });

    it('a desk that is emptied passes its cases at once to the substitute, whose queue they join', async () => {
      const waiting = await driver.at('submitted');
      const claimed = await driver.at('holder');
      await driver.command('reviewer', claimed, 'claim');
      const elsewhere = await driver.at('authority');
      const mine = async (who: Name): Promise<string[]> =>
        ((await driver.get(who, '/api/applications?queue=mine')).body.items as { id: string }[])
          .map(({ id }) => id)
          .sort();
      expect(await mine('approver')).to.deep.equal([elsewhere]);
      const leaves = (who: Name, role: string) => {
        platform.vacant.add(who);
        const subject = { kind: 'post', id: `post-${who}` };
        return platform.tell({ event: 'post.ended', subject, data: { organisation: 'transport', role } });
      };
      await leaves('reviewer', 'reviewer');
      await leaves('reviewer-2', 'reviewer');
      expect(await mine('approver'), 'someone is left').to.deep.equal([elsewhere]);
      await leaves('both-stages', 'reviewer');
      await leaves('reviewer-of-parent', 'reviewer');
      expect(await mine('approver')).to.deep.equal([waiting, claimed, elsewhere].sort());
      const passed = await page('handler', claimed);
      expect(passed.waitingFor).to.deep.include({ role: 'approver' });
      expect(passed.history.at(-1)).to.deep.include({ event: 'application.passed', by: null });
      expect((await told('handler', elsewhere)).filter((event) => event === 'passed')).to.deep.equal([]);
      expect((await driver.command('approver', waiting, 'accept')).status).to.equal(200);
    });

    it('a holder that is switched off has nobody to act for it: its cases pass to the authority', async () => {
      const id = await driver.at('submitted');
      const off = organisation('transport', 'public-body', { state: 'suspended' });
      await platform.put('organisations', 'transport', off, 'organisation.suspended');
      expect((await page('handler', id)).waitingFor).to.deep.include({ role: 'approver' });
      expect(await told('handler', id)).to.deep.equal(['created', 'submitted', 'passed']);
      expect((await driver.command('approver', id, 'accept')).status).to.equal(200);
    });
  });
});
