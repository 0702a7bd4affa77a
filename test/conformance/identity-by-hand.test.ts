import { expect } from 'chai';
import { PrincipalLoader } from '../../src/identity/principal-loader.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { ConfirmedRows } from '../../src/identity/store/confirmed-rows.js';
import { eachBackend } from '../support/databases.js';
import {
  AUTHORITY,
  CLIENT_SECRET,
  idOf,
  IdentityPlatform,
  identityOn,
  PASSWORD,
  PEOPLE,
} from '../support/identity/platform.js';

const GHOST = idOf(990);

/** What somebody with access to the database may write, and what must not come of it. */
describe('conformance: identity rows changed by hand', () => {
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    beforeEach(async () => {
      platform = await IdentityPlatform.open(backend);
    });
    afterEach(() => platform.close());

    const byHand = (sql: string, ...values: unknown[]) =>
      platform.base.database.write((manager) => manager.query(sql, values));
    const read = async (sql: string, ...values: unknown[]) =>
      (await platform.base.unit.read((reader) => reader.manager.query(sql, values)))[0] as Record<string, string>;
    /** Roles of a token's bearer as an instance sees them that has verified nothing yet; null when it is refused. */
    const rolesOf = async (access: string): Promise<readonly string[] | null> => {
      const fresh = identityOn(platform.base);
      await fresh.open();
      const outcome = await fresh.credentials.verify({ authorization: `Bearer ${access}` });
      return outcome.ok ? outcome.value.roles : null;
    };

    for (const [cheat, change] of [
      ['a post handed over', (id: string) => byHand('UPDATE posts SET holder = ? WHERE id = ?', id, idOf(53))],
      ['a deputy named', (id: string) => byHand('UPDATE posts SET deputy = ? WHERE id = ?', id, idOf(53))],
      ['a role raised', () => byHand("UPDATE posts SET role = 'supervisor' WHERE id = ?", idOf(58))],
      [
        'a post added',
        (id: string) =>
          byHand(
            "INSERT INTO posts (id, version, organisation, role, holder, deputy, state) VALUES (?, 1, ?, 'supervisor', ?, NULL, 'active')",
            GHOST,
            AUTHORITY,
            id,
          ),
      ],
    ] as const) {
      it(`${cheat} gives no role; where rows are believed it does`, async () => {
        const { access } = await platform.signIn('handler');
        await change(PEOPLE.handler);
        expect(await rolesOf(access)).to.not.include('supervisor');
        const { stores } = platform.identity;
        const believing = Object.create(stores.confirmed, {
          postsOf: { value: stores.posts.ofPerson.bind(stores.posts) },
        }) as ConfirmedRows;
        const session = await read('SELECT id FROM sessions WHERE person = ?', PEOPLE.handler);
        const off = await platform.base.unit.read((reader) =>
          new PrincipalLoader(believing).ofSession(reader, session.id ?? '', PEOPLE.handler),
        );
        expect(off?.principal.roles, 'protection off').to.include('supervisor');
      });
    }

    it('a revived session, an edited person, an edited organisation: the token is refused', async () => {
      const { access } = await platform.signIn('handler');
      expect(await rolesOf(access)).to.deep.equal(['handler']);
      const organisation = await read('SELECT organisation FROM people WHERE id = ?', PEOPLE.handler);
      const cheats = [
        ['UPDATE sessions SET channel = ? WHERE person = ?', 'other', PEOPLE.handler],
        ['UPDATE people SET organisation = ? WHERE id = ?', AUTHORITY, PEOPLE.handler],
        ['UPDATE organisations SET kind = ? WHERE id = ?', 'authority', organisation.organisation],
      ] as const;
      for (const [sql, value, id] of cheats) {
        const [, table = '', column = ''] = /UPDATE (\w+) SET (\w+)/.exec(sql) ?? [];
        const key = table === 'sessions' ? 'person' : 'id';
        const before = await read(`SELECT ${column} AS held FROM ${table} WHERE ${key} = ?`, id);
        await byHand(sql, value, id);
        expect(await rolesOf(access), sql).to.equal(null);
        await byHand(sql, before.held, id);
        expect(await rolesOf(access), 'as the log says').to.deep.equal(['handler']);
      }
    });

    it('a key of a grant that was given another grant is refused; where rows are believed it is not', async () => {
      const owner = (await read('SELECT organisation FROM people WHERE id = ?', PEOPLE.handler)).organisation ?? '';
      const key = { kind: 'grant-key' as const, owner, grant: GHOST, person: null, label: 'Gateway', expiresAt: null };
      const made = await platform.base.unit.run(async (tx) =>
        ok(await platform.identity.machineKeys.make(tx, SYSTEM, key)),
      );
      if (!made.ok) throw new Error(made.error.code);
      const { credential, text } = made.value;
      const grantOf = async () => {
        const fresh = identityOn(platform.base);
        await fresh.open();
        const outcome = await fresh.credentials.verify({ 'x-api-key': text });
        return outcome.ok ? outcome.value.grant : null;
      };
      expect(await grantOf()).to.equal(GHOST);
      await byHand('UPDATE credentials SET grant_id = ? WHERE id = ?', idOf(991), credential.id);
      expect(await grantOf()).to.equal(null);
      const { stores } = platform.identity;
      const believing = Object.create(stores.confirmed, {
        credential: { value: stores.credentials.find },
      }) as ConfirmedRows;
      const off = await platform.base.unit.read((reader) =>
        new PrincipalLoader(believing).ofGrantKey(reader, credential),
      );
      expect(off?.principal.grant, 'protection off').to.equal(idOf(991));
    });

    it('a password or a secret planted by hand signs nobody in; one the log knows does', async () => {
      const own = await read("SELECT hash FROM credentials WHERE owner = ? AND kind = 'password'", PEOPLE.handler);
      await byHand(
        "UPDATE credentials SET hash = ? WHERE owner = ? AND kind = 'password'",
        await platform.identity.passwords.hash('planted-by-hand'),
        PEOPLE.handler,
      );
      const planted = { grantType: 'password', username: 'handler', password: 'planted-by-hand' };
      expect((await platform.token(planted)).status).to.equal(401);
      await byHand("UPDATE credentials SET hash = ? WHERE owner = ? AND kind = 'password'", own.hash, PEOPLE.handler);
      expect((await platform.token({ ...planted, password: PASSWORD })).status).to.equal(200);

      const machine = { grantType: 'client_credentials', clientId: 'portal', clientSecret: CLIENT_SECRET };
      expect((await platform.token(machine)).status).to.equal(200);
      await byHand("UPDATE credentials SET label = 'edited' WHERE kind = 'client-secret'");
      expect((await platform.token(machine)).status).to.equal(401);
    });
  });
});
