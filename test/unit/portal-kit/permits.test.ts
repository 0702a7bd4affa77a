import { expect } from 'chai';
import { FakeTiergate, PERMIT } from '../../../portal-kit/fake-server/index.js';
import { keysIn, type PermitRules, PortalClient, type Question, verifyPermit } from '../../../portal-kit/index.js';
import { permitSignerOf } from '../../../src/composition/verifier.js';
import { keysOf, newKey, signedBy, tokensAt } from '../identity/token-fixture.js';

const QUESTION: Question = {
  subject: { type: 'organisation', id: 'org-1' },
  resource: { type: 'distribution', id: 'ds-1-file', properties: { items: ['a'] } },
  action: { name: 'download' },
  context: { purpose: 'research' },
};
const ISSUER = 'https://tiergate.example.org';
const NOW = 1_800_000_000;
const JTI = '01JAAAAAAAAAAAAAAAAAAAAAA3';

describe('portal kit: permits verified without asking', () => {
  const key = newKey();
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: 'ES256', use: 'sig' };
  const rules: PermitRules = {
    issuer: ISSUER,
    audience: 'portal-1',
    keys: keysIn({ keys: [jwk, { kty: 'RSA', kid: 'r' }] }),
  };
  const claims = {
    subject: { type: 'organisation', id: 'org-1' },
    resource: { type: 'distribution', id: 'ds-1-file' },
    dataset: 'ds-1',
    items: ['a', 'b'],
    action: 'download',
    purpose: 'research',
    grant: null,
    obligations: [{ type: 'log' }],
    revision: 7,
  };
  /** Signed as the product signs it. */
  const signed = (more: object = {}): string =>
    permitSignerOf(tokensAt(keysOf(key)), ISSUER).sign({
      audience: 'portal-1',
      subject: 'org-1',
      evaluationId: JTI,
      issuedAt: NOW * 1000,
      lifetimeSeconds: 300,
      claims: { ...claims, ...more },
    });
  const verified = (token = signed(), question = QUESTION, changed: Partial<PermitRules> = {}, now = NOW + 1) =>
    verifyPermit(token, question, { ...rules, ...changed }, now);

  it('says what it was given for', () => {
    expect(verified()).to.deep.include({ evaluationId: JTI, dataset: 'ds-1', items: ['a', 'b'], exp: NOW + 300 });
    expect(
      verified(signed({ items: null }), { ...QUESTION, resource: { type: 'distribution', id: 'ds-1-file' } }),
    ).to.be.an('object');
  });

  it('holds to the second, and not before its time', () => {
    expect(verified(undefined, undefined, {}, NOW + 299)).to.be.an('object');
    expect(verified(undefined, undefined, {}, NOW + 300)).to.equal('expired');
    expect(verified(undefined, undefined, {}, NOW - 60)).to.equal('clock-skew');
  });

  it('is for one portal, of one Tiergate, under a published key', () => {
    expect(verified(undefined, undefined, { audience: 'portal-2' })).to.equal('audience');
    expect(verified(undefined, undefined, { issuer: 'https://elsewhere.example.org' })).to.equal('issuer');
    expect(verified(undefined, undefined, { keys: new Map() })).to.equal('unknown-key');
    const stranger = newKey();
    expect(verified(undefined, undefined, { keys: new Map([[key.kid, stranger.publicKey]]) })).to.equal('signature');
  });

  const { subject, resource } = QUESTION;
  const others: Readonly<Record<string, Question>> = {
    'another subject': { ...QUESTION, subject: { ...subject, id: 'org-2' } },
    'another kind of subject': { ...QUESTION, subject: { ...subject, type: 'user' } },
    'the same for another organisation': {
      ...QUESTION,
      subject: { ...subject, properties: { organisation: 'org-2' } },
    },
    'another file': { ...QUESTION, resource: { ...resource, id: 'ds-2-file' } },
    'the whole dataset': { ...QUESTION, resource: { type: 'dataset', id: 'ds-1' } },
    'all items': { ...QUESTION, resource: { type: 'distribution', id: 'ds-1-file' } },
    'an item more': { ...QUESTION, resource: { ...resource, properties: { items: ['a', 'c'] } } },
    'another action': { ...QUESTION, action: { name: 'api' } },
    'another purpose': { ...QUESTION, context: { purpose: 'marketing' } },
  };
  for (const [what, question] of Object.entries(others))
    it(`is not for ${what}`, () => {
      expect(verified(undefined, question)).to.equal('other-question');
    });

  it('is not served where it asks for what the portal does not know', () => {
    expect(verified(signed({ obligations: [{ type: 'watermark' }] }))).to.equal('unknown-obligation');
  });

  it('is nothing else that the same key has signed, and nothing that was tampered with', () => {
    const body = { ...claims, iss: ISSUER, aud: 'portal-1', sub: 'org-1', jti: JTI, iat: NOW, exp: NOW + 300 };
    const token = (header: object, more: object = {}) => signedBy(key.privateKey, header, { ...body, ...more });
    const header = { alg: 'ES256', typ: 'permit+jwt', kid: key.kid };
    expect(verified(token(header))).to.be.an('object');
    expect(verified(token({ ...header, typ: 'at+jwt' }))).to.equal('malformed');
    expect(verified(token({ ...header, alg: 'none' }))).to.equal('malformed');
    expect(verified(token({ ...header, jku: 'https://evil.example.org' }))).to.equal('malformed');
    expect(verified(token(header, { exp: NOW + 86_400 }))).to.equal('malformed');
    const [head, , proof] = token(header).split('.');
    const forged = Buffer.from(JSON.stringify({ ...body, items: null })).toString('base64url');
    expect(verified([head, forged, proof].join('.'))).to.equal('signature');
    for (const odd of ['', 'a.b', 'a.b.c', `${head}..${proof}`, 'x'.repeat(5000)])
      expect(verified(odd)).to.equal('malformed');
  });

  it('comes from asking, with the keys it is verified with', async () => {
    const fake = await FakeTiergate.start();
    fake.decide = () => PERMIT;
    const client = new PortalClient({ tiergate: fake.address, account: { apiKey: 'k' } });
    const { permit, audience, verdict } = await client.permit(QUESTION);
    expect(verdict.kind).to.equal('permit');
    const found = { issuer: fake.address, audience: audience ?? '', keys: await client.keys() };
    expect(verifyPermit(permit ?? '', QUESTION, found)).to.be.an('object');
    await fake.stop();
    expect(await client.permit(QUESTION)).to.deep.include({ permit: null });
  });
});
