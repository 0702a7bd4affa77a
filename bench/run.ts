import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { inProject } from '../test/support/project.js';
import { provideDatabase } from './provide-database.js';
import { quick } from './quick.js';

/** `npm run bench [names] [--quick]`: each bench is a program of its own and prints ratios of what took turns in one run. */
const BENCHES: Readonly<Record<string, { readonly file: string; readonly says: string; readonly database?: true }>> = {
  decisions: {
    file: 'decisions/index.js',
    says: 'decisions a second beside rivals, in process and over HTTP',
    database: true,
  },
  revocation: { file: 'revocation.js', says: 'how long a grant is served after it was suspended', database: true },
  commands: { file: 'commands.js', says: 'commands a second, with the log and without', database: true },
  applications: {
    file: 'applications/index.js',
    says: 'lists, commands and a restart at 100,000 applications',
    database: true,
  },
  rems: { file: 'rems/index.js', says: 'the size at which REMS publishes figures, and ten times it', database: true },
  register: { file: 'register.js', says: 'register and statistics over 100,000 rulings', database: true },
  plans: { file: 'plans/index.js', says: 'how both databases find the rows of each list', database: true },
  search: { file: 'search.js', says: 'the search at 100,000 datasets on each kind of database', database: true },
  sweep: { file: 'sweep.js', says: 'holding every row against the log', database: true },
  rehearsal: { file: 'rehearsal.js', says: 'a changed pack over a whole catalogue', database: true },
  audit: { file: 'audit.js', says: 'audit verify over a million entries', database: true },
  samples: { file: 'samples.js', says: 'what decisions wait while a large sample is read' },
  classification: { file: 'classification/main.js', says: 'the measures of the engine', database: true },
};

const flags = quick ? ['--quick'] : [];
/** Figures of `--quick` say nothing: benches may run beside each other. */
const BESIDE = quick ? 2 : 1;

/** What a bench says is shown as it is said; of benches that run beside each other, when each has ended. */
const run = (name: string, file: string): Promise<number> =>
  new Promise((resolve) => {
    const stdio = BESIDE > 1 ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, ['--expose-gc', inProject('dist/bench', file), ...flags], { stdio });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part));
    child.on('close', (code) => {
      if (BESIDE > 1) console.log(`${titleOf(name)}${Buffer.concat(said).toString()}`);
      resolve(code ?? 1);
    });
  });

const titleOf = (name: string): string => `\n## ${name}: ${BENCHES[name]?.says}\n`;

const names = process.argv.slice(2).filter((word) => word !== '--quick');
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. Known: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const chosen = Object.entries(BENCHES).filter(([name]) => names.length === 0 || names.includes(name));
const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
console.log(
  `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${memory}, node ${process.version}`,
);
const database = chosen.some(([, { database: needed }]) => needed) ? await provideDatabase() : undefined;
const failed: string[] = [];
const waiting = [...chosen];
async function oneAfterTheOther(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, { file }] = next;
    if (BESIDE === 1) console.log(titleOf(name));
    const began = performance.now();
    if ((await run(name, file)) !== 0) failed.push(name);
    console.log(`\n${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
}
await Promise.all(Array.from({ length: BESIDE }, oneAfterTheOther));
await database?.stop();
if (failed.length > 0) console.log(`FAILED: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
