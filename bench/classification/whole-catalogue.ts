import { monotonicFactory } from 'ulid';
import { schema } from '../../ormconfig.js';
import type { DatasetFacts } from '../../src/catalogue/index.js';
import { createJudge, requirePacks } from '../../src/classification/index.js';
import { assess } from '../../src/classification/domain/assess.js';
import { replayText } from '../../src/classification/domain/replay.js';
import { sha256 } from '../../src/classification/packs/load.js';
import { assessmentTable } from '../../src/classification/store/assessment-row.js';
import { ok } from '../../src/kernel/result.js';
import { LogJournal } from '../../src/log/index.js';
import { openDatabase, Reactions, UnitOfWork } from '../../src/persistence/index.js';
import { type Backend, backends, isAvailable } from '../../test/support/databases.js';
import type { Measure, Row } from './measure.js';

const GOAL = 60;
const PART = 500;
const WHAT = [
  '公园绿地名录',
  '企业年报',
  '来访登记明细',
  '公交线路站点',
  '水质监测统计',
  '医疗机构许可信息',
  '路口实时流量',
];

/** A made-up record of a city's catalogue: two items, a sentence, every third undeclared. */
const record = (id: string, n: number): DatasetFacts => ({
  id,
  pack: 'cn-shanghai',
  identifier: id,
  source: 'local',
  publisher: `body-${n % 60}`,
  state: 'listed',
  title: { zh: `${WHAT[n % WHAT.length]}${n}`, en: `Series ${n % WHAT.length}, part ${n}` },
  abstract: {
    zh: '本数据集由主管部门按月汇总，供社会公众查询使用。',
    en: 'Compiled every month by the body in charge.',
  },
  keywords: ['城市', '公共服务'],
  field: null,
  declaredCode: null,
  declaredTier: n % 3 === 0 ? null : 'open',
  securityLevel: null,
  rights: null,
  licence: null,
  legalBasis: null,
  updateFrequency: 'monthly',
  items: [
    { name: '名称', title: { zh: '名称' }, type: 'string' },
    { name: '数量', title: { zh: '数量' }, type: 'number' },
  ],
  distributions: [{ title: { zh: '文件' }, format: 'CSV', kind: 'file', direct: true }],
});

interface Times {
  /** Judged and stored anew, with the log. */
  readonly stored: number;
  /** Read back, judged again and compared byte for byte by hash. */
  readonly compared: number;
  readonly different: number;
}

async function timesOn(backend: Backend, count: number): Promise<Times> {
  const place = await backend.fresh();
  const database = await openDatabase(place.url, schema);
  await database.migrate();
  const unit = new UnitOfWork(database, new LogJournal(() => Promise.resolve()), new Reactions(), {
    now: () => Date.now(),
  });
  const next = monotonicFactory();
  const packs = requirePacks();
  const judge = createJudge({ next: () => next() }, packs);
  const records = Array.from({ length: count }, (_, n) => record(next(), n));
  const began = performance.now();
  for (let start = 0; start < count; start += PART)
    await unit.run(async (tx) => ok(await judge.judge(tx, records.slice(start, start + PART))));
  const stored = (performance.now() - began) / 1000;
  const compared = await compareAll(unit, packs);
  await database.close();
  await place.dispose();
  return { stored, ...compared };
}

async function compareAll(unit: UnitOfWork, packs: ReturnType<typeof requirePacks>): Promise<Omit<Times, 'stored'>> {
  const compiled = packs.current('cn-shanghai');
  if (compiled === null) throw new Error('no pack cn-shanghai');
  const began = performance.now();
  let different = 0;
  for (let after = ''; ; ) {
    const rows = await unit.read((reader) => assessmentTable.scan(reader, after, PART));
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const { facts, replay_hash } of rows)
      if (sha256(replayText(facts, compiled, assess(facts, compiled))) !== replay_hash) different += 1;
  }
  return { compared: (performance.now() - began) / 1000, different };
}

/** A whole catalogue judged again, on every kind of database that is there. */
export const wholeCatalogue: Measure = {
  name: 'whole catalogue',
  run: async ({ quick }) => {
    const count = quick ? 1000 : 100_000;
    const rows: Row[] = [];
    for (const backend of backends.filter((one) => one.durable && isAvailable(one))) {
      const { stored, compared, different } = await timesOn(backend, count);
      rows.push({
        measure: `whole catalogue of ${count.toLocaleString('en')} records re-evaluated (${backend.name})`,
        goal: `≤ ${GOAL} s`,
        baseline: '',
        figure: `${compared.toFixed(1)} s read, judged again and compared (${different} differ); ${stored.toFixed(1)} s where every one is stored anew with the log`,
        reached: quick ? null : compared <= GOAL,
        split: 'made-up records, one process',
      });
    }
    return rows;
  },
};
