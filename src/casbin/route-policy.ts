import { ORGANISATION_KINDS } from '../kernel/principal.js';
import { ROLES } from '../kernel/roles.js';

/** Groups of roles that policy lines may name beside the roles themselves. */
const GROUPS = ['anonymous', 'everyone', 'machine', 'signed-in', 'staff'];
const PERMISSION = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

/** What is wrong with one line of `policies/routes.csv`. */
export interface PolicyFault {
  readonly line: number;
  readonly fault: string;
}

export const isPermission = (text: string): boolean => PERMISSION.test(text);
/** A role a person or portal may hold; groups are not held, they only appear in the policy. */
export const isRole = (text: string): boolean => (ROLES as readonly string[]).includes(text);
const isGuardRole = (text: string): boolean => isRole(text) || GROUPS.includes(text);

/**
 * Checks the lines of the route policy against the roles of the product and the permissions that routes name.
 * Returns every fault at once; an empty list means that Casbin may load the text.
 */
export function routePolicyFaults(text: string, permissions: ReadonlySet<string>): readonly PolicyFault[] {
  const seen = new Set<string>();
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) return [];
    const repeated = seen.has(content) ? ['the same line stands above'] : [];
    seen.add(content);
    const faults = [
      ...repeated,
      ...lineFaults(
        content.split(',').map((part) => part.trim()),
        permissions,
      ),
    ];
    return faults.map((fault) => ({ line: index + 1, fault }));
  });
}

function lineFaults(parts: readonly string[], permissions: ReadonlySet<string>): readonly string[] {
  const [kind, role = '', third = '', permission = ''] = parts;
  if (kind === 'g' && parts.length === 3) return [...roleFaults(role), ...roleFaults(third)];
  if (kind !== 'p' || parts.length !== 4)
    return ['expected "p, role, organisation kind, permission" or "g, role, role"'];
  return [...roleFaults(role), ...organisationFaults(third), ...permissionFaults(permission, permissions)];
}

const roleFaults = (role: string): readonly string[] => (isGuardRole(role) ? [] : [`unknown role "${role}"`]);

const organisationFaults = (kind: string): readonly string[] =>
  kind === '*' || (ORGANISATION_KINDS as readonly string[]).includes(kind)
    ? []
    : [`unknown organisation kind "${kind}"`];

function permissionFaults(permission: string, known: ReadonlySet<string>): readonly string[] {
  if (!isPermission(permission)) return [`a permission reads noun.verb, not "${permission}"`];
  return known.has(permission) ? [] : [`no route names the permission "${permission}"`];
}
