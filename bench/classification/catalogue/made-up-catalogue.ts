import { datasetStore, factsOf, judgedRecord } from '../../../src/catalogue/index.js';
import { SYSTEM } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import type { App } from '../../../src/app.js';
import { draft } from '../../../test/support/classification/platform.js';

const PART = 500;
const WORDS = ['公园绿地名录', '道路施工公告', '社区就诊记录', '公交线路走向', '企业登记信息', '空气质量日报'];
const ITEMS = ['名称', '地址', '区县', '日期', '数量', '备注'];

export const idOf = (n: number): string => `D${String(n).padStart(8, '0')}`;

/** A made-up record of a city's catalogue: six items, a file, every twentieth renewed hourly. */
export const madeUpRecord = (n: number) =>
  draft(idOf(n), {
    state: 'draft',
    title: { zh: `${WORDS[n % WORDS.length]}${n}`, en: `Series ${n % WORDS.length}, part ${n}` },
    abstract: { zh: '本数据集由主管部门按月汇总，供社会公众查询使用。' },
    updateFrequency: n % 20 === 0 ? 'hourly' : 'yearly',
    items: ITEMS.map((name) => ({ name, title: { zh: name }, type: 'string', tier: 'restricted' })),
  });

/** Puts so many listed records into the product, each judged by the pack in force. */
export async function fillCatalogue({ unit, slices }: App, count: number): Promise<void> {
  for (let made = 0; made < count; made += PART)
    await unit.run(async (tx) => {
      const drafts = Array.from({ length: Math.min(PART, count - made) }, (_, at) => madeUpRecord(made + at));
      const judgements = await slices.judge.judge(tx, drafts.map(factsOf));
      const judged = drafts.flatMap((one, at) => {
        const judgement = judgements[at];
        return judgement === undefined ? [] : [{ ...judgedRecord(one, judgement), state: 'listed' as const }];
      });
      await datasetStore.insert(tx, judged);
      tx.append({ event: 'dataset.created', subject: { kind: 'dataset', id: idOf(made) }, actor: SYSTEM, data: {} });
      return ok(undefined);
    });
}
