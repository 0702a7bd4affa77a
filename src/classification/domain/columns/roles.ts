import type { Finding } from '../facts.js';
import type { ColumnRole, ColumnTypes } from './column-types.js';

/** Columns of a table by what they do to people, each in the order of the findings and named once. */
export interface ColumnRoles {
  readonly identifiers: readonly string[];
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
}

/** Candidates for figures of risk: which columns name people, which help to single them out, what is told of them. */
export function columnRoles(findings: readonly Finding[], columns: ColumnTypes): ColumnRoles {
  const roles = new Map(columns.types.map(({ type, roles: some }) => [type, some]));
  const having = (role: ColumnRole): string[] => [
    ...new Set(findings.filter(({ type }) => roles.get(type)?.includes(role) === true).map(({ item }) => item)),
  ];
  const identifiers = having('identifier');
  return {
    identifiers,
    quasiIdentifiers: having('quasi-identifier').filter((item) => !identifiers.includes(item)),
    sensitive: having('sensitive').filter((item) => !identifiers.includes(item)),
  };
}
