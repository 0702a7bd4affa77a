// The five-minute tour: a fresh seeded server on a free port, walked over HTTP and on the command line. Every command
// printed was run, every answer is what came back. `npm run tour -- --update` also puts it into README.md, between the
// marks; a test compares what stands there with a run. Ends what it started and removes its folder.
import { readFileSync, writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { Caller, SHELL } from './tour/caller.mjs';
import { TourServer } from './tour/server.mjs';
import { shown, Transcript } from './tour/transcript.mjs';

const README = new URL('../README.md', import.meta.url);
const MARKS = /(<!-- tour: written by `npm run tour -- --update` -->)[\s\S]*?(<!-- end of the tour -->)/;
const STREETS = ['锦塘东街街道', '锦塘西街街道', '锦塘南街街道'];
const SURNAMES = '沈周吴郑王冯陈孙高蒋';
const GIVEN = '安宁舒朗明远';
/** A table of a hundred and twenty invented people, as a department's spreadsheet leaves it. */
const PEOPLE = Array.from({ length: 120 }, (_, n) =>
  [
    `${SURNAMES[n % SURNAMES.length]}${GIVEN[n % GIVEN.length]}`,
    `${13800000000 + 1 + n * 137}`,
    STREETS[n % STREETS.length],
    `${1950 + ((n * 7) % 40)}`,
  ].join(','),
);
const PURPOSE = { category: 'research', scenario: 'Travel-time model for logistics planning in the city' };

const transcript = new Transcript();
const server = await TourServer.onFreePort();

function cli(expected, ...words) {
  const { said, code } = server.tiergate(...words);
  transcript.say(`$ tiergate ${words.join(' ')}\n${said}\n[exit ${code}]`);
  if (code !== expected) throw new Error(`tiergate ${words.join(' ')} ended with ${code}`);
}

function dropTable() {
  transcript.chapter('1. Drop a table (here in GB18030): no account, no server');
  server.write('people.csv', iconv.encode(`${['姓名,手机号,街镇,出生年份', ...PEOPLE].join('\n')}\n`, 'gb18030'));
  cli(1, 'classify', 'people.csv');
}

async function signIn() {
  transcript.chapter(`2. The server, on an empty database, seeds itself (ready after ${await server.start()} s)`);
  transcript.say(`$ TIERGATE=${server.address}`);
  for (const line of SHELL) transcript.say(`$ ${line}`);
  const person = (who, username) =>
    Caller.signIn(transcript, server.address, who, { grantType: 'password', username, password: 'tiergate-demo' });
  return {
    handler: await person('HANDLER', 'enterprise-a-handler'),
    reviewer: await person('REVIEWER', 'reviewer-transport'),
    approver: await person('APPROVER', 'approver'),
    signatory: await person('SIGNATORY', 'enterprise-a-signatory'),
    supervisor: await person('SUPERVISOR', 'supervisor'),
    portal: await Caller.signIn(transcript, server.address, 'PORTAL', {
      grantType: 'client_credentials',
      clientId: 'portal',
      clientSecret: 'tiergate-demo-portal',
    }),
  };
}

/** A conditional dataset of the reviewer's body that can be downloaded and asks for no proof. */
async function plainDataset({ handler, reviewer }) {
  const holder = (await reviewer.read('/api/me')).organisation.id;
  const { items } = await handler.read(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`);
  for (const { id } of items) {
    const dataset = await handler.read(`/api/datasets/${id}`);
    const plain = dataset.conditions.every((condition) => !condition.evidenceRequired);
    if (plain && dataset.deliveryKinds.includes('download') && dataset.nextStep?.code === 'apply') return dataset;
  }
  throw new Error('there is no conditional dataset of the transport body that can be applied for');
}

async function find(people) {
  transcript.chapter('3. An enterprise looks for data it may get on conditions, and reads why it is conditional');
  await people.handler.ask('GET', '/api/datasets?tier=conditional&field=transport', { members: ['total'] });
  const dataset = await plainDataset(people);
  transcript.name('DATASET', dataset.id);
  await people.handler.ask('GET', `/api/datasets/${dataset.id}`, {
    members: ['title', 'tier', 'conditions', 'reasons', 'nextStep'],
  });
  return dataset;
}

/** The portal's question before it serves: may this organisation have this dataset now? */
async function decided({ portal }, dataset, organisation, wanted) {
  const body = {
    subject: { type: 'organisation', id: organisation },
    resource: { type: 'dataset', id: dataset },
    action: { name: 'download' },
    context: { purpose: PURPOSE.category },
  };
  const { decision } = await portal.ask('POST', '/access/v1/evaluation', { body });
  if (decision !== wanted) throw new Error(`the decision is ${decision}, expected ${wanted}`);
}

async function apply({ handler }, dataset) {
  transcript.chapter('5. Who has the ball: the handler applies and is told the number, whose turn it is, by when');
  const body = {
    datasets: [{ dataset }],
    purpose: PURPOSE,
    delivery: 'download',
    period: { from: '2026-01-01', to: `${new Date().getFullYear() + 1}-06-30` },
    securityPlan: 'Encrypted at rest, two named persons, deletion at the end.',
  };
  const { id } = await handler.ask('POST', '/api/applications', { body, members: ['id', 'state', 'warnings'] });
  transcript.name('APPLICATION', id);
  const path = `/api/applications/${id}`;
  await handler.command(path, 'submit', { members: ['number', 'state'] });
  const { waitingFor, deadlines } = await handler.read(path);
  transcript.command(`api $HANDLER GET "${path}"`);
  transcript.say(`200 ${shown({ waitingFor, deadlines: deadlines.map(({ kind, due }) => ({ kind, due })) })}`);
  return path;
}

async function rule(path, { handler, reviewer, approver, signatory }) {
  transcript.chapter('6. The holder’s reviewer accepts, claims, advises; nobody of the applicant’s side can rule');
  await reviewer.command(path, 'accept');
  await reviewer.command(path, 'claim');
  const advice = { recommendation: 'approve', remark: 'Purpose and safeguards fit.' };
  await reviewer.command(path, 'advise', { body: advice });
  await handler.command(path, 'approve', { expect: [403] });
  await reviewer.command(path, 'approve', { expect: [403] });
  transcript.chapter('7. The authority’s approver approves; the signatory accepts the agreement: version and hash');
  await approver.command(path, 'approve', { body: { reason: 'Conditions met' } });
  const { agreement } = await signatory.read(path);
  const body = { version: agreement.version, hash: agreement.hash };
  const { grants } = await signatory.command(path, 'accept-agreement', { body, members: ['state', 'grants'] });
  transcript.name('GRANT', grants[0].id);
  return grants[0].id;
}

async function suspend({ handler, supervisor }, grant, file) {
  transcript.chapter('9. Suspend, and it stops: the very next request is refused; resumed, it is served again');
  const give = (name, reason) =>
    supervisor.command(`/api/grants/${grant}`, name, { body: { reason }, members: ['id', 'state'] });
  await give('suspend', 'Use beyond the scenario reported');
  await handler.download(file, 403);
  await give('resume', 'Cleared');
  await handler.download(file, 200);
  await give('suspend', 'A second report');
}

/** What somebody with access to the database, and none to the product, might try. */
async function cheat({ handler }, grant, file) {
  transcript.chapter('10. Cheat the database to get the grant back: refused all the same, also after a restart');
  cli(0, 'audit', 'verify');
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const sql = `UPDATE grants SET state = 'active' WHERE id = '${grant}'`;
  transcript.say(`$ sqlite3 tiergate.db "${sql}"`);
  const database = new DatabaseSync(server.database);
  const { changes } = database.prepare(sql).run();
  database.close();
  if (Number(changes) !== 1) throw new Error('the grant was not there to be edited');
  await server.stop();
  transcript.say(`  (restarted: ready after ${await server.start()} s)`);
  await handler.download(file, 403);
  transcript.chapter('11. … and the audit names the row');
  cli(1, 'audit', 'verify');
}

async function tour() {
  dropTable();
  const people = await signIn();
  const dataset = await find(people);
  transcript.chapter('4. The portal asks before it serves: no, why, and the next step');
  const organisation = (await people.handler.read('/api/me')).organisation.id;
  transcript.name('ORGANISATION', organisation);
  await decided(people, dataset.id, organisation, false);
  const path = await apply(people, dataset.id);
  const grant = await rule(path, people);
  transcript.chapter('8. The portal asks again: yes, with obligations; the example portal serves the file');
  await decided(people, dataset.id, organisation, true);
  const { id } = dataset.distributions.find(({ kind, format }) => kind === 'file' && format === 'CSV');
  transcript.name('FILE', id);
  const file = `/files/${id}/data.csv?purpose=research`;
  await people.handler.download(file, 200);
  await suspend(people, grant, file);
  await cheat(people, grant, file);
}

let failure;
try {
  await tour();
} catch (error) {
  failure = error;
} finally {
  await server.stop();
  server.remove();
}
if (failure !== undefined) {
  console.error(`\nthe tour stopped: ${failure.message}`);
  process.exit(1);
}
if (process.argv.includes('--update')) {
  const block = `\`\`\`console\n${transcript.lines.join('\n').trim()}\n\`\`\``;
  const before = readFileSync(README, 'utf8');
  if (!MARKS.test(before)) throw new Error('README.md has lost the marks of the tour');
  writeFileSync(
    README,
    before.replace(MARKS, (_, begin, end) => `${begin}\n${block}\n${end}`),
  );
  console.log('\nREADME.md: the tour was written anew');
}
