import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeedClock, seedDemo } from '../../seeds/index.js';
import { createApplications, loadRules } from '../../src/applications/index.js';
import { catalogueForApplications, identityForApplications } from '../../src/composition/ports.js';
import { createCatalogue, loadConditionKinds } from '../../src/catalogue/index.js';
import { createJudge, requirePacks } from '../../src/classification/index.js';
import { createGrants } from '../../src/grants/index.js';
import { createIdentity } from '../../src/identity/index.js';
import { LogJournal } from '../../src/log/index.js';
import { UnitOfWork } from '../../src/persistence/index.js';
import type { Backend } from './databases.js';
import { nowhere } from './nowhere.js';
import { inProject } from './project.js';
import { openUnit } from './unit.js';

/** The slices seeding needs, composed on a fresh database; nothing else of the product. */
export async function openSeedable(backend: Backend) {
  const test = await openUnit(backend);
  const { unit, ids, clock, follower, reactions } = test;
  const policies = inProject('policies');
  const files = mkdtempSync(join(tmpdir(), 'tiergate-seed-'));
  const identity = createIdentity({
    unit,
    clock,
    ids,
    follower,
    secret: 'a secret for tests, forty characters long',
    issuer: 'http://127.0.0.1',
    staleness: 2000,
    secureCookies: false,
    permissionsOf: () => [],
  });
  const judge = createJudge(ids, requirePacks(policies));
  const catalogue = createCatalogue({
    ids,
    unit,
    follower,
    judge,
    publishers: {
      names: async () => new Map(),
      register: async () => new Map(),
      applicantNames: async () => [],
    },
    kinds: loadConditionKinds(policies),
    spool: files,
    alone: true,
    base: 'http://127.0.0.1',
    contactEmail: 'data@example.org',
    onFault: () => {},
  });
  const grants = createGrants({
    ids,
    surroundings: nowhere,
    reactions,
  });
  const applications = createApplications({
    rules: loadRules(policies),
    identity: identityForApplications(identity),
    catalogue: catalogueForApplications(catalogue),
    grants: {
      ofApplication: async (reader, id) => (await grants.store.ofApplication(reader, id)).map(({ grant }) => grant),
      predecessor: async () => null,
    },
    ids,
    spool: files,
    scanner: null,
  });
  const seedClock = new SeedClock(clock);
  const seed = () =>
    seedDemo({
      unit: new UnitOfWork(test.database, new LogJournal(() => Promise.resolve()), reactions, seedClock),
      clock: seedClock,
      identity,
      catalogue: { ...catalogue, judge },
      applications,
      files,
      progress: () => {},
    });
  const close = async (): Promise<void> => {
    await test.close();
    rmSync(files, { recursive: true, force: true });
  };
  return { test, identity, catalogue, applications, grants, files, seed, close };
}
