import { expect } from 'chai';
import {
  decideRegistration,
  evolveRegistration,
  registrantOf,
  type Registration,
  type OrganisationRequest,
  type PersonRequest,
  requestFault,
} from '../../../src/identity/domain/registration.js';

const NOW = 1_800_000_000_000;
const account = (username: string) => ({ username, name: username, passwordHash: 'hash' });
const submitted: Registration = {
  id: 'r1',
  state: 'submitted',
  kind: 'enterprise',
  creditCode: '91350100M000100Y43',
  name: { zh: '示例企业' },
  authorisation: '兹授权……',
  licence: null,
  handler: account('ann'),
  signatory: account('bob'),
  identity: null,
  submittedAt: NOW,
  decidedAt: null,
  decidedBy: null,
  reason: null,
  organisation: null,
  version: 1,
};
const verify = { kind: 'verify', by: 'admin', organisation: 'o1' } as const;
const refuse = { kind: 'refuse', by: 'admin', reason: 'The licence cannot be read.' } as const;
const free = { creditCodeTaken: false, usernamesTaken: [], identityTaken: false, isOwn: false };
const codeOf = (outcome: ReturnType<typeof decideRegistration>): string => (outcome.ok ? 'ok' : outcome.error.code);

describe('identity: registration of an organisation', () => {
  it('is verified into an organisation', () => {
    const outcome = decideRegistration(submitted, verify, free, NOW + 1);
    const after = outcome.ok ? outcome.value.reduce(evolveRegistration, submitted) : submitted;
    expect(after).to.deep.equal({
      ...submitted,
      state: 'verified',
      decidedAt: NOW + 1,
      decidedBy: 'admin',
      organisation: 'o1',
    });
  });

  it('is refused with a reason', () => {
    const outcome = decideRegistration(submitted, refuse, free, NOW + 1);
    const after = outcome.ok ? outcome.value.reduce(evolveRegistration, submitted) : submitted;
    expect(after).to.deep.equal({
      ...submitted,
      state: 'refused',
      decidedAt: NOW + 1,
      decidedBy: 'admin',
      reason: refuse.reason,
    });
  });

  it('is decided once', () => {
    for (const state of ['verified', 'refused'] as const) {
      for (const command of [verify, refuse]) {
        expect(codeOf(decideRegistration({ ...submitted, state }, command, free, NOW))).to.equal(
          'registration-decided',
        );
      }
    }
  });

  it('is not verified when code or names were taken in the meantime, but can still be refused', () => {
    const taken = { ...free, creditCodeTaken: true };
    const named = { ...free, usernamesTaken: ['ann'] };
    expect(codeOf(decideRegistration(submitted, verify, taken, NOW))).to.equal('organisation-exists');
    expect(codeOf(decideRegistration(submitted, verify, named, NOW))).to.equal('username-taken');
    expect(codeOf(decideRegistration(submitted, refuse, named, NOW))).to.equal('ok');
  });
});

describe('identity: what a registration must bring', () => {
  const request: OrganisationRequest = {
    kind: 'enterprise',
    creditCode: '91350100M000100Y43',
    name: { zh: '示例企业' },
    handler: { username: 'ann.lee', password: 'river-lamp-carpet' },
    signatory: { username: 'bob-wu', password: 'window-seven-hills' },
  };
  const codeOfRequest = (change: Partial<OrganisationRequest>) => requestFault({ ...request, ...change })?.code;

  it('accepts a whole one', () => expect(requestFault(request)).to.equal(null));
  it('refuses a code that does not hold', () =>
    expect(codeOfRequest({ creditCode: '91350100M000100Y44' })).to.equal('invalid-credit-code'));
  it('refuses one name for two people', () =>
    expect(codeOfRequest({ signatory: { username: 'ann.lee', password: 'another-long-one' } })).to.equal(
      'username-taken',
    ));

  it('names every weak password and odd name at once', () => {
    const refused = requestFault({
      ...request,
      handler: { username: 'Ann Lee', password: 'short' },
      signatory: { username: 'bob-wu', password: 'password1234' },
    });
    expect(refused?.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal([
      '/handler/username username',
      '/handler/password too-short',
      '/signatory/password common',
    ]);
  });
});

describe('identity: registration of a natural person', () => {
  const key = 'keyed hash';
  const shown = { document: 'resident-id', issuedBy: null, ending: '002X', key, checkedBy: null } as const;
  const ann = account('ann');
  const asked: Registration = {
    ...submitted,
    kind: 'person',
    creditCode: '',
    name: { zh: '安' },
    authorisation: '',
    handler: ann,
    signatory: ann,
    identity: shown,
  };
  const check = { kind: 'check-identity', by: 'admin', key } as const;
  const after = (from: Registration, command: Parameters<typeof decideRegistration>[1], facts = free): Registration => {
    const outcome = decideRegistration(from, command, facts, NOW + 1);
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value.reduce(evolveRegistration, from);
  };

  it('is verified only after somebody compared the number with the document', () => {
    expect(codeOf(decideRegistration(asked, verify, free, NOW))).to.equal('identity-unchecked');
    expect(codeOf(decideRegistration(asked, { ...check, key: 'another' }, free, NOW))).to.equal('identity-differs');
    const checked = after(asked, check);
    expect(checked).to.deep.equal({ ...asked, identity: { ...shown, checkedBy: 'admin' } });
    const verified = after(checked, verify);
    expect([verified.state, verified.organisation]).to.deep.equal(['verified', 'o1']);
    expect(verified.identity, 'the hash has moved on').to.deep.equal({ ...shown, key: null, checkedBy: 'admin' });
    expect(codeOf(decideRegistration(verified, check, free, NOW))).to.equal('registration-decided');
  });

  it('leaves nothing of the document where it is refused', () => {
    for (const from of [asked, after(asked, check)]) expect(after(from, refuse).identity).to.equal(null);
  });

  it('is made once of one document, and by nobody of the same name', () => {
    const checked = after(asked, check);
    expect(codeOf(decideRegistration(checked, verify, { ...free, identityTaken: true }, NOW))).to.equal(
      'person-exists',
    );
    for (const command of [check, verify, refuse])
      expect(codeOf(decideRegistration(checked, command, { ...free, isOwn: true }, NOW))).to.equal(
        'organisation-concerned',
      );
  });

  it('has an identity to check, and an organisation none', () =>
    expect(codeOf(decideRegistration(submitted, check, free, NOW))).to.equal('no-identity'));

  it('was one of an enterprise where its kind was not noted yet', () =>
    expect(registrantOf({ kind: null })).to.equal('enterprise'));
});

describe('identity: what natural persons and unincorporated organisations must bring', () => {
  const person: PersonRequest['person'] = {
    username: 'ann.lee',
    password: 'river-lamp-carpet',
    document: 'resident-id',
    number: '11010519491231002X',
    issuedBy: null,
  };
  const faultOf = (change: Partial<PersonRequest['person']>) =>
    requestFault({ kind: 'person', person: { ...person, ...change } });

  it('accepts a whole one', () => expect(faultOf({})).to.equal(null));
  it('names weak passwords and odd names of the one account', () => {
    expect(faultOf({ password: 'short' })?.errors?.[0]).to.include({ pointer: '/person/password', code: 'too-short' });
    expect(faultOf({ username: 'Ann' })?.code).to.equal('invalid-body');
  });
  it('refuses a number whose check digit does not hold, and does not repeat it', () => {
    const fault = faultOf({ number: '110105194912310021' });
    expect(fault?.code).to.equal('invalid-identity');
    expect(JSON.stringify(fault)).to.not.contain('1949');
  });

  it('lets an unincorporated organisation come without a code, with one person for both', () => {
    const signatory = { username: 'bob-wu', password: 'window-seven-hills' };
    const bare = { kind: 'unincorporated', creditCode: null, name: { zh: '某某工作室' }, handler: null } as const;
    expect(requestFault({ ...bare, signatory })).to.equal(null);
    expect(requestFault({ ...bare, creditCode: '91350100M000100Y43', signatory })).to.equal(null);
    expect(requestFault({ ...bare, creditCode: '91350100M000100Y44', signatory })?.code).to.equal(
      'invalid-credit-code',
    );
    expect(requestFault({ ...bare, signatory: { ...signatory, password: 'short' } })?.code).to.equal('weak-password');
  });
});
