import { type Fit, SEEN } from '../../domain/columns/cell.js';
import { matches } from './sql-text.js';

/** Characters of each kind, as `kindsOf` tells them apart, for a character class. */
const KINDS: readonly (readonly [kind: number, characters: string])[] = [
  [SEEN.digit, '0-9'],
  [SEEN.latin, 'A-Za-z'],
  [SEEN.han, '\\x{3007}\\x{3400}-\\x{9fff}\\x{20000}-\\x{2ffff}'],
  [SEEN.at, '@'],
  [SEEN.blank, '\\x{9}-\\x{d}\\x{20}\\x{a0}'],
  [
    SEEN.mark,
    '\\x{1}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{2f}\\x{3a}-\\x{3f}\\x{5b}-\\x{60}\\x{7b}-\\x{9f}\\x{a1}-\\x{bf}\\x{2000}-\\x{3006}\\x{3008}-\\x{303f}',
  ],
];
const ALL = KINDS.map(([, characters]) => characters).join('');

/** A class that holds a character of one of these kinds. */
function classOf(kinds: number): string {
  const named = KINDS.filter(([kind]) => (kinds & kind) !== 0).map(([, characters]) => `[${characters}]`);
  return [...named, ...((kinds & SEEN.letter) === 0 ? [] : [`[^${ALL}]`])].join('|');
}

const bits = (kinds: number): number[] =>
  [SEEN.digit, SEEN.latin, SEEN.han, SEEN.at, SEEN.blank, SEEN.mark, SEEN.letter].filter(
    (kind) => (kinds & kind) !== 0,
  );

/** What a cell must be for a validator to be asked, in SQL. */
export function fitIn({ min, max, needs, allows, some }: Fit, cell: string): string {
  const barred = bits(~allows);
  return [
    `CHAR_LENGTH(${cell}) BETWEEN ${min} AND ${max}`,
    ...bits(needs).map((kind) => matches(cell, classOf(kind))),
    ...(barred.length === 0 ? [] : [`NOT (${matches(cell, classOf(barred.reduce((all, kind) => all | kind, 0)))})`]),
    ...(some === 0 ? [] : [matches(cell, classOf(some))]),
  ].join(' AND ');
}
