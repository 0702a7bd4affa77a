import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { eachBackend } from '../support/databases.js';
import { done, refused, Town } from '../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

describe('contract: what portals ask, for whoever administers', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let town: Town;
    let admin: Caller;
    let portal: Body;
    before(async () => {
      town = await Town.open(backend);
      admin = await town.as('admin');
      const organisation = (await town.me('admin')).organisation.id;
      portal = done(
        await admin.post('/api/portals', { clientId: 'city-two', name: 'City two', organisation }),
        201,
      ).body;
    });
    after(() => town?.close());

    const made = async (kind: string): Promise<Body> =>
      done(await admin.post(`/api/portals/${portal.id}/keys`, { kind, label: kind }), 201).body;
    /** Asks with an API key, or with a token of a client secret. */
    const asking = async ({ kind, secret }: Body) => {
      const token = { grantType: 'client_credentials', clientId: 'city-two', clientSecret: secret };
      const headers: Record<string, string> =
        kind === 'api-key'
          ? { 'x-api-key': secret }
          : { authorization: `Bearer ${(await town.anonymous.post('/api/auth/token', token)).body.access_token}` };
      return async (dataset: string) => {
        const question = {
          subject: { type: 'anonymous', id: 'anonymous' },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'read' },
        };
        done(await town.anonymous.post('/access/v1/evaluation', question, headers), 200);
      };
    };
    const use = async (): Promise<Body> => {
      await town.app.slices.decisions.book.flush();
      return done(await admin.get('/api/decisions/portals'), 200).body;
    };
    const own = async (): Promise<Body> => (await use()).items.find((one: Body) => one.portal === portal.id);

    it('counts by portal and key what was decided, also of open data, and says when each key asked last', async () => {
      expect(await own(), 'nothing asked').to.equal(undefined);
      const [old, anew] = [await made('client-secret'), await made('api-key')];
      const { id } = (await admin.get('/api/datasets?tier=open&limit=1')).body.items[0];
      const asked = await asking(old);
      await asked(id);
      await asked('none');
      const first = await own();
      expect([first.permitted, first.denied, first.undecided]).to.deep.equal([1, 1, 0]);
      expect(first.reasons.map(({ reason, count }: Body) => [reason, count])).to.have.deep.members([
        ['catalogue-record', 1],
        ['unknown-resource', 1],
      ]);
      expect(first.keys.map(({ key }: Body) => key)).to.deep.equal([old.id]);
      await (await asking(anew))(id);
      const second = await own();
      expect([second.permitted, second.denied]).to.deep.equal([2, 1]);
      const at = (key: string): number =>
        Date.parse(second.keys.find((one: Body) => one.key === key)?.lastAskedAt ?? 'never');
      expect(at(old.id), 'the old key asks no more').to.equal(Date.parse(first.lastAskedAt));
      expect(at(anew.id)).to.equal(Date.parse(second.lastAskedAt)).and.to.be.at.least(at(old.id));
    });

    it('is read by administrators alone, beside the portal itself', async () => {
      for (const path of ['/api/decisions/portals', `/api/portals/${portal.id}`]) {
        refused(await (await town.as('auditor')).get(path), 403, 'forbidden');
        refused(await (await town.portal()).get(path), 403, 'forbidden');
        refused(await town.anonymous.get(path), 401, 'sign-in-required');
      }
      const { body, headers } = done(await admin.get(`/api/portals/${portal.id}`), 200);
      expect(body).to.include({ clientId: 'city-two', state: 'active' });
      expect(headers.get('etag')).to.equal(body.etag);
      refused(await admin.get('/api/portals/none'), 404, 'not-found');
    });

    it('finds the organisation of a credit code, as far as it may be seen', async () => {
      const { organisation } = await town.me('enterprise-b-handler');
      const found = async (caller: Caller, code: string) =>
        (await caller.get(`/api/organisations?creditCode=${code}`)).body.items.map(({ id }: Body) => id);
      expect(await found(admin, organisation.creditCode)).to.deep.equal([organisation.id]);
      expect(await found(admin, '91990100MW0942504X')).to.deep.equal([]);
      expect(await found(town.anonymous, organisation.creditCode), 'an enterprise is not listed').to.deep.equal([]);
    });
  });
});
