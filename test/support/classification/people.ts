import { identityNumber } from './identity-number.js';

/** The next of a fixed sequence of pseudo-random numbers from 0 to 1 (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const PEOPLE_COLUMNS = ['姓名', '手机号', '身份证号', '出生日期', '区县', '办理事项'] as const;

/** A made-up register of people with everything that must not be opened; the same for the same seed. */
export function people(count: number, seed = 7): string[][] {
  const next = sequence(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const digits = (length: number): string => Array.from({ length }, () => Math.floor(next() * 10)).join('');
  return Array.from({ length: count }, () => {
    const [year, month, day] = [
      1950 + Math.floor(next() * 50),
      1 + Math.floor(next() * 12),
      1 + Math.floor(next() * 28),
    ];
    const [mm, dd] = [`${month}`.padStart(2, '0'), `${day}`.padStart(2, '0')];
    return [
      one(['王', '李', '张', '刘', '陈', '杨']) + one(['伟', '芳', '娜', '敏', '静', '强']) + one(['', '华', '丽']),
      `13${digits(9)}`,
      identityNumber(`310101${year}${mm}${dd}${digits(3)}`),
      `${year}-${mm}-${dd}`,
      one(['黄浦区', '徐汇区', '长宁区', '静安区']),
      one(['居住证', '驾驶证', '社保卡']),
    ];
  });
}

/** Rows as comma-separated text. */
export const asText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
