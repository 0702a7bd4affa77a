import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import { STALENESS_BOUND, type World } from '../../../src/decisions/domain/world.js';
import { permits } from '../../fixtures/decisions/reference.js';
import { anyPlainWorld, anyQuestion, worldOf } from '../../fixtures/decisions/random-world.js';
import { inProject } from '../../support/project.js';
import {
  dataset,
  NOW,
  organisation,
  person,
  putGrant,
  question,
  shippedPolicy,
  smallWorld,
  ulid,
} from '../../fixtures/decisions/small-world.js';

/** A hundred thousand in every run; a million with `TIERGATE_TEST_QUESTIONS=1000000`. */
const QUESTIONS = Number(process.env['TIERGATE_TEST_QUESTIONS'] ?? 100_000);

let policy: AccessPolicy;
const ask = (world: World, more: Partial<Question> = {}, now = NOW) => {
  const outcome = decide(question(more), world, policy, now);
  return { ...outcome, reason: policy.rows[outcome.row]?.reason };
};

describe('decisions: decide', () => {
  before(async () => {
    policy = await shippedPolicy();
  });

  it(`agrees with the reference on ${QUESTIONS.toLocaleString('en')} random questions about random worlds`, function () {
    this.timeout(240_000 + QUESTIONS);
    let yes = 0;
    let all = 0;
    fc.assert(
      fc.property(anyPlainWorld, fc.array(anyQuestion, { minLength: 40, maxLength: 60 }), (plain, questions) => {
        const world = worldOf(plain);
        for (const each of questions) {
          const { permit, reason } = ask(world, each);
          all += 1;
          if (permit) yes += 1;
          expect(permit, `${reason} for ${JSON.stringify(each)}`).to.equal(permits(plain, each, NOW));
        }
      }),
      { numRuns: Math.ceil(QUESTIONS / 45) },
    );
    expect(all).to.be.at.least(QUESTIONS);
    expect(yes / all, 'permits must not be rare, or the agreement says little').to.be.within(0.03, 0.9);
  });

  it('is held against a reference of at most sixty lines, which shares no code with it', () => {
    const text = readFileSync(inProject('test/fixtures/decisions/reference.ts'), 'utf8');
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^(import|type|\/\*)/.test(line));
    expect(lines.length).to.be.at.most(60);
    const imports = text.match(/^import .*$/gm) ?? [];
    expect(imports.filter((line) => !line.startsWith('import type'))).to.deep.equal([]);
  });

  it('permits an organisation by id and by credit code, and a person through it', () => {
    const world = smallWorld();
    expect(ask(world)).to.include({ permit: true, reason: 'granted', purpose: 'research' });
    expect(ask(world, { subjectId: '91990000MA0000001A' }).permit).to.equal(true);
    expect(ask(world, { subjectType: 'user', subjectId: 'person-1' }).permit).to.equal(true);
  });

  it('is half-open to the millisecond at both ends', () => {
    const world = smallWorld({ start: NOW, end: NOW + 10 });
    expect(ask(world, {}, NOW - 1).reason).to.equal('grant-not-yet');
    expect(ask(world, {}, NOW).permit).to.equal(true);
    expect(ask(world, {}, NOW + 9).permit).to.equal(true);
    expect(ask(world, {}, NOW + 10).reason).to.equal('grant-ended');
  });

  it('says until when it holds: the next lapse or the staleness bound', () => {
    expect(ask(smallWorld({ end: NOW + 10 })).validUntil).to.equal(NOW + 10);
    expect(ask(smallWorld({ conditionsUntil: NOW + 3 })).validUntil).to.equal(NOW + 3);
    expect(ask(smallWorld({ start: NOW + 4 })).validUntil).to.equal(NOW + 4);
    expect(ask(smallWorld()).validUntil).to.equal(NOW + STALENESS_BOUND);
  });

  it('uses the only live grant when no purpose is named, and asks for one when there are two', () => {
    const world = smallWorld({ purpose: 'education' });
    expect(ask(world, { purpose: null })).to.include({ permit: true, purpose: 'education' });
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-1', dataset: 'ds-1', state: 'revoked' });
    expect(ask(world, { purpose: null })).to.include({ permit: true, purpose: 'education' });
    putGrant(world, { id: ulid('gr', 3), organisation: 'org-1', dataset: 'ds-1' });
    expect(ask(world, { purpose: null }).reason).to.equal('purpose-required');
    expect(ask(world, { purpose: 'education' }).permit).to.equal(true);
    expect(ask(world, { purpose: 'marketing' }).reason).to.equal('purpose-mismatch');
  });

  it('never adds up the items of two grants', () => {
    const world = smallWorld({ items: ['a'] });
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-1', dataset: 'ds-1', items: ['b', 'c'] });
    expect(ask(world).reason).to.equal('items-partly-covered');
    expect(ask(world, { items: ['a'] }).permit).to.equal(true);
    expect(ask(world, { items: ['a', 'b'] }).reason).to.equal('items-partly-covered');
    expect(ask(world, { items: ['nothing of the kind'] }).reason).to.equal('items-not-covered');
  });

  it('does not serve a row that differs from the log, and serves the whole one beside it', () => {
    const world = smallWorld({ intact: false });
    expect(ask(world).reason).to.equal('record-tampered');
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-1', dataset: 'ds-1' });
    expect(ask(world).permit).to.equal(true);
  });

  it('denies everything about an edited organisation, person or dataset', () => {
    const world = smallWorld();
    world.putOrganisation(organisation('org-1', { intact: false }));
    expect(ask(world).reason).to.equal('record-tampered');
    world.putOrganisation(organisation('org-1'));
    world.putPerson(person('person-1', ['org-1'], { intact: false }));
    expect(ask(world, { subjectType: 'user', subjectId: 'person-1' }).reason).to.equal('record-tampered');
    world.putDataset(dataset('ds-1', { intact: false, tier: 'open' }));
    expect(ask(world).reason).to.equal('record-tampered');
  });

  it('still serves open data while stale, and nothing else', () => {
    const world = smallWorld();
    world.confirmedAt = NOW - STALENESS_BOUND - 1;
    expect(ask(world).reason).to.equal('stale');
    expect(ask(world, { resourceId: 'ds-open' }).permit).to.equal(true);
    world.confirmedAt = NOW - STALENESS_BOUND;
    expect(ask(world).permit).to.equal(true);
    world.confirmedAt = NOW - 60_000;
    expect(ask(world).reason).to.equal('stale');
    world.stalenessBound = Number.POSITIVE_INFINITY;
    expect(ask(world).permit, 'without the bound what was known a minute ago would serve').to.equal(true);
  });

  it('does not answer behind a demanded revision', () => {
    expect(ask(smallWorld(), { minRevision: 8 }).reason).to.equal('behind');
    expect(ask(smallWorld(), { minRevision: 7 }).permit).to.equal(true);
  });

  it('restricts use of one dataset or of all until the restriction ends', () => {
    const world = smallWorld();
    const one = { id: 's-1', organisation: 'org-1', datasets: ['ds-1'], until: NOW + 5, intact: true };
    world.putSanction(one);
    expect(ask(world).reason).to.equal('use-restricted');
    expect(ask(world, {}, NOW + 4).reason, 'to the last millisecond').to.equal('use-restricted');
    expect(ask(world, {}, NOW + 5).permit).to.equal(true);
    world.putSanction({ ...one, id: 's-2', datasets: [], until: NOW + 9 });
    expect(ask(world, {}, NOW + 5).reason).to.equal('use-restricted');
    world.putSanction({ ...one, id: 's-2', until: Number.NEGATIVE_INFINITY });
    expect(ask(world, {}, NOW + 5).permit, 'lifted').to.equal(true);
  });

  it('leaves other datasets and other organisations alone under a restriction', () => {
    const world = smallWorld();
    world.putSanction({ id: 's-1', organisation: 'org-1', datasets: ['ds-2'], until: NOW + 5, intact: true });
    world.putSanction({ id: 's-2', organisation: 'org-2', datasets: [], until: NOW + 5, intact: true });
    expect(ask(world).permit).to.equal(true);
  });

  it('does not decide while a measure of the organisation differs from the log, and does when it is right again', () => {
    const world = smallWorld();
    const over = { id: 's-1', organisation: 'org-1', datasets: [], until: Number.NEGATIVE_INFINITY, intact: true };
    world.putSanction(over);
    expect(ask(world).permit).to.equal(true);
    // Somebody made it another organisation's by hand.
    world.putSanction({ ...over, organisation: 'org-2', intact: false });
    expect(ask(world).reason).to.equal('could-not-decide');
    world.putSanction(over);
    expect(ask(world).permit).to.equal(true);
    world.distrustSanction('s-1');
    expect(ask(world).reason).to.equal('could-not-decide');
    world.putSanction(over);
    expect(ask(world).permit).to.equal(true);
    world.distrustSanction('gone-and-never-seen');
    expect(ask(world).reason, 'nobody knows whose it was').to.equal('could-not-decide');
  });

  it('counts a quota down', () => {
    const world = smallWorld({ quota: 2 });
    expect(ask(world).permit).to.equal(true);
    world.grants.setUsage(ulid('gr', 1), 2);
    expect(ask(world).reason).to.equal('quota-used-up');
  });

  it('takes a newer version only, however often and in whatever order changes arrive', () => {
    const world = smallWorld({ version: 3, state: 'suspended' });
    putGrant(world, { id: ulid('gr', 1), organisation: 'org-1', dataset: 'ds-1', version: 2 });
    expect(ask(world).reason).to.equal('grant-suspended');
    putGrant(world, { id: ulid('gr', 1), organisation: 'org-1', dataset: 'ds-1', version: 4 });
    expect(ask(world).permit).to.equal(true);
  });
});
