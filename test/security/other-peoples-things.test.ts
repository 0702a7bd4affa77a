import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { Caller } from '../support/caller.js';
import { type OpenApp, openApp } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const IDENTIFIER = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g;

/**
 * An object of another organisation must look exactly like one that is not there: same status, same body, same size,
 * whichever route and role asks (OWASP API1, broken object level authorisation).
 */
describe('security: what belongs to others looks absent', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let address: string;
  const foreign = new Map<string, string>();

  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
    address = await opened.listen();
    const owner = await Caller.person(address, 'enterprise-b-handler');
    const admin = await Caller.person(address, 'admin');
    const first = async (caller: Caller, path: string, pick: (item: Record<string, string>) => boolean = () => true) =>
      ((await caller.get(path)).body.items as Record<string, string>[]).find(pick)?.['id'] ?? '';
    const own = (await owner.get('/api/me')).body as { organisation: { id: string }; subject: { id: string } };
    foreign.set('/api/applications/', await first(owner, '/api/applications'));
    foreign.set('/api/grants/', await first(owner, '/api/grants'));
    const paper = { kind: 'training', issuer: 'Academy', reference: 'No. 3' };
    foreign.set('/api/evidence/', (await owner.post('/api/evidence', paper)).body.id as string);
    foreign.set('/api/organisations/', own.organisation.id);
    foreign.set('/api/people/', own.subject.id);
    foreign.set('/api/portals/', await first(admin, '/api/portals'));
    foreign.set('/api/posts/', await first(admin, `/api/posts?organisation=${own.organisation.id}`));
  });
  after(() => opened.close());

  const shown = (answer: { status: number; text: string }): string =>
    `${answer.status} ${answer.text.replaceAll(IDENTIFIER, '~')}`;

  for (const who of [
    'anonymous',
    'enterprise-a-handler',
    'enterprise-a-signatory',
    'citizen',
    'steward-health',
  ] as const) {
    it(`to ${who}, on every route that takes an id`, async () => {
      const caller = who === 'anonymous' ? Caller.anonymous(address) : await Caller.person(address, who);
      const differing: string[] = [];
      let compared = 0;
      for (const { method, path } of opened.app.routes) {
        const [prefix, id] = [...foreign].find(([start]) => path.startsWith(`${start}:`)) ?? [];
        if (prefix === undefined || id === undefined) continue;
        expect(id, prefix).to.match(/^[0-7]/);
        const [first] = path.match(/:[A-Za-z]+/) ?? [''];
        const at = (value: string) => path.replace(first, value).replaceAll(/:[A-Za-z]+/g, ABSENT);
        const headers = { 'if-match': '"1"', 'idempotency-key': crypto.randomUUID() };
        const send = (value: string) =>
          method === 'get'
            ? caller.get(at(value))
            : caller.send(method.toUpperCase(), at(value), {}, { ...headers, 'idempotency-key': crypto.randomUUID() });
        const [theirs, nobodys] = [shown(await send(id)), shown(await send(ABSENT))];
        compared += 1;
        if (theirs !== nobodys) differing.push(`${method} ${path}: ${theirs.slice(0, 160)} ≠ ${nobodys.slice(0, 160)}`);
      }
      expect(differing.filter((line) => !SEEN_BY_ALL.some((seen) => line.startsWith(seen)))).to.deep.equal([]);
      expect(compared).to.be.greaterThan(15);
    });
  }

  it('its owner is answered: the sameness above is not an empty one', async () => {
    const owner = await Caller.person(address, 'enterprise-b-handler');
    for (const prefix of ['/api/applications/', '/api/grants/', '/api/organisations/'])
      expect((await owner.get(prefix + foreign.get(prefix))).status, prefix).to.equal(200);
  });
});

/** Stewards of a public body read the enterprises that apply to it. */
const SEEN_BY_ALL = ['get /api/organisations/:id: 200'];
