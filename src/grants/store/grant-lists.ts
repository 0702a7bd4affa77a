import type { Id } from '../../kernel/ids.js';
import type { GrantFilter, GrantSight } from '../grant-store.js';

type Part = readonly [string, string | Date];
/** What has not ended and was signed. */
const LIVE = "state IN ('active', 'limited', 'suspended')";

interface Clause {
  readonly sql: string;
  readonly values: readonly (string | Date)[];
}

/**
 * Ids of the grants in the caller's sight, each once. One's own and those of one's data are two ranges of two indexes,
 * united: `OR` over both columns makes the server read every row that matches.
 */
export function idsInSight(
  sight: GrantSight,
  { overdueOn, ...filter }: Omit<GrantFilter, 'endingBefore'>,
  before: Id | null,
  endingBefore: string | Date | null = null,
): Clause {
  const ways = waysOf(sight);
  const narrowed = [
    ...Object.entries(filter).map(([column, value]): Part => [`${column} = ?`, value]),
    ...(overdueOn === undefined ? [] : [['duty_by < ?', overdueOn] as Part]),
    ...(before === null ? [] : [['id < ?', before] as Part]),
    ...(endingBefore === null ? [] : [[`${LIVE} AND ends_at < ?`, endingBefore] as Part]),
  ];
  const branches = ways.map((way) => [...way, ...narrowed]);
  const sql = branches.map((parts) => {
    const where = parts.length === 0 ? '' : ` WHERE ${parts.map(([text]) => text).join(' AND ')}`;
    return `SELECT id FROM grants${where}`;
  });
  return { sql: sql.join(' UNION '), values: branches.flatMap((parts) => parts.map(([, value]) => value)) };
}

function waysOf(sight: GrantSight): readonly (readonly Part[])[] {
  if (sight.everything) return [[]];
  const { organisation, named } = sight;
  const own: Part = ['organisation = ?', organisation];
  return named === undefined ? [[own], [['holder = ?', organisation]]] : [[own, ['members LIKE ?', `%"${named}"%`]]];
}
