import { expect } from 'chai';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { verifyLog } from '../../src/log/index.js';
import { identityTables } from '../../src/identity/index.js';
import { openDatabase } from '../../src/persistence/index.js';
import { schema } from '../../ormconfig.js';
import { eachBackend } from '../support/databases.js';
import {
  AUTHORITY,
  BODY,
  CENTRE,
  creditCode,
  ENTERPRISE,
  HOME,
  idOf,
  IdentityPlatform,
  identityOn,
  PASSWORD,
  PEOPLE,
  PORTAL,
} from '../support/identity/platform.js';

describe('identity stores', () => {
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    before(async () => {
      platform = await IdentityPlatform.open(backend);
    });
    after(() => platform.close());
    const { read, run } = {
      read: <T>(work: Parameters<IdentityPlatform['base']['unit']['read']>[0]) =>
        platform.base.unit.read(work) as Promise<T>,
      run: (work: Parameters<IdentityPlatform['base']['unit']['run']>[0]) => platform.base.unit.run(work),
    };

    it('give back organisations as they were put, with both names and no code where there is none', async () => {
      const { organisations } = platform.identity;
      const [centre, home] = await read<unknown[]>(async (reader) => [
        await organisations.find(reader, CENTRE),
        await organisations.find(reader, HOME),
      ]);
      const rest = {
        state: 'active',
        parent: null,
        suspendedAt: null,
        suspensionReason: null,
        identityKey: null,
        version: 1,
      };
      const name = { zh: '大数据中心', en: 'Data centre' };
      expect(centre).to.deep.equal({ id: CENTRE, name, creditCode: creditCode(1), kind: 'centre', ...rest });
      expect(home).to.deep.equal({ id: HOME, name: { zh: '某人' }, creditCode: null, kind: 'person', ...rest });
    });

    it('find by credit code and user name with their exact spelling only', async () => {
      const { organisations, people } = platform.identity;
      const found = await read<unknown[]>((reader) =>
        Promise.all([
          organisations.byCreditCode(reader, creditCode(4)).then((one) => one?.id),
          organisations.byCreditCode(reader, creditCode(4).toLowerCase()),
          organisations.byCreditCode(reader, `${creditCode(4)} `),
          people.byUsername(reader, 'handler').then((one) => one?.id),
          people.byUsername(reader, 'Handler'),
          people.byUsername(reader, 'handler '),
          people.find(reader, `${PEOPLE.handler} `),
        ]),
      );
      expect(found).to.deep.equal([ENTERPRISE, null, null, PEOPLE.handler, null, null, null]);
    });

    it('hold one organisation to a code and one person to a name', async () => {
      const copy = {
        id: idOf(900),
        name: { zh: '别家' },
        creditCode: creditCode(4),
        kind: 'enterprise',
        parent: null,
      } as const;
      const person = { id: idOf(901), username: 'handler', name: 'x', organisation: ENTERPRISE, passwordHash: null };
      for (const planting of [{ organisations: [copy] }, { people: [person] }]) {
        let thrown: unknown;
        await run(async (tx) => ok(await platform.identity.plant(tx, SYSTEM, planting))).catch((error: unknown) => {
          thrown = error;
        });
        expect(thrown, Object.keys(planting)[0]).to.be.instanceOf(Error);
      }
      expect(await read((reader) => platform.identity.organisations.find(reader, idOf(900)))).to.equal(null);
    });

    it('allow any number of organisations without a code', async () => {
      const made = [910, 911].map((number) => ({
        id: idOf(number),
        name: { zh: `人 ${number}` },
        creditCode: null,
        kind: 'person' as const,
        parent: null,
      }));
      expect(
        (await run(async (tx) => ok(await platform.identity.plant(tx, SYSTEM, { organisations: made })))).ok,
      ).to.equal(true);
    });

    it('list newest first, in pages that do not overlap, with the total', async () => {
      const { organisations } = platform.identity;
      const kinds = ['centre', 'authority', 'public-body', 'enterprise'] as const;
      const pages = await read<{ items: { id: string }[]; total: number }[]>(async (reader) => [
        await organisations.list(reader, kinds, null, 3, 0),
        await organisations.list(reader, kinds, null, 3, 3),
        await organisations.list(reader, ['centre'], ENTERPRISE, 10, 0),
      ]);
      expect(pages.map(({ items, total }) => [items.map(({ id }) => id), total])).to.deep.equal([
        [[ENTERPRISE, BODY, AUTHORITY], 4],
        [[CENTRE], 4],
        [[ENTERPRISE, CENTRE], 2],
      ]);
    });

    it('say who is eligible by post: holders first, then deputies, nobody who is off', async () => {
      const seats = () => platform.base.unit.read((reader) => platform.identity.posts.seats(reader, [CENTRE, BODY]));
      const admins = async () => (await seats())[0]?.roles.get('admin');
      const both = [{ person: PEOPLE.admin }, { person: PEOPLE['admin-2'], deputyOf: PEOPLE.admin }];
      expect(await admins()).to.deep.equal(both);
      expect(await read((reader) => platform.identity.posts.holdersOf(reader, 'admin'))).to.deep.equal(both);
      expect((await seats()).map(({ id }) => id)).to.deep.equal([CENTRE, BODY]);
      expect((await seats())[1]?.roles.has('admin')).to.equal(false);
      const off = (id: string, as: 'switchOff' | 'switchOn') =>
        run((tx) =>
          as === 'switchOff'
            ? platform.identity.invitations.switchOff(tx, SYSTEM, id, () => ok(undefined), 'left')
            : platform.identity.invitations.switchOn(tx, SYSTEM, id, () => ok(undefined)),
        );
      await off(PEOPLE.admin, 'switchOff');
      expect(await admins()).to.deep.equal([{ person: PEOPLE['admin-2'], deputyOf: PEOPLE.admin }]);
      await off(PEOPLE.admin, 'switchOn');
      expect(await admins()).to.deep.equal(both);
    });

    it('name the authority: the first active organisation of a kind', async () => {
      const first = (kind: 'authority' | 'enterprise') =>
        read<{ id: string }>((reader) => platform.identity.organisations.firstOfKind(reader, kind));
      expect((await first('authority')).id).to.equal(AUTHORITY);
      expect((await first('enterprise')).id).to.equal(ENTERPRISE);
    });

    it('keep the signing keys sealed, so that another instance accepts what this one signed', async () => {
      const { access } = await platform.signIn('handler');
      const other = identityOn(platform.base);
      await other.open();
      const principal = await other.credentials.verify({ authorization: `Bearer ${access}` });
      expect(principal.ok && principal.value.id).to.equal(PEOPLE.handler);
      expect(other.keys.publicKeys()).to.deep.equal(platform.identity.keys.publicKeys());
      const stolen = identityOn(platform.base, undefined, { secret: 'another secret that somebody has guessed' });
      let thrown: unknown;
      await stolen.open().catch((error: unknown) => {
        thrown = error;
      });
      expect(String(thrown)).to.match(/another key/);
    });

    it('make one signing key when two instances open an empty database together', async () => {
      const empty = await backend.fresh();
      const database = await openDatabase(empty.url, schema);
      await database.migrate();
      await database.close();
      await empty.dispose();
      const again = await IdentityPlatform.open(backend);
      const [one, two] = [identityOn(again.base), identityOn(again.base)];
      await Promise.all([one.open(), two.open()]);
      expect(one.keys.publicKeys()).to.have.length(1);
      expect(two.keys.publicKeys()).to.deep.equal(one.keys.publicKeys());
      await again.close();
    });

    it('rotate the key on every instance: the last one stays valid, the new one signs', async () => {
      const { access } = await platform.signIn('handler');
      const before = platform.identity.keys.signing().kid;
      await platform.identity.keys.rotate();
      expect(platform.identity.keys.signing().kid).not.to.equal(before);
      expect((await platform.get(access, '/api/me')).status).to.equal(200);
      const fresh = await platform.signIn('handler');
      expect(Buffer.from(fresh.access.split('.')[0] ?? '', 'base64url').toString()).to.contain(
        platform.identity.keys.signing().kid,
      );
      expect(platform.identity.keys.publicKeys().map(({ kid }) => kid)).to.include(before);
    });

    it('serve fifty sign-ins of one account at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          platform.token({ grantType: 'password', username: 'steward', password: PASSWORD }),
        ),
      );
      expect(answers.map(({ status }) => status).filter((status) => status !== 200)).to.deep.equal([]);
    }).timeout(240_000);

    it('judge guesses of one name one after the other: of forty at once ten are judged, then even the right one waits', async () => {
      const guess = (password: string) => platform.token({ grantType: 'password', username: 'citizen', password });
      const wrong = await Promise.all(Array.from({ length: 40 }, (_none, index) => guess(`wrong guess ${index}`)));
      const failures = wrong.filter(({ status }) => status === 401).length;
      expect(failures).to.equal(10);
      expect(wrong.filter(({ body }) => body.code === 'account-locked')).to.have.length(30);
      const right = await guess(PASSWORD);
      expect([right.status, right.body.code]).to.deep.equal([429, 'account-locked']);
      platform.base.clock.at += 31_000;
      expect((await guess(PASSWORD)).status).to.equal(200);
    }).timeout(240_000);

    it('end one of two concurrent refreshes with one token, and with it the session', async () => {
      const { refresh } = await platform.signIn('signatory');
      const both = await Promise.all(
        [1, 2].map(() => platform.token({ grantType: 'refresh_token', refreshToken: refresh })),
      );
      expect(both.map(({ status }) => status)).to.have.members([200, 401]);
      const winner = both.find(({ status }) => status === 200);
      expect((await platform.get(winner?.body.access_token, '/api/me')).status).to.equal(401);
    });

    it('let only one of two administrators switch the other off', async () => {
      const fresh = await IdentityPlatform.open(backend);
      const off = (id: string) =>
        fresh.base.unit.run((tx) =>
          fresh.identity.invitations.switchOff(tx, SYSTEM, id, () => ok(undefined), 'rivals'),
        );
      const outcomes = await Promise.all([off(PEOPLE.admin), off(PEOPLE['admin-2'])]);
      expect(outcomes.filter(({ ok: done }) => done)).to.have.length(1);
      const left = await fresh.base.unit.read((reader) => fresh.identity.posts.holdersOf(reader, 'admin'));
      expect(left).to.have.length(1);
      await fresh.close();
    });

    it('leave every row as the log names it', async () => {
      const report = await platform.base.unit.read((reader) => verifyLog(reader, identityTables));
      expect(report.faults).to.deep.equal([]);
      expect(report.rows).to.be.greaterThan(30);
    });

    it('have a portal whose secret is kept as a hash', async () => {
      const [row] = await read<{ hash: string }[]>(
        (reader) => platform.identity.portals.keysOf(reader, PORTAL) as never,
      );
      expect(row?.hash).to.match(/^[0-9a-f]{64}$/);
    });
  });
});
