// Finds an nginx for the tests of deploy/nginx, or installs Debian's, and starts private ones that end with whoever
// started them.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userInfo } from 'node:os';
import { findProgram, installPackages } from './mariadb.mjs';

/** Without `auth_request` there is nothing to try. */
const knowsAuthRequest = (program) =>
  spawnSync(program, ['-V'], { encoding: 'utf8' }).stderr?.includes('http_auth_request_module') === true;

/** The nginx program, or the reason why there is none. `TIERGATE_NGINX` names one. */
export function findNginx() {
  const named = process.env.TIERGATE_NGINX;
  if (named)
    return knowsAuthRequest(named)
      ? { program: named, how: `TIERGATE_NGINX names ${named}` }
      : { reason: `TIERGATE_NGINX names ${named}, which does not run or has no auth_request module` };
  const found = findProgram('nginx');
  const reason = found === undefined ? installPackages('nginx-light') : undefined;
  const program = found ?? findProgram('nginx');
  if (program === undefined) return { reason: `no nginx on PATH, and ${reason}` };
  if (!knowsAuthRequest(program)) return { reason: `${program} has no auth_request module` };
  return { program, how: `${found === undefined ? 'installed' : 'found'} ${program}` };
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * Runs nginx in a folder on a port of the loopback address: `http` is what stands in its `http { … }`.
 * Ends with `stop`; it is a child, and runs in front.
 */
export async function startNginx(program, folder, port, http) {
  for (const name of ['temp', 'logs']) mkdirSync(join(folder, name), { recursive: true });
  const user = userInfo().uid === 0 ? 'user root;' : '';
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const text = `${user}
daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log warn;
events { worker_connections 256; }
http {
  default_type application/octet-stream;
  access_log off;
  ${temp.map((name) => `${name}_temp_path ${folder}/temp/${name};`).join(' ')}
  ${http}
}
`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const child = spawn(program, ['-p', folder, '-c', file, '-e', join(folder, 'logs', 'error.log')], { stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (part) => (said += part));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  for (let waited = 0; !(await answers(port)); waited += 25) {
    if (child.exitCode !== null || waited > 10_000)
      throw new Error(`nginx did not start: ${said}${readFileSync(join(folder, 'logs', 'error.log'), 'utf8')}`);
    await sleep(25);
  }
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', kill);
      child.kill('SIGTERM');
      await ended;
    },
  };
}
