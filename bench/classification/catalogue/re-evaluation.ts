import { setTimeout as sleep } from 'node:timers/promises';
import { databaseReevaluationStore } from '../../../src/classification/store/database-reevaluation-store.js';
import type { Principal } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import { backends } from '../../../test/support/databases.js';
import { type OpenApp, openApp } from '../../../test/support/server.js';
import { decisionsBeside, type Took } from './decisions-beside.js';
import { fillCatalogue } from './made-up-catalogue.js';

/** Seconds by the clock, and of processor time where other work on the machine does not count. */
export interface Seconds {
  readonly clock: number;
  readonly processor: number;
}

/** What re-evaluating a whole catalogue took, as one line of JSON. */
export interface ReevaluationFigures {
  /** Judged, stored and told to the log for the first time. */
  readonly filled: Seconds;
  /** Given their first day of review. */
  readonly scheduled: Seconds;
  /** Assessed anew by a changed pack: raises acted on, every assessment stored, all of it in the log. */
  readonly anew: Seconds;
  readonly raised: number;
  /** Median, 99 % and longest of decisions meanwhile, and how many were asked, in milliseconds. */
  readonly decisions: {
    readonly median: number;
    readonly p99: number;
    readonly longest: number;
    readonly asked: number;
  };
  /** The same with nothing else going on. */
  readonly quiet: { readonly median: number; readonly p99: number; readonly longest: number; readonly asked: number };
  /** Highest resident memory of the whole process in bytes. */
  readonly memory: number;
}

const officer = (id: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: 'authority', name: 'authority', creditCode: '', kind: 'public-body' },
  roles: ['officer'],
});

const PACK = 'cn-shanghai';

async function publishChanged({ app }: OpenApp): Promise<number> {
  const { governing, packs } = app.slices.classification;
  const base = packs.current(PACK);
  if (governing === null || base === null) throw new Error('nothing governs');
  const closing = base.pack.rules.find(({ outcome }) => 'floor' in outcome && outcome.floor === 'restricted');
  const hourly = { ...closing, id: 'hourly-closed', when: { fact: { name: 'updateFrequency', in: ['hourly'] } } };
  const changes = { rules: [...base.pack.rules, hourly] };
  const drafted = await app.unit.run((tx) =>
    governing.releases.draft(tx, officer('A'), { pack: PACK, reason: 'bench', changes }),
  );
  if (!drafted.ok) throw new Error(drafted.error.code);
  const { id } = drafted.value;
  await governing.rehearsing.start(officer('A'), id);
  await governing.rehearsing.settled();
  const fits = () => ok(undefined);
  await app.unit.run((tx) => governing.releases.propose(tx, officer('A'), id, fits));
  const published = await app.unit.run((tx) => governing.releases.publish(tx, officer('B'), id, fits));
  if (!published.ok) throw new Error(published.error.code);
  await governing.keeper.reload();
  return packs.current(PACK)?.pack.version ?? 0;
}

/** Lets the product's clock act until nothing is left; the product's own rounds act beside it. */
async function untilNone({ app }: OpenApp, left: () => Promise<readonly string[]>): Promise<void> {
  do await app.slices.classification.governing?.clock.letTimeAct(app.unit);
  while ((await left()).length > 0 && (await sleep(20, true)));
}

async function taken(work: () => Promise<void>): Promise<Seconds> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { clock: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

const summary = (took: Took): ReevaluationFigures['decisions'] => {
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99), longest: at(1), asked: took.length };
};

/** `node re-evaluation.js <database> <records>` */
const [name, records] = process.argv.slice(2);
const backend = backends.find((one) => one.name === name);
if (backend === undefined) throw new Error(`no such database: ${name}`);
let ahead = 0;
const opened = await openApp(backend, { seeded: true, clock: { now: () => Date.now() + ahead } });
const { unit } = opened.app;
const address = await opened.listen();
const filled = await taken(() => fillCatalogue(opened.app, Number(records)));
// Past the rest that follows a round in which there was nothing to do.
ahead += 700_000;
const scheduled = await taken(() =>
  untilNone(opened, () => unit.read((reader) => databaseReevaluationStore.unscheduled(reader, '', 1))),
);
const version = await publishChanged(opened);
const endQuiet = await decisionsBeside(address);
await sleep(2000);
const quiet = summary(await endQuiet());
const endBusy = await decisionsBeside(address);
ahead += 700_000;
const anew = await taken(() =>
  untilNone(opened, () =>
    unit.read((reader) => databaseReevaluationStore.behind(reader, { pack: PACK, version }, '', 1)),
  ),
);
const decisions = summary(await endBusy());
const [{ n }] = (await unit.read((reader) =>
  reader.manager.query("SELECT COUNT(*) AS n FROM log WHERE event = 'dataset.reclassified'"),
)) as [{ n: number | string }];
const figures: ReevaluationFigures = {
  filled,
  scheduled,
  anew,
  raised: Number(n),
  decisions,
  quiet,
  memory: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(figures));
await opened.close();
