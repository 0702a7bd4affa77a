// `npm test`: build, static checks, then every folder of test/ in mocha, on every database that can be had.
//   npm test                                     everything
//   npm test -- test/unit/kernel                 one folder or file (a glob in quotes is fine)
//   npm test -- test/e2e --grep 'main job'       what mocha calls --grep
// The long folders are run file by file, two at a time where there are two cores, each with its output held until its
// end; TIERGATE_TEST_LANES=1 runs one after the other, aloud.
// With CI=true a missing MariaDB, Chromium, nginx or ../shared is a failure; without it what needs them is skipped, and said.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { findMariaDb, startMariaDb } from './mariadb.mjs';
import { findNginx } from './nginx.mjs';
import { staticChecks } from './static-checks.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const strict = process.env.CI === 'true';

/**
 * Files of tests lie in memory where the system has a folder for that, and plenty: databases that live for seconds then
 * wait for no disk. That what was acknowledged outlives a killed process is as true there.
 */
function workInMemory() {
  const folder = '/dev/shm';
  if (process.env.TMPDIR || !existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  if (Math.min(bavail * bsize, freemem()) < 10 * 2 ** 30) return undefined;
  process.env.TMPDIR = mkdtempSync(join(folder, 'tiergate-tests-'));
  console.log(`files of tests: ${folder}`);
  return process.env.TMPDIR;
}
const inMemory = workInMemory();

const records = mkdtempSync(join(tmpdir(), 'tiergate-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
/** Seconds by part, and by file or folder. */
const times = new Map();
const lengths = [];
const failures = [];
const running = new Set();
let database;

/** Those that take longest, first and file by file, so that no lane waits for another at the end. */
const LONG = ['e2e', 'conformance', 'faults', 'contract'];
/** As many as are named at the end. */
const LONGEST = 40;
/** Looks at what all others recorded. */
const LAST = 'completeness';
/** Parts that run side by side: one alone leaves half of two cores waiting for a browser or a disk. */
const lanes = Number(process.env.TIERGATE_TEST_LANES ?? Math.min(2, availableParallelism()));

function endDatabase() {
  database?.abandon();
  for (const folder of [records, inMemory]) if (folder) rmSync(folder, { recursive: true, force: true });
}
process.on('exit', endDatabase);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    for (const child of running) process.kill(-child.pid, signal);
    process.exit(code);
  });
}

const elapsed = (from) => (performance.now() - from) / 1000;
const seconds = (value) => `${value.toFixed(1)} s`;
const took = (part, from) => times.set(part, (times.get(part) ?? 0) + elapsed(from));

function count(outcome) {
  for (const key of Object.keys(totals)) totals[key] += outcome[key] ?? 0;
}

/** A need of the tests that is not there: a skip at a desk, a failure in continuous integration. */
function missing(what, reason) {
  console.log(`${strict ? 'FAILED' : 'skipped'}: ${what}: ${reason}`);
  count(strict ? { failed: 1 } : {});
  if (strict) failures.push(`${what}: ${reason}`);
}

async function provideDatabase() {
  if (process.env.TIERGATE_TEST_MARIADB) {
    console.log('MariaDB: the one TIERGATE_TEST_MARIADB names');
    return;
  }
  const { program, how, reason } = findMariaDb();
  if (program === undefined) return missing('tests on MariaDB', reason);
  const from = performance.now();
  database = await startMariaDb(program);
  process.env.TIERGATE_TEST_MARIADB = database.url;
  process.env.TIERGATE_MARIADBD = program;
  console.log(`MariaDB: ${how}, private instance on port ${database.port} in ${seconds(elapsed(from))}`);
}

function provideChromium() {
  const { program, how, reason } = findChromium();
  if (program === undefined) return missing('tests in a browser', reason);
  process.env.TIERGATE_CHROMIUM = program;
  console.log(`Chromium: ${how}`);
}

function provideNginx() {
  const { program, how, reason } = findNginx();
  if (program === undefined) return missing('tests behind nginx', reason);
  process.env.TIERGATE_NGINX = program;
  console.log(`nginx: ${how}`);
}

function provideShared() {
  const shared = join(root, '..', 'shared');
  if (!existsSync(join(shared, 'data')))
    return missing('tests with real catalogues', 'no folder ../shared beside this one');
  console.log('real data: ../shared');
}

/** Runs a program to its end; answers whether it succeeded and what it wrote, unless that went to the screen at once. */
function run(command, args, { aloud = false, env = process.env } = {}) {
  return new Promise((resolve) => {
    const stdio = aloud ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    // A group of its own: mocha starts a process, that starts servers and browsers, and a signal is to reach them all.
    const child = spawn(command, args, { cwd: root, env, stdio, detached: true });
    running.add(child);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ success: false, output: error.message }));
    child.on('close', (code) => resolve({ success: code === 0, output }));
    child.on('close', () => running.delete(child));
  });
}

async function buildPart() {
  const from = performance.now();
  try {
    await build({ ifStale: true });
    count({ passed: 1 });
    took('build', from);
    return true;
  } catch (error) {
    console.error(`FAILED: build: ${error.message}`);
    count({ failed: 1 });
    failures.push('build');
    return false;
  }
}

async function staticPart() {
  const from = performance.now();
  console.log('\nstatic checks');
  for (const { name, args, when } of staticChecks) {
    if (when && !existsSync(join(root, when))) continue;
    const { success, output } = await run(process.execPath, args);
    console.log(`  ${success ? '✔' : '✘'} ${name}`);
    if (!success) console.log(output.trim().replace(/^/gm, '      '));
    count(success ? { passed: 1 } : { failed: 1 });
    if (!success) failures.push(`static checks: ${name}`);
  }
  took('static checks', from);
}

const testsIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.test.js'))
    .map((file) => `${folder}/${file}`)
    .sort();

/** Folders of dist/test that hold tests, the long ones as their files, in the order they begin. */
function allParts() {
  const rank = ({ name }) => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length);
  return readdirSync(join(root, 'dist', 'test'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && testsIn(`dist/test/${entry.name}`).length > 0)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .map(({ name }) => `dist/test/${name}`)
    .flatMap((folder) => (LONG.includes(basename(folder)) ? testsIn(folder) : [folder]));
}

/** Source paths, folders and compiled paths alike, as mocha wants them. */
const compiled = (path) => {
  const inDist = path.startsWith('dist/') ? path : `dist/${relative(root, join(root, path))}`;
  return /\.[tj]s$/.test(inDist) ? inDist.replace(/\.ts$/, '.js') : `${inDist.replace(/\/$/, '')}/**/*.test.js`;
};

async function mochaPart(path, number, extra, aloud) {
  const from = performance.now();
  const note = join(records, `${basename(path)}-${number}.json`);
  const title = path.replace(/^dist\//, '');
  console.log(aloud ? `\n${title}` : `begun: ${title}`);
  const env = { ...process.env, TIERGATE_TEST_OUTCOME: note, TIERGATE_TEST_RECORDS: records };
  const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [mocha, ...(strict ? ['--forbid-only'] : []), ...extra, compiled(path)];
  const { success, output } = await run(process.execPath, args, { env, aloud });
  if (!aloud) console.log(`\n${title}\n${output.trimEnd()}`);
  const outcome = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : {};
  // A part that was ended by a signal, or did not load, left no outcome or one without a failure.
  if (!(success && existsSync(note)) && !outcome.failed) {
    outcome.failed = 1;
    outcome.failures = ['ended without an outcome'];
  }
  count(outcome);
  for (const failure of outcome.failures ?? []) failures.push(`${title}: ${failure}`);
  lengths.push({ title, time: elapsed(from) });
  took(title.split('/').slice(0, 2).join('/'), from);
}

/** Runs the parts, as many at a time as there are lanes, each lane taking the next when it is free. */
async function mochaParts(parts, extra) {
  const aloud = parts.length === 1 || lanes === 1;
  const left = parts.map((path, number) => () => mochaPart(path, number, extra, aloud));
  const lane = async () => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) await part();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Demos that tests copied from, on a server that goes on: test/support/seeded-database.ts keeps their addresses here. */
async function dropSeeded() {
  const server = process.env.TIERGATE_TEST_MARIADB;
  const addresses = readdirSync(records, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('demo-'))
    .map(({ name }) => readFileSync(join(records, name, 'address'), 'utf8'))
    .filter((address) => !address.startsWith('sqlite:'));
  if (!server || addresses.length === 0) return;
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:') });
  for (const address of addresses)
    await connection.query(`DROP DATABASE IF EXISTS ${new URL(address).pathname.slice(1)}`);
  await connection.end();
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string', short: 'g' }, 'no-static': { type: 'boolean' } },
  });
  const whole = positionals.length === 0 && values.grep === undefined;
  if (!(await buildPart())) return;
  await provideDatabase();
  provideChromium();
  provideNginx();
  provideShared();
  if (whole && !values['no-static']) await staticPart();
  const extra = values.grep === undefined ? [] : ['--grep', values.grep];
  const parts = positionals.length > 0 ? positionals : allParts();
  const isLast = (part) => basename(part) === LAST;
  await mochaParts(
    parts.filter((part) => !isLast(part)),
    extra,
  );
  await mochaParts(parts.filter(isLast), extra);
  if (database === undefined) await dropSeeded();
  await database?.stop();
  database = undefined;
}

try {
  await main();
} catch (error) {
  console.error(`FAILED: ${error.stack}`);
  count({ failed: 1 });
}
console.log('');
// Once more, where somebody who reads the end only sees them.
for (const failure of failures) console.log(`✘ ${failure}`);
if (lengths.length > LONGEST) {
  console.log('the longest');
  const longest = lengths.toSorted((a, b) => b.time - a.time).slice(0, LONGEST);
  for (const { title, time } of longest) console.log(`  ${title.padEnd(52)} ${seconds(time).padStart(8)}`);
}
for (const [part, time] of times) console.log(`${part.padEnd(24)} ${seconds(time).padStart(10)}`);
console.log(`${'all, beside each other'.padEnd(24)} ${seconds(elapsed(0)).padStart(10)}`);
console.log(`${totals.skipped} skipped`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
