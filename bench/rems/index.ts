import { Caller } from '../../test/support/caller.js';
import { Cases, fine } from '../../test/support/cases.js';
import { type Backend, type TestDatabase } from '../../test/support/databases.js';
import { newcomer } from '../../test/support/newcomer.js';
import { Place, PRODUCTION, RunningProduct } from '../../test/support/product.js';
import { openApp } from '../../test/support/server.js';
import { MadeUpCases } from '../applications/made-up-cases.js';
import { inQuick, lastingBackends } from '../quick.js';
import { latencies, throughput, timed } from './load.js';
import { type Published, PUBLISHED } from './published.js';

/**
 * The size at which REMS publishes figures, and ten times it: applications, the entries they leave (24 each), handlers at
 * one desk, and all datasets of the demo. The product runs in a process of its own; everything is asked over HTTP.
 */
const SIZES = inQuick([3_000, 30_000], [60]);
const HANDLERS = inQuick(100, 3);
const WAITING = inQuick(3_000, 20);
const ASKED = inQuick(2_000, 10);
const BATCHES = inQuick(300, 3);
const LISTS = inQuick(300, 3);
const CLIENTS = inQuick([1, 8, 64], [1, 8]);
const EACH = inQuick(5_000, 200);
const BATCH = 200;
const SEALED = { TIERGATE_SECRET: PRODUCTION.TIERGATE_SECRET };
const HANDLER = 'enterprise-a-handler';

const ms = (value: number): string => value.toFixed(1);
const faults: string[] = [];

/** Where a figure stands: the database, how many applications, how long an answer takes that touches nothing. */
interface Row {
  readonly backend: Backend;
  readonly size: number;
  readonly nothing: number;
}
function line(
  { backend, size, nothing }: Row,
  what: string,
  p50: number | null,
  worst: string,
  beside: Published,
): void {
  const ratio = p50 === null ? '' : (p50 / nothing).toFixed(1);
  const cells = [backend.name, size.toLocaleString('en'), what, p50 === null ? '' : ms(p50), worst, ratio];
  console.log(`| ${cells.join(' | ')} | ${PUBLISHED[beside]} |`);
}

/** The demo, its desk with so many handlers, and so many applications on all its conditional datasets. */
async function fill(backend: Backend, database: TestDatabase, size: number): Promise<readonly string[]> {
  const opened = await openApp(backend, { seeded: true, database, environment: SEALED });
  await opened.app.sweep.stop();
  const address = await opened.listen();
  const cases = await Cases.open(address);
  const datasets = await conditional(cases.as(HANDLER));
  // Before the filling, which leaves connections idle for longer than they are kept.
  for (let n = 1; n < HANDLERS; n += 1)
    await newcomer(cases, address, { username: `handler-${n}`, beside: 'reviewer-transport', role: 'reviewer' });
  const made = await MadeUpCases.of(opened.app, cases);
  const city = await made.fill(size, datasets);
  console.error(`${backend.name}: ${size} applications, ${city.entries.toLocaleString('en')} entries`);
  await opened.close();
  return datasets;
}

async function conditional(caller: Caller): Promise<string[]> {
  const found: string[] = [];
  for (let token = ''; ; ) {
    const query = `/api/datasets?tier=conditional&limit=100&pageToken=${token}`;
    const { items, nextPageToken } = fine(await caller.get(query)).body;
    found.push(...items.map(({ id }: { id: string }) => id));
    token = nextPageToken;
    if (token === '') return found;
  }
}

/** More cases, all waiting at the desk with the handlers. */
async function wait(backend: Backend, database: TestDatabase): Promise<void> {
  const opened = await openApp(backend, { database, environment: SEALED });
  await opened.app.sweep.stop();
  const made = await MadeUpCases.of(opened.app, await Cases.open(await opened.listen()));
  await made.waiting(WAITING);
  await opened.close();
}

async function questions(row: Row, address: string, datasets: readonly string[]): Promise<void> {
  const portal = await Caller.portal(address);
  const handler = await Caller.person(address, HANDLER);
  const { organisation } = fine(await handler.get('/api/me')).body;
  const asking = {
    subject: { type: 'organisation', id: organisation.id },
    action: { name: 'download' },
    context: { purpose: 'research' },
  };
  const resource = (n: number) => ({ resource: { type: 'dataset', id: datasets[n % datasets.length] } });
  const one = await latencies(ASKED, async (n) =>
    fine(await portal.post('/access/v1/evaluation', { ...asking, ...resource(n) })),
  );
  line(row, 'one check', one.p50, `p99 ${ms(one.p99)} ms`, 'nothing');
  const evaluations = Array.from({ length: BATCH }, (_, n) => resource(n));
  const many = await latencies(BATCHES, async () =>
    fine(await portal.post('/access/v1/evaluations', { ...asking, evaluations })),
  );
  line(row, `a batch of ${BATCH}`, many.p50, `p99 ${ms(many.p99)} ms`, 'nothing');
  const own = await latencies(LISTS, async () => fine(await handler.get('/api/grants?state=active&limit=100')));
  line(row, 'what may X read', own.p50, `p99 ${ms(own.p99)} ms`, 'list');
}

/** Drafts that are written and submitted; remarks of an officer, each client on a case of its own. */
async function commands(row: Row, address: string, datasets: readonly string[]): Promise<void> {
  const cases = await Cases.open(address);
  const [handler, reviewer] = [cases.as(HANDLER), cases.as('reviewer-transport')];
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });
  const draft = (client: number, n: number) => ({
    datasets: [{ dataset: cases.datasets[(client + n) % cases.datasets.length] ?? datasets[0] }],
    purpose: { category: 'research', scenario: `Travel times, part ${client}-${n}`, project: crypto.randomUUID() },
    delivery: 'download',
    period: { from: today(), to: `${Number(today().slice(0, 4)) + 1}-06-30` },
    securityPlan: 'Encrypted, two named persons.',
  });
  for (const clients of CLIENTS) {
    const written = await throughput(clients, EACH, (client, n) =>
      handler.post('/api/applications', draft(client, n), key()),
    );
    told(row, `drafts written, ${clients} at a time`, written);
    const waiting: { path: string; etag: string }[] = [];
    for (let n = 0; n < clients; n += 1) {
      const path = await cases.at('submitted', draft(n, clients * 1000));
      waiting.push({ path, etag: (await reviewer.get(path)).body.etag as string });
    }
    const said = await throughput(clients, EACH, async (client) => {
      const at = waiting[client] as { path: string; etag: string };
      const body = { text: 'Checked', private: true };
      const answer = await reviewer.post(`${at.path}/commands/remark`, body, { 'if-match': at.etag, ...key() });
      at.etag = (answer.body as { etag?: string }).etag ?? at.etag;
      return answer;
    });
    told(row, `remarks on cases, ${clients} at a time`, said);
  }
}

function told(row: Row, what: string, { perSecond, p99, unserved, refused }: Awaited<ReturnType<typeof throughput>>) {
  if (unserved + refused > 0)
    faults.push(`${row.backend.name} ${row.size}: ${what}: ${unserved} × 5xx, ${refused} refused`);
  line(row, what, null, `${perSecond.toFixed(0)}/s, p99 ${ms(p99)} ms, ${unserved} × 5xx`, 'commands');
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Somebody joins the desk where all those cases wait. */
async function desk(row: Row, address: string): Promise<void> {
  const cases = await Cases.open(address);
  const admin = cases.as('admin');
  const { organisation } = (await cases.as('reviewer-transport').get('/api/me')).body;
  const deputy = (await cases.as('steward-transport').get('/api/me')).body.subject.id as string;
  const { items } = fine(await admin.get(`/api/posts?organisation=${organisation.id}&limit=100`)).body;
  const post = items.find((one: { role: string; state: string }) => one.role === 'reviewer' && one.state === 'active');
  const path = `/api/posts/${post.id}/commands/hand-over`;
  const took = await timed(async () => fine(await admin.post(path, { deputy }, { 'if-match': post.etag })));
  line(row, `reviewers change, ${WAITING} cases wait there`, took, `${ms(took)} ms`, 'desk');
}

async function resident(address: string): Promise<number> {
  const { text } = await Caller.anonymous(address).get('/metrics');
  return Number(/^tiergate_process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 2 ** 20;
}

async function running(
  database: TestDatabase,
  work: (product: RunningProduct, nothing: number) => Promise<void>,
): Promise<void> {
  const place = new Place(database.url);
  Object.assign(place.environment, SEALED);
  const product = await RunningProduct.start(place);
  const nobody = Caller.anonymous(product.address);
  const { p50 } = await latencies(ASKED, () => nobody.get('/health/live'));
  await work(product, p50);
  await product.stop();
  place.remove();
}

async function measure(backend: Backend, size: number): Promise<void> {
  const database = await backend.fresh();
  const datasets = await fill(backend, database, size);
  await running(database, async ({ address, readyAfter }, nothing) => {
    const row = { backend, size, nothing };
    line(row, 'an answer that touches nothing', nothing, '', 'nothing');
    line(row, 'from start to ready', readyAfter, `${ms(readyAfter)} ms`, 'start');
    line(row, 'resident memory when ready', null, `${(await resident(address)).toFixed(0)} MB`, 'memory');
    await questions(row, address, datasets);
    await commands(row, address, datasets);
    line(row, 'resident memory after all that', null, `${(await resident(address)).toFixed(0)} MB`, 'memory');
  });
  await wait(backend, database);
  await running(database, async ({ address }, nothing) => desk({ backend, size, nothing }, address));
  await database.dispose();
}

console.log('REMS was not run here, and machines differ: the last column is what it publishes about itself.\n');
console.log('| database | applications | what | median ms | worst | ÷ touching nothing | REMS publishes |');
console.log('|---|---:|---|---:|---|---:|---|');
for (const size of SIZES) for (const backend of lastingBackends) await measure(backend, size);
console.log(faults.length === 0 ? '\nevery command was served' : `\nNOT SERVED: ${faults.join('; ')}`);
process.exit(faults.length === 0 ? 0 : 1);
