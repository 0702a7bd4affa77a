import { ColumnProfile, columnRules } from '../../../src/classification/domain/columns/profile.js';
import { requirePacks } from '../../../src/classification/packs/load.js';
import type { Measure } from '../measure.js';
import * as made from './made-up.js';

/** Twelve columns of a table that a department would hand in. */
const COLUMNS: Readonly<Record<string, (random: made.Random) => string>> = {
  姓名: made.personName,
  手机号: made.mobile,
  身份证号: made.residentId,
  出生日期: made.birthDate,
  住址: made.homeAddress,
  单位名称: made.organisation,
  区: (random) => made.pick(random, ['临波区', '云麓区', '锦塘区', '青屏区']),
  状态: (random) => made.pick(random, ['已办结', '办理中', '退回']),
  金额: (random) => `${made.digits(random, 4)}.${made.digits(random, 2)}`,
  数量: (random) => made.digits(random, 3),
  更新时间: (random) => `2026-0${1 + random(9)}-1${random(10)} 0${random(10)}:3${random(10)}:00`,
  备注: (random) => `登记人反映${made.pick(random, ['道路积水', '路灯不亮', '噪声'])}问题，已转办${random(1000)}`,
};

/** What recognising costs by cell, to be set beside the reading of a file. */
export const costPerCell: Measure = {
  name: 'cost per cell',
  run: async ({ quick }) => {
    const columns = requirePacks().current('cn-shanghai')?.pack.columns;
    if (columns === undefined) return 'no pack cn-shanghai';
    const rules = columnRules(columns);
    const random = made.generator(5);
    const rows = quick ? 2_000 : 60_000;
    const table = Object.entries(COLUMNS).map(([name, make]) => ({
      profile: new ColumnProfile(name, rules),
      cells: Array.from({ length: rows }, () => make(random)),
    }));
    const before = process.cpuUsage();
    for (const { profile, cells } of table) for (const cell of cells) profile.add(cell);
    const seconds = process.cpuUsage(before).user / 1e6;
    const each = (seconds * 1e6) / (rows * table.length);
    return [
      {
        measure: `recognising columns, ${table.length} columns × ${rows} rows, processor time`,
        goal: '',
        baseline: '',
        figure: `${each.toFixed(2)} µs a cell: ${(each * table.length).toFixed(1)} s for 1,000,000 rows`,
        reached: null,
        split: 'made up from a seed',
      },
    ];
  },
};
