import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '../src/kernel/principal.js';
import { ok } from '../src/kernel/result.js';
import { type Backend } from '../test/support/databases.js';
import { openApp } from '../test/support/server.js';
import { fillCatalogue } from './classification/catalogue/made-up-catalogue.js';
import { inQuick, lastingBackends } from './quick.js';

/**
 * A changed pack over a whole catalogue: rehearsed without writing, then published, and every tier assessed anew by it.
 * Memory is what the process holds above its size before, at the highest.
 */
const RECORDS = inQuick(Number(process.env['TIERGATE_BENCH_RECORDS'] ?? 100_000), 600);

const officer = (id: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: 'authority', name: 'authority', creditCode: '', kind: 'public-body' },
  roles: ['officer'],
});
/** How long the work takes, and how far the process grows meanwhile. */
async function measured(work: () => Promise<unknown>): Promise<{ seconds: number; megabytes: number }> {
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.memoryUsage().rss;
  let highest = before;
  let going = true;
  const watching = (async () => {
    while (going) {
      highest = Math.max(highest, process.memoryUsage().rss);
      await sleep(50);
    }
  })();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  going = false;
  await watching;
  return { seconds, megabytes: (highest - before) / 2 ** 20 };
}

async function measure(backend: Backend): Promise<void> {
  const opened = await openApp(backend);
  const { unit, slices } = opened.app;
  const { governing, packs } = slices.classification;
  if (governing === null) throw new Error('nothing governs');
  await fillCatalogue(opened.app, RECORDS);
  const base = packs.current('cn-shanghai')?.pack;
  const hourly = {
    ...base?.rules.find(({ outcome }) => 'floor' in outcome && outcome.floor === 'restricted'),
    id: 'hourly-closed',
    when: { fact: { name: 'updateFrequency', in: ['hourly'] } },
  };
  const changes = { rules: [...(base?.rules ?? []), hourly] };
  const fits = () => ok(undefined);
  const release = await unit.run((tx) =>
    governing.releases.draft(tx, officer('A'), { pack: 'cn-shanghai', reason: 'bench', changes }),
  );
  if (!release.ok) throw new Error(release.error.code);
  const { id } = release.value;
  const rehearsed = await measured(async () => {
    await governing.rehearsing.start(officer('A'), id);
    await governing.rehearsing.settled();
  });
  await unit.run((tx) => governing.releases.propose(tx, officer('A'), id, fits));
  const published = await unit.run((tx) => governing.releases.publish(tx, officer('B'), id, fits));
  if (!published.ok) throw new Error(published.error.code);
  await governing.keeper.reload();
  let assessed = 0;
  const anew = await measured(async () => {
    assessed = await governing.clock.letTimeAct(unit);
  });
  const cells = [
    RECORDS,
    rehearsed.seconds.toFixed(1),
    rehearsed.megabytes.toFixed(0),
    assessed,
    anew.seconds.toFixed(1),
    anew.megabytes.toFixed(0),
  ];
  console.log(`| ${backend.name} | ${cells.join(' | ')} |`);
  await opened.close();
}

console.log('| database | records | rehearsed s | + MB | tiers scheduled and assessed anew | s | + MB |');
console.log('|---|---|---|---|---|---|---|');
for (const backend of lastingBackends) await measure(backend);
