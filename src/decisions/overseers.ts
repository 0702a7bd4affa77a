import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';

const OVERSEERS: readonly Role[] = ['supervisor', 'auditor', 'approver', 'officer', 'admin'];

/** Those of the authority and the centre who see decisions about everybody's data. */
export const isOverseer = ({ roles }: Principal): boolean => roles.some((role) => OVERSEERS.includes(role));
