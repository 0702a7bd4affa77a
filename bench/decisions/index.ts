import { cpus } from 'node:os';
import { provideDatabase } from '../provide-database.js';
import { inQuick } from '../quick.js';
import { benchPolicy, buildWorld } from './bench-world.js';
import { contestants, OWN } from './contestants/index.js';
import { contest, type Figure } from './in-process.js';
import { measureLoads } from './database-load.js';
import { keepFigures } from './kept-figures.js';
import { type BesideBatches, measureOverHttp, type OverHttp } from './over-http.js';
import { measureRecord } from './record.js';
import { measureTakenUp } from './taken-up.js';
import { measureUnderLoad } from './under-load.js';

/** Numbers of grants: those named behind the part, or all. */
const NAMED = process.argv.slice(3).filter((word) => /^\d+$/.test(word));
const SIZES = NAMED.length > 0 ? NAMED.map(Number) : inQuick([10_000, 100_000, 1_000_000], [2000]);
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const rounded = (rate: number): string => Number(rate.toPrecision(3)).toLocaleString('en');

const PARTS = ['in-process', 'start', 'taken-up', 'record', 'http', 'beside'];

/** Decisions: `node --expose-gc dist/bench/decisions/index.js [in-process|start|taken-up|record|http|beside]`, all where none is named. */
async function main(part: string | undefined): Promise<void> {
  console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
  const isAsked = (name: string): boolean => part === name || !PARTS.includes(part ?? '');
  const database = ['in-process', 'start', 'beside'].some(isAsked) ? await provideDatabase() : undefined;
  if (isAsked('in-process')) await inProcess();
  if (isAsked('start')) await load();
  if (isAsked('taken-up')) await takenUp();
  if (isAsked('record')) await record();
  if (isAsked('http')) await overHttp();
  if (isAsked('beside')) await beside();
  await database?.stop();
}

async function inProcess(): Promise<void> {
  const figures: Figure[] = [];
  console.log('| grants | asked | decisions/s | Tiergate ÷ this | answers compared |');
  console.log('|---|---|---|---|---|');
  for (const size of SIZES) {
    const { figures: rows, own: index } = await contest(size);
    const own = rows.find(({ name }) => name === OWN)?.decisionsPerSecond ?? Number.NaN;
    for (const { name, decisionsPerSecond, compared } of rows) {
      const ratio = (own / decisionsPerSecond).toPrecision(2);
      console.log(`| ${[size, name, rounded(decisionsPerSecond), ratio, compared].join(' | ')} |`);
    }
    console.log(
      `| ${size} | the index | filled in ${index.loadSeconds.toFixed(2)} s, ${index.indexMegabytes.toFixed(0)} MB |||`,
    );
    figures.push(...rows);
  }
  for (const { name, stands } of contestants())
    if (stands !== undefined) console.log(`\n${name}: not asked above ${stands.most} grants, ${stands.because}`);
  if (process.argv.includes('--keep')) keepFigures(figures);
  console.log('');
}

async function load(): Promise<void> {
  console.log('| database | grants | read, held against the log and indexed, s | of a core, s | index MB |');
  console.log('|---|---|---|---|---|');
  for await (const { database, grants, seconds, cpuSeconds, indexMegabytes } of measureLoads(SIZES.at(-1) ?? 0))
    console.log(
      `| ${database} | ${grants} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${indexMegabytes.toFixed(0)} |`,
    );
  console.log('');
}

async function takenUp(): Promise<void> {
  const policy = await benchPolicy();
  console.log('| grants | index kept, MB | put away at a stop, s | taken up at a start, s |');
  console.log('|---|---|---|---|');
  for (const size of SIZES) {
    const { grants, megabytes, putAwaySeconds, takenUpSeconds } = measureTakenUp(buildWorld(size), policy);
    const cells = [grants, megabytes.toFixed(1), putAwaySeconds.toFixed(2), takenUpSeconds.toFixed(2)];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log('');
}

async function beside(): Promise<void> {
  const { database, rows } = await measureUnderLoad();
  console.log(
    `| single checks at the whole product, ${database} | requests/s | p50 ms | p99 ms | longest ms | beside |`,
  );
  console.log('|---|---|---|---|---|---|');
  for (const { name, requestsPerSecond, p50, p99, most, beside: what } of rows)
    console.log(`| ${name} | ${requestsPerSecond.toFixed(0)} | ${ms(p50)} | ${ms(p99)} | ${ms(most)} | ${what} |`);
  console.log('');
}

async function record(): Promise<void> {
  const policy = await benchPolicy();
  console.log('| grants | a decision, not recorded | recorded | one search: results | ms |');
  console.log('|---|---|---|---|---|');
  for (const size of SIZES) {
    const { without, recorded, searched } = await measureRecord(buildWorld(size), policy);
    const cells = [size, `${without.toFixed(2)} µs`, `${recorded.toFixed(2)} µs`, searched.results];
    console.log(`| ${cells.join(' | ')} | ${searched.milliseconds.toFixed(1)} |`);
  }
  console.log('');
}

async function overHttp(): Promise<void> {
  for (const size of SIZES) {
    const { single, batch, mixed } = await measureOverHttp(size);
    print(`${size} grants: single checks, 32 connections`, single);
    print(`${size} grants: batches of 1,000, 4 connections`, batch);
    printMixed(size, mixed);
  }
}

function printMixed(size: number, all: readonly BesideBatches[]): void {
  console.log(`| ${size} grants: ${all[0]?.perSecond ?? 0} single checks/s | beside | p50 ms | p99 ms | longest ms |`);
  console.log('|---|---|---|---|---|');
  for (const { name, alone, beside, batches } of all)
    for (const [what, { p50, p99, most }] of [
      ['', alone],
      [`${batches.toFixed(0)} batches/s`, beside],
    ] as const)
      console.log(`| ${[name, what, ms(p50), ms(p99), ms(most)].join(' | ')} |`);
  console.log('');
}

function print(title: string, rows: readonly OverHttp[]): void {
  const [plane] = rows;
  console.log(`| ${title} | requests/s | decisions/s | p50 ms | p99 ms | plane ÷ this |`);
  console.log('|---|---|---|---|---|---|');
  for (const row of rows) {
    const ratio = ((plane?.requestsPerSecond ?? 0) / row.requestsPerSecond).toFixed(2);
    console.log(
      `| ${row.name} | ${row.requestsPerSecond.toFixed(0)} | ${row.decisionsPerSecond.toFixed(0)} | ${row.p50} | ${row.p99} | ${ratio} |`,
    );
  }
  console.log('');
}

await main(process.argv[2]);
