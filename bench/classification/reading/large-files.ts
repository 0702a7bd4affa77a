import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import ExcelJS from 'exceljs';
import { gb18030 } from '../../../test/support/gb18030.js';
import * as made from '../columns/made-up.js';
import type { Measure, Row } from '../measure.js';

/** Twelve columns as a department hands them in. */
const COLUMNS: Readonly<Record<string, (random: made.Random) => string>> = {
  编号: (random) => made.digits(random, 8),
  姓名: made.personName,
  手机号: made.mobile,
  身份证号: made.residentId,
  出生日期: made.birthDate,
  住址: made.homeAddress,
  区: (random) => made.pick(random, ['临波区', '云麓区', '锦塘区', '青屏区']),
  状态: (random) => made.pick(random, ['已办结', '办理中', '退回']),
  金额: (random) => `${made.digits(random, 4)}.${made.digits(random, 2)}`,
  数量: (random) => made.digits(random, 3),
  更新时间: (random) => `2026-0${1 + random(9)}-1${random(10)} 0${random(10)}:3${random(10)}:00`,
  备注: (random) => `登记人反映${made.pick(random, ['道路积水', '路灯不亮', '噪声'])}问题，已转办${random(1000)}`,
};
const HEADER = Object.keys(COLUMNS);
const rowOf = (random: made.Random): string[] => Object.values(COLUMNS).map((make) => make(random));

/** Rows of which one in fifty is new: the making must not take longer than the reading. */
async function saveCsv(path: string, rows: number): Promise<void> {
  const random = made.generator(11);
  const different = Math.ceil(rows / 50);
  const block = gb18030(Array.from({ length: different }, () => `${rowOf(random).join(',')}\n`).join(''));
  async function* pieces(): AsyncGenerator<Buffer> {
    yield gb18030(`${HEADER.join(',')}\n`);
    for (let at = 0; at < 50; at += 1) yield block;
  }
  await pipeline(pieces, createWriteStream(path));
}

async function saveXlsx(path: string, rows: number): Promise<void> {
  const random = made.generator(12);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = book.addWorksheet('登记');
  sheet.addRow(HEADER).commit();
  for (let at = 0; at < rows; at += 1) sheet.addRow(rowOf(random)).commit();
  await book.commit();
}

async function saveParquet(path: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' });
  const connection = await instance.connect();
  const columns = HEADER.map((name, index) => `(i * ${7 + index} % ${10 ** (2 + (index % 6))})::VARCHAR AS "${name}"`);
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(${rows}) r(i)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

interface Once {
  readonly rows: number;
  readonly tier: string;
  readonly rules: number;
  /** Until tier and reasons stood, and with risk and advice. */
  readonly seconds: number;
  readonly whole: number;
  readonly megabytes: number;
}

/** Judges a file in a process of its own, so that its peak memory is its own. */
async function once(path: string): Promise<Once> {
  const program = fileURLToPath(new URL('classify-once.js', import.meta.url));
  return JSON.parse((await promisify(execFile)(process.execPath, [program, path])).stdout) as Once;
}

interface Goal {
  readonly seconds: number;
  readonly megabytes: number;
}

async function rowFor(what: string, path: string, goal: Goal | null, quick: boolean): Promise<Row> {
  const { rows, tier, rules, seconds, whole, megabytes } = await once(path);
  const size = ((await stat(path)).size / 1e6).toFixed(0);
  return {
    measure: `${what}: ${rows} rows × ${HEADER.length}, ${size} MB, to tier and reasons`,
    goal: goal === null ? '' : `≤ ${goal.seconds} s, ≤ ${goal.megabytes} MB`,
    baseline: '',
    figure: `${seconds.toFixed(1)} s (${whole.toFixed(1)} s with risk and advice), peak ${megabytes.toFixed(0)} MB (${tier}, ${rules} rules)`,
    reached: goal === null || quick ? null : seconds <= goal.seconds && megabytes <= goal.megabytes,
    split: 'made up from a seed, a process of its own',
  };
}

/** Large files of every format to tier and reasons: time, and the peak memory of a process that does nothing else. */
export const largeFiles: Measure = {
  name: 'large files',
  run: async ({ quick }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tiergate-bench-'));
    const [csv, xlsx, parquet] = ['gb18030.csv', 'book.xlsx', 'table.parquet'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    try {
      await saveCsv(csv, quick ? 2_000 : 1_000_000);
      await saveXlsx(xlsx, quick ? 2_000 : 200_000);
      await saveParquet(parquet, quick ? 2_000 : 1_000_000);
      return [
        await rowFor('GB18030 CSV', csv, { seconds: 15, megabytes: 500 }, quick),
        await rowFor('XLSX', xlsx, null, quick),
        await rowFor('Parquet', parquet, null, quick),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
