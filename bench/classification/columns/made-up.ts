/** Made-up values from a seeded generator. Divisions are unallocated (99), names are drawn from short lists. */
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

export const pick = <One>(random: Random, from: readonly One[]): One => from[random(from.length)] as One;
export const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random(10)).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const sumOf = (text: string, weights: readonly number[], symbols: string): number =>
  [...text].reduce((total, symbol, index) => total + symbols.indexOf(symbol) * (weights[index] ?? 0), 0);

const born = (random: Random): string => `${1945 + random(70)}${two(1 + random(12))}${two(1 + random(28))}`;
export const birthDate = (random: Random): string => born(random).replace(/(....)(..)(..)/, '$1-$2-$3');

export function residentId(random: Random): string {
  const body = `990101${born(random)}${digits(random, 3)}`;
  const total = sumOf(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], '0123456789');
  return body + '10X98765432'.charAt(total % 11);
}
export const oldResidentId = (random: Random): string => `990101${born(random).slice(2)}${digits(random, 3)}`;

const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY';
export function creditCode(random: Random): string {
  const body = `91990000${Array.from({ length: 9 }, () => pick(random, [...CODE])).join('')}`;
  const total = sumOf(body, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28], CODE);
  return body + CODE.charAt((31 - (total % 31)) % 31);
}

/** Completes digits by Luhn's check digit. */
export function withLuhn(body: string): string {
  const total = [...body].reverse().reduce((sum, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (total % 10)) % 10}`;
}
export const bankCard = (random: Random): string => withLuhn(`62${digits(random, pick(random, [13, 16]))}`);
export const imei = (random: Random): string => withLuhn(`86${digits(random, 12)}`);

export const mobile = (random: Random): string => `1${pick(random, ['3', '5', '7', '8', '9'])}${digits(random, 9)}`;
export const landline = (random: Random): string =>
  `0${pick(random, ['21', '10', '571', '755'])}-${1 + random(8)}${digits(random, 7)}`;
export const email = (random: Random): string =>
  `u${digits(random, 5)}@${pick(random, ['example.com', 'mail.example.cn', 'xx.example.org'])}`;
export const passport = (random: Random): string =>
  `${pick(random, ['E', 'G', 'EA', 'EJ'])}${digits(random, 9)}`.slice(0, 9);
export const permit = (random: Random): string => `${pick(random, ['H', 'M'])}${digits(random, 8)}`;

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const PLATE = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
export const plate = (random: Random): string =>
  `${pick(random, [...PROVINCES])}${pick(random, [...'ABCDEFGHJK'])}${Array.from({ length: 5 }, () => pick(random, [...PLATE])).join('')}`;
export const newEnergyPlate = (random: Random): string =>
  `${pick(random, [...PROVINCES])}A${pick(random, ['D', 'F'])}${digits(random, 5)}`;

const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高';
const GIVEN = '伟芳娜敏静丽强磊军洋艳勇杰娟涛明超霞平刚';
export const personName = (random: Random): string =>
  `${pick(random, [...FAMILY])}${pick(random, [...GIVEN])}${random(3) === 0 ? '' : pick(random, [...GIVEN])}`;
export const englishName = (random: Random): string =>
  `${pick(random, ['Anna', 'James', 'Maria', 'Robert', 'Fatima', 'David', 'Linda'])} ${pick(random, ['Fisher', 'Novak', 'Okafor', 'Hansen', 'Moreau', 'Whitfield'])}`;
export const organisation = (random: Random): string =>
  `${pick(random, ['临波', '云麓', '锦塘', '望江', '青屏'])}${pick(random, ['物流', '科技', '餐饮', '建设', '环保'])}${pick(random, ['有限公司', '股份有限公司', '合作社', '研究院'])}`;
export const homeAddress = (random: Random): string =>
  `云亭市${pick(random, ['临波', '云麓', '锦塘'])}区${pick(random, ['望江', '青屏', '柳浪', '松涛'])}${pick(random, ['路', '街', '弄'])}${1 + random(900)}号${1 + random(30)}室`;
export const ipAddress = (random: Random): string => [192, 168, random(256), random(256)].join('.');

/** As input methods write digits and letters when they are set wide. */
export const wide = (text: string): string =>
  text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
/** The same number with another last digit: the check no longer holds. */
export const spoilt = (random: Random, text: string, symbols = '0123456789'): string => {
  const others = [...symbols].filter((symbol) => symbol !== text.at(-1));
  return text.slice(0, -1) + pick(random, others);
};
