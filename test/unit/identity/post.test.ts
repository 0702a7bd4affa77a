import { expect } from 'chai';
import {
  areApart,
  type Candidate,
  eligibleBy,
  isPostRole,
  type Post,
  postFault,
  roleFits,
  rolesOf,
} from '../../../src/identity/domain/post.js';
import { ORGANISATION_KINDS } from '../../../src/kernel/principal.js';
import { ROLES, type Role } from '../../../src/kernel/roles.js';

const candidate = (id: string, otherRoles: readonly Role[] = [], more: Partial<Candidate> = {}): Candidate => ({
  id,
  organisation: 'authority',
  state: 'active',
  otherRoles,
  ...more,
});
const approver = { role: 'approver', organisation: 'authority' } as const;
const authority = { kind: 'authority' } as const;
const post = (
  id: string,
  role: Role,
  holder: string,
  deputy: string | null = null,
  state: Post['state'] = 'active',
): Post => ({
  id,
  organisation: 'authority',
  role,
  holder,
  deputy,
  state,
  version: 1,
});

describe('identity: rules of posts', () => {
  it('accepts a holder and a deputy of the same organisation', () => {
    expect(postFault(approver, authority, candidate('a'), candidate('b'))).to.equal(null);
    expect(postFault(approver, authority, candidate('a'), null)).to.equal(null);
  });

  const faults: readonly [
    string,
    () => { code: string; errors?: readonly { pointer: string }[] } | null,
    string,
    string?,
  ][] = [
    [
      'a role the kind of organisation has no posts of',
      () => postFault(approver, { kind: 'enterprise' }, candidate('a'), null),
      'role-unfit',
    ],
    [
      'a deputy who is the holder',
      () => postFault(approver, authority, candidate('a'), candidate('a')),
      'person-unfit',
      '/deputy',
    ],
    [
      'a holder of another organisation',
      () => postFault(approver, authority, candidate('a', [], { organisation: 'x' }), null),
      'person-unfit',
      '/holder',
    ],
    [
      'a deputy of another organisation',
      () => postFault(approver, authority, candidate('a'), candidate('b', [], { organisation: 'x' })),
      'person-unfit',
      '/deputy',
    ],
    [
      'a holder who is switched off',
      () => postFault(approver, authority, candidate('a', [], { state: 'off' }), null),
      'person-unfit',
      '/holder',
    ],
    [
      'an administrator as approver',
      () => postFault(approver, authority, candidate('a', ['admin']), null),
      'roles-apart',
      '/holder',
    ],
    [
      'an administrator as deputy of an approver',
      () => postFault(approver, authority, candidate('a'), candidate('b', ['admin'])),
      'roles-apart',
      '/deputy',
    ],
    [
      'an approver as auditor',
      () => postFault({ ...approver, role: 'auditor' }, authority, candidate('a', ['approver']), null),
      'roles-apart',
      '/holder',
    ],
  ];
  for (const [title, fault, code, pointer] of faults) {
    it(`refuses ${title}`, () => {
      const refused = fault();
      expect(refused?.code).to.equal(code);
      expect(refused?.errors?.[0]?.pointer).to.equal(pointer);
    });
  }

  it('gives every role of persons a kind of organisation, and the portal none', () => {
    for (const role of ROLES) {
      const kinds = ORGANISATION_KINDS.filter((kind) => roleFits(role, kind));
      expect(kinds.length > 0, role).to.equal(role !== 'portal');
      expect(isPostRole(role)).to.equal(role !== 'portal');
    }
  });

  it('never lets an applicant’s organisation decide', () => {
    for (const role of ['reviewer', 'approver', 'officer', 'steward', 'supervisor', 'auditor', 'admin'] as const) {
      for (const kind of ['enterprise', 'unincorporated', 'person'] as const)
        expect(roleFits(role, kind), `${role} ${kind}`).to.equal(false);
    }
  });

  it('keeps who applies apart from who signs in an enterprise, and nowhere else', () => {
    const fault = (kind: 'enterprise' | 'unincorporated' | 'public-body') =>
      postFault({ role: 'handler', organisation: 'authority' }, { kind }, candidate('a', ['signatory']), null)?.code;
    expect(fault('enterprise')).to.equal('roles-apart');
    expect([fault('unincorporated'), fault('public-body')]).to.deep.equal([undefined, undefined]);
  });

  it('keeps roles apart in both directions, and the administrator from all others', () => {
    for (const a of ROLES) for (const b of ROLES) expect(areApart(a, b), `${a} ${b}`).to.equal(areApart(b, a));
    const free = ROLES.filter((role) => role !== 'admin' && role !== 'portal' && !areApart('admin', role));
    expect(free).to.deep.equal([]);
  });
});

describe('identity: what posts give', () => {
  const posts = [
    post('1', 'approver', 'ann', 'bob'),
    post('2', 'reviewer', 'bob'),
    post('3', 'auditor', 'cid', null, 'ended'),
  ];

  it('gives holder and deputy the role, and an ended post nothing', () => {
    expect(rolesOf('ann', posts)).to.deep.equal(['approver']);
    expect(rolesOf('bob', posts)).to.deep.equal(['approver', 'reviewer']);
    expect(rolesOf('cid', posts)).to.deep.equal([]);
  });

  it('names deputies with the holder they stand in for, each person once, holders first', () => {
    const approvers = [post('1', 'approver', 'ann', 'bob'), post('2', 'approver', 'bob', 'cid')];
    expect(eligibleBy(approvers, () => true)).to.deep.equal([
      { person: 'ann' },
      { person: 'bob' },
      { person: 'cid', deputyOf: 'bob' },
    ]);
  });

  it('leaves out who is switched off; the deputy remains', () => {
    const approvers = [post('1', 'approver', 'ann', 'bob')];
    expect(eligibleBy(approvers, (person) => person !== 'ann')).to.deep.equal([{ person: 'bob', deputyOf: 'ann' }]);
    expect(eligibleBy(approvers, () => false)).to.deep.equal([]);
  });
});
