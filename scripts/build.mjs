// Builds the server (tsc) and the console (vite) into dist/. `--if-stale` does nothing when what was built came from
// the sources that are there now, judged by content. Two builds started at once take turns, so that two instances can
// start from one folder; the second finds everything fresh.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const consoleFolder = join(root, 'console');
const COMPILED = ['src', 'test', 'seeds', 'bench', 'scripts', 'portal-kit', 'ormconfig.ts'];

const targets = {
  server: {
    inputs: [...COMPILED, 'tsconfig.json', 'package.json'],
    of: (file) => !file.startsWith('scripts/') || file.endsWith('.ts'),
    proof: join(dist, 'src', 'main.js'),
    build: async () => {
      await run(binary(root, 'typescript', 'tsc'), ['-p', root], root);
      pruneOrphans();
    },
  },
  console: {
    inputs: ['src', 'public', 'index.html', 'vite.config.ts', 'tsconfig.json', 'package.json'].map(
      (f) => `console/${f}`,
    ),
    of: () => true,
    proof: join(dist, 'console', 'index.html'),
    build: () => run(binary(consoleFolder, 'vite', 'vite'), ['build', '--logLevel', 'warn'], consoleFolder),
  },
};

/** Path of a package's command, found from `from` so that workspaces and hoisting both work. */
function binary(from, name, command) {
  let folder = from;
  while (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error(`${name} is not installed: run npm ci first`);
    folder = dirname(folder);
  }
  const manifest = join(folder, 'node_modules', name, 'package.json');
  const { bin } = createRequire(import.meta.url)(manifest);
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

function run(script, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${relative(root, script)} ended with ${code}`)),
    );
  });
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => filesUnder(join(path, entry.name)))
    .sort();
}

function fingerprint({ inputs, of }) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    const name = relative(root, file);
    if (of(name)) hash.update(`${name}\0`).update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

const stampOf = (name) => join(dist, `.${name}.stamp`);
const isFresh = (name, print) =>
  existsSync(targets[name].proof) && existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === print;

/** A compiled file whose source is gone would still be found by the test runner. */
function pruneOrphans() {
  for (const top of COMPILED.filter((name) => !name.endsWith('.ts'))) {
    for (const file of filesUnder(join(dist, top))) {
      const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
      if (/\.js(\.map)?$/.test(file) && !existsSync(source)) rmSync(file);
    }
  }
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Runs `work` while holding dist/.lock; a lock whose owner is gone is taken over. */
async function locked(work) {
  mkdirSync(dist, { recursive: true });
  const lock = join(dist, '.lock');
  const mine = `${process.pid} ${randomUUID()}`;
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const held = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
    if (held !== '' && !alive(Number(held.split(' ')[0]))) {
      takeOver(lock, held);
      continue;
    }
    if (!told) console.log('build: another build is running, waiting for it');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Moves a dead owner's lock aside; puts it back when somebody alive took it in between. */
function takeOver(lock, held) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, 'utf8') === held) rmSync(aside);
    else renameSync(aside, lock);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

async function buildTarget(name) {
  const print = fingerprint(targets[name]);
  const from = performance.now();
  rmSync(stampOf(name), { force: true });
  await targets[name].build();
  writeFileSync(stampOf(name), print);
  console.log(`build: ${name} built in ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

/** Builds what is asked for; answers the names of what was built. */
export async function build({ ifStale = false, only } = {}) {
  const wanted = Object.keys(targets).filter((name) => (only ?? [name]).includes(name));
  const present = wanted.filter((name) => name !== 'console' || existsSync(join(consoleFolder, 'vite.config.ts')));
  for (const name of wanted) if (!present.includes(name)) console.log(`build: no ${name} in this checkout`);
  const stale = () => present.filter((name) => !isFresh(name, fingerprint(targets[name])));
  if (ifStale && stale().length === 0) return [];
  return locked(async () => {
    const todo = ifStale ? stale() : present;
    const outcomes = await Promise.allSettled(todo.map(buildTarget));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
    return todo;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flags = process.argv.slice(2);
  const known = ['--if-stale', '--server', '--console'];
  const unknown = flags.filter((flag) => !known.includes(flag));
  if (unknown.length > 0) {
    console.error(`build: unknown ${unknown.join(' ')}; known are ${known.join(' ')}`);
    process.exit(2);
  }
  const only = ['server', 'console'].filter((name) => flags.includes(`--${name}`));
  try {
    const built = await build({ ifStale: flags.includes('--if-stale'), ...(only.length > 0 ? { only } : {}) });
    if (built.length === 0) console.log('build: up to date');
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exit(1);
  }
}
