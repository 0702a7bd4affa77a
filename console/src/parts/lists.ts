/** The list with this entry before the one that stood before it. */
export function movedUp<T>(list: readonly T[], at: number): readonly T[] {
  const [before, moved] = [list[at - 1], list[at]];
  return before === undefined || moved === undefined ? list : list.with(at - 1, moved).with(at, before);
}
