// `npm run dev`: the product for whoever changes it. Compiles on save, restarts the server on an in-memory database
// with the demo seeded, and serves the console by vite with hot reload. Ctrl-C ends all of it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const children = [];

function start(name, args, { cwd = root, env = {} } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  child.on('exit', (code) => {
    if (ending) return;
    console.error(`dev: ${name} ended with ${code}`);
    end(1);
  });
  children.push(child);
}

let ending = false;
function end(code) {
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));

await build({ only: ['server'], ifStale: true });
const port = process.env.PORT ?? '8080';
start('tsc', [bin('tsc'), '-p', root, '--watch', '--preserveWatchOutput']);
start(
  'server',
  [
    '--watch-path=dist/src',
    '--watch-path=dist/seeds',
    '--watch-path=policies',
    '--watch-preserve-output',
    '--enable-source-maps',
    'bin/tiergate.mjs',
    'serve',
  ],
  { env: { DATABASE_URL: process.env.DATABASE_URL ?? 'sqlite::memory:', PORT: port } },
);
if (existsSync(join(root, 'console', 'vite.config.ts'))) {
  start('vite', [bin('vite'), '--host', '127.0.0.1'], {
    cwd: join(root, 'console'),
    env: { TIERGATE_DEV_SERVER: `http://127.0.0.1:${port}` },
  });
}
