import { expect } from 'chai';
import { backends } from '../../support/databases.js';
import { identityOn } from '../../support/identity/platform.js';
import { openUnit, type TestUnit } from '../../support/unit.js';

describe('identity: the first administrator', () => {
  let base: TestUnit;
  beforeEach(async () => {
    base = await openUnit(backends[0] as never);
  });
  afterEach(() => base.close());
  const input = {
    username: 'first-admin',
    name: 'First Administrator',
    password: 'river-lamp-carpet',
    centre: { name: { zh: '大数据中心' }, creditCode: null },
  };

  it('is made in an empty database with a centre to belong to, and signs in as administrator', async () => {
    const identity = identityOn(base);
    await identity.open();
    const made = await identity.createAdministrator(input);
    expect(made.ok).to.equal(true);
    const issued = await identity.signIn.byPassword('first-admin', 'river-lamp-carpet', 'api');
    const token = issued.ok ? issued.value.accessToken : '';
    const principal = await identity.credentials.verify({ authorization: `Bearer ${token}` });
    expect(principal.ok && principal.value.roles).to.deep.equal(['admin']);
    expect(principal.ok && principal.value.organisation?.kind).to.equal('centre');
  });

  it('joins the centre that is there', async () => {
    const identity = identityOn(base);
    await identity.createAdministrator(input);
    await identity.createAdministrator({
      ...input,
      username: 'second-admin',
      centre: { name: { zh: '别处' }, creditCode: null },
    });
    const centres = await base.unit.read((reader) => identity.organisations.list(reader, ['centre'], null, 10, 0));
    expect(centres.items.map(({ name }) => name)).to.deep.equal([{ zh: '大数据中心' }]);
    expect(await base.unit.read((reader) => identity.posts.holdersOf(reader, 'admin'))).to.have.length(2);
  });

  it('has a good password, a good name that is free, and a code that holds', async () => {
    const identity = identityOn(base);
    await identity.createAdministrator(input);
    const codeOf = async (change: Partial<typeof input> | { centre: { name: object; creditCode: string } }) => {
      const outcome = await identity.createAdministrator({ ...input, username: 'other-admin', ...change } as never);
      return outcome.ok ? 'made' : outcome.error.code;
    };
    expect(await codeOf({ username: 'first-admin' })).to.equal('username-taken');
    expect(await codeOf({ username: 'Other Admin' })).to.equal('invalid-body');
    expect(await codeOf({ password: 'administrator1' })).to.equal('weak-password');
    expect(await codeOf({ centre: { name: {}, creditCode: '91350100M000100Y44' } })).to.equal('invalid-credit-code');
    expect(await codeOf({})).to.equal('made');
  });
});
