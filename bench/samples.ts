import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { classifyFile } from '../src/classification/index.js';
import { Caller } from '../test/support/caller.js';
import { backends } from '../test/support/databases.js';
import { openApp } from '../test/support/server.js';
import { inQuick } from './quick.js';

/**
 * What a decision over HTTP waits while a large sample is read: alone, beside the reading process, and, for comparison,
 * beside the same reading inside the server's own process.
 */
const ROWS = inQuick(1_600_000, 2_000);
const QUIET = inQuick(5_000, 200);

async function writeTable(path: string): Promise<number> {
  const file = createWriteStream(path);
  file.write('name,mobile,district,year,amount,remark\n');
  for (let row = 0; row < ROWS; row += 1) {
    const line = `person ${row % 997},139${String(10_000_000 + (row % 80_000_000)).padStart(8, '0')},D${row % 16},${1950 + (row % 60)},${row % 9973}.50,remark ${row}\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return statSync(path).size;
}

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);

/** Asks one question after another until `done`; prints what they took. */
async function asking(what: string, portal: Caller, question: object, done: () => boolean): Promise<void> {
  const took: number[] = [];
  const began = performance.now();
  while (!done()) {
    const from = performance.now();
    const { status } = await portal.post('/access/v1/evaluation', question);
    if (status !== 200) throw new Error(`answered ${status}`);
    took.push(performance.now() - from);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${what.padEnd(34)} ${String(took.length).padStart(6)} answers in ${seconds} s: median ${at(sorted, 0.5)}, 99 % ${at(sorted, 0.99)}, longest ${at(sorted, 1)} ms`,
  );
}

const [, onFile] = backends;
if (onFile === undefined) throw new Error('no embedded file');
const folder = mkdtempSync(join(tmpdir(), 'tiergate-bench-'));
const path = join(folder, 'table.csv');
const bytes = await writeTable(path);
console.log(`${ROWS.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(0)} MB`);
const opened = await openApp(onFile, { seeded: true });
const address = await opened.listen();
const portal = await Caller.portal(address);
const steward = await Caller.person(address, 'steward-transport');
const { body: me } = await steward.get('/api/me');
const { body: found } = await steward.get(`/api/datasets?tier=open&publisher=${me.organisation.id}&limit=1`);
const dataset: string = found.items[0].id;
const question = {
  subject: { type: 'anonymous', id: 'anonymous' },
  resource: { type: 'dataset', id: dataset },
  action: { name: 'download' },
};
const until = performance.now() + QUIET;
await asking('nothing else', portal, question, () => performance.now() > until);

const form = new FormData();
form.append('sample', new Blob([await readFile(path)]), 'table.csv');
const from = performance.now();
const sent = await fetch(`${address}/api/datasets/${dataset}/assessments`, {
  method: 'POST',
  headers: { authorization: `Bearer ${steward.token}` },
  body: form,
});
const { id } = (await sent.json()) as { id: string };
console.log(`sent and kept in ${((performance.now() - from) / 1000).toFixed(1)} s`);
let state = 'running';
const polling = (async () => {
  while (state === 'running') {
    await sleep(200);
    ({ state } = (await steward.get(`/api/assessments/${id}`)).body as { state: string });
  }
})();
await asking('beside the reading process', portal, question, () => state !== 'running');
await polling;
console.log(`  ended as ${state}`);
let inside = true;
const reading = classifyFile(path).finally(() => {
  inside = false;
});
await asking('beside a reading in the server', portal, question, () => !inside);
await reading;
await opened.close();
rmSync(folder, { recursive: true, force: true });
