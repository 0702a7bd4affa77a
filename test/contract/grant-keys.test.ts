import { expect } from 'chai';
import { ok } from '../../src/kernel/result.js';
import type { Answer } from '../support/caller.js';
import { eachBackend } from '../support/databases.js';
import { done, refused, Town } from '../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

const HANDLER = 'enterprise-a-handler';
const SIGNATORY = 'enterprise-a-signatory';

describe('contract: keys of a grant, for machines', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let town: Town;
    let grant: string;
    let other: string;
    /** The interface that is granted, and one of other data that is granted too. */
    let own: string;
    let foreign: string;
    /** Data with an interface, and some that are not granted yet. */
    let third: Body;
    let fourth: Body;
    before(async () => {
      town = await Town.open(backend);
      const served = [...(await town.plainOf('transport')), ...(await town.plainOf('health'))];
      const apis = served.filter(({ deliveryKinds }: Body) => deliveryKinds.includes('api'));
      expect(apis.length, 'data with an interface').to.be.above(2);
      const granted = async (dataset: Body, more: object = {}) =>
        (await town.granted([dataset], undefined, { delivery: 'api', ...more })).grant;
      third = apis[2];
      fourth = served.find(({ id }: Body) => !apis.slice(0, 3).some((one: Body) => one.id === id));
      [grant, other] = [await granted(apis[0]), await granted(apis[1])];
      const linkOf = async (path: string): Promise<string> =>
        (await (await town.as(HANDLER)).get(path)).body.links[0].distribution;
      [own, foreign] = [await linkOf(grant), await linkOf(other)];
    });
    after(() => town?.close());

    const make = async (label: string, of = grant, more: object = {}): Promise<Body> =>
      done(await (await town.as(HANDLER)).post(`${of}/keys`, { label, ...more }), 201).body;
    const list = async (of = grant): Promise<Body> => done(await (await town.as(HANDLER)).get(`${of}/keys`), 200).body;
    const revoke = async ({ id }: Body, of = grant): Promise<Answer> =>
      (await town.as(HANDLER)).post(`${of}/keys/${id}/commands/revoke`);
    const check = ({ secret }: Body, distribution = own, more: Record<string, string> = {}) =>
      town.anonymous.get('/access/check', {
        'x-api-key': secret,
        'x-original-uri': `/data-api/${distribution}`,
        'x-original-method': 'GET',
        ...more,
      });
    const told = async (answer: Promise<Answer>): Promise<unknown[]> => {
      const { status, headers } = await answer;
      return [status, headers.get('x-reason')];
    };
    const byHand = (sql: string, ...values: unknown[]) =>
      town.app.unit.run(async (tx) => {
        await tx.manager.query(sql, values);
        return ok(undefined);
      });

    it('are shown once, and ask at the check for their grant alone', async () => {
      const key = await make('Gateway');
      expect(key.secret).to.match(/^tgk_[0-9A-Z]{26}_/);
      expect(key).to.deep.include({ label: 'Gateway', person: null, revokedAt: null, lastAskedAt: null });
      expect(JSON.stringify(await list()))
        .to.include(key.id)
        .and.not.include(key.secret);
      const answer = await check(key);
      expect([answer.status, answer.headers.get('x-grant')]).to.deep.equal([200, grant.split('/').at(-1)]);
      expect(await told(check(key, foreign))).to.deep.equal([403, 'no-grant']);
      expect(await told(check(await make('Own', other), foreign))).to.deep.equal([200, 'granted']);
      expect(await told(check(key, own, { 'x-purpose': 'education' }))).to.deep.equal([403, 'purpose-mismatch']);
      expect(
        await told(check({ secret: `${key.secret.slice(0, -1)}${key.secret.endsWith('A') ? 'B' : 'A'}` })),
      ).to.deep.equal([401, 'invalid-token']);
      const both = { authorization: `Bearer ${(await town.as(HANDLER)).token}` };
      expect((await check(key, own, both)).status, 'two credentials are none').to.equal(401);
    });

    it('end with a suspension at the next question, and go on after it; a revoked one never does', async () => {
      const [key, successor] = [await make('Main'), await make('Main')];
      expect([(await check(key)).status, (await check(successor)).status], 'both, while one is replaced').to.deep.equal(
        [200, 200],
      );
      done(await town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
      expect(await told(check(key))).to.deep.equal([403, 'grant-suspended']);
      refused(await (await town.as(HANDLER)).post(`${grant}/keys`, { label: 'x' }), 409, 'grant-state');
      expect((await list()).mayMake).to.equal(false);
      done(await town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
      expect(await told(check(key))).to.deep.equal([200, 'granted']);
      const revoked = done(await revoke(key), 200).body;
      expect(revoked.revokedAt).to.be.a('string');
      expect(await told(check(key))).to.deep.equal([401, 'invalid-token']);
      expect(await told(check(successor))).to.deep.equal([200, 'granted']);
      refused(await revoke(key), 409, 'already-so');
      refused(await revoke(key, other), 404, 'not-found');
    });

    it('stand beside the address of the interface, with when they asked last', async () => {
      const key = await make('Watched');
      expect((await check(key)).status).to.equal(200);
      expect((await check(key, foreign)).status).to.equal(403);
      await town.app.slices.decisions.book.flush();
      const { items } = await list();
      const listed = items.find(({ id }: Body) => id === key.id);
      expect([listed.permitted, listed.denied]).to.deep.equal([1, 1]);
      const [link] = (await (await town.as(HANDLER)).get(grant)).body.links;
      const { id, label, createdAt, expiresAt, lastAskedAt } = listed;
      expect(link.credential).to.deep.equal({ id, label, createdAt, expiresAt, lastAskedAt });
      expect((await (await town.as('reviewer-transport')).get(grant)).text).to.not.include(key.id);
      const { items: portals } = (await (await town.as('admin')).get('/api/decisions/portals')).body;
      expect(portals.map(({ portal }: Body) => portal)).to.not.include('');
    });

    it('are nobody under the API but who they are', async () => {
      const { secret, id } = await make('Curious');
      const headers = { 'x-api-key': secret };
      const { organisation } = await town.me(HANDLER);
      const me = done(await town.anonymous.get('/api/me', headers), 200).body;
      expect(me).to.deep.include({ subject: { id, name: 'Curious' }, roles: [], permissions: ['me.read'] });
      expect(me.asksAs).to.deep.equal({ type: 'organisation', id: organisation.id });
      for (const path of ['/api/datasets', '/api/grants', grant, `${grant}/keys`, '/api/applications'])
        refused(await town.anonymous.get(path, headers), 403, 'forbidden');
      refused(await town.anonymous.post(`${grant}/keys`, { label: 'x' }, headers), 403, 'forbidden');
      const question = {
        subject: me.asksAs,
        resource: { type: 'distribution', id: own },
        action: { name: 'api' },
      };
      const asked = done(await town.anonymous.post('/access/v1/evaluation', question, headers), 200).body;
      expect([asked.decision, asked.context.grant]).to.deep.equal([true, grant.split('/').at(-1)]);
      refused(await town.anonymous.post('/access/v1/search/resource', question, headers), 403, 'forbidden');
    });

    it('are served by the example portal, and what they took counts', async () => {
      const key = await make('Through the portal');
      const { href } = (await (await town.as(HANDLER)).get(grant)).body.links[0];
      const address = new URL(href, town.address).pathname;
      const take = (): Promise<Answer> => town.anonymous.get(address, { 'x-api-key': key.secret });
      done(await town.give('supervisor', grant, 'limit', { reason: 'Too much', quota: 1 }));
      expect(done(await take(), 200).headers.get('x-reason')).to.equal('granted-limited');
      const spent = await take();
      expect([spent.status, spent.body.code]).to.deep.equal([403, 'quota-used-up']);
      done(await town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
      done(await take(), 200);
      done(await revoke(key));
      expect((await take()).status).to.equal(401);
    });

    it('are made by who acts for the organisation, and told to the signatory', async () => {
      const body = { label: 'x' };
      for (const [who, status, code] of [
        ['enterprise-b-handler', 404, 'not-found'],
        ['reviewer-transport', 403, 'forbidden'],
        ['supervisor', 403, 'forbidden'],
      ] as const) {
        refused(await (await town.as(who)).post(`${grant}/keys`, body), status, code);
        refused(await (await town.as(who)).get(`${grant}/keys`), status, code);
      }
      refused(await town.anonymous.post(`${grant}/keys`, body), 401, 'sign-in-required');
      const made = done(await (await town.as(SIGNATORY)).post(`${other}/keys`, body), 201).body;
      expect((await list(other)).items.map(({ id }: Body) => id)).to.include(made.id);
      const { items } = (await (await town.as(SIGNATORY)).get('/api/notifications?limit=100')).body;
      const events = items
        .filter(({ href }: Body) => href === grant || href.endsWith(grant.replace('/api', '')))
        .map(({ event }: Body) => event);
      expect(events).to.include('grant.key-made').and.include('grant.key-revoked');
    });

    it('are so many at once, end in the future and with the grant, and are for interfaces', async () => {
      const fresh = (await town.granted([fourth])).grant;
      refused(await (await town.as(HANDLER)).post(`${fresh}/keys`, { label: 'x' }), 422, 'key-needs-interface');
      const ends = { expiresAt: '2020-01-01T00:00:00Z' };
      const past = refused(
        await (await town.as(HANDLER)).post(`${other}/keys`, { label: 'x', ...ends }),
        422,
        'key-end-past',
      );
      expect(past.body.errors[0].pointer).to.equal('/expiresAt');
      const late = await make('Late', other, { expiresAt: '2999-01-01T00:00:00Z' });
      const { period } = (await (await town.as(HANDLER)).get(other)).body;
      expect(Date.parse(late.expiresAt)).to.equal(Date.parse(`${period.to}T23:59:59.999+08:00`) + 1);
      while ((await list(other)).mayMake) await make('One more', other);
      refused(await (await town.as(HANDLER)).post(`${other}/keys`, { label: 'x' }), 409, 'too-many-keys');
      done(await revoke(late, other));
      expect((await list(other)).mayMake).to.equal(true);
    });

    it('that were changed by hand are worth nothing', async () => {
      const first = grant.split('/').at(-1);
      for (const [column, value] of [
        ['grant_id', first],
        ['expires_at', '2999-01-01 00:00:00.000'],
        ['person', (await town.me(HANDLER)).subject.id],
      ] as const) {
        const { items } = await list(other);
        const spare = items.findLast(({ revokedAt }: Body) => revokedAt === null);
        done(await revoke(spare, other));
        const key = await make(`Edited ${column}`, other);
        expect((await byHand(`UPDATE credentials SET ${column} = ? WHERE id = ?`, value, key.id)).ok).to.equal(true);
        expect(await told(check(key, foreign)), column).to.deep.equal([401, 'invalid-token']);
      }
    });

    it('of a grant that names persons ask in the name of who made them', async () => {
      const me = (await town.me(HANDLER)).subject.id;
      const named = (await town.granted([third], undefined, { delivery: 'api', members: [me] })).grant;
      const distribution = (await (await town.as(HANDLER)).get(named)).body.links[0].distribution;
      const key = await make('By name', named);
      expect(key.person).to.equal(me);
      expect(await told(check(key, distribution))).to.deep.equal([200, 'granted']);
      refused(await (await town.as(SIGNATORY)).post(`${named}/keys`, { label: 'x' }), 403, 'forbidden');
      const seen = done(await (await town.as(SIGNATORY)).get(`${named}/keys`), 200).body;
      expect([seen.items.length, seen.mayMake], 'looks after them, makes none').to.deep.equal([1, false]);
    });

    it('rest with their organisation', async () => {
      // What was changed by hand above lies among them.
      const spare = (await list()).items.find(
        ({ label, revokedAt }: Body) => label === 'Curious' && revokedAt === null,
      );
      done(await revoke(spare));
      const key = await make('Resting');
      expect((await check(key)).status).to.equal(200);
      const { organisation } = await town.me(HANDLER);
      const path = `/api/organisations/${organisation.id}`;
      done(await town.give('admin', path, 'suspend', { reason: 'Under investigation' }));
      expect(await told(check(key))).to.deep.equal([401, 'invalid-token']);
      done(await town.give('admin', path, 'resume'));
      expect(await told(check(key))).to.deep.equal([200, 'granted']);
    });
  });
});
