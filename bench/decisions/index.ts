import { cpus } from 'node:os';
import { inQuick } from '../quick.js';
import { benchPolicy, buildWorld } from './bench-world.js';
import { measureInProcess } from './in-process.js';
import { measureOverHttp, type OverHttp } from './over-http.js';
import { measureRecord } from './record.js';

const SIZES = inQuick([10_000, 100_000, 1_000_000], [2000]);
const million = (rate: number): string => `${(rate / 1e6).toFixed(2)} M`;

const PARTS = ['in-process', 'record', 'http'];

/** Decisions: in process, over HTTP, and what the record costs. `node dist/bench/decisions/index.js [in-process|http|record]`. */
async function main(part: string | undefined): Promise<void> {
  console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
  const isAsked = (name: string): boolean => part === name || !PARTS.includes(part ?? '');
  if (isAsked('in-process')) await inProcess();
  if (isAsked('record')) await record();
  if (isAsked('http')) await overHttp();
}

async function inProcess(): Promise<void> {
  const policy = await benchPolicy();
  console.log('| grants | load s | index MB | plane decisions/s | plain Map decisions/s | ratio | permits |');
  console.log('|---|---|---|---|---|---|---|');
  for (const size of SIZES) {
    const row = measureInProcess(size, buildWorld(size), policy);
    const ratio = (row.plane / row.plainMap).toFixed(2);
    const cells = [
      size,
      row.loadSeconds.toFixed(2),
      row.indexMegabytes.toFixed(0),
      million(row.plane),
      million(row.plainMap),
      ratio,
      `${(row.permitShare * 100).toFixed(0)} %`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log(`\nmemo holds ${policy.memo.size} vectors\n`);
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
  const { single, batch } = await measureOverHttp();
  print('single checks, 32 connections', single);
  print('batches of 1,000, 4 connections', batch);
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
