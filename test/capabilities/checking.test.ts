import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { demonstrate } from '../support/capability.js';
import { keysIn, PortalClient, verifyPermit } from '../../portal-kit/index.js';
import { Caller } from '../support/caller.js';
import { inProject } from '../support/project.js';
import { type Account, done } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

demonstrate('checking', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const ofTier = async (tier: string, by: Account = HANDLER): Promise<string[]> =>
    (await see(`/api/datasets?tier=${tier}&limit=100`, by)).items.map(({ id }: Body) => id);

  shows('one-answer-for-every-tier', async () => {
    const nobody = { subject: { type: 'anonymous', id: 'anonymous' } };
    const [open = ''] = await ofTier('open');
    const [restricted = ''] = await ofTier('restricted', 'steward-transport');
    const dataset = await city.town.plain();
    expect(await city.town.reason(open, nobody)).to.equal('open-data');
    expect([await city.town.reason(dataset, nobody), await city.town.reason(dataset)]).to.deep.equal([
      'sign-in-required',
      'no-grant',
    ]);
    expect(await city.town.reason(restricted)).to.equal('restricted');
  });

  shows('batch-with-one-answer-each', async () => {
    const [open, conditional] = [await ofTier('open'), await ofTier('conditional')];
    const asked = [...open, ...conditional].slice(0, 200);
    const { organisation } = await city.town.me(HANDLER);
    const { body } = done(
      await (await city.town.portal()).post('/access/v1/evaluations', {
        subject: { type: 'organisation', id: organisation.id },
        action: { name: 'download' },
        evaluations: asked.map((id) => ({ resource: { type: 'dataset', id } })),
      }),
      200,
    );
    expect(body.evaluations).to.have.length(200);
    for (const [at, id] of [asked[0], asked[150]].entries())
      expect(body.evaluations[at * 150].decision, 'as when it is asked alone').to.equal(
        (await city.town.ask(id)).decision,
      );
    const decisions = new Set(body.evaluations.map(({ decision }: Body) => decision));
    expect([...decisions], 'no answer is the sum of all').to.have.members([true, false]);
  });

  shows('what-may-we-read', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const { items } = await see('/api/grants?state=active&limit=100');
    expect(items.map(({ id }: Body) => `/api/grants/${id}`)).to.include(grant);
    for (const one of items as Body[]) {
      const about = { context: { purpose: one.purpose }, action: { name: one.delivery } };
      const covered = one.items.length === 0 ? {} : { properties: { items: one.items } };
      const resource = { resource: { type: 'dataset', id: one.dataset, ...covered } };
      expect((await city.town.ask(one.dataset, { ...about, ...resource })).decision, one.id).to.equal(true);
    }
    const [link] = (await see(grant)).links;
    expect((await (await city.town.as(HANDLER)).get(link.href)).status).to.equal(200);
  });

  shows('lists-agree-with-checks', async () => {
    const dataset = await city.town.plain();
    await city.town.granted([dataset]);
    const portal = await city.town.portal();
    const { organisation } = await city.town.me(HANDLER);
    const subject = { type: 'organisation', id: organisation.id };
    const action = { name: 'download' };
    const resource = { type: 'dataset', id: dataset.id };
    const found = async (kind: string, body: object): Promise<Body[]> =>
      done(await portal.post(`/access/v1/search/${kind}`, { ...body, page: { limit: 1000 } }), 200).body.results;
    const listed = await found('resource', { subject, action, resource: { type: 'dataset' } });
    expect(listed).to.deep.include(resource);
    for (const one of listed)
      expect((await city.town.ask('', { subject, action, resource: one })).decision, one.id).to.equal(true);
    expect(await found('subject', { subject: { type: 'organisation' }, action, resource })).to.deep.equal([subject]);
    expect(await found('action', { subject, resource })).to.deep.equal([{ name: 'read' }, action]);
  });

  shows('reason-and-next-step', async () => {
    const { context } = await city.town.ask(await city.town.plain());
    expect(context.reason.code).to.equal('no-grant');
    expect(context.nextStep.code).to.equal('apply');
    expect(context.policyVersion).to.match(/^[0-9a-f]{16}$/);
    expect(Date.parse(context.validUntil)).to.be.greaterThan(city.now() - 1);
    const words = (await city.town.anonymous.get('/api/vocabulary')).body;
    expect(words.reasons).to.have.property('no-grant');
    expect(words.nextSteps).to.have.property('apply');
  });

  shows('stops-at-the-next-question', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const [link] = (await see(grant)).links;
    const fetched = async () => (await (await city.town.as(HANDLER)).get(link.href)).status;
    expect([await city.town.reason(dataset), await fetched()]).to.deep.equal(['granted', 200]);
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
    expect([await city.town.reason(dataset), await fetched()]).to.deep.equal(['grant-suspended', 403]);
    done(await city.town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
    expect([await city.town.reason(dataset), await fetched()]).to.deep.equal(['granted', 200]);
  });

  shows('explained-afterwards', async () => {
    const dataset = await city.town.plain();
    const { evaluationId } = (await city.town.ask(dataset)).context;
    await sleep(700); // decisions are written in rounds
    const told = done(await (await city.town.portal()).get(`/api/decisions/${evaluationId}`), 200).body;
    expect(told.replay).to.include({ agrees: true, decision: false });
    expect(told).to.include.keys('facts', 'wouldChange', 'policyVersion');
  });

  shows('permits-without-asking-again', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const portal = await city.town.portal();
    const subject = { type: 'organisation', id: (await city.town.me(HANDLER)).organisation.id };
    const question = { subject, resource: { type: 'dataset', id: dataset.id }, action: { name: 'download' } };
    const issued = async () => done(await portal.post('/access/v1/permits', question), 200).body;
    expect((await issued()).withheld.code, 'as published').to.equal('not-in-terms');
    const path = `/api/datasets/${dataset.id}`;
    const steward = await city.town.as('steward-transport');
    const { headers } = await steward.get(path);
    const allows = { kind: 'offline-permits', text: { zh: '允许离线许可' }, evidenceRequired: false };
    const kept = dataset.conditions.map(({ kind, text, evidenceRequired }: Body) => ({
      kind,
      text: { zh: text },
      evidenceRequired,
    }));
    const conditions = [...kept, allows];
    done(await steward.send('PATCH', path, { conditions }, { 'if-match': headers.get('etag') ?? '' }), 200);
    const { permit, expiresAt, audience, evaluation } = await issued();
    expect(evaluation.decision).to.equal(true);
    expect(Date.parse(expiresAt) - city.now()).to.be.within(298_000, 300_000);
    const keys = keysIn((await city.town.anonymous.get('/.well-known/jwks.json')).body);
    const { iss: issuer } = JSON.parse(Buffer.from(permit.split('.')[1], 'base64url').toString());
    const verified = (token: string, wanted: Body = question) =>
      verifyPermit(token, wanted, { issuer, audience, keys }, city.now() / 1000);
    expect(verified(permit)).to.deep.include({ dataset: dataset.id, items: null, grant: grant.split('/').at(-1) });
    expect(verified(permit, { ...question, action: { name: 'api' } })).to.equal('other-question');
    expect(verified(`${permit.slice(0, -8)}AAAAAAAA`)).to.equal('signature');
    expect((await Caller.withToken(city.town.address, permit).get('/api/me')).status, 'no key to the API').to.equal(
      401,
    );
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
    expect(await issued()).to.deep.include({ permit: null, expiresAt: null });
    done(await city.town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
  });

  shows('a-portal-asks-for-its-own', async () => {
    const admin = await city.town.as('admin');
    const [ours, other] = [await city.town.me(HANDLER), await city.town.me('enterprise-b-handler')];
    const { id: organisation } = (await city.town.me('admin')).organisation;
    const named = { clientId: 'one-enterprise', name: 'x', organisation };
    const made = done(await admin.post('/api/portals', named), 201).body;
    const keyed = { kind: 'client-secret', label: 'x' };
    const { secret } = done(await admin.post(`/api/portals/${made.id}/keys`, keyed), 201).body;
    const account = { grantType: 'client_credentials', clientId: named.clientId, clientSecret: secret };
    const { access_token: token } = done(await city.town.anonymous.post('/api/auth/token', account)).body;
    const dataset = await city.town.plain();
    const asked = async (id: string): Promise<number> =>
      (
        await Caller.withToken(city.town.address, token).post('/access/v1/evaluation', {
          subject: { type: 'organisation', id },
          resource: { type: 'dataset', id: dataset.id },
          action: { name: 'download' },
        })
      ).status;
    expect([await asked(ours.organisation.id), await asked(other.organisation.id)]).to.deep.equal([200, 200]);
    const serve = `/api/portals/${made.id}/commands/serve`;
    done(await admin.post(serve, { serves: [ours.organisation.id] }, { 'if-match': made.etag }));
    expect([
      await asked(ours.organisation.id),
      await asked(other.organisation.id),
      await asked('nobody'),
    ]).to.deep.equal([200, 403, 403]);
  });

  shows('portals-and-their-keys', async () => {
    const admin = await city.town.as('admin');
    const { id: organisation } = (await city.town.me('admin')).organisation;
    const { id } = done(await admin.post('/api/portals', { clientId: 'keyed', name: 'x', organisation }), 201).body;
    const made = async (label: string): Promise<Body> =>
      done(await admin.post(`/api/portals/${id}/keys`, { kind: 'api-key', label }), 201).body;
    const [first, successor] = [await made('first'), await made('successor')];
    const dataset = await city.town.plain();
    const ask = async ({ secret }: Body): Promise<number> => {
      const subject = { type: 'anonymous', id: 'anonymous' };
      const question = { subject, resource: { type: 'dataset', id: dataset.id }, action: { name: 'download' } };
      return (await city.town.anonymous.post('/access/v1/evaluation', question, { 'x-api-key': secret })).status;
    };
    expect([await ask(first), await ask(successor)], 'both, while it is replaced').to.deep.equal([200, 200]);
    done(await admin.post(`/api/portals/${id}/keys/${first.id}/commands/revoke`));
    expect([await ask(first), await ask(successor)]).to.deep.equal([401, 200]);
    expect(JSON.stringify((await admin.get(`/api/portals/${id}/keys`)).body), 'shown once').to.not.contain(
      first.secret,
    );
    await city.town.app.slices.decisions.book.flush();
    const { items } = done(await admin.get('/api/decisions/portals'), 200).body;
    const use = items.find(({ portal }: Body) => portal === id);
    expect(use).to.include({ permitted: 0, denied: 3, undecided: 0 });
    expect(use.reasons).to.deep.equal([{ reason: 'sign-in-required', permit: false, count: 3 }]);
    expect(use.keys.map(({ key }: Body) => key)).to.have.members([first.id, successor.id]);
  });

  shows('keys-for-machines', async () => {
    const served = await city.town.plainOf('transport');
    const dataset = served.findLast(({ deliveryKinds }) => deliveryKinds.includes('api'));
    const { grant } = await city.town.granted([dataset], undefined, { delivery: 'api' });
    const handler = await city.town.as(HANDLER);
    const made = async (label: string): Promise<Body> => done(await handler.post(`${grant}/keys`, { label }), 201).body;
    const [key, successor] = [await made('Gateway'), await made('Gateway')];
    const { distribution } = (await see(grant)).links[0];
    const ask = async ({ secret }: Body): Promise<number> => {
      const headers = { 'x-api-key': secret, 'x-original-uri': `/data-api/${distribution}` };
      return (await city.town.anonymous.get('/access/check', headers)).status;
    };
    expect([await ask(key), await ask(successor)]).to.deep.equal([200, 200]);
    expect(JSON.stringify(await see(`${grant}/keys`)), 'shown once').to.not.contain(key.secret);
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
    expect(await ask(key)).to.equal(403);
    done(await city.town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
    done(await handler.post(`${grant}/keys/${key.id}/commands/revoke`));
    expect([await ask(key), await ask(successor)]).to.deep.equal([401, 200]);
  });

  shows('told-what-changed', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const portal = await city.town.portal();
    const { organisation } = await city.town.me(HANDLER);
    const now = done(await portal.get('/access/v1/changes'), 200).body;
    expect([now.changes, now.resync]).to.deep.equal([[], true]);
    const waiting = portal.get(`/access/v1/changes?after=${now.revision}`);
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
    const from = performance.now();
    const { changes, resync } = done(await waiting, 200).body;
    expect(performance.now() - from).to.be.below(1000);
    const distributions = dataset.distributions.map(({ id }: Body) => id);
    const subject = { type: 'organisation', id: organisation.id };
    expect([changes, resync]).to.deep.equal([[{ subject, dataset: dataset.id, distributions }], false]);
    expect(await city.town.reason(dataset), 'as it was told').to.equal('grant-suspended');
    done(await city.town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
  });

  shows('a-kit-for-portals', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const subject = { type: 'organisation' as const, id: (await city.town.me(HANDLER)).organisation.id as string };
    const question = {
      subject,
      resource: { type: 'dataset' as const, id: dataset.id },
      action: { name: 'download' as const },
    };
    const account = { clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    const client = new PortalClient({ tiergate: city.town.address, account, cache: true, clock: () => city.now() });
    client.follow();
    try {
      const permit = await client.check(question);
      if (permit.kind !== 'permit') throw new Error(permit.reason.code);
      await client.delivered(permit, { dataset: dataset.id, bytes: 12 });
      const portal = await city.town.portal();
      const again = await portal.post('/access/v1/deliveries', { evaluationId: permit.evaluationId });
      expect([again.status, again.body.grantDeliveries], 'reported once').to.deep.equal([200, 1]);
      done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
      const no = await client.check(question);
      expect([no.kind, no.reason.code]).to.deep.equal(['deny', 'grant-suspended']);
      done(await city.town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
      const from = performance.now();
      while ((await client.check(question)).kind !== 'permit' && performance.now() - from < 1000) await sleep(20);
      expect((await client.check(question)).kind, 'the kept no is forgotten').to.equal('permit');
      const nowhere = new PortalClient({ tiergate: 'http://127.0.0.1:9', account });
      expect((await nowhere.check(question)).kind).to.equal('undecided');
    } finally {
      client.stop();
    }
  });

  shows('a-proxy-needs-only-the-status', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const { pathname } = new URL((await see(grant)).links[0].href, city.town.address);
    const config = readFileSync(inProject('deploy/nginx/check.conf'), 'utf8');
    const [, known = ''] = /X-Known-Obligations "([a-z,]+)"/.exec(config) ?? [];
    const asks = async (by: Caller, headers: Record<string, string> = {}) =>
      by.get('/access/check', {
        'x-original-uri': pathname,
        'x-original-method': 'GET',
        'x-purpose': 'research',
        'x-known-obligations': known,
        ...headers,
      });
    const handler = await city.town.as(HANDLER);
    const yes = await asks(handler);
    expect([yes.status, yes.headers.get('x-obligations')]).to.deep.equal([200, known]);
    expect(decodeURIComponent(yes.headers.get('x-data-source') ?? '')).to.match(/\p{L}/u);
    expect((await asks(handler, { 'x-known-obligations': 'log' })).status).to.equal(503);
    expect((await asks(city.town.anonymous)).status).to.equal(401);
    expect((await asks(await city.town.as('enterprise-b-handler'))).status).to.equal(403);
    expect((await asks(handler, { 'x-original-uri': '/elsewhere' })).status).to.equal(403);
  });
});
