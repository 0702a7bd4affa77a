import { expect } from 'chai';
import { isUsername, passwordFault, type Person, switchOff, switchOn } from '../../../src/identity/domain/person.js';
import { type Organisation, organisationFault, resume, suspend } from '../../../src/identity/domain/organisation.js';
import { apiKeyParts, apiKeyText, type Credential, isUsable } from '../../../src/identity/domain/credential.js';

const NOW = 1_800_000_000_000;

describe('identity: passwords people choose', () => {
  const faultOf = (password: string, username = 'ann.lee') =>
    passwordFault(password, username)?.errors?.[0]?.code ?? 'none';
  const cases: readonly [string, string][] = [
    ['river lamp carpet', 'none'],
    ['我的密码足够长而且不常见吧', 'none'],
    ['tiergate-demo', 'none'],
    ['eleven-long', 'too-short'],
    ['😀😀😀😀😀😀😀😀😀😀😀', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['my name is Ann.Lee', 'holds-username'],
    ['aaaaaaaaaaaaaa', 'common'],
    ['abababababab', 'common'],
    ['passwordpassword', 'common'],
    ['Password 2026', 'common'],
    ['administrator1', 'common'],
  ];
  for (const [password, fault] of cases) {
    it(`${password.slice(0, 24)}: ${fault}`, () => expect(faultOf(password)).to.equal(fault));
  }
});

describe('identity: user names', () => {
  it('are lower case, 3 to 64 symbols, and begin and end with a letter or digit', () => {
    for (const good of ['ann', 'enterprise-a-handler', 'a.b_c-d', '0ab', 'x'.repeat(64)])
      expect(isUsername(good), good).to.equal(true);
    for (const bad of [
      '',
      'ab',
      'Ann',
      'ann ',
      ' ann',
      '-ann',
      'ann.',
      'a b',
      'ann\0',
      'ann\n',
      '安安安',
      'x'.repeat(65),
    ]) {
      expect(isUsername(bad), JSON.stringify(bad)).to.equal(false);
    }
  });
});

describe('identity: people and organisations are switched off and on', () => {
  const person: Person = { id: 'p', username: 'ann', name: 'Ann', organisation: 'o', state: 'active', version: 1 };
  const organisation: Organisation = {
    id: 'o',
    name: { en: 'Body' },
    creditCode: null,
    kind: 'public-body',
    state: 'active',
    parent: null,
    suspendedAt: null,
    suspensionReason: null,
    identityKey: null,
    version: 1,
  };

  it('once each way', () => {
    const off = switchOff(person);
    expect(off.ok && off.value.state).to.equal('off');
    expect(off.ok && switchOn(off.value)).to.deep.equal({ ok: true, value: person });
    expect(off.ok && switchOff(off.value).ok).to.equal(false);
    expect(switchOn(person).ok).to.equal(false);
  });

  it('with time and reason for an organisation', () => {
    const off = suspend(organisation, 'Court order', NOW);
    expect(off).to.deep.equal({
      ok: true,
      value: { ...organisation, state: 'suspended', suspendedAt: NOW, suspensionReason: 'Court order' },
    });
    expect(off.ok && resume(off.value)).to.deep.equal({ ok: true, value: organisation });
    expect(off.ok && suspend(off.value, 'again', NOW).ok).to.equal(false);
    expect(resume(organisation).ok).to.equal(false);
  });

  it('an enterprise has a code that holds, a person none, a publisher from abroad may lack one', () => {
    expect(organisationFault('enterprise', '91350100M000100Y43')).to.equal(null);
    expect(organisationFault('enterprise', null)?.code).to.equal('invalid-credit-code');
    expect(organisationFault('enterprise', '91350100M000100Y44')?.errors?.[0]?.code).to.equal('check');
    expect(organisationFault('person', null)).to.equal(null);
    expect(organisationFault('person', '91350100M000100Y43')?.code).to.equal('invalid-credit-code');
    expect(organisationFault('public-body', null)).to.equal(null);
    expect(organisationFault('unincorporated', null)).to.equal(null);
    expect(organisationFault('unincorporated', '91350100M000100Y43')).to.equal(null);
    expect(organisationFault('unincorporated', '91350100M000100Y44')?.code).to.equal('invalid-credit-code');
  });
});

describe('identity: keys of machines', () => {
  const id = '01JAAAAAAAAAAAAAAAAAAAAAA1';
  const secret = 'A'.repeat(43);

  it('name their credential, so that no secret is searched for', () => {
    expect(apiKeyParts(apiKeyText(id, secret))).to.deep.equal({ credential: id, secret });
  });

  it('are refused in any other form', () => {
    for (const odd of [
      '',
      secret,
      `tgk_${id}`,
      `tgk_${id}_${secret}x`,
      `tgk_x_${secret}`,
      ` ${apiKeyText(id, secret)}`,
    ]) {
      expect(apiKeyParts(odd), odd).to.equal(null);
    }
  });

  it('are good until they end, are revoked, or both', () => {
    const key: Credential = {
      id,
      kind: 'api-key',
      owner: 'p',
      hash: 'h',
      label: 'l',
      createdAt: NOW,
      expiresAt: NOW + 10,
      revokedAt: null,
      version: 1,
    };
    expect(isUsable(key, NOW + 9)).to.equal(true);
    expect(isUsable(key, NOW + 10)).to.equal(false);
    expect(isUsable({ ...key, expiresAt: null }, NOW + 1e12)).to.equal(true);
    expect(isUsable({ ...key, expiresAt: null, revokedAt: NOW }, NOW)).to.equal(false);
  });
});
