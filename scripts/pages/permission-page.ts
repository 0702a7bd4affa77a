import type { Route } from '../../src/http/index.js';
import { ROLES } from '../../src/kernel/roles.js';

interface Grants {
  readonly lines: readonly { readonly role: string; readonly kind: string; readonly permission: string }[];
  readonly parents: ReadonlyMap<string, readonly string[]>;
}

function parse(policy: string): Grants {
  const parts = policy
    .split('\n')
    .map((line) => line.split(',').map((part) => part.trim()))
    .filter(([kind]) => kind === 'p' || kind === 'g');
  const parents = new Map<string, string[]>();
  for (const [kind, role = '', parent = ''] of parts)
    if (kind === 'g') parents.set(role, [...(parents.get(role) ?? []), parent]);
  const lines = parts
    .filter(([kind]) => kind === 'p')
    .map(([, role = '', kind = '', permission = '']) => ({ role, kind, permission }));
  return { lines, parents };
}

/** The role itself and every group whose permissions it has too. */
function withGroups(role: string, { parents }: Grants): Set<string> {
  const found = new Set([role]);
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  return found;
}

function cellOf(role: string, permission: string, grants: Grants): string {
  const groups = withGroups(role, grants);
  const kinds = grants.lines
    .filter((line) => line.permission === permission && groups.has(line.role))
    .map(({ kind }) => kind);
  if (kinds.length === 0) return '';
  return kinds.includes('*') ? '●' : kinds.join(', ');
}

/** `docs/permissions.md`: which role may use which route, as `policies/routes.csv` says. */
export function permissionPage(policy: string, routes: readonly Route[]): string {
  const grants = parse(policy);
  const columns = ['anonymous', ...ROLES, 'machine'];
  const permissions = [...new Set(routes.map(({ permission }) => permission))].sort();
  const table = permissions.map(
    (permission) => `| \`${permission}\` | ${columns.map((role) => cellOf(role, permission, grants)).join(' | ')} |`,
  );
  const named = permissions.map((permission) => {
    const uses = routes.filter((route) => route.permission === permission);
    return `| \`${permission}\` | ${uses.map(({ method, path }) => `\`${method.toUpperCase()} ${path}\``).join('<br>')} |`;
  });
  return `# Permissions

Made from \`policies/routes.csv\`. Every route names one permission; what no line allows is denied. ● means at any organisation; otherwise the kinds of organisation at which the role has it. What a caller may see or do within a permission (own organisation, state of a case, separation of duties) is decided by the slice: see [the life cycle](lifecycle.md).

| permission | ${columns.join(' | ')} |
|---|${columns.map(() => '---').join('|')}|
${table.join('\n')}

## Routes by permission

| permission | routes |
|---|---|
${named.join('\n')}
`;
}
