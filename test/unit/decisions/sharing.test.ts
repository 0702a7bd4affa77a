import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { permits } from '../../fixtures/decisions/reference.js';
import {
  anyPlainWorld,
  anyQuestion,
  anySharing,
  type Sharing,
  withSharing,
  worldOf,
} from '../../fixtures/decisions/random-world.js';
import {
  dataset,
  NOW,
  organisation,
  putGrant,
  question,
  shippedPolicy,
  smallWorld,
  type TestGrant,
  ulid,
} from '../../fixtures/decisions/small-world.js';

let policy: AccessPolicy;
const ask = (world: World, more: Partial<Question> = {}, now = NOW) => {
  const outcome = decide(question(more), world, policy, now);
  return { ...outcome, reason: policy.rows[outcome.row]?.reason };
};

/** org-1 is a public body with a grant between bodies for ds-1, which is closed to the public. */
function sharedWorld(grant: Partial<TestGrant> = {}, more: Parameters<typeof dataset>[1] = {}): World {
  const world = smallWorld({ state: 'ended' });
  world.putOrganisation(organisation('org-1', { body: true }));
  world.putOrganisation(organisation('org-2'));
  world.putDataset(dataset('ds-1', { tier: 'restricted', sharing: 'conditional', ...more }));
  putGrant(world, { id: ulid('sh', 1), organisation: 'org-1', dataset: 'ds-1', sharing: true, ...grant });
  return world;
}

/** The question that a grant between bodies is for. */
const askedOf = ({ organisation: id, dataset: about, purpose, delivery }: Sharing['grants'][number]): Question =>
  question({ subjectId: id, resourceId: about, purpose: purpose ?? null, action: delivery ?? 'download' });

describe('decisions: sharing between public bodies', () => {
  before(async () => {
    policy = await shippedPolicy();
  });

  it('serves a body data that is closed to everybody else', () => {
    const world = sharedWorld();
    expect(ask(world)).to.include({ permit: true, reason: 'shared' });
    expect(ask(world, { subjectType: 'user', subjectId: 'person-1' })).to.include({ permit: true, reason: 'shared' });
    expect(ask(world, { subjectId: 'org-2' })).to.include({ permit: false, reason: 'restricted' });
    expect(ask(world, { subjectType: 'anonymous', subjectId: 'anonymous' })).to.include({ permit: false });
  });

  it('serves it for the purpose it was given for, and says what is missing', () => {
    expect(ask(sharedWorld(), { purpose: 'marketing' }).reason).to.equal('purpose-mismatch');
    expect(ask(sharedWorld({ agreement: null, state: 'pending' })).reason).to.equal('grant-pending');
    expect(ask(sharedWorld({ items: ['a'] })).reason).to.equal('items-partly-covered');
    expect(ask(sharedWorld({ quota: 0 })).reason).to.equal('quota-used-up');
    expect(ask(sharedWorld({ end: NOW })).reason).to.equal('grant-ended');
    expect(ask(sharedWorld({ state: 'limited' }))).to.include({ permit: true, reason: 'shared' });
  });

  it('does not make the record public, and leaves the tier of opening in the answer', () => {
    expect(ask(sharedWorld(), { action: 'read' }).reason).to.equal('restricted');
    expect(policy.rows[ask(sharedWorld()).row]?.id).to.equal('shared');
    expect(ask(sharedWorld()).tier).to.equal(ask(sharedWorld(), { subjectId: 'org-2' }).tier);
  });

  it('ends at once where the data is shared no longer, or nothing is known of it', () => {
    const of = (sharing: { sharing?: 'not-shared' }) => {
      const world = sharedWorld();
      world.putDataset(dataset('ds-1', { tier: 'restricted', ...sharing }));
      return ask(world).reason;
    };
    expect(of({ sharing: 'not-shared' })).to.equal('not-shared');
    expect(of({})).to.equal('unknown-tier');
  });

  it('serves nobody who is not known to be a public body, whatever grant they hold', () => {
    for (const body of [false, undefined]) {
      const world = sharedWorld();
      world.putOrganisation(organisation('org-1', body === undefined ? {} : { body }));
      expect(ask(world), `body: ${body}`).to.include({ permit: false, reason: 'restricted' });
    }
  });

  it('keeps the two kinds apart: what was opened to a body is no sharing, what was shared no opening', () => {
    const opened = smallWorld();
    opened.putOrganisation(organisation('org-1', { body: true }));
    opened.putDataset(dataset('ds-1', { tier: 'restricted', sharing: 'unconditional' }));
    expect(ask(opened).reason, 'a grant of opening does not serve under the sharing tier').to.equal('restricted');
    const shared = sharedWorld({}, { tier: 'conditional', sharing: 'not-shared' });
    expect(ask(shared), 'nor one of sharing under that of opening').to.include({ permit: false });
  });

  it('answers of opening first: a body may hold both', () => {
    const world = smallWorld();
    world.putOrganisation(organisation('org-1', { body: true }));
    world.putDataset(dataset('ds-1', { sharing: 'conditional' }));
    putGrant(world, { id: ulid('sh', 1), organisation: 'org-1', dataset: 'ds-1', sharing: true, purpose: 'education' });
    expect(ask(world)).to.include({ permit: true, reason: 'granted' });
    expect(ask(world, { purpose: 'education' })).to.include({ permit: true, reason: 'shared' });
    expect(ask(world, { purpose: null }), 'one of each kind is no doubt of purpose').to.include({ reason: 'granted' });
    expect(ask(world, { purpose: 'marketing' }).reason).to.equal('purpose-mismatch');
  });

  it('asks for the purpose where two grants between bodies are in force', () => {
    const world = sharedWorld();
    putGrant(world, { id: ulid('sh', 2), organisation: 'org-1', dataset: 'ds-1', sharing: true, purpose: 'education' });
    expect(ask(world, { purpose: null }).reason).to.equal('purpose-required');
    expect(ask(world, { purpose: 'education' }).permit).to.equal(true);
  });

  it('does not believe a grant that became one of the other kind', () => {
    const world = sharedWorld();
    putGrant(world, { id: ulid('sh', 1), organisation: 'org-1', dataset: 'ds-1', version: 2 });
    expect(ask(world).reason).to.equal('record-tampered');
  });

  it('changes no answer to anybody who is no body, and takes nothing from those who are, however much is shared', function () {
    this.timeout(120_000);
    let more = 0;
    fc.assert(
      fc.property(
        anyPlainWorld,
        anySharing,
        fc.array(anyQuestion, { minLength: 10, maxLength: 20 }),
        (plain, sharing, questions) => {
          const shared = withSharing(plain, sharing);
          const [before, after] = [worldOf(plain), worldOf(shared)];
          for (const each of [...questions, ...sharing.grants.map(askedOf)]) {
            const [one, other] = [ask(before, each), ask(after, each)];
            const body = one.organisation !== undefined && sharing.bodies.includes(one.organisation.id);
            if (!body) {
              const said = ({ permit, reason, grant, validUntil }: typeof one) => ({
                permit,
                reason,
                grant: grant < 0,
                validUntil,
              });
              expect(said(other), JSON.stringify(each)).to.deep.equal(said(one));
            }
            if (one.permit) expect(other).to.include({ permit: true, reason: one.reason });
            if (other.permit && !one.permit) {
              more += 1;
              expect(other.reason).to.equal('shared');
            }
            expect(other.permit, JSON.stringify(each)).to.equal(permits(shared, each, NOW));
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(more, 'sharing must be met often enough to say something').to.be.at.least(200);
  });
});
