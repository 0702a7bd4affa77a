import { expect } from 'chai';
import type { Answer } from '../support/caller.js';
import { eachBackend } from '../support/databases.js';
import { done, refused, Town } from '../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

describe('contract: whom a portal is registered for', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let town: Town;
    let dataset: Body;
    let served: Body;
    let other: Body;
    let portal: Body;
    before(async () => {
      town = await Town.open(backend);
      dataset = await town.plain();
      await town.granted([dataset]);
      served = await town.me('enterprise-a-handler');
      other = await town.me('enterprise-b-handler');
    });
    after(() => town?.close());

    const admin = () => town.as('admin');
    const register = async (clientId: string, more: object = {}): Promise<Body> => {
      const organisation = (await town.me('admin')).organisation.id;
      const made = await (await admin()).post('/api/portals', { clientId, name: clientId, organisation, ...more });
      if (made.status !== 201) return made;
      const keys = `/api/portals/${made.body.id}/keys`;
      const { secret } = done(await (await admin()).post(keys, { kind: 'api-key', label: 'x' }), 201).body;
      const ask = async (path: string, body?: object, headers: object = {}): Promise<Answer> => {
        const sent = { 'x-api-key': secret, 'content-type': 'application/json', ...headers };
        const answer = await fetch(`${town.address}${path}`, {
          ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
          headers: sent,
        });
        const text = await answer.text();
        return { status: answer.status, text, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
      };
      return { ...made.body, ask };
    };
    const question = (subject: object) => ({
      subject,
      resource: { type: 'dataset', id: dataset.id },
      action: { name: 'download' },
      context: { purpose: 'research' },
    });
    const organisation = ({ organisation: { id } }: Body) => ({ type: 'organisation', id });
    const user = ({ subject: { id } }: Body, acting?: Body) => ({
      type: 'user',
      id,
      ...(acting === undefined ? {} : { properties: { organisation: acting.organisation.id } }),
    });
    const evaluate = (subject: object) => portal.ask('/access/v1/evaluation', question(subject));

    it('asks about those and their people, and learns of nobody else, not even whether they exist', async () => {
      portal = await register('one-enterprise', { serves: [served.organisation.id] });
      expect(portal.serves).to.deep.equal([served.organisation.id]);
      const mine = [
        organisation(served),
        { type: 'organisation', id: served.organisation.creditCode },
        user(served),
        user(served, served),
      ];
      for (const subject of mine)
        expect((await evaluate(subject)).body.decision, JSON.stringify(subject)).to.equal(true);
      const foreign = [
        organisation(other),
        { type: 'organisation', id: other.organisation.creditCode },
        user(other),
        user(other, other),
        user(other, served),
        user(served, other),
      ];
      const absent = [
        { type: 'organisation', id: 'nobody' },
        { type: 'user', id: 'nobody' },
        { type: 'team', id: 'x' },
      ];
      const told = new Set<string>();
      for (const subject of [...foreign, ...absent]) {
        const { body } = refused(await evaluate(subject), 403, 'not-your-subject');
        told.add(JSON.stringify({ ...body, instance: '' }));
      }
      expect(told.size, 'one answer to all').to.equal(1);
      expect((await evaluate({ type: 'anonymous', id: 'anonymous' })).body.context.reason.code).to.equal(
        'sign-in-required',
      );
    });

    it('holds at every door: batches, searches, permits, explanations and the check of a proxy', async () => {
      const { ask } = portal;
      const batch = { ...question(organisation(served)), evaluations: [{}, { subject: organisation(other) }] };
      refused(await ask('/access/v1/evaluations', batch), 403, 'not-your-subject');
      refused(await ask('/access/v1/permits', question(organisation(other))), 403, 'not-your-subject');
      refused(await ask('/access/v1/search/resource', question(organisation(other))), 403, 'not-your-subject');
      refused(await ask('/access/v1/search/action', question(organisation(other))), 403, 'not-your-subject');
      refused(await ask('/api/decisions/explain', question(organisation(other))), 403, 'not-your-subject');
      const open = done(await (await admin()).get('/api/datasets?tier=open&limit=1')).body.items[0].id;
      const found = await ask('/access/v1/search/subject', {
        ...question({ type: 'organisation' }),
        resource: { type: 'dataset', id: open },
      });
      expect(found.body.results).to.deep.equal([organisation(served)]);
      const [file] = done(await (await admin()).get(`/api/datasets/${dataset.id}`)).body.distributions;
      const check = async ({ organisation: { id } }: Body) =>
        ask('/access/check', undefined, {
          'x-original-uri': `/files/${file.id}/data.csv`,
          'x-subject-type': 'organisation',
          'x-subject-id': id,
        });
      expect((await check(served)).status).to.equal(200);
      const refusal = await check(other);
      expect([refusal.status, refusal.headers.get('x-reason')]).to.deep.equal([403, 'not-your-subject']);
    });

    it('changes at the next question, and another portal is registered for everyone until somebody says otherwise', async () => {
      const serve = async (body: object, etag = portal.etag): Promise<Answer> =>
        (await admin()).post(`/api/portals/${portal.id}/commands/serve`, body, { 'if-match': etag });
      const absent = [served.organisation.id, '01J9ZC4V7M3W8Q5T6R2P1N0KXA'];
      expect(refused(await serve({ serves: absent }), 400, 'invalid-body').body.errors[0].pointer).to.equal(
        '/serves/1',
      );
      expect(
        refused(await register('unknown', { serves: absent }), 400, 'invalid-body').body.errors[0].pointer,
      ).to.equal('/serves/1');
      const turned = done(await serve({ serves: [other.organisation.id] })).body;
      refused(await serve({}), 412, 'stale-etag');
      refused(await evaluate(organisation(served)), 403, 'not-your-subject');
      expect((await evaluate(organisation(other))).status).to.equal(200);
      const nobody = done(await serve({ serves: [] }, turned.etag)).body;
      expect(nobody.serves).to.deep.equal([]);
      refused(await evaluate(organisation(other)), 403, 'not-your-subject');
      const everyone = done(await serve({}, nobody.etag)).body;
      expect(everyone).to.not.have.property('serves');
      for (const subject of [organisation(served), organisation(other)])
        expect((await evaluate(subject)).status).to.equal(200);
      const free = await register('everyone');
      expect((await free.ask('/access/v1/evaluation', question(organisation(served)))).body.decision).to.equal(true);
    });
  });
});
