import { type ColumnRules, saidBy } from '../columns/column-rules.js';
import type { ColumnRole, ColumnTypes } from '../columns/column-types.js';
import type { Finding, ItemFacts } from '../facts.js';
import { type NotAssessed, notAssessed } from './risk.js';

/** A column of a dataset that helps to find a person. */
export interface TellingColumn {
  readonly item: string;
  readonly type: string;
  readonly role: 'identifier' | 'quasi-identifier';
}

/** What is known of the columns of a dataset. `headings`: no file of it was ever assessed, only its items are named. */
export interface KnownColumns {
  readonly basis: 'content' | 'headings';
  readonly columns: readonly TellingColumn[];
}

/** Something that columns of two datasets both hold: a kind of identifier, and where it stands in each. */
export interface SharedIdentifier {
  readonly type: string;
  readonly role: TellingColumn['role'];
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** On what two datasets could be joined, by what their assessments found; no file was asked. */
export type SharedIdentifiers =
  | {
      readonly status: 'assessed';
      readonly basis: KnownColumns['basis'];
      readonly shared: readonly SharedIdentifier[];
    }
  | NotAssessed;

const roleOf = (roles: readonly ColumnRole[]): TellingColumn['role'] | null =>
  roles.includes('identifier') ? 'identifier' : roles.includes('quasi-identifier') ? 'quasi-identifier' : null;

/** The columns that findings say are identifiers or quasi-identifiers. */
export function tellingColumns(findings: readonly Finding[], { types }: ColumnTypes): TellingColumn[] {
  const roles = new Map(types.map(({ type, roles: some }) => [type, roleOf(some)]));
  return findings.flatMap(({ item, type }): TellingColumn[] => {
    const role = roles.get(type) ?? null;
    return role === null ? [] : [{ item, type, role }];
  });
}

/** Types that only content can say: the heading of masked values is that of the values. */
const OF_CONTENT = /^masked-/;

/** The items whose name or title says that they are; what stands in them nobody has seen. */
export function tellingHeadings(
  items: readonly ItemFacts[],
  rules: ColumnRules,
  { types }: ColumnTypes,
): TellingColumn[] {
  const roles = new Map(types.map(({ type, roles: some }) => [type, roleOf(some)]));
  return items.flatMap(({ name, title }) => {
    const named = new Set(
      [name, title?.zh, title?.en].flatMap((heading) =>
        [...(heading === undefined ? [] : saidBy(heading, rules))].flatMap(([type, said]) =>
          said === 'cue' && !OF_CONTENT.test(type) ? [type] : [],
        ),
      ),
    );
    return [...named].flatMap((type): TellingColumn[] => {
      const role = roles.get(type) ?? null;
      return role === null ? [] : [{ item: name, type, role }];
    });
  });
}

/** Only these items; none is all of them. */
export const within = ({ basis, columns }: KnownColumns, items: readonly string[]): KnownColumns => ({
  basis,
  columns: items.length === 0 ? columns : columns.filter(({ item }) => items.includes(item)),
});

const itemsOf = (columns: readonly TellingColumn[], type: string): string[] => [
  ...new Set(columns.filter((column) => column.type === type).map(({ item }) => item)),
];

/**
 * What both hold, identifiers first. Headings can say that something is shared, never that nothing is; of a dataset that
 * was never assessed (`null`) nothing can be said.
 */
export function sharedIdentifiers(first: KnownColumns | null, second: KnownColumns | null): SharedIdentifiers {
  if (first === null || second === null) return notAssessed('no-content');
  const roles = new Map(first.columns.map(({ type, role }) => [type, role]));
  const shared = [...roles].flatMap(([type, role]) => {
    const there = itemsOf(second.columns, type);
    return there.length === 0 ? [] : [{ type, role, first: itemsOf(first.columns, type), second: there }];
  });
  const basis = first.basis === 'content' && second.basis === 'content' ? 'content' : 'headings';
  if (basis === 'headings' && shared.length === 0) return notAssessed('no-content');
  const rank = ({ role }: SharedIdentifier): number => (role === 'identifier' ? 0 : 1);
  return { status: 'assessed', basis, shared: shared.sort((a, b) => rank(a) - rank(b) || (a.type < b.type ? -1 : 1)) };
}
