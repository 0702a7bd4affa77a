// Private MariaDB instances for tests: found on PATH or installed, started in a temporary folder on a free port, ended
// with the process that started them, even when that one is killed.
//   node scripts/mariadb.mjs start [port]   one shared instance for a developer; prints the line to export
//   node scripts/mariadb.mjs stop [port]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from './free-port.mjs';

const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Full path of the first of these programs that can be run, on PATH or where systems keep them. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  for (const name of names) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        continue;
      }
    }
  }
  return undefined;
}

/** Installs Debian packages when this process may; answers the reason when it could not. */
export function installPackages(...packages) {
  if (userInfo().uid !== 0) return 'not root, so nothing can be installed';
  const apt = findProgram('apt-get');
  if (apt === undefined) return 'no apt-get here';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    spawnSync(apt, ['install', '-y', '-q', '--no-install-recommends', ...packages], { env, encoding: 'utf8' });
  console.log(`installing ${packages.join(', ')} with apt-get`);
  let outcome = install();
  if (outcome.status !== 0) {
    spawnSync(apt, ['update', '-q'], { env });
    outcome = install();
  }
  return outcome.status === 0 ? undefined : `apt-get failed: ${outcome.stderr.trim().split('\n').at(-1)}`;
}

/** The server program, installed when that is possible; otherwise the reason why there is none. */
export function findMariaDb() {
  const found = findProgram('mariadbd');
  if (found !== undefined) return { program: found, how: `found ${found}` };
  const reason = installPackages('mariadb-server');
  const installed = findProgram('mariadbd');
  return installed === undefined
    ? { reason: `no mariadbd on PATH, and ${reason}` }
    : { program: installed, how: `installed ${installed}` };
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('data', () => end(true)).once('error', () => end(false));
    socket.setTimeout(1000, () => end(false));
  });

function prepare(folder) {
  const program = findProgram('mariadb-install-db');
  if (program === undefined) throw new Error('mariadb-install-db is missing beside mariadbd');
  execFileSync(
    program,
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      `--user=${userInfo().username}`,
    ],
    { stdio: 'ignore' },
  );
}

const serverArguments = (folder, port) => [
  '--no-defaults',
  `--user=${userInfo().username}`,
  `--datadir=${join(folder, 'data')}`,
  `--socket=${join(folder, 'db.sock')}`,
  `--pid-file=${join(folder, 'db.pid')}`,
  `--log-error=${join(folder, 'db.log')}`,
  `--port=${port}`,
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--default-time-zone=+00:00',
  '--sql-mode=STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
  '--max-connections=400',
];

async function untilReady(folder, port, hasEnded) {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (await answers(port)) return;
    if (hasEnded()) break;
    await sleep(50);
  }
  const log = join(folder, 'db.log');
  const tail = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : '';
  throw new Error(`MariaDB did not become ready on port ${port}\n${tail}`);
}

const pidOf = (folder) => Number(readFileSync(join(folder, 'db.pid'), 'utf8'));

/**
 * Starts a private instance that lives as long as this process: the shell that holds it waits on a pipe of ours and
 * ends the server when the pipe closes, for whatever reason. `kill` and `restart` are for fault tests.
 */
export async function startMariaDb(program) {
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-db-'));
  const port = await freePort();
  prepare(folder);
  const launch = async () => {
    const keeper = '"$@" & server=$!; cat >/dev/null; kill $server 2>/dev/null; wait $server';
    const shell = spawn('/bin/sh', ['-c', keeper, 'sh', program, ...serverArguments(folder, port)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    let ended = false;
    shell.on('exit', () => {
      ended = true;
    });
    shell.stdin.on('error', () => undefined);
    shell.unref();
    await untilReady(folder, port, () => ended);
    return shell;
  };
  let shell = await launch();
  const end = () =>
    new Promise((resolve) => {
      if (shell.exitCode !== null || shell.signalCode !== null) return resolve();
      shell.ref();
      shell.once('exit', () => resolve());
      shell.stdin.end();
    });
  return {
    url: `mariadb://root@127.0.0.1:${port}`,
    port,
    pid: () => pidOf(folder),
    signal: (name) => process.kill(pidOf(folder), name),
    restart: async () => {
      await end();
      shell = await launch();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
    /** For exit handlers, which cannot wait: ends the server, leaves the folder to the shell. */
    abandon: () => {
      try {
        process.kill(pidOf(folder), 'SIGKILL');
      } catch {
        // it has ended already
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const sharedNote = (port) => join(tmpdir(), `tiergate-mariadb-${port}.folder`);

async function startShared(port) {
  const url = `mariadb://root@127.0.0.1:${port}`;
  if (await answers(port)) return url;
  const { program, reason } = findMariaDb();
  if (program === undefined) throw new Error(reason);
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-db-'));
  prepare(folder);
  const log = openSync(join(folder, 'out.log'), 'a');
  const server = spawn(program, serverArguments(folder, port), { stdio: ['ignore', log, log], detached: true });
  let ended = false;
  server.on('exit', () => {
    ended = true;
  });
  await untilReady(folder, port, () => ended);
  writeFileSync(sharedNote(port), folder);
  server.unref();
  return url;
}

async function stopShared(port) {
  if (!existsSync(sharedNote(port))) throw new Error(`no shared instance on port ${port} was started from here`);
  const folder = readFileSync(sharedNote(port), 'utf8');
  process.kill(pidOf(folder), 'SIGTERM');
  while (existsSync(join(folder, 'db.pid'))) await sleep(50);
  rmSync(folder, { recursive: true, force: true });
  unlinkSync(sharedNote(port));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [command, portText = '3399'] = process.argv.slice(2);
  try {
    if (command === 'start') console.log(`export TIERGATE_TEST_MARIADB=${await startShared(Number(portText))}`);
    else if (command === 'stop') await stopShared(Number(portText));
    else throw new Error('usage: node scripts/mariadb.mjs start|stop [port]');
  } catch (error) {
    console.error(`mariadb: ${error.message}`);
    process.exit(1);
  }
}
