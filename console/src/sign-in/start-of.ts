import type { Role } from '../api/types';

const STARTS: readonly (readonly [Role, string])[] = [
  ['reviewer', '/queue'],
  ['approver', '/queue'],
  ['steward', '/classification'],
  ['officer', '/classification'],
  ['signatory', '/applications'],
  ['supervisor', '/grants'],
  ['auditor', '/applications'],
];

/** Where somebody's work waits after signing in; those who look for data begin with the catalogue. */
export const startOf = (roles: readonly Role[]): string => STARTS.find(([role]) => roles.includes(role))?.[1] ?? '/';
