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
