import { expect } from 'chai';
import {
  decideRegistration,
  evolveRegistration,
  type Registration,
  type RegistrationRequest,
  requestFault,
} from '../../../src/identity/domain/registration.js';

const NOW = 1_800_000_000_000;
const account = (username: string) => ({ username, name: username, passwordHash: 'hash' });
const submitted: Registration = {
  id: 'r1',
  state: 'submitted',
  creditCode: '91350100M000100Y43',
  name: { zh: '示例企业' },
  authorisation: '兹授权……',
  licence: null,
  handler: account('ann'),
  signatory: account('bob'),
  submittedAt: NOW,
  decidedAt: null,
  decidedBy: null,
  reason: null,
  organisation: null,
  version: 1,
};
const verify = { kind: 'verify', by: 'admin', organisation: 'o1' } as const;
const refuse = { kind: 'refuse', by: 'admin', reason: 'The licence cannot be read.' } as const;
const free = { creditCodeTaken: false, usernamesTaken: [] };
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
    const taken = { creditCodeTaken: true, usernamesTaken: [] };
    const named = { creditCodeTaken: false, usernamesTaken: ['ann'] };
    expect(codeOf(decideRegistration(submitted, verify, taken, NOW))).to.equal('organisation-exists');
    expect(codeOf(decideRegistration(submitted, verify, named, NOW))).to.equal('username-taken');
    expect(codeOf(decideRegistration(submitted, refuse, named, NOW))).to.equal('ok');
  });
});

describe('identity: what a registration must bring', () => {
  const request: RegistrationRequest = {
    creditCode: '91350100M000100Y43',
    name: { zh: '示例企业' },
    handler: { username: 'ann.lee', password: 'river-lamp-carpet' },
    signatory: { username: 'bob-wu', password: 'window-seven-hills' },
  };
  const codeOfRequest = (change: Partial<RegistrationRequest>) => requestFault({ ...request, ...change })?.code;

  it('accepts a whole one', () => expect(requestFault(request)).to.equal(null));
  it('refuses a code that does not hold', () =>
    expect(codeOfRequest({ creditCode: '91350100M000100Y44' })).to.equal('invalid-credit-code'));
  it('refuses one name for two people', () =>
    expect(codeOfRequest({ signatory: { ...request.handler, password: 'another-long-one' } })).to.equal(
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
