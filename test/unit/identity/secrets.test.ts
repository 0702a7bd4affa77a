import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { Passwords } from '../../../src/identity/secrets/passwords.js';
import { SealBroken, Sealer } from '../../../src/identity/secrets/sealing.js';
import { newSecret, sameHash, secretHash } from '../../../src/identity/secrets/secret.js';

const CHEAP = { logN: 10, r: 8, p: 1 };

describe('identity: passwords at rest', () => {
  const passwords = new Passwords(CHEAP);

  it('accepts the password and nothing else', async () => {
    const stored = await passwords.hash('correct horse battery');
    expect(await passwords.check('correct horse battery', stored)).to.deep.equal({ matches: true, outdated: false });
    for (const wrong of ['', 'correct horse batter', 'Correct horse battery', 'correct horse battery ']) {
      expect((await passwords.check(wrong, stored)).matches, wrong).to.equal(false);
    }
  });

  it('keeps parameters and a fresh salt in the hash, and never the password', async () => {
    const [first, second] = await Promise.all([passwords.hash('same words here'), passwords.hash('same words here')]);
    expect(first).to.match(/^\$scrypt\$ln=10,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.to.equal(second);
    expect(first).not.to.contain('same');
  });

  it('checks hashes made at another cost, and says when they are weaker than today’s', async () => {
    const stored = await passwords.hash('correct horse battery');
    const dearer = new Passwords({ logN: 11, r: 8, p: 1 });
    expect(await dearer.check('correct horse battery', stored)).to.deep.equal({ matches: true, outdated: true });
    const made = await dearer.hash('correct horse battery');
    expect(await passwords.check('correct horse battery', made)).to.deep.equal({ matches: true, outdated: false });
  });

  it('takes the same password typed with composed or decomposed accents', async () => {
    const stored = await passwords.hash('caf\u00e9 au lait matin');
    expect((await passwords.check('cafe\u0301 au lait matin', stored)).matches).to.equal(true);
  });

  it('never matches where there is nobody, also with the stand-in’s own words', async () => {
    expect((await passwords.check('stand-in for a name that nobody has', null)).matches).to.equal(false);
  });

  it('derives for an unknown name exactly what it derives for a known one', async () => {
    const watched = new Passwords(CHEAP);
    const costs: unknown[] = [];
    const inside = watched as unknown as { derive(password: string, salt: Buffer, cost: unknown): Promise<Buffer> };
    const derive = inside.derive.bind(watched);
    const stored = await watched.hash('correct horse battery');
    await watched.check('makes the stand-in', null);
    inside.derive = (password, salt, cost) => {
      costs.push([password.length, salt.length, cost]);
      return derive(password, salt, cost);
    };
    await watched.check('wrong password!', stored);
    await watched.check('wrong password!', null);
    expect(costs).to.have.length(2);
    expect(costs[1]).to.deep.equal(costs[0]);
  });

  it('runs no more than its width at once, and all of them', async () => {
    let running = 0;
    let most = 0;
    const narrow = new Passwords(CHEAP, 2);
    const inside = narrow as unknown as { enter(): Promise<void>; leave(): void };
    const [enter, leave] = [inside.enter.bind(narrow), inside.leave.bind(narrow)];
    inside.enter = async () => {
      await enter();
      most = Math.max(most, ++running);
    };
    inside.leave = () => {
      running--;
      leave();
    };
    const hashes = await Promise.all(Array.from({ length: 20 }, () => narrow.hash('many at once please')));
    expect(new Set(hashes).size).to.equal(20);
    expect(most).to.equal(2);
  });

  it('throws on a stored hash of unknown form rather than compare with it', async () => {
    let thrown: unknown;
    await passwords.check('', 'plain text').catch((error: unknown) => {
      thrown = error;
    });
    expect(thrown).to.be.instanceOf(Error);
  });
});

describe('identity: sealed keys', () => {
  const key = randomBytes(32);
  const sealer = new Sealer(key);
  const secret = Buffer.from('a private key');

  it('opens what it sealed, and seals differently each time', () => {
    const sealed = sealer.seal(secret, 'row-1');
    expect(sealer.open(sealed, 'row-1').equals(secret)).to.equal(true);
    expect(sealer.seal(secret, 'row-1')).not.to.equal(sealed);
    expect(sealed).not.to.contain(secret.toString('base64url'));
  });

  it('opens in another process that has the same key', () => {
    expect(new Sealer(key).open(sealer.seal(secret, 'row-1'), 'row-1').equals(secret)).to.equal(true);
  });

  it('does not open with another key, for another row, or when a byte was changed', () => {
    const sealed = sealer.seal(secret, 'row-1');
    expect(() => new Sealer(randomBytes(32)).open(sealed, 'row-1')).to.throw(SealBroken);
    expect(() => sealer.open(sealed, 'row-2')).to.throw(SealBroken);
    for (const part of [1, 2, 3]) {
      const parts = sealed.split('.');
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      parts[part] = bytes.toString('base64url');
      expect(() => sealer.open(parts.join('.'), 'row-1'), `part ${part}`).to.throw(SealBroken);
    }
  });

  it('does not accept a shortened tag, another version or noise', () => {
    const [version = '', nonce = '', tag = '', body = ''] = sealer.seal(secret, 'row-1').split('.');
    const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
    for (const sealed of [`${version}.${nonce}.${short}.${body}`, `v2.${nonce}.${tag}.${body}`, '', 'v1', 'v1...']) {
      expect(() => sealer.open(sealed, 'row-1'), sealed).to.throw(SealBroken);
    }
  });

  it('refuses a key of the wrong size', () => {
    expect(() => new Sealer(randomBytes(16))).to.throw(/32/);
  });
});

describe('identity: secrets of machines', () => {
  it('are 256 random bits each', () => {
    const secrets = new Set(Array.from({ length: 100 }, newSecret));
    expect(secrets.size).to.equal(100);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).to.have.length(32);
  });

  it('are compared by hash, in constant time, without regard to length', () => {
    expect(sameHash(secretHash('a'), secretHash('a'))).to.equal(true);
    expect(sameHash(secretHash('a'), secretHash('b'))).to.equal(false);
    expect(sameHash(secretHash('a'), '')).to.equal(false);
  });
});
