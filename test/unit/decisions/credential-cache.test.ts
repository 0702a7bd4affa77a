import { expect } from 'chai';
import { CredentialCache } from '../../../src/decisions/access/credential-cache.js';
import type { Verified } from '../../../src/decisions/access/ports.js';
import { PERSON, PORTAL } from '../../fixtures/decisions/access-core.js';

const tokenUntil = (exp: number): string =>
  `Bearer x.${Buffer.from(JSON.stringify({ exp, jti: 'same' })).toString('base64url')}.sig`;

describe('decisions: verified credentials', () => {
  let calls: string[];
  let now: number;
  let answer: (authorization: string | undefined) => Verified;
  let cache: CredentialCache;
  beforeEach(() => {
    calls = [];
    now = 1_000_000;
    answer = () => PORTAL;
    cache = new CredentialCache(
      async (authorization) => {
        calls.push(authorization ?? '');
        return answer(authorization);
      },
      { now: () => now },
    );
  });

  it('verifies once, then answers without waiting, until the bound', async () => {
    expect(await cache.verify('Bearer a', undefined)).to.equal(PORTAL);
    expect(cache.verify('Bearer a', undefined)).to.equal(PORTAL);
    now += 2000;
    expect(cache.verify('Bearer a', undefined)).to.be.instanceOf(Promise);
    expect(calls).to.have.length(1 + 1);
  });

  it('is not fooled by another token with the same id', async () => {
    const good = tokenUntil(2000);
    await cache.verify(good, undefined);
    answer = () => 'invalid';
    expect(await cache.verify(`${good}x`, undefined)).to.equal('invalid');
    expect(cache.verify(good, undefined)).to.equal(PORTAL);
  });

  it('never believes a token beyond its own end', async () => {
    await cache.verify(tokenUntil(1000.5), undefined);
    now = 1_000_499;
    expect(cache.verify(tokenUntil(1000.5), undefined)).to.equal(PORTAL);
    now = 1_000_500;
    expect(cache.verify(tokenUntil(1000.5), undefined)).to.be.instanceOf(Promise);
  });

  it('does not remember what did not hold, nor the absence of a credential', async () => {
    answer = () => 'invalid';
    expect(await cache.verify('Bearer bad', undefined)).to.equal('invalid');
    expect(cache.verify('Bearer bad', undefined)).to.be.instanceOf(Promise);
    expect(cache.verify(undefined, undefined)).to.equal(null);
  });

  it('forgets who changed at once: a person, their organisation, or everyone when a key changes', async () => {
    answer = (authorization) => (authorization === 'Bearer person' ? PERSON : PORTAL);
    const known = () =>
      ['Bearer person', 'Bearer portal'].filter((token) => !(cache.verify(token, undefined) instanceof Promise));
    const learn = async () => {
      for (const token of ['Bearer person', 'Bearer portal']) await cache.verify(token, undefined);
    };
    await learn();
    cache.forget([{ kind: 'person', id: 'person-1' }]);
    expect(known()).to.deep.equal(['Bearer portal']);
    await learn();
    cache.forget([{ kind: 'organisation', id: 'org-1' }]);
    expect(known()).to.deep.equal(['Bearer portal']);
    await learn();
    cache.forget([{ kind: 'session', id: 'another' }]);
    expect(known()).to.deep.equal(['Bearer person', 'Bearer portal']);
    cache.forget([{ kind: 'credential', id: 'k' }]);
    expect(known()).to.deep.equal([]);
  });

  it('does not remember a verification during which something changed, and shares one that is running', async () => {
    const [first, second] = [cache.verify('Bearer a', undefined), cache.verify('Bearer a', undefined)];
    cache.forget([{ kind: 'session', id: 's' }]);
    expect(await first).to.equal(await second);
    expect(calls).to.have.length(1);
    expect(cache.verify('Bearer a', undefined)).to.be.instanceOf(Promise);
  });
});
