import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { factsOf } from '../../src/catalogue/index.js';
import { requirePacks } from '../../src/classification/index.js';
import { factsOfDataset } from '../../src/classification/dataset-facts.js';
import { assess } from '../../src/classification/domain/assess.js';
import { type Backend } from '../../test/support/databases.js';
import { madeUpRecord } from './catalogue/made-up-catalogue.js';
import type { ReevaluationFigures } from './catalogue/re-evaluation.js';
import type { Measure, Row, Setting } from './measure.js';
import { lastingBackends } from '../quick.js';

const GOAL = 60;
const PROGRAM = fileURLToPath(new URL('catalogue/re-evaluation.js', import.meta.url));

/** Seconds of the engine alone over as many records: what no way of reading and writing them can go below. */
function engineAlone(count: number): number {
  const compiled = requirePacks().current('cn-shanghai');
  if (compiled === null) throw new Error('no pack cn-shanghai');
  const facts = Array.from({ length: 2000 }, (_, n) => factsOfDataset(factsOf(madeUpRecord(n)), null));
  for (const one of facts) assess(one, compiled);
  const began = performance.now();
  for (const one of facts) assess(one, compiled);
  return ((performance.now() - began) / 1000) * (count / facts.length);
}

async function rowOn(backend: Backend, count: number, quick: boolean): Promise<Row> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, backend.name, `${count}`]);
  const { anew, scheduled, filled, raised, decisions, quiet, memory } = JSON.parse(stdout) as ReevaluationFigures;
  const rate = Math.round(count / anew.clock);
  return {
    measure: `whole catalogue of ${count.toLocaleString('en')} records re-evaluated (${backend.name})`,
    goal: `≤ ${GOAL} s`,
    baseline: `the engine alone: ${engineAlone(count).toFixed(1)} s`,
    figure:
      `${anew.clock.toFixed(1)} s by the clock, ${anew.processor.toFixed(1)} s of processor time, ${rate} a second, ${raised} raised; ` +
      `a decision meanwhile: median ${decisions.median.toFixed(1)}, 99 % ${decisions.p99.toFixed(0)} ms (alone ${quiet.median.toFixed(1)}, ${quiet.p99.toFixed(0)}); ` +
      `peak ${(memory / 1e6).toFixed(0)} MB; filled in ${filled.clock.toFixed(1)} s, first review days in ${scheduled.clock.toFixed(1)} s`,
    reached: quick ? null : anew.clock <= GOAL,
    split: 'made-up records, a changed pack that raises one in twenty; the whole product in a process of its own',
  };
}

/** A whole catalogue assessed anew by a changed pack as the product does it, on every kind of database that is there. */
export const wholeCatalogue: Measure = {
  name: 'whole catalogue',
  run: async ({ quick }: Setting) => {
    const rows: Row[] = [];
    for (const backend of lastingBackends) rows.push(await rowOn(backend, quick ? 1000 : 100_000, quick));
    return rows;
  },
};
