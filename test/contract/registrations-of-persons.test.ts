import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { creditCode, IdentityPlatform, PEOPLE } from '../support/identity/platform.js';

const [inMemory] = backends;
/** A number of the standard's own example, nobody's. */
const NUMBER = '11010519491231002X';
const PERSON = {
  username: 'arriving-person',
  name: '来 者',
  password: 'river-lamp-carpet',
  document: 'resident-id',
  number: NUMBER,
};

/** Natural persons and unincorporated organisations ask to take part (Shanghai Data Regulations art. 41(3)). */
describe('identity over HTTP: registrations of persons and unincorporated organisations', () => {
  let platform: IdentityPlatform;
  let admin = '';
  beforeEach(async () => {
    platform = await IdentityPlatform.open(inMemory as never);
    admin = (await platform.signIn('admin')).access;
  });
  afterEach(() => platform.close());

  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code}`;
  const pointersOf = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
    body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
  const send = (body: object) => platform.post(null, '/api/registrations', body);
  const sendPerson = (change: object = {}) => send({ kind: 'person', person: { ...PERSON, ...change } });
  const pathOf = ({ body }: { body: { id: string } }) => `/api/registrations/${body.id}`;
  const give = async (path: string, command: string, body: object = {}) => {
    const { body: shown } = await platform.get(admin, path);
    return platform.post(admin, `${path}/commands/${command}`, body, shown.etag);
  };
  const check = (path: string, number = NUMBER) => platform.post(admin, `${path}/commands/check-identity`, { number });
  const admitted = async (change: object = {}) => {
    const path = pathOf(await sendPerson(change));
    await check(path, (change as { number?: string }).number ?? NUMBER);
    const done = await give(path, 'verify');
    expect(done.status, done.text).to.equal(200);
    return done.body as { organisation: string };
  };
  /** Everything the database holds, as text. */
  const everything = () =>
    platform.base.unit.read(async (reader) => {
      const tables: { name: string }[] = await reader.manager.query(
        "SELECT name FROM sqlite_master WHERE type='table'",
      );
      const rows = await Promise.all(tables.map(({ name }) => reader.manager.query(`SELECT * FROM "${name}"`)));
      return JSON.stringify(rows, (_key, value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
    });

  describe('of a natural person', () => {
    it('need a look at the document, and end in one account that applies and signs for itself', async () => {
      const sent = await sendPerson();
      expect(sent.status).to.equal(201);
      const path = pathOf(sent);
      const { body: shown } = await platform.get(admin, path);
      expect(shown).to.deep.include({ kind: 'person', creditCode: null, name: { zh: PERSON.name } });
      expect(shown.identity).to.deep.equal({ document: 'resident-id', issuedBy: null, ending: '002X', checked: false });
      expect(codeOf(await give(path, 'verify'))).to.equal('409 identity-unchecked');
      expect(codeOf(await check(path, '110105194912310054'))).to.equal('422 identity-differs');
      const seen = await check(path, '110105 19491231 002x');
      expect(seen.body.identity.checked).to.equal(true);
      expect((await give(path, 'verify')).body.state).to.equal('verified');
      const me = await platform.get((await platform.signIn(PERSON.username)).access, '/api/me');
      expect(me.body).to.deep.include({ organisation: null, roles: ['citizen'] });
      expect(me.body.subject.name).to.equal(PERSON.name);
    });

    it('leave no number anywhere: not in rows, in the log, in lines, in answers', async () => {
      const path = pathOf(await sendPerson());
      await check(path);
      await give(path, 'verify');
      const kept = (await everything()) + JSON.stringify(platform.lines) + (await platform.get(admin, path)).text;
      expect(kept).to.contain('002X').and.to.contain(PERSON.username);
      for (const part of [NUMBER, NUMBER.toLowerCase(), NUMBER.slice(0, 14), '19491231'])
        expect(kept.includes(part), part).to.equal(false);
    });

    it('leave nothing of the document where they are refused, and may be sent again', async () => {
      const path = pathOf(await sendPerson());
      await check(path);
      const done = await give(path, 'refuse', { reason: 'The photograph is of somebody else.' });
      expect(done.body).to.deep.include({ state: 'refused', identity: null });
      expect(await everything()).to.not.contain('002X');
      expect(codeOf(await check(path))).to.equal('409 registration-decided');
      await admitted();
    });

    it('are made once of one document; the public is not told who is here', async () => {
      await admitted();
      const again = await sendPerson({ username: 'second-account' });
      expect(again.status, 'as if they were new').to.equal(201);
      await check(pathOf(again));
      expect(codeOf(await give(pathOf(again), 'verify'))).to.equal('409 person-exists');
      await admitted({ username: 'a-traveller', document: 'passport', number: 'C01X00T47', issuedBy: 'DEU' });
    });

    it('of one document by two at once are verified once', async () => {
      const paths = [pathOf(await sendPerson()), pathOf(await sendPerson({ username: 'second-account' }))];
      for (const path of paths) await check(path);
      const done = await Promise.all(paths.map((path) => give(path, 'verify')));
      expect(done.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([200, 409]);
    });

    it('say what is wrong without repeating it', async () => {
      const typo = await sendPerson({ number: '110105194912310021' });
      expect([codeOf(typo), pointersOf(typo)]).to.deep.equal([
        '422 invalid-identity',
        ['/person/number invalid-identity'],
      ]);
      expect(typo.text).to.not.contain('1949');
      const nowhere = await sendPerson({ document: 'passport', number: 'C01X00T47' });
      expect(pointersOf(nowhere)).to.deep.equal(['/person/issuedBy invalid-identity']);
      const mixed = await send({ kind: 'person', person: PERSON, creditCode: creditCode(9) });
      expect([codeOf(mixed), pointersOf(mixed)]).to.deep.equal(['400 invalid-body', ['/creditCode not-of-this-kind']]);
      expect(pointersOf(await send({ kind: 'person' }))).to.deep.equal(['/person required']);
      expect(codeOf(await sendPerson({ verified: true }))).to.equal('400 unknown-field');
    });

    it('are not decided by whoever bears the name; by another administrator they are', async () => {
      const path = pathOf(await sendPerson({ name: 'Name of admin' }));
      expect(codeOf(await check(path))).to.equal('403 organisation-concerned');
      for (const [command, body] of [
        ['verify', {}],
        ['refuse', { reason: 'r' }],
      ] as const)
        expect(codeOf(await give(path, command, body))).to.equal('403 organisation-concerned');
      admin = (await platform.signIn('admin-2')).access;
      await check(path);
      expect((await give(path, 'verify')).body.state).to.equal('verified');
    });

    it('are looked at by administrators only', async () => {
      const path = pathOf(await sendPerson());
      for (const name of Object.keys(PEOPLE).filter((one) => !one.startsWith('admin'))) {
        const { access } = await platform.signIn(name);
        expect((await platform.get(access, path)).status, name).to.equal(403);
        expect((await platform.post(access, `${path}/commands/check-identity`, { number: NUMBER })).status).to.equal(
          403,
        );
      }
    });
  });

  describe('of an unincorporated organisation', () => {
    const studio = {
      kind: 'unincorporated',
      name: { zh: '某某数据工作室' },
      authorisation: '合伙人推举甲为执行事务合伙人。',
      signatory: { username: 'studio-signatory', name: '甲', password: 'window seven hills' },
    };
    const handler = { username: 'studio-handler', name: '乙', password: 'river-lamp-carpet' };
    const rolesOf = async (username: string, password: string) =>
      (await platform.get((await platform.signIn(username, password)).access, '/api/me')).body;

    it('may come without a code, with the one who answers for it as its only account', async () => {
      const path = pathOf(await send(studio));
      const { body: shown } = await platform.get(admin, path);
      expect(shown).to.deep.include({ kind: 'unincorporated', creditCode: null, identity: null });
      expect(codeOf(await check(path))).to.equal('409 no-identity');
      expect((await give(path, 'verify')).body.state).to.equal('verified');
      const me = await rolesOf('studio-signatory', 'window seven hills');
      expect(me.roles).to.deep.equal(['handler', 'signatory']);
      expect(me.organisation).to.include({ kind: 'unincorporated', creditCode: '', name: '某某数据工作室' });
    });

    it('may come with a code and a handler, and is then one of its code', async () => {
      const path = pathOf(await send({ ...studio, creditCode: creditCode(9), handler }));
      expect((await give(path, 'verify')).body.state).to.equal('verified');
      expect((await rolesOf('studio-handler', 'river-lamp-carpet')).roles).to.deep.equal(['handler']);
      expect((await rolesOf('studio-signatory', 'window seven hills')).roles).to.deep.equal(['signatory']);
      expect(codeOf(await send({ ...studio, creditCode: creditCode(9), handler }))).to.equal('409 organisation-exists');
    });

    it('names what is missing', async () => {
      const { signatory: _signatory, authorisation: _authorisation, ...bare } = studio;
      expect(pointersOf(await send(bare))).to.deep.equal(['/authorisation required', '/signatory required']);
      expect(codeOf(await send({ ...studio, creditCode: '91350100M000100Y44' }))).to.equal('422 invalid-credit-code');
      const { kind: _kind, ...enterprise } = studio;
      expect(pointersOf(await send(enterprise)), 'an enterprise has a code and two people').to.deep.equal([
        '/creditCode required',
        '/handler required',
      ]);
    });

    it('is added by an administrator, too, and seen by staff', async () => {
      const body = { name: { zh: '某分公司' }, kind: 'unincorporated' };
      const made = await platform.post(admin, '/api/organisations', body);
      expect(made.body).to.include({ kind: 'unincorporated', creditCode: null });
      const { access } = await platform.signIn('reviewer');
      const { body: page } = await platform.get(access, '/api/organisations?kind=unincorporated');
      expect(page.items.map(({ id }: { id: string }) => id)).to.deep.equal([made.body.id]);
      const outside = (await platform.signIn('handler')).access;
      expect((await platform.get(outside, '/api/organisations?kind=unincorporated')).body.total).to.equal(0);
      const person = { name: { zh: '某人' }, kind: 'person' };
      expect(codeOf(await platform.post(admin, '/api/organisations', person))).to.equal('400 invalid-body');
    });
  });
});
