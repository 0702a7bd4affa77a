import { expect } from 'chai';
import { aboutNothing, isConcealed } from '../../../src/decisions/access/concealed.js';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { Principal } from '../../../src/kernel/principal.js';
import type { Role } from '../../../src/kernel/roles.js';
import {
  dataset,
  NOW,
  organisation,
  putGrant,
  question,
  shippedPolicy,
  smallWorld,
  ulid,
} from '../../fixtures/decisions/small-world.js';

describe('decisions: data that nobody may know of', () => {
  const asks = (role: Role, kind: Principal['kind'] = 'person') =>
    ({ kind, id: 'p', name: 'p', organisation: null, roles: [role] }) as Principal;
  const closed = question({ subjectId: 'org-2', resourceId: 'ds-closed' });

  async function asked() {
    const policy = await shippedPolicy();
    const world = smallWorld();
    world.putOrganisation(organisation('org-2'));
    world.putDataset(dataset('ds-closed', { tier: 'restricted', unlisted: true }));
    return { world, told: (one = closed) => decide(one, world, policy, NOW) };
  }

  it('is concealed from applicants, and not from portals and those who work with the records', async () => {
    const { world, told } = await asked();
    for (const role of ['handler', 'signatory', 'citizen'] as const)
      expect(isConcealed(asks(role), told(), world), role).to.equal(true);
    for (const role of ['steward', 'officer', 'supervisor', 'auditor'] as const)
      expect(isConcealed(asks(role), told(), world), role).to.equal(false);
    expect(isConcealed(asks('handler', 'portal'), told(), world)).to.equal(false);
  });

  it('is not concealed from whoever holds a grant, nor from a public body', async () => {
    const { world, told } = await asked();
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-2', dataset: 'ds-closed', state: 'suspended' });
    expect(isConcealed(asks('handler'), told(), world)).to.equal(false);
    world.putOrganisation(organisation('org-3', { body: true }));
    expect(isConcealed(asks('handler'), told({ ...closed, subjectId: 'org-3' }), world)).to.equal(false);
  });

  it('is answered like data that is not there, and what is public is not', async () => {
    const { world, told } = await asked();
    const absent = told({ ...closed, resourceId: 'nowhere' });
    const { row, permit } = told(aboutNothing(closed));
    expect([row, permit]).to.deep.equal([absent.row, false]);
    expect(told().row, 'as it would be told').to.not.equal(absent.row);
    expect(isConcealed(asks('handler'), told({ ...closed, resourceId: 'ds-1' }), world)).to.equal(false);
  });
});
