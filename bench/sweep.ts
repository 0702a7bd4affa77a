import { nowhere } from '../test/support/nowhere.js';
import { monotonicFactory } from 'ulid';
import { createGrants, grantTables } from '../src/grants/index.js';
import { SYSTEM } from '../src/kernel/principal.js';
import { ok } from '../src/kernel/result.js';
import { RowSweep } from '../src/log/index.js';
import { type Backend } from '../test/support/databases.js';
import { openUnit, type TestUnit } from '../test/support/unit.js';
import { approvalOf } from './decisions/made-up-grants.js';
import { inQuick, lastingBackends } from './quick.js';

/**
 * What it costs to hold every grant against the log: processor time a row, the longest page (which a request may have to
 * wait for), and how long a round takes with its pauses, beside what it would take without them.
 */
const GRANTS = inQuick(20_000, 500);
const CHUNK = 250;
const next = monotonicFactory();

const approval = () =>
  approvalOf({ application: next(), number: 'A-1', organisation: next(), holder: 'holder', dataset: next() });

async function fill(test: TestUnit): Promise<void> {
  const grants = createGrants({ ids: test.ids, surroundings: nowhere, reactions: test.reactions });
  for (let made = 0; made < GRANTS; made += CHUNK)
    await test.unit.run(async (tx) => {
      await grants.service.createPending(tx, Array.from({ length: CHUNK }, approval), SYSTEM);
      return ok(undefined);
    });
}

async function measure(backend: Backend): Promise<void> {
  const test = await openUnit(backend);
  await fill(test);
  const found: string[] = [];
  const sweep = new RowSweep({
    read: (work) => test.unit.read(work),
    tables: grantTables,
    found: (_kind, id) => void found.push(id),
    onFault: (error) => {
      throw error;
    },
  });
  const pages: number[] = [];
  const used = process.cpuUsage();
  const began = performance.now();
  await sweep.round(async (took) => void pages.push(took));
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  if (found.length > 0) throw new Error(`${found.length} rows were doubted that nobody touched`);
  const cells = [
    GRANTS,
    ((user + system) / GRANTS).toFixed(0),
    Math.max(...pages).toFixed(1),
    (took / 1000).toFixed(1),
    ((took * (1 + RowSweep.REST)) / 1000).toFixed(0),
  ];
  console.log(`| ${backend.name} | ${cells.join(' | ')} |`);
  await test.close();
}

console.log('| database | grants | µs of a core a row | longest page ms | round without pauses s | with pauses s |');
console.log('|---|---|---|---|---|---|');
for (const backend of lastingBackends) await measure(backend);
