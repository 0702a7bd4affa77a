import { registered } from '../../test/support/register-parts.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { headPosition } from '../../src/log/index.js';
import { DatabaseRegisterStore } from '../../src/register/store/database-register-store.js';
import { Caller } from '../../test/support/caller.js';
import { Cases, fine } from '../../test/support/cases.js';
import { type Backend, type TestDatabase } from '../../test/support/databases.js';
import { Place, PRODUCTION, RunningProduct } from '../../test/support/product.js';
import { openApp, type OpenApp } from '../../test/support/server.js';
import { inQuick, lastingBackends, median, quantile, quick } from '../quick.js';
import { MadeUpCases } from './made-up-cases.js';

/**
 * A city's applications after some years on each kind of database: every list by everybody who has it, every command of
 * the ordinary way, a change at a desk where many cases wait, and a restart. All over HTTP, as people meet it.
 */
const CASES = inQuick(100_000, 300);
const WAITING = inQuick(3_000, 50);
const ROUNDS = inQuick(40, 2);
const WALKS = inQuick(40, 2);
/** Goals of the 95th percentile, and of single acts, in milliseconds. */
const GOALS = { list: 100, command: 50, similar: 200, desk: 1_000, ready: 5_000 } as const;

/** What keys and index are sealed with, and where the index lies: the process that starts anew must know it too. */
const SEALED = {
  TIERGATE_SECRET: PRODUCTION.TIERGATE_SECRET,
  TIERGATE_INDEX_FOLDER: mkdtempSync(join(tmpdir(), 'tiergate-bench-')),
};
process.once('exit', () => rmSync(SEALED.TIERGATE_INDEX_FOLDER, { recursive: true, force: true }));

const LISTS: Readonly<Record<string, readonly string[]>> = {
  'enterprise-a-handler': ['', '?state=concluded', '?queue=mine'],
  'reviewer-transport': ['', '?queue=mine', '?queue=due', '?queue=overdue', '?state=in-review'],
  approver: ['', '?queue=mine', '?queue=due', '?queue=overdue', '?state=refused', '?limit=100'],
  auditor: ['', '?state=draft'],
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const ms = (value: number): string => value.toFixed(1);

/** Figures that were worse than their goal. */
const missed: string[] = [];
function line(backend: Backend, what: string, times: readonly number[], goal: number, more = ''): void {
  const worst = times.length === 1 ? (times[0] ?? Number.NaN) : quantile(times, 0.95);
  const middle = times.length === 1 ? '' : ms(median(times));
  if (!(worst <= goal)) missed.push(`${backend.name}: ${what}`);
  console.log(`| ${backend.name} | ${what} | ${middle} | ${ms(worst)} | ${goal} | ${more} |`);
}

/** A page, or the page that follows it: both are asked for in turn. */
async function lists(backend: Backend, address: string): Promise<void> {
  for (const [who, queries] of Object.entries(LISTS)) {
    const caller = await Caller.person(address, who);
    for (const query of queries) {
      const path = `/api/applications${query}`;
      const { body } = fine(await caller.get(path));
      const then = body.next === undefined ? path : (body.next as string);
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1)
        times.push(await timed(async () => fine(await caller.get(round % 2 === 0 ? path : then))));
      line(backend, `list ${who} ${query}`, times, GOALS.list, `${body.total ?? body.items.length} cases`);
    }
  }
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** The ordinary way from a draft to a grant; every command alone by the clock, with the version in hand. */
async function walks(backend: Backend, cases: Cases): Promise<void> {
  const times = new Map<string, number[]>();
  const took = (name: string, time: number) => times.set(name, [...(times.get(name) ?? []), time]);
  const give = async (who: Parameters<Cases['as']>[0], path: string, name: string, body: object = {}) => {
    const caller = cases.as(who);
    const etag = (await caller.get(path)).headers.get('etag') ?? '';
    const headers = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() };
    took(name, await timed(async () => fine(await caller.post(`${path}/commands/${name}`, body, headers))));
  };
  for (let walk = 0; walk < WALKS; walk += 1) {
    let path = '';
    took('draft', await timed(async () => (path = await cases.draft({ purpose: purpose(walk) }))));
    took('case page', await timed(async () => fine(await cases.as('enterprise-a-handler').get(path))));
    await give('enterprise-a-handler', path, 'submit');
    await give('reviewer-transport', path, 'accept');
    await give('reviewer-transport', path, 'claim');
    await give('reviewer-transport', path, 'ask', { text: 'Which roads?' });
    await give('enterprise-a-handler', path, 'answer', { text: 'Those of the ring.' });
    await give('reviewer-transport', path, 'advise', { recommendation: 'approve', remark: 'Fits.' });
    await give('approver', path, 'approve', { reason: 'Met' });
    const { version, hash } = (await cases.as('enterprise-a-signatory').get(path)).body.agreement;
    await give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
  }
  for (const [name, all] of times) line(backend, name, all, GOALS.command);
}
const purpose = (walk: number): object => ({
  category: 'research',
  scenario: `Travel times for planning, part ${walk} of ${today()}`,
  project: `part-${walk}`,
});

/** Another deputy at the desk where all those cases wait; then nobody, so that all of them pass on. */
async function desk(backend: Backend, cases: Cases): Promise<void> {
  const admin = cases.as('admin');
  const { organisation } = (await cases.as('reviewer-transport').get('/api/me')).body;
  const deputy = (await cases.as('steward-transport').get('/api/me')).body.subject.id as string;
  const reviewing = async () => {
    const { items } = fine(await admin.get(`/api/posts?organisation=${organisation.id}&limit=100`)).body;
    return items.find((one: { role: string; state: string }) => one.role === 'reviewer' && one.state === 'active');
  };
  const acts = [
    ['hand-over', { deputy }, 'a deputy joins the desk'],
    ['end', {}, 'the desk is emptied, all cases pass on'],
  ] as const;
  for (const [name, body, what] of acts) {
    const { id, etag } = await reviewing();
    const headers = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() };
    const time = await timed(async () => fine(await admin.post(`/api/posts/${id}/commands/${name}`, body, headers)));
    line(backend, what, [time], GOALS.desk, `${WAITING} cases wait there`);
  }
}

/** Earlier cases like one at hand, which all of the city are: the same dataset for the same purpose. */
async function similar(backend: Backend, opened: OpenApp, cases: Cases): Promise<void> {
  const path = await cases.at('authority');
  const rulings = (await opened.app.unit.read((reader) => registered(new DatabaseRegisterStore(), reader))).filter(
    ({ matter }) => matter.ruling !== null,
  ).length;
  for (const who of ['reviewer-transport', 'approver'] as const) {
    const times: number[] = [];
    let total = 0;
    for (let round = 0; round < ROUNDS; round += 1)
      times.push(
        await timed(async () => {
          total = fine(await cases.as(who).get(`${path}/similar-cases`)).body.total;
        }),
      );
    line(backend, `similar cases, ${who}`, times, GOALS.similar, `${total} alike of ${rulings} rulings`);
  }
}

/** Until the register has counted what was filled in beside it: a city's cases come one by one, not all at once. */
async function counted({ app: { unit } }: OpenApp): Promise<void> {
  const store = new DatabaseRegisterStore();
  const behind = (): Promise<boolean> =>
    unit.read(async (reader) => ((await store.cursor(reader))?.position ?? 0) < (await headPosition(reader)));
  while (await behind()) await sleep(500);
}

/** The demo, and the cases of a city beside it. */
async function fill(backend: Backend, database: TestDatabase): Promise<void> {
  const opened = await openApp(backend, { seeded: true, database, environment: SEALED });
  await opened.app.sweep.stop();
  const made = await MadeUpCases.of(opened.app, await Cases.open(await opened.listen()));
  const began = performance.now();
  const city = await made.fill(CASES);
  const waiting = await made.waiting(WAITING);
  const took = ms((performance.now() - began) / 1000);
  await counted(opened);
  const entries = (city.entries + waiting.entries).toLocaleString('en');
  console.log(`\n${backend.name}: ${CASES + WAITING} cases, ${entries} entries, filled in ${took} s\n`);
  await opened.close();
}

async function measure(backend: Backend): Promise<void> {
  const database = await backend.fresh();
  await fill(backend, database);
  const opened = await openApp(backend, { database, environment: SEALED });
  const address = await opened.listen();
  const cases = await Cases.open(address);
  console.log('| database | what | median ms | 95 % ms | goal ms | |');
  console.log('|---|---|---:|---:|---:|---|');
  await lists(backend, address);
  await walks(backend, cases);
  await similar(backend, opened, cases);
  await desk(backend, cases);
  await opened.close();
  const place = new Place(database.url);
  Object.assign(place.environment, SEALED);
  const product = await RunningProduct.start(place);
  line(backend, 'from the start of the process to ready', [product.readyAfter], GOALS.ready);
  await product.stop();
  place.remove();
  await database.dispose();
}

/** Kinds of database: those named behind the command, or all. */
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const asked = lastingBackends.filter(({ name }) => named.length === 0 || named.includes(name));
if (asked.length === 0) throw new Error(`nothing to measure: ${named.join(', ')} is not to be had here`);
for (const backend of asked) await measure(backend);
console.log(missed.length === 0 ? '\nevery goal met' : `\nMISSED: ${missed.join('; ')}`);
process.exit(missed.length === 0 || quick ? 0 : 1);
