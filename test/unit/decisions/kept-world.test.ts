import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import { World } from '../../../src/decisions/domain/world.js';
import { IndexFile } from '../../../src/decisions/index-file.js';
import { anyGrant, anyPlainWorld, anyQuestion, worldOf } from '../../fixtures/decisions/random-world.js';
import { NOW, putGrant, question, shippedPolicy, smallWorld, ulid } from '../../fixtures/decisions/small-world.js';

const SECRET = 'a secret that only the product knows';
const DATABASE = 'as it was left';

/** What a start takes up in place of reading and proving every row. */
describe('decisions: a world that was kept', () => {
  let policy: AccessPolicy;
  let folder: string;
  before(async () => {
    policy = await shippedPolicy();
    folder = mkdtempSync(join(tmpdir(), 'tiergate-kept-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (secret = SECRET, product = '1.0.0 Latest'): IndexFile =>
    new IndexFile(join(folder, 'index'), secret, product);
  const bytes = (): Buffer => readFileSync(join(folder, 'index'));
  const write = (world: World, by = file()): void =>
    by.write(DATABASE, { revision: world.revision, agreements: [], world: world.pack() });
  const taken = (by = file(), database = DATABASE): World | null => {
    const kept = by.read(database);
    if (kept === null) return null;
    const world = new World();
    world.take(kept.world);
    world.revision = kept.revision;
    world.confirmedAt = NOW;
    return world;
  };
  const answer = (world: World, asked: Question) => {
    const { permit, row, low, high, grant, purpose, validUntil } = decide(asked, world, policy, NOW);
    return { permit, row, low, high, grant: grant < 0 ? null : world.grants.idOf(grant), purpose, validUntil };
  };

  it('answers whatever is asked as the world did, and as it does after the same changes', () => {
    fc.assert(
      fc.property(
        anyPlainWorld,
        fc.array(anyQuestion, { minLength: 20, maxLength: 20 }),
        fc.array(anyGrant, { maxLength: 5 }),
        (plain, questions, more) => {
          const world = worldOf(plain);
          write(world);
          const again = taken() ?? expect.fail('not taken up');
          again.confirmedAt = world.confirmedAt;
          for (const asked of questions) expect(answer(again, asked)).to.deep.equal(answer(world, asked));
          for (const [at, grant] of more.entries())
            for (const one of [world, again]) putGrant(one, { ...grant, id: ulid('new', at) });
          for (const asked of questions) expect(answer(again, asked)).to.deep.equal(answer(world, asked));
          expect(again.grants.size).to.equal(world.grants.size);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps members, quotas, what was used of them, and measures without an end', () => {
    const world = smallWorld({ members: ['person-1'], quota: 2 });
    world.grants.setUsage(ulid('gr', 1), 2);
    world.putSanction({ id: 's', organisation: 'org-2', datasets: [], until: Number.POSITIVE_INFINITY, intact: true });
    world.putSanction({ id: 't', organisation: 'org-1', datasets: [], until: Number.NEGATIVE_INFINITY, intact: true });
    write(world);
    const again = taken() ?? expect.fail('not taken up');
    const row = again.grants.find(ulid('gr', 1));
    expect([again.grants.left(row), [...(again.grants.members(row) ?? [])]]).to.deep.equal([0, ['person-1']]);
    expect(again.sanctionFact('org-2', 'ds-1', NOW)).to.equal(world.sanctionFact('org-2', 'ds-1', NOW));
    expect(again.sanctionFact('org-1', 'ds-1', NOW)).to.equal(world.sanctionFact('org-1', 'ds-1', NOW));
  });

  it('is for the one product and the one state of the database, readable by its owner alone', () => {
    write(smallWorld());
    expect(taken()).to.not.equal(null);
    expect(taken(file(), 'written to since'), 'another database').to.equal(null);
    expect(taken(file(SECRET, '1.0.1 Latest')), 'another product').to.equal(null);
    expect(taken(file('another secret'))).to.equal(null);
    expect(statSync(join(folder, 'index')).mode & 0o777).to.equal(0o600);
    expect(new IndexFile(join(folder, 'nothing'), SECRET, '1.0.0 Latest').read(DATABASE)).to.equal(null);
  });

  it('is not believed with any byte changed, or cut short anywhere', () => {
    write(smallWorld());
    const whole = bytes();
    const step = Math.max(1, Math.floor(whole.length / 400));
    for (let at = 0; at < whole.length; at += step) {
      const changed = Buffer.from(whole);
      changed.writeUInt8((changed[at] as number) ^ 1, at);
      writeFileSync(join(folder, 'index'), changed);
      expect(taken(), `byte ${at}`).to.equal(null);
      writeFileSync(join(folder, 'index'), whole.subarray(0, at));
      expect(taken(), `cut at ${at}`).to.equal(null);
    }
  });

  it('that somebody else made would permit whatever they like, were its seal not looked at', () => {
    const suspended = smallWorld({ state: 'suspended' });
    write(suspended);
    expect(answer(taken() ?? expect.fail('not taken up'), question()).permit).to.equal(false);
    const forger = file('the forger’s own secret');
    write(smallWorld(), forger);
    expect(taken(), 'not ours').to.equal(null);
    const believed = taken(forger) ?? expect.fail('the same seal');
    expect(answer(believed, question()).permit, 'what the seal is for').to.equal(true);
  });
});
