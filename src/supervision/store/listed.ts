import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Id } from '../../kernel/ids.js';

/** A page of the newest, and how many there are in all before the page is cut. */
export async function newestFirst<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  limit: number,
  before: Id | null,
): Promise<{ rows: Row[]; total: number }> {
  const total = await query.getCount();
  const page = before === null ? query : query.andWhere('r.id < :before', { before });
  return { rows: await page.orderBy('r.id', 'DESC').limit(limit).getMany(), total };
}

/** Equality with whatever the filter names. */
export function matching<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  columns: Readonly<Record<string, string | undefined>>,
): SelectQueryBuilder<Row> {
  for (const [column, value] of Object.entries(columns))
    if (value !== undefined) query.andWhere(`r.${column} = :${column}`, { [column]: value });
  return query;
}

/** Counts by the value of a column. */
export async function countedBy<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  column: string,
): Promise<Record<string, number>> {
  const rows: { what: string; total: string | number }[] = await query
    .select(`r.${column}`, 'what')
    .addSelect('COUNT(*)', 'total')
    .groupBy(`r.${column}`)
    .getRawMany();
  return Object.fromEntries(rows.map(({ what, total }) => [what, Number(total)]));
}
