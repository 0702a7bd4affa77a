import type { Finding } from '../facts.js';

/** Columns of a table by what they do to people. */
export interface ColumnRoles {
  readonly identifiers: readonly string[];
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
}

const IDENTIFIERS = [
  'resident-id',
  'mobile-number',
  'bank-card',
  'passport',
  'email',
  'person-name',
  'number-plate',
  'home-address',
  'medical-record',
];
const QUASI = ['birth-date'];

export function columnRoles(findings: readonly Finding[]): ColumnRoles {
  const having = (types: readonly string[]): string[] => [
    ...new Set(findings.filter(({ type }) => types.includes(type)).map(({ item }) => item)),
  ];
  const identifiers = having(IDENTIFIERS);
  return { identifiers, quasiIdentifiers: having(QUASI).filter((item) => !identifiers.includes(item)), sensitive: [] };
}
