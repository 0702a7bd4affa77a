import { SILENT, day, type Recipe } from './hard-recipes.js';
import * as made from './made-up.js';

/** Columns that look like it and are not. */
export const TRAPS: readonly Recipe[] = [
  {
    types: [],
    trap: 'resident numbers with a bad check digit',
    headings: SILENT,
    cell: (random) => made.spoilt(random, made.residentId(random)),
  },
  {
    types: [],
    trap: 'order numbers with the day inside',
    headings: ['订单', ...SILENT],
    cell: (random) => `${100_000 + random(800_000)}${day(random)}${made.digits(random, 4)}`,
  },
  {
    types: [],
    trap: 'order numbers of 18 digits',
    headings: ['业务流水', ...SILENT],
    cell: (random) => `1${made.digits(random, 17)}`,
  },
  {
    types: [],
    trap: 'numbers of 16 and 19 digits',
    headings: ['流水', ...SILENT],
    cell: (random) => `${made.pick(random, ['62', '4'])}${made.digits(random, 15)}`.slice(0, 16),
  },
  {
    types: [],
    trap: 'cards with a bad check digit',
    headings: SILENT,
    cell: (random) => made.spoilt(random, made.bankCard(random)),
  },
  {
    types: [],
    trap: 'credit codes with a bad check character',
    headings: ['信用代码', ...SILENT],
    cell: (random) => made.spoilt(random, made.creditCode(random)),
  },
  {
    types: [],
    trap: 'milliseconds',
    headings: ['时间戳', ...SILENT],
    cell: (random) => `1${5 + random(2)}${made.digits(random, 11)}`,
  },
  {
    types: [],
    trap: 'times of 14 digits',
    headings: ['时间', ...SILENT],
    cell: (random) =>
      `${day(random)}${String(random(24)).padStart(2, '0')}${made.digits(random, 2).replace(/^[6-9]/, '0')}00`,
  },
  {
    types: [],
    trap: 'serial numbers of 11 digits',
    headings: ['序列', ...SILENT],
    cell: (random) => `${made.pick(random, ['10', '11', '12', '20', '40'])}${made.digits(random, 9)}`,
  },
  { types: [], trap: 'ranges of numbers', headings: ['手机号段'], cell: (random) => made.mobile(random).slice(0, 7) },
  {
    types: [],
    trap: 'goods codes of 13 digits',
    headings: ['商品条码', ...SILENT],
    cell: (random) => `69${made.digits(random, 11)}`,
  },
  {
    types: [],
    trap: 'dates that are nobody’s birth',
    headings: ['更新日期', '发证日期', ...SILENT],
    cell: (random) => day(random).replace(/(....)(..)(..)/, '$1-$2-$3'),
  },
  {
    types: [],
    trap: 'districts that begin like names',
    headings: ['区', ...SILENT],
    cell: (random) =>
      made.pick(random, [
        '黄浦区',
        '金山区',
        '高桥镇',
        '江桥镇',
        '徐泾镇',
        '马桥镇',
        '白云区',
        '石门路',
        '万寿路',
        '安亭镇',
      ]),
  },
  {
    types: [],
    trap: 'goods that begin like names',
    headings: ['品名', ...SILENT],
    cell: (random) =>
      made.pick(random, [
        '黄瓜',
        '白菜',
        '马铃薯',
        '金针菇',
        '毛豆',
        '江米',
        '石榴',
        '方便面',
        '陈醋',
        '包菜',
        '花菜',
        '余粮',
      ]),
  },
  {
    types: [],
    trap: 'roads',
    headings: ['道路名称', ...SILENT],
    cell: (random) =>
      `${made.pick(random, ['南京', '延安', '淮海', '四川', '西藏', '陆家嘴'])}${made.pick(random, ['东', '西', '中', '环'])}路`,
  },
  {
    types: [],
    trap: 'sizes with stars',
    headings: ['规格', ...SILENT],
    cell: (random) => `${1 + random(90)}*${1 + random(90)}*${1 + random(9)}`,
  },
  {
    types: [],
    trap: 'amounts',
    headings: ['金额', ...SILENT],
    cell: (random) => `${made.digits(random, 5)}.${made.digits(random, 2)}`,
  },
  {
    types: [],
    trap: 'versions',
    headings: ['版本', ...SILENT],
    cell: (random) => `${random(10)}.${random(10)}.${random(10)}.${random(10)}`,
  },
  {
    types: [],
    trap: 'texts with order numbers',
    headings: ['备注', ...SILENT],
    cell: (random) => `订单 1${made.digits(random, 17)} 流水 ${made.digits(random, 13)}，已发货`,
  },
  {
    types: [],
    trap: 'texts with amounts of money',
    headings: ['说明', ...SILENT],
    cell: (random) => `本期合计${made.digits(random, 6)}.${made.digits(random, 2)}元，同比增长${random(40)}%`,
  },
  {
    types: [],
    trap: 'lines and flights',
    headings: ['线路', ...SILENT],
    cell: (random) =>
      `${made.pick(random, ['沪', '苏', '浙'])}${made.pick(random, ['宁', '杭', '昆'])}${made.pick(random, ['高速', '铁路', '复线'])}`,
  },
  {
    types: [],
    trap: 'words of status',
    headings: ['状态', ...SILENT],
    cell: (random) => made.pick(random, ['正常', '停用', '和平', '平安', '安全', '常用', '成功', '方案']),
  },
];
