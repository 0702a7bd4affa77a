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

const run = (file: string): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--expose-gc', inProject('dist/bench', file), ...flags], {
      stdio: 'inherit',
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });

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
let failed = 0;
for (const [name, { file, says }] of chosen) {
  console.log(`\n## ${name}: ${says}\n`);
  const began = performance.now();
  if ((await run(file)) !== 0) failed += 1;
  console.log(`\n${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
await database?.stop();
process.exit(failed === 0 ? 0 : 1);
