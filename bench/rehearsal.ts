import { setTimeout as sleep } from 'node:timers/promises';
import { datasetStore, factsOf, judgedRecord } from '../src/catalogue/index.js';
import { type Principal, SYSTEM } from '../src/kernel/principal.js';
import { ok } from '../src/kernel/result.js';
import { draft } from '../test/support/classification/platform.js';
import { type Backend, backends, isAvailable } from '../test/support/databases.js';
import { type OpenApp, openApp } from '../test/support/server.js';
import { inQuick } from './quick.js';

/**
 * A changed pack over a whole catalogue: rehearsed without writing, then published, and every tier assessed anew by it.
 * Memory is what the process holds above its size before, at the highest.
 */
const RECORDS = inQuick(Number(process.env['TIERGATE_BENCH_RECORDS'] ?? 100_000), 600);
const CHUNK = 500;
const WORDS = ['公园绿地名录', '道路施工公告', '社区就诊记录', '公交线路走向', '企业登记信息', '空气质量日报'];

const officer = (id: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: 'authority', name: 'authority', creditCode: '', kind: 'public-body' },
  roles: ['officer'],
});
const record = (n: number) =>
  draft(`D${String(n).padStart(8, '0')}`, {
    title: { zh: `${WORDS[n % WORDS.length]}${n}` },
    updateFrequency: n % 20 === 0 ? 'hourly' : 'yearly',
    items: ['名称', '地址', '区县', '日期', '数量', '备注'].map((name) => ({
      name,
      title: { zh: name },
      type: 'string',
      tier: 'restricted',
    })),
  });

async function fill({ app }: OpenApp): Promise<void> {
  for (let made = 0; made < RECORDS; made += CHUNK)
    await app.unit.run(async (tx) => {
      const drafts = Array.from({ length: Math.min(CHUNK, RECORDS - made) }, (_, at) => record(made + at));
      const judgements = await app.slices.judge.judge(tx, drafts.map(factsOf));
      await datasetStore.insert(
        tx,
        drafts
          .flatMap((one, at) => {
            const judgement = judgements[at];
            return judgement === undefined ? [] : [judgedRecord({ ...one, state: 'draft' }, judgement)];
          })
          .map((one) => ({ ...one, state: 'listed' as const })),
      );
      tx.append({ event: 'dataset.created', subject: { kind: 'dataset', id: `${made}` }, actor: SYSTEM, data: {} });
      return ok(undefined);
    });
}

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
  await fill(opened);
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
for (const backend of backends.filter((one) => one.durable && isAvailable(one))) await measure(backend);
