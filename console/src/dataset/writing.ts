import type { Text } from '../api/types';
import { words } from '../parts/wording';

/** Both languages of a text while it is written. */
export interface WrittenText {
  readonly zh: string;
  readonly en: string;
}
/** Tells entries of a list apart on the screen while they change and move. */
export interface Keyed {
  readonly key: number;
}

export const NO_TEXT: WrittenText = { zh: '', en: '' };
export const writing = ({ zh, en }: Text): WrittenText => ({ zh: zh ?? '', en: en ?? '' });
/** A text as it is sent. */
export const sentText = ({ zh, en }: WrittenText): Text => words(zh, en);
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
export const textOrNull = (text: WrittenText): Text | null => {
  const sent = sentText(text);
  return Object.keys(sent).length === 0 ? null : sent;
};
/** Keywords, one a line. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
export const nextKey = (entries: readonly Keyed[]): number =>
  entries.reduce((most, { key }) => Math.max(most, key), 0) + 1;
export const isSameOrder = (one: readonly Keyed[], other: readonly Keyed[]): boolean =>
  one.length === other.length && one.every(({ key }, at) => key === other[at]?.key);

/**
 * A list that two people changed, from the one they began with: what either added stands in it, what either took away does
 * not, and of an entry that both changed each version stands there, for a person to choose.
 */
export function merged<T>(
  before: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  sent: (one: T) => unknown,
): { readonly kept: readonly T[]; readonly added: readonly T[] } {
  const signsOf = (list: readonly T[]) => new Set(list.map((one) => JSON.stringify(sent(one))));
  const [wasThere, isMine, isTheirs] = [signsOf(before), signsOf(mine), signsOf(theirs)];
  const sign = (one: T) => JSON.stringify(sent(one));
  return {
    kept: mine.filter((one) => !wasThere.has(sign(one)) || isTheirs.has(sign(one))),
    added: theirs.filter((one) => !wasThere.has(sign(one)) && !isMine.has(sign(one))),
  };
}
