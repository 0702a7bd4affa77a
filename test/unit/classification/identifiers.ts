/** Made-up identifiers with sound check digits, from a seeded generator: division 990000 is not allocated. */
export type Random = (below: number) => number;

/** A small deterministic generator (mulberry32). */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const sum = (text: string, weights: readonly number[], symbols: string): number =>
  [...text].reduce((total, symbol, index) => total + symbols.indexOf(symbol) * (weights[index] ?? 0), 0);

export function residentId(random: Random): string {
  const date = `${1950 + random(60)}${pad(1 + random(12), 2)}${pad(1 + random(28), 2)}`;
  const body = `990101${date}${pad(random(1000), 3)}`;
  const total = sum(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], '0123456789');
  return body + '10X98765432'.charAt(total % 11);
}

const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY';
export function creditCode(random: Random): string {
  const body = `91990000${Array.from({ length: 9 }, () => CODE[random(31)]).join('')}`;
  const total = sum(body, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28], CODE);
  return body + CODE.charAt((31 - (total % 31)) % 31);
}

export function bankCard(random: Random): string {
  const body = `622848${Array.from({ length: 12 }, () => random(10)).join('')}`;
  const total = [...body].reverse().reduce((acc, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return acc + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (total % 10)) % 10}`;
}

export const mobile = (random: Random): string => `1${'3578'[random(4)]}${pad(random(1_000_000_000), 9)}`;

const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高';
const GIVEN = '伟芳娜敏静丽强磊军洋艳勇杰娟涛明超霞平刚';
export const personName = (random: Random): string =>
  `${FAMILY[random(FAMILY.length)]}${GIVEN[random(GIVEN.length)]}${random(2) === 0 ? '' : GIVEN[random(GIVEN.length)]}`;
