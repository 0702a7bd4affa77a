import { NO_GUESSES } from '../../src/identity/domain/lockout.js';
import { Transaction } from '../../src/persistence/index.js';
import { expect } from 'chai';
import { Follower } from '../../src/log/index.js';
import { ok } from '../../src/kernel/result.js';
import type { Identity } from '../../src/identity/index.js';
import { eachBackend } from '../support/databases.js';
import {
  CLIENT_SECRET,
  ENTERPRISE,
  IdentityPlatform,
  identityOn,
  PEOPLE,
  PORTAL,
} from '../support/identity/platform.js';

const SYSTEM = { kind: 'system', id: 'system' } as const;
const ANY = () => ok(undefined);

describe('identity: verified credentials', () => {
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    beforeEach(async () => {
      platform = await IdentityPlatform.open(backend);
    });
    afterEach(() => platform.close());

    /** What an instance says of a token: the principal's id, or the refusal's code. */
    const said = async (identity: Identity, token: string): Promise<string> => {
      const outcome = await identity.credentials.verify({ authorization: `Bearer ${token}` });
      return outcome.ok ? outcome.value.id : outcome.error.code;
    };
    const readsDuring = async (work: () => Promise<unknown>): Promise<number> => {
      const { unit } = platform.base;
      const real = unit.read.bind(unit);
      let reads = 0;
      unit.read = (task) => {
        reads++;
        return real(task);
      };
      await work();
      unit.read = real;
      return reads;
    };
    /** A second process on the same database: it follows the log by itself, when the test says so. */
    const secondInstance = async (staleness?: number) => {
      const follower = new Follower(
        (work) => platform.base.unit.read(work),
        () => {},
      );
      await follower.begin();
      const identity = identityOn(
        { ...platform.base, follower },
        undefined,
        staleness === undefined ? {} : { staleness },
      );
      await identity.open();
      return { identity, follower };
    };

    it('are remembered: the second time nothing is read', async () => {
      const { access } = await platform.signIn('handler');
      expect(await readsDuring(() => said(platform.identity, access))).to.be.greaterThan(0);
      expect(await readsDuring(() => said(platform.identity, access))).to.equal(0);
      expect(platform.identity.credentials.recall(`Bearer ${access}`, undefined), 'at once').not.to.be.instanceOf(
        Promise,
      );
    });

    it('are remembered by their exact bytes: a forged token with the same claims is not taken for them', async () => {
      const { access } = await platform.signIn('handler');
      expect(await said(platform.identity, access)).to.equal(PEOPLE.handler);
      const [head, claims, signature = ''] = access.split('.');
      const forged = `${head}.${claims}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
      expect(await said(platform.identity, forged)).to.equal('invalid-token');
    });

    const endings: readonly [string, (platform: IdentityPlatform, session: string) => Promise<unknown>][] = [
      [
        'the session ends',
        ({ identity, base }, session) =>
          base.unit.run(async (tx) => ok(await identity.sessions.endOne(tx, session, SYSTEM))),
      ],
      [
        'the person is switched off',
        ({ identity, base }) =>
          base.unit.run((tx) => identity.invitations.switchOff(tx, SYSTEM, PEOPLE.handler, ANY, 'left')),
      ],
      [
        'the organisation is suspended',
        ({ identity, base }) =>
          base.unit.run((tx) => identity.organisationService.suspend(tx, SYSTEM, ENTERPRISE, ANY, 'order')),
      ],
    ];
    for (const [title, end] of endings) {
      it(`are refused on the very next request after ${title}; on another instance when it has read the log`, async () => {
        const { access } = await platform.signIn('handler');
        const other = await secondInstance();
        for (const identity of [platform.identity, other.identity])
          expect(await said(identity, access)).to.equal(PEOPLE.handler);
        const session = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()).sid;
        await end(platform, session);
        expect(await said(platform.identity, access)).to.equal('invalid-token');
        expect(await said(other.identity, access), 'not yet read').to.equal(PEOPLE.handler);
        await other.follower.poll();
        expect(await said(other.identity, access)).to.equal('invalid-token');
      });
    }

    it('of a machine are refused when its secret is revoked, also elsewhere', async () => {
      const asked = { grantType: 'client_credentials', clientId: 'portal', clientSecret: CLIENT_SECRET };
      const token = (await platform.token(asked)).body.access_token;
      const other = await secondInstance();
      expect(await said(other.identity, token)).to.equal(PORTAL);
      const { portals } = platform.identity;
      const [secret] = await platform.base.unit.read((reader) => portals.keysOf(reader, PORTAL));
      await platform.base.unit.run((tx) => portals.revokeKey(tx, SYSTEM, PORTAL, secret?.id ?? ''));
      await other.follower.poll();
      expect(await said(other.identity, token)).to.equal('invalid-token');
    });

    it('are not believed while the log could not be confirmed: the database is asked instead', async () => {
      const { access } = await platform.signIn('handler');
      const other = await secondInstance(-1);
      expect(await said(other.identity, access)).to.equal(PEOPLE.handler);
      await platform.base.unit.run((tx) =>
        platform.identity.invitations.switchOff(tx, SYSTEM, PEOPLE.handler, ANY, 'left'),
      );
      expect(await said(other.identity, access), 'without having read the log').to.equal('invalid-token');
    });

    it('let nobody in but on the access plane, and there unconfirmed, while the database does not answer either', async () => {
      const { access } = await platform.signIn('handler');
      const stranger = (await platform.signIn('signatory')).access;
      const other = await secondInstance(-1);
      const { credentials } = other.identity;
      const plane = async (token: string) => {
        const outcome = await credentials.recall(`Bearer ${token}`, undefined);
        return outcome.ok ? [outcome.value.id, outcome.value.unconfirmed ?? false] : [outcome.error.code];
      };
      expect(await plane(access)).to.deep.equal([PEOPLE.handler, false]);
      const { unit } = platform.base;
      const real = unit.read.bind(unit);
      unit.read = () => Promise.reject(new Error('down'));
      expect(await plane(access)).to.deep.equal([PEOPLE.handler, true]);
      for (const ask of [() => plane(stranger), () => said(other.identity, access)])
        expect(await ask().catch((error: Error) => error.message)).to.equal('down');
      unit.read = real;
      expect(await plane(access), 'it answers again').to.deep.equal([PEOPLE.handler, false]);
      await platform.base.unit.run((tx) =>
        platform.identity.invitations.switchOff(tx, SYSTEM, PEOPLE.handler, ANY, 'left'),
      );
      await other.follower.poll();
      unit.read = () => Promise.reject(new Error('down'));
      expect(await plane(access).catch((error: Error) => error.message), 'heard of before').to.equal('down');
      unit.read = real;
    });

    it('are not remembered from before a change that came while they were loaded', async () => {
      const { access } = await platform.signIn('handler');
      const { unit } = platform.base;
      const real = unit.read.bind(unit);
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let hasRead: () => void = () => {};
      const read = new Promise<void>((resolve) => {
        hasRead = resolve;
      });
      unit.read = async (task) => {
        const value = await real(task);
        hasRead();
        await held;
        return value;
      };
      const slow = said(platform.identity, access);
      unit.read = real;
      await read;
      await platform.base.unit.run((tx) =>
        platform.identity.invitations.switchOff(tx, SYSTEM, PEOPLE.handler, ANY, 'left'),
      );
      release();
      expect(await slow, 'it had begun before').to.equal(PEOPLE.handler);
      expect(await said(platform.identity, access)).to.equal('invalid-token');
    });

    it('give new roles on the next request after a post changed', async () => {
      const { access } = await platform.signIn('newcomer');
      const roles = async () => {
        const outcome = await platform.identity.credentials.verify({ authorization: `Bearer ${access}` });
        return outcome.ok ? outcome.value.roles : [];
      };
      expect(await roles()).to.deep.equal([]);
      const { people, posts } = platform.identity;
      const person = await platform.base.unit.read((reader) => people.find(reader, PEOPLE.newcomer));
      const input = {
        organisation: person?.organisation ?? '',
        role: 'supervisor',
        holder: PEOPLE.newcomer,
        deputy: null,
      } as const;
      await platform.base.unit.run((tx) => posts.create(tx, SYSTEM, input));
      expect(await roles()).to.deep.equal(['supervisor']);
    });
  });
});

describe('identity: protections shown to be what stops the attack', () => {
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    beforeEach(async () => {
      platform = await IdentityPlatform.open(backend);
    });
    afterEach(() => platform.close());

    /** Forty wrong guesses at once, all of which looked before the first was counted: how many were judged. */
    const judged = async (): Promise<number> => {
      const { guesses: store } = platform.identity.stores;
      const find = store.find.bind(store);
      store.find = async (reader, id) => (reader instanceof Transaction ? find(reader, id) : NO_GUESSES);
      const guesses = Array.from({ length: 40 }, (_none, index) =>
        platform.token({ grantType: 'password', username: 'citizen', password: `wrong guess ${index}` }),
      );
      return (await Promise.all(guesses)).filter(({ status }) => status === 401).length;
    };

    it('the lock that is looked at again where the guess is counted', async () => {
      const { guesses } = platform.identity.stores;
      const real = guesses.lockOrMake.bind(guesses);
      // Off: the counter is kept, but nobody looks whether the name was locked while scrypt ran.
      guesses.lockOrMake = async (tx, id) => {
        const record = await real(tx, id);
        return { ...record, lockedUntil: 0 };
      };
      expect(await judged(), 'protection off').to.equal(40);
      guesses.lockOrMake = real;
      const again = await IdentityPlatform.open(backend);
      const before = platform;
      platform = again;
      expect(await judged(), 'protection on').to.equal(10);
      await before.close();
    }).timeout(240_000);

    it('the order in which two administrators who switch each other off take their turns', async () => {
      const rivals = async (unprotected: boolean): Promise<number> => {
        const { unit } = platform.base;
        const { invitations, posts } = platform.identity;
        const off = (id: string) =>
          unit.run(async (tx) => {
            if (unprotected) tx.lock = async () => {};
            const outcome = await invitations.switchOff(tx, SYSTEM, id, ANY, 'rivals');
            // Both have looked around before either commits.
            if (backend.dialect === 'mysql' && unprotected) await new Promise((resolve) => setTimeout(resolve, 150));
            return outcome;
          });
        await Promise.all([off(PEOPLE.admin), off(PEOPLE['admin-2'])]);
        return (await unit.read((reader) => posts.holdersOf(reader, 'admin'))).length;
      };
      expect(await rivals(false), 'protection on').to.equal(1);
      const before = platform;
      platform = await IdentityPlatform.open(backend);
      // One writer at a time is the embedded store's own protection: there is no race to lose.
      expect(await rivals(true), 'protection off').to.equal(backend.dialect === 'mysql' ? 0 : 1);
      await before.close();
    });
  });
});
