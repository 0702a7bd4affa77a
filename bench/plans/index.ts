import type { AddressInfo } from 'node:net';
import type { App } from '../../src/app.js';
import { Caller } from '../../test/support/caller.js';
import { type Backend, backends, isAvailable } from '../../test/support/databases.js';
import { openApp, type OpenApp } from '../../test/support/server.js';
import { inQuick } from '../quick.js';
import { lengthen } from './fill.js';
import { planOf } from './explain.js';
import { type Statement, Statements } from './statements.js';

/**
 * A plan of every list: each list of the API is asked for by people of every role, with each of its filters, and every
 * statement that this sends is explained by both databases over long tables. Fails when a growing table is read whole or
 * sorted without an index. What time does by itself is listened to as well.
 */
const ROWS = inQuick(5000, 3000);
const ROLES = ['admin', 'approver', 'supervisor', 'auditor', 'reviewer-transport', 'steward-transport'];
const PEOPLE = [...ROLES, 'officer', 'enterprise-a-handler', 'citizen'];

/** Filters worth a plan of their own; `{name}` is filled from the demo. */
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  '/api/grants': [
    'state=active',
    'dataset={dataset}',
    'organisation={organisation}',
    'organisation={organisation}&state=active',
  ],
  '/api/applications': ['state=submitted', 'queue=mine', 'queue=due', 'queue=overdue'],
  '/api/organisations': ['kind=enterprise'],
  '/api/people': ['organisation={organisation}'],
  '/api/posts': ['organisation={organisation}'],
  '/api/datasets': ['q=公交', 'tier=conditional', 'publisher={organisation}'],
  '/api/audit/entries': ['after=10', 'subjectKind=grant'],
};

interface Listed {
  readonly list: string;
  readonly statements: readonly Statement[];
}

const listsOf = (app: App): string[] =>
  app.routes.filter(({ method, path }) => method === 'get' && !path.includes(':')).map(({ path }) => path);

/** Every list with every filter, asked for by everyone; a filter a list does not know is left out. */
async function listen(opened: OpenApp, statements: Statements): Promise<Listed[]> {
  const { app } = opened;
  await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const callers = await Promise.all(PEOPLE.map((username) => Caller.person(address, username)));
  const [grant] = await app.unit.read((reader) =>
    reader.manager.query('SELECT organisation, dataset FROM grants LIMIT 1'),
  );
  const filled = (filter: string): string => filter.replace(/\{(\w+)\}/g, (_, name: string) => grant[name]);
  const asked: Listed[] = [];
  for (const path of listsOf(app)) {
    for (const filter of ['', ...(FILTERS[path] ?? [])]) {
      const query = filter === '' ? '' : `?${new URLSearchParams(filled(filter)).toString()}`;
      const heard = await statements.during(async () => {
        for (const caller of callers) await caller.get(path + query);
      });
      asked.push({ list: filter === '' ? path : `${path}?${filter}`, statements: heard });
    }
  }
  const clockwork = await statements.during(async () => {
    await app.slices.grants.service.letTimeAct(app.unit);
    await app.slices.applications.clock.letTimeAct(app.unit);
    await app.sweep.round();
  });
  app.server.closeAllConnections();
  await new Promise((resolve) => app.server.close(resolve));
  return [...asked, { list: 'what time does', statements: clockwork }];
}

/** Prints one line per list and database; returns how many plans have a fault. */
async function explainAll(backend: Backend): Promise<number> {
  const opened = await openApp(backend, { seeded: true });
  await opened.app.sweep.stop();
  const { database } = opened.app;
  const statements = await Statements.of(database);
  const growing = [...(await lengthen(database, ROWS)), 'log', 'log_row'];
  const judged = new Set<string>();
  let faults = 0;
  for (const { list, statements: sent } of await listen(opened, statements)) {
    for (const statement of sent.filter(({ sql }) => !judged.has(sql))) {
      judged.add(statement.sql);
      const plan = await planOf(database, statement, growing);
      const verdict = plan.faults.length === 0 ? 'ok' : plan.faults.join(', ').toUpperCase();
      console.log(`| ${backend.name} | ${list} | ${plan.steps.join('; ') || 'no table'} | ${verdict} |`);
      if (plan.faults.length > 0) console.log(`  ${statement.sql.replace(/\s+/g, ' ').slice(0, 600)}`);
      faults += plan.faults.length;
    }
  }
  await opened.close();
  return faults;
}

console.log(`Tables lengthened by ${ROWS} rows each.\n`);
console.log('| database | list | plan | |');
console.log('|---|---|---|---|');
let faults = 0;
for (const backend of backends.filter((one) => one.durable && isAvailable(one))) faults += await explainAll(backend);
console.log(`\n${faults} plans with a fault`);
process.exit(faults === 0 ? 0 : 1);
