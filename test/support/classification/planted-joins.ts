import { sequence } from './people.js';

/** Two tables of which a part is about the same people, or of which none is. */
export interface PlantedPair {
  readonly first: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly second: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Whether the tables share people. */
  readonly planted: boolean;
}

interface Person {
  readonly born: readonly [year: number, month: number, day: number];
  readonly district: string;
  readonly postcode: string;
  readonly job: string;
}

const DISTRICTS = Array.from(
  { length: 16 },
  (_, index) => `${'东南西北中上下江'[index % 8]}${'城安宁山'[Math.floor(index / 8)]}区`,
);
const JOBS = ['教师', '司机', '医生', '会计', '厨师', '工程师', '店员', '退休', '学生', '律师', '护士', '农民'];

/** Ways in which bodies head and write the same thing. */
const HEADINGS = [
  { born: '出生日期', district: '区县', postcode: '邮编', job: '职业' },
  { born: 'birth_date', district: 'district', postcode: 'postcode', job: 'occupation' },
  { born: '生日', district: '居住区', postcode: '邮政编码', job: '工作' },
] as const;
const two = (number: number): string => `${number}`.padStart(2, '0');
const DATES: readonly ((born: Person['born']) => string)[] = [
  ([year, month, day]) => `${year}-${two(month)}-${two(day)}`,
  ([year, month, day]) => `${year}/${month}/${day}`,
  ([year, month, day]) => `${year}年${month}月${day}日`,
];

function crowd(count: number, next: () => number): Person[] {
  const upTo = (limit: number): number => Math.floor(next() * limit);
  return Array.from({ length: count }, () => ({
    born: [1940 + upTo(65), 1 + upTo(12), 1 + upTo(28)],
    district: DISTRICTS[upTo(DISTRICTS.length)] ?? '',
    postcode: `2000${two(upTo(40))}`,
    job: JOBS[upTo(JOBS.length)] ?? '',
  }));
}

function tableOf(people: readonly Person[], heading: number, date: number, topic: string, next: () => number) {
  const { born, district, postcode, job } = HEADINGS[heading % HEADINGS.length] ?? HEADINGS[0];
  const write = DATES[date % DATES.length] ?? DATES[0];
  return {
    header: [`${topic}编号`, born, district, postcode, job, topic],
    rows: people.map((person, index) => [
      `${topic}-${index + 1}`,
      write?.(person.born) ?? '',
      person.district,
      person.postcode,
      person.job,
      `${Math.floor(next() * 5)}`,
    ]),
  };
}

/**
 * Pairs of tables about people of one city, three quarters under different headings, all with another way to write a
 * date; in planted ones a fifth of the people are in both. The same for the same seed.
 */
export function plantedPairs(planted: number, apart: number, seed = 20): PlantedPair[] {
  const next = sequence(seed);
  return Array.from({ length: planted + apart }, (_, index) => {
    const [first, second] = [crowd(250, next), crowd(250, next)];
    const both = index < planted ? first.slice(0, 50) : [];
    const mixed = [...both, ...second.slice(both.length)].sort((a, b) => a.postcode.localeCompare(b.postcode));
    return {
      first: tableOf(first, index, index, '办件', next),
      second: tableOf(mixed, index % 4 === 0 ? index : index + 1, index + 2, '补贴', next),
      planted: index < planted,
    };
  });
}

type Table = PlantedPair['first'];
type Next = () => number;

/** The table with columns before its others; `cells` says what stands in them, row by row. */
const widened = (
  { header, rows }: Table,
  names: readonly string[],
  cells: (row: number) => readonly string[],
): Table => ({
  header: [...names, ...header],
  rows: rows.map((row, at) => [...cells(at), ...row]),
});
const picked = ({ header, rows }: Table, places: readonly number[]): Table => ({
  header: places.map((place) => header[place] ?? ''),
  rows: rows.map((row) => places.map((place) => row[place] ?? '')),
});
const pick = <T>(list: readonly T[], next: Next): T => list[Math.floor(next() * list.length)] as T;
const rowsOf = (count: number, row: (at: number) => readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: count }, (_, at) => row(at));

/** Two tables under different headings; `common` people of the first are in the second. */
function register(sizes: readonly [number, number], common: number, next: Next): [Table, Table] {
  const [first, second] = [crowd(sizes[0], next), crowd(sizes[1], next)];
  const mixed = [...first.slice(0, common), ...second.slice(common)].sort((a, b) =>
    a.postcode.localeCompare(b.postcode),
  );
  const heading = Math.floor(next() * 3);
  return [
    tableOf(first, heading, Math.floor(next() * 3), '办件', next),
    tableOf(mixed, heading + 1, Math.floor(next() * 3), '补贴', next),
  ];
}

const phone = (next: Next): string =>
  `1${3 + Math.floor(next() * 7)}${String(Math.floor(next() * 1e9)).padStart(9, '0')}`;

/** Ways in which the same people lie in two tables, each with something beside it that could hide them. */
const PLANTED: readonly ((next: Next) => [Table, Table])[] = [
  (next) => register([250, 250], 50, next),
  // Both number their records, and a column of the same name means something else in each.
  (next) => {
    const [first, second] = register([250, 250], 50, next);
    const more = ['编号', '备注', '金额'];
    const cells = (at: number) => [`${at + 1}`, `批次${Math.floor(next() * 40)}`, `${Math.floor(next() * 90_000)}`];
    return [widened(first, more, cells), widened(second, more, cells)];
  },
  // One number of a person, under different headings, and nothing else.
  (next) => {
    const numbers = rowsOf(200, () => [phone(next)]).map(([number]) => number ?? '');
    const second = [...numbers.slice(0, 40), ...rowsOf(160, () => [phone(next)]).map(([number]) => number ?? '')];
    return [
      { header: ['联系电话', '事项'], rows: numbers.map((number) => [number, pick(['甲', '乙'], next)]) },
      { header: ['手机', '金额'], rows: second.sort().map((number) => [number, `${Math.floor(next() * 900)}`]) },
    ];
  },
  // Few of a small table in a large one.
  (next) => register([80, 900], 12, next),
  // Birth date and postcode alone.
  (next) => {
    const [first, second] = register([250, 250], 40, next);
    return [picked(first, [1, 3, 5]), picked(second, [1, 3, 5])];
  },
];

const dayOf = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
const SCHOOLING = ['小学', '初中', '高中', '中专', '大专', '本科', '研究生'];

/** Tables of strangers, or of no people at all, that look as if they could be joined. */
const APART: readonly ((next: Next) => [Table, Table])[] = [
  (next) => register([250, 250], 0, next),
  // Short lists of codes under the same headings.
  (next) => {
    const table = (): Table => ({
      header: ['性别', '学历', '区县', '次数'],
      rows: rowsOf(250, () => [
        pick(['男', '女'], next),
        pick(SCHOOLING, next),
        pick(DISTRICTS, next),
        `${Math.floor(next() * 9)}`,
      ]),
    });
    return [table(), table()];
  },
  // Dates of what happened in the same year, and where.
  (next) => {
    const table = (topic: string): Table => ({
      header: [`${topic}日期`, '区县', topic],
      rows: rowsOf(250, () => [dayOf(Math.floor(next() * 365)), pick(DISTRICTS, next), `${Math.floor(next() * 50)}`]),
    });
    return [table('事故'), table('投诉')];
  },
  // Serial numbers: without gaps in one, with gaps in the other kind.
  (next) => {
    const gaps = next() < 0.5 ? 1 : 4;
    const table = (topic: string): Table => {
      let number = 0;
      return {
        header: ['编号', topic],
        rows: rowsOf(250, () => [`${(number += 1 + Math.floor(next() * gaps))}`, pick(JOBS, next)]),
      };
    };
    return [table('职业'), table('事项')];
  },
  // A figure for every day.
  (next) => {
    const table = (topic: string): Table => ({
      header: ['日期', topic],
      rows: rowsOf(300, (at) => [dayOf(at), `${Math.floor(next() * 9000)}`]),
    });
    return [table('客流'), table('空气质量')];
  },
  // Columns that hang together: the postcode says the district.
  (next) => {
    const table = (topic: string): Table => ({
      header: ['邮编', '区县', '学历', topic],
      rows: rowsOf(250, () => {
        const code = Math.floor(next() * 40);
        return [
          `2000${two(code)}`,
          DISTRICTS[code % DISTRICTS.length] ?? '',
          pick(SCHOOLING, next),
          `${Math.floor(next() * 9)}`,
        ];
      }),
    });
    return [table('门诊'), table('借阅')];
  },
  // A figure for every district, and for every district and year.
  (next) => {
    const years = next() < 0.5 ? [2024] : [2021, 2022, 2023, 2024];
    const table = (topic: string): Table => ({
      header: ['区县', '年份', topic],
      rows: DISTRICTS.flatMap((district) => years.map((year) => [district, `${year}`, `${Math.floor(next() * 9000)}`])),
    });
    return [table('学校数'), table('医院数')];
  },
];

/** Every kind in turn, planted and apart; another seed gives other tables of the same kinds. */
export function trappedPairs(planted: number, apart: number, seed = 20): PlantedPair[] {
  const next = sequence(seed);
  const kinds = (list: readonly ((next: Next) => [Table, Table])[], count: number, isPlanted: boolean): PlantedPair[] =>
    Array.from({ length: count }, (_, at) => {
      const [first, second] = list[at % list.length]?.(next) ?? register([10, 10], 0, next);
      return { first, second, planted: isPlanted };
    });
  return [...kinds(PLANTED, planted, true), ...kinds(APART, apart, false)];
}
