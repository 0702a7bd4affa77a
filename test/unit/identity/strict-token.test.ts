import { createHmac, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';
import {
  CLAIMS,
  HEADER,
  JTI,
  KID,
  keysOf,
  newKey,
  NOW,
  PROFILE,
  signedBy,
  SUB,
  tokensAt,
  unsigned,
} from './token-fixture.js';

const key = newKey();
const tokens = tokensAt(keysOf(key));
const faultOf = (token: string): string => {
  const outcome = tokens.verify(PROFILE, token);
  return outcome.ok ? 'accepted' : outcome.error;
};
/** What jsonwebtoken alone says, called the way its README calls it. */
const bare = (token: string, verifyKey = key.publicKey): 'accepted' | 'refused' => {
  try {
    jwt.verify(token, verifyKey, { clockTimestamp: NOW });
    return 'accepted';
  } catch {
    return 'refused';
  }
};
const with_ = (claims: object, header: object = {}): string =>
  signedBy(key.privateKey, { ...HEADER, ...header }, { ...CLAIMS, ...claims });
const without = (claim: keyof typeof CLAIMS): string => {
  const { [claim]: _left, ...rest } = CLAIMS;
  return signedBy(key.privateKey, HEADER, rest);
};

describe('identity: the strict token wrapper', () => {
  it('accepts what it signed, with the claims it was given', () => {
    const { token } = tokens.sign(PROFILE, { sub: SUB, jti: JTI, lifetimeSeconds: 600, claims: { sid: KID } });
    const outcome = tokens.verify(PROFILE, token);
    expect(outcome).to.deep.equal({ ok: true, value: { ...CLAIMS, sid: KID } });
  });

  it('does not let content overrule issuer, audience, times or identity', () => {
    const claims = { iss: 'me', aud: 'me', exp: NOW * 2, iat: 1, sub: 'x', jti: 'y' };
    const { token } = tokens.sign(PROFILE, { sub: SUB, jti: JTI, lifetimeSeconds: 60, claims });
    const outcome = tokens.verify(PROFILE, token);
    expect(outcome.ok && outcome.value).to.deep.equal({ ...CLAIMS, exp: NOW + 60 });
  });

  it('refuses what it signed one second after it ended, not one second before', () => {
    const { token } = tokens.sign(PROFILE, { sub: SUB, jti: JTI, lifetimeSeconds: 600 });
    expect(tokensAt(keysOf(key), NOW + 599).verify(PROFILE, token).ok).to.equal(true);
    expect(tokensAt(keysOf(key), NOW + 600).verify(PROFILE, token)).to.deep.equal({ ok: false, error: 'expired' });
  });

  it('keeps the last key valid when a new one signs, and refuses one that was retired', () => {
    const { token } = tokens.sign(PROFILE, { sub: SUB, jti: JTI, lifetimeSeconds: 600 });
    const next = newKey('01JAAAAAAAAAAAAAAAAAAAAAB1');
    expect(tokensAt(keysOf(next, key)).verify(PROFILE, token).ok).to.equal(true);
    expect(tokensAt(keysOf(next)).verify(PROFILE, token)).to.deep.equal({ ok: false, error: 'key' });
  });
});

describe('identity: attacks on tokens', () => {
  interface Attack {
    readonly title: string;
    readonly token: string;
    readonly fault: string;
    /** What jsonwebtoken says without the wrapper: `accepted` shows that the wrapper is what stops the attack. */
    readonly bare: 'accepted' | 'refused';
  }
  const stranger = newKey();
  const spki = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const jwk = stranger.publicKey.export({ format: 'jwk' });
  const good = with_({});
  const [head = '', body = '', signature = ''] = good.split('.');

  const attacks: readonly Attack[] = [
    {
      title: 'algorithm none',
      token: unsigned({ ...HEADER, alg: 'none' }, CLAIMS),
      fault: 'malformed',
      bare: 'refused',
    },
    {
      title: 'algorithm none with a signature left',
      token: `${unsigned({ ...HEADER, alg: 'none' }, CLAIMS)}${signature}`,
      fault: 'key',
      bare: 'refused',
    },
    {
      title: 'algorithm NoNe',
      token: unsigned({ ...HEADER, alg: 'NoNe' }, CLAIMS),
      fault: 'malformed',
      bare: 'refused',
    },
    { title: 'HS256 with the public key as secret', token: hmacWith(spki), fault: 'key', bare: 'refused' },
    {
      title: 'another algorithm of the same key type',
      token: with_({}, { alg: 'ES384' }),
      fault: 'key',
      bare: 'refused',
    },
    {
      title: 'somebody else’s key under our kid',
      token: signedBy(stranger.privateKey, HEADER, CLAIMS),
      fault: 'signature',
      bare: 'refused',
    },
    {
      title: 'an embedded key (jwk)',
      token: signedBy(stranger.privateKey, { ...HEADER, jwk }, CLAIMS),
      fault: 'malformed',
      bare: 'refused',
    },
    {
      title: 'an embedded key beside a good signature',
      token: with_({}, { jwk }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'a remote key set (jku)',
      token: with_({}, { jku: 'https://evil.example/jwks' }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'a remote certificate (x5u)',
      token: with_({}, { x5u: 'https://evil.example/c' }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'an embedded certificate (x5c)',
      token: with_({}, { x5c: ['MIIB'] }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'a critical extension we do not know',
      token: with_({}, { crit: ['b64'], b64: false }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'a kid that is a path',
      token: with_({}, { kid: '../../../../dev/null' }),
      fault: 'malformed',
      bare: 'accepted',
    },
    {
      title: 'a kid that is a query',
      token: with_({}, { kid: "x' UNION SELECT 'k" }),
      fault: 'malformed',
      bare: 'accepted',
    },
    { title: 'a kid that is a number', token: with_({}, { kid: 1 }), fault: 'malformed', bare: 'accepted' },
    {
      title: 'a kid we never had',
      token: with_({}, { kid: '01JAAAAAAAAAAAAAAAAAAAAAZ9' }),
      fault: 'key',
      bare: 'accepted',
    },
    {
      title: 'no kid',
      token: signedBy(key.privateKey, { alg: 'ES256', typ: 'at+jwt' }, CLAIMS),
      fault: 'malformed',
      bare: 'accepted',
    },
    { title: 'a token of another kind (typ)', token: with_({}, { typ: 'rt+jwt' }), fault: 'type', bare: 'accepted' },
    {
      title: 'no typ',
      token: signedBy(key.privateKey, { alg: 'ES256', kid: KID }, CLAIMS),
      fault: 'malformed',
      bare: 'accepted',
    },
    { title: 'another issuer', token: with_({ iss: 'https://evil.example' }), fault: 'issuer', bare: 'accepted' },
    { title: 'another audience', token: with_({ aud: 'portal' }), fault: 'audience', bare: 'accepted' },
    {
      title: 'our audience among others',
      token: with_({ aud: ['tiergate', 'evil'] }),
      fault: 'claims',
      bare: 'accepted',
    },
    { title: 'no exp', token: without('exp'), fault: 'claims', bare: 'accepted' },
    { title: 'no iat', token: without('iat'), fault: 'claims', bare: 'accepted' },
    { title: 'no jti', token: without('jti'), fault: 'claims', bare: 'accepted' },
    { title: 'no iss', token: without('iss'), fault: 'claims', bare: 'accepted' },
    { title: 'no aud', token: without('aud'), fault: 'claims', bare: 'accepted' },
    { title: 'no sub', token: without('sub'), fault: 'claims', bare: 'accepted' },
    { title: 'a jti that is not ours', token: with_({ jti: 'x' }), fault: 'claims', bare: 'accepted' },
    { title: 'an exp that is text', token: with_({ exp: String(NOW + 600) }), fault: 'claims', bare: 'refused' },
    {
      title: 'an exp that is not finite',
      token: signedBy(key.privateKey, HEADER, { ...CLAIMS, exp: Number.POSITIVE_INFINITY }),
      fault: 'claims',
      bare: 'refused',
    },
    { title: 'an expired token', token: with_({ iat: NOW - 700, exp: NOW - 100 }), fault: 'expired', bare: 'refused' },
    {
      title: 'a token from the future',
      token: with_({ iat: NOW + 60, exp: NOW + 120 }),
      fault: 'future',
      bare: 'accepted',
    },
    {
      title: 'a life longer than its kind has',
      token: with_({ exp: NOW + 86_400 }),
      fault: 'claims',
      bare: 'accepted',
    },
    {
      title: 'claims that are a list',
      token: signedBy(key.privateKey, HEADER, [1]),
      fault: 'claims',
      bare: 'accepted',
    },
    {
      title: 'claims that are text',
      token: signedBy(key.privateKey, HEADER, 'admin'),
      fault: 'claims',
      bare: 'accepted',
    },
    { title: 'padding behind the signature', token: `${good}==`, fault: 'malformed', bare: 'refused' },
    { title: 'a blank behind the signature', token: `${good} `, fault: 'malformed', bare: 'refused' },
    { title: 'a line break before the header', token: `\n${good}`, fault: 'malformed', bare: 'refused' },
    {
      title: 'plus and slash instead of dash and underscore',
      token: `${head}.${body}.${plain(signature)}`,
      fault: 'malformed',
      bare: 'refused',
    },
    {
      title: 'stray bits in the last symbol of the signature',
      token: `${head}.${body}.${strayBits(signature)}`,
      fault: 'malformed',
      bare: 'accepted',
    },
    { title: 'a fourth part', token: `${good}.${signature}`, fault: 'malformed', bare: 'refused' },
    { title: 'two parts', token: `${head}.${body}`, fault: 'malformed', bare: 'refused' },
    { title: 'nothing', token: '', fault: 'malformed', bare: 'refused' },
    { title: 'a header that is not JSON', token: `e30x.${body}.${signature}`, fault: 'malformed', bare: 'refused' },
    { title: 'a very long token', token: with_({ filler: 'x'.repeat(5000) }), fault: 'malformed', bare: 'accepted' },
  ];

  for (const attack of attacks) {
    it(`refuses ${attack.title} (jsonwebtoken alone: ${attack.bare})`, () => {
      expect(faultOf(attack.token)).to.equal(attack.fault);
      expect(bare(attack.token), 'the bare library').to.equal(attack.bare);
    });
  }

  it('stands on at least twenty attacks that the bare library lets through', () => {
    expect(attacks.filter(({ bare: outcome }) => outcome === 'accepted').length).to.be.at.least(20);
  });

  it('refuses HS256 that the library accepts once somebody hands it the public key as a secret', () => {
    const token = hmacWith(spki);
    expect(() =>
      jwt.verify(token, createSecretKey(Buffer.from(spki)), { clockTimestamp: NOW, algorithms: ['HS256'] }),
    ).not.to.throw();
    expect(faultOf(token)).to.equal('key');
  });

  it('refuses to verify with anything but a public key, also when the key store is wrong', () => {
    const secret = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const wrong = tokensAt(keysOf({ ...key, publicKey: secret }));
    expect(wrong.verify(PROFILE, good)).to.deep.equal({ ok: false, error: 'key' });
  });

  it('refuses every token with one changed character', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom(...'ABab01-_.=+/ '), (at, symbol) => {
        const changed = good.slice(0, at) + symbol + good.slice(at + 1);
        return changed === good || faultOf(changed) !== 'accepted';
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever text comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => faultOf(text) !== 'accepted'));
  });

  function hmacWith(secret: string): string {
    const [start = '', claims = ''] = unsigned({ ...HEADER, alg: 'HS256' }, CLAIMS).split('.');
    return `${start}.${claims}.${createHmac('sha256', secret).update(`${start}.${claims}`).digest('base64url')}`;
  }
  function plain(text: string): string {
    const changed = text.replaceAll('-', '+').replaceAll('_', '/');
    return changed === text ? `${text.slice(0, -2)}+/` : changed;
  }
  /** 64 bytes leave four unused bits in the last of 86 symbols: another last symbol, the same bytes. */
  function strayBits(text: string): string {
    const symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = symbols.indexOf(text.slice(-1));
    return text.slice(0, -1) + symbols.charAt(last ^ 1);
  }
});
