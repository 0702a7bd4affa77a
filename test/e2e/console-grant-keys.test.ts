import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Caller } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const HANDLER = 'enterprise-a-handler';

/** Who holds a grant for an interface gives a machine its key: shown once, replaced without a gap, revoked. */
describeAtDesk('keys of a grant in the console', (desk) => {
  let cases: Cases;
  let apis: string[];
  before(async () => {
    cases = await Cases.open(desk.address);
    const kinds = async (id: string) => fine(await cases.as(HANDLER).get(`/api/datasets/${id}`)).body.deliveryKinds;
    apis = [];
    for (const id of cases.datasets) if ((await kinds(id)).includes('api')) apis.push(id);
  });

  const granted = async (dataset: string): Promise<string> => {
    const path = await cases.at('concluded', { datasets: [{ dataset }], delivery: 'api' });
    return `/api/grants/${fine(await cases.as(HANDLER).get(path)).body.grants[0].id}`;
  };
  const secretOf = (user: ConsoleUser): Promise<string> =>
    user.page.locator('#keys .card-good input[readonly]').inputValue();
  const rows = (user: ConsoleUser) => user.page.locator('#keys .row-card');

  LANGUAGES.forEach((language, at) =>
    it(`are made, shown once, replaced and revoked, in ${language}`, async function () {
      this.timeout(240_000);
      const grant = await granted(apis[at] as string);
      const { links } = fine(await cases.as(HANDLER).get(grant)).body;
      const check = async (secret: string): Promise<number> => {
        const headers = { 'x-api-key': secret, 'x-original-uri': `/data-api/${links[0].distribution}` };
        return (await Caller.anonymous(desk.address).get('/access/check', headers)).status;
      };
      const page = grant.replace('/api', '');
      const handler = await desk.open(language, HANDLER, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await handler.visit(page);
      await handler.page.getByText(handler.say('grant.noKeys')).waitFor();
      await handler.isSound('a grant without keys');
      await handler.fill('portals.label', 'Gateway');
      await handler.fill('portals.lastDay', addDays(dayOf(Date.now()), 9));
      await handler.press('portals.make');
      await handler.page.getByText(handler.say('portals.madeNow', { label: 'Gateway' })).waitFor();
      const first = await secretOf(handler);
      await handler.isSound('a key, this once');
      expect(await check(first)).to.equal(200);
      await handler.visit(page);
      expect(await handler.page.content(), 'shown once').to.not.contain(first);

      await handler.page.getByRole('button', { name: handler.say('portals.replaceIt', { label: 'Gateway' }) }).click();
      await handler.page.getByText(handler.say('portals.madeNow', { label: 'Gateway' })).waitFor();
      const second = await secretOf(handler);
      expect([second === first, await check(first), await check(second)], 'both, for a while').to.deep.equal([
        false,
        200,
        200,
      ]);
      await handler.settled();
      expect(await rows(handler).count()).to.equal(2);
      const { items } = fine(await cases.as(HANDLER).get(`${grant}/keys`)).body;
      const ends = `${addDays(dayOf(Date.now()), 9)}T15:59:59.999Z`;
      expect(items.map(({ expiresAt }: { expiresAt: string }) => expiresAt)).to.deep.equal([ends, ends]);
      // The newest stands first.
      const old = rows(handler).last();
      await old.locator('button[data-command="revoke"]').click();
      await handler.page.getByText(handler.say('grant.keyRevocation', { label: 'Gateway' })).waitFor();
      await handler.isSound('what revoking does');
      await old.locator('form[data-command="revoke"] button[type=submit]').click();
      await old.locator('.state-badge', { hasText: handler.say('codes.keyState.revoked') }).waitFor();
      expect([await check(first), await check(second)]).to.deep.equal([401, 200]);

      fine(await cases.as('supervisor').command(grant, 'suspend', { reason: 'Reported' }));
      expect(await check(second)).to.equal(403);
      await handler.visit(page);
      await handler.page.getByText(handler.say('grant.noMoreKeys')).waitFor();
      await rows(handler)
        .locator('.state-badge', { hasText: handler.say('codes.keyState.rests') })
        .waitFor();
      await handler.isSound('a grant that rests, with its keys');
      fine(await cases.as('supervisor').command(grant, 'revoke', { reason: 'Used for something else' }));
      await handler.visit(page);
      const ended = rows(handler).filter({ hasText: handler.say('codes.keyState.ended') });
      await ended.waitFor();
      expect(await ended.locator('button').count(), 'nothing is left to do about it').to.equal(0);
      const reviewer = await desk.open(language, 'reviewer-transport');
      await reviewer.visit(page);
      expect(await reviewer.page.locator('#keys').count(), 'not for the holder').to.equal(0);
      await reviewer.close();
      await handler.close();
    }),
  );
});
