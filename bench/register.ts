import { setTimeout as sleep } from 'node:timers/promises';
import { ok } from '../src/kernel/result.js';
import { addDays, dayOf } from '../src/kernel/time.js';
import type { Matter } from '../src/register/domain/matter.js';
import { RegisterReadings } from '../src/register/register-readings.js';
import { DatabaseRegisterStore } from '../src/register/store/database-register-store.js';
import { Cases, fine } from '../test/support/cases.js';
import { type Backend } from '../test/support/databases.js';
import { openApp, type OpenApp } from '../test/support/server.js';
import { MadeUpCases } from './applications/made-up-cases.js';
import { inQuick, lastingBackends } from './quick.js';

/**
 * Register and statistics over 100,000 rulings on each kind of database: the first answer of a quarter, which puts the
 * public entries together, those that follow, an officer's full figures; and how fast cases are counted from the log.
 */
const RULINGS = inQuick(100_000, 500);
const CASES = inQuick(3_000, 30);
const ROUNDS = inQuick(10, 2);
const PART = 1_000;
const [HOLDERS, DATASETS, APPLICANTS, DAYS] = [40, 25, 300, 730] as const;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const line = (backend: Backend, what: string, value: number, unit = 'ms'): void =>
  console.log(`| ${backend.name} | ${what} | ${value.toFixed(1)} ${unit} |`);

const rulingOf = (n: number, today: string): Matter => {
  const holder = n % HOLDERS;
  const ruledOn = addDays(today, -((n * 7) % DAYS));
  const refused = n % 7 === 0;
  return {
    application: `bench-${n}`,
    dataset: `dataset-${holder}-${(n * 13) % DATASETS}`,
    round: 1,
    applicant: `applicant-${(n * 31) % APPLICANTS}`,
    applicantKind: n % 9 === 0 ? 'person' : 'enterprise',
    holder: `holder-${holder}`,
    field: holder % 2 === 0 ? 'transport' : 'health',
    tier: 'conditional',
    purpose: n % 3 === 0 ? 'research' : 'operations',
    submittedOn: addDays(ruledOn, -12),
    ruledOn,
    endedOn: ruledOn,
    overdueOn: n % 50 === 0 ? ruledOn : null,
    ruling: refused ? 'refused' : 'approved',
    reasons: refused ? ['purpose-not-covered'] : [],
    steps: { acceptance: 2, holder: n % 6, authority: n % 4 },
    days: 2 + (n % 6) + (n % 4),
    limit: 15,
    late: n % 50 === 0,
    appeal: null,
  };
};

async function fill({ app }: OpenApp): Promise<void> {
  const store = new DatabaseRegisterStore();
  const today = dayOf(Date.now());
  for (let from = 0; from < RULINGS; from += PART)
    await app.unit.run(async (tx) => {
      const part = Array.from({ length: Math.min(PART, RULINGS - from) }, (_, at) => rulingOf(from + at, today));
      await store.replaceCases(tx, [], part);
      return ok(null);
    });
}

async function counting(backend: Backend, opened: OpenApp, cases: Cases): Promise<void> {
  const { keeper } = opened.app.slices.register;
  await keeper.letTimeAct(opened.app.unit);
  const made = await MadeUpCases.of(opened.app, cases);
  const { entries } = await made.fill(CASES);
  const took = await timed(() => keeper.letTimeAct(opened.app.unit));
  line(backend, `counting ${CASES} cases of ${entries} entries: cases a second`, CASES / (took / 1000), '');
}

async function reading(backend: Backend, opened: OpenApp, cases: Cases): Promise<void> {
  const { unit } = opened.app;
  const [visitor, approver] = [cases.as('anonymous'), cases.as('approver')];
  const fresh = new RegisterReadings(new DatabaseRegisterStore(), opened.app.slices.register.views.sources, 5);
  const first = await timed(async () => unit.read((reader) => fresh.toEveryone(reader, {})));
  line(backend, 'putting the public entries together, once a quarter', first);
  const asked = [
    ['a page of the register', visitor, '/api/register'],
    ['a page of the register, filtered', visitor, '/api/register?field=health&outcome=refused'],
    ['public statistics', visitor, '/api/statistics'],
    ['full statistics', approver, '/api/statistics/full'],
    ['full statistics of a quarter', approver, `/api/statistics/full?period=${dayOf(Date.now()).slice(0, 4)}`],
  ] as const;
  for (const [what, caller, path] of asked) {
    // Server and callers share a process: connections that ended while it was busy are let go before the next is used.
    await sleep(100);
    fine(await caller.get(path));
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(async () => fine(await caller.get(path))));
    line(backend, `${what}, median`, times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN);
  }
}

async function measure(backend: Backend): Promise<void> {
  const opened = await openApp(backend, { seeded: true });
  const cases = await Cases.open(await opened.listen());
  await counting(backend, opened, cases);
  await fill(opened);
  await reading(backend, opened, cases);
  await opened.close();
}

console.log(`\n${RULINGS.toLocaleString('en')} rulings\n\n| database | what | |\n|---|---|---:|`);
for (const backend of lastingBackends) await measure(backend);
process.exit(0);
