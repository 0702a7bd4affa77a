import { canonicalJson } from '../../kernel/canonical.js';
import type { Pack } from './pack.js';

/** What differs between two versions of a pack: one rule, one list of words, one kind of column; or a part as a whole. */
export interface PackDifference {
  readonly part: string;
  /** The rule, list or kind; empty where the part is one value. */
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
}

type Content = Omit<Pack, 'hash'>;

/** Given by the number of a version, not by who writes it. */
const GIVEN: readonly string[] = ['id', 'version', 'hash'];
/** Parts whose members lie one level deeper. */
const DEEPER: readonly string[] = ['lexicon', 'columns'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name a member of a list goes by; null where it has none, so that the list is one value. */
function nameOf(member: unknown): string | null {
  const { id, code, type } = isObject(member) ? member : {};
  return [id, code, type].find((name) => typeof name === 'string') ?? null;
}

/** The members of a part by their names, at the level at which people change them. */
function membersOf(value: unknown, deeper: boolean): ReadonlyMap<string, unknown> {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.every((name) => name !== null) && new Set(names).size === names.length
      ? new Map(value.map((member, at) => [names[at] as string, member]))
      : new Map([['', value]]);
  }
  if (!isObject(value)) return value === undefined ? new Map() : new Map([['', value]]);
  return new Map(
    Object.entries(value).flatMap(([name, member]): [string, unknown][] =>
      deeper && (isObject(member) || Array.isArray(member))
        ? [...membersOf(member, false)].map(([inner, one]) => [inner === '' ? name : `${name}/${inner}`, one])
        : [[name, member]],
    ),
  );
}

/** Kinds of columns stand in the order in which equal evidence is believed: another order is another law. */
function orderOfTypes(before: Content, after: Content): PackDifference[] {
  const [was, is] = [before, after].map(({ columns }) => columns.types.map(({ type }) => type)) as [string[], string[]];
  const both = (names: string[], others: string[]) => names.filter((name) => others.includes(name)).join();
  if (both(was, is) === both(is, was)) return [];
  return [{ part: 'columns', key: 'types', change: 'changed', before: was, after: is }];
}

/** Everything in which `after` differs from `before`; the order of rules and of words is not a difference. */
export function packDifferences(before: Content, after: Content): PackDifference[] {
  const [old, next] = [before, after] as unknown as Readonly<Record<string, unknown>>[];
  const parts = [...new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])];
  const differences = parts
    .filter((part) => !GIVEN.includes(part))
    .flatMap((part) => {
      const [was, is] = [old, next].map((one) => membersOf(one?.[part], DEEPER.includes(part)));
      const keys = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
      return keys.flatMap((key): PackDifference[] => {
        const [from, to] = [was?.get(key), is?.get(key)];
        if (canonicalJson(from ?? null) === canonicalJson(to ?? null)) return [];
        const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
        return [{ part, key, change, before: from ?? null, after: to ?? null }];
      });
    });
  return [...differences, ...orderOfTypes(before, after)];
}
