/** Those of one key together, in the order in which they first come. */
export function grouped<One, Key>(all: readonly One[], keyOf: (one: One) => Key): ReadonlyMap<Key, readonly One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    valueAt(groups, keyOf(one), (): One[] => []).push(one);
  }
  return groups;
}

/** The value of a key, made and kept where there is none yet. */
export function valueAt<Key, Value>(map: Map<Key, Value>, key: Key, made: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = made();
  map.set(key, value);
  return value;
}
