import { type Call, matchVersion, offsetOf, type PageQuery, pageOf, type Reply, replyOf } from '../../http/index.js';
import type { Result } from '../../kernel/result.js';
import type { Expected } from '../organisation-service.js';

/** A change answers with the resource as it is now, and its new ETag. */
export const changed = <Row extends { readonly version: number }>(
  body: (row: Row) => object,
  done: Result<Row>,
): Result<Reply> => (done.ok ? replyOf(body(done.value), { version: done.value.version }) : done);

/** A page of a list that counts by offset. */
export async function paged<Row>(
  { limit, pageToken }: PageQuery,
  body: (row: Row) => object,
  list: (limit: number, offset: number) => Promise<{ readonly items: readonly Row[]; readonly total: number }>,
): Promise<Result<Reply>> {
  const offset = offsetOf(pageToken);
  if (!offset.ok) return offset;
  const { items, total } = await list(limit, offset.value);
  return replyOf(pageOf(items.map(body), offset.value, total));
}

/** The version the caller based their change on. */
export const expectedBy =
  ({ ifMatch }: Pick<Call, 'ifMatch'>): Expected =>
  (version) =>
    matchVersion(ifMatch, version);

export const idOf = ({ params }: Pick<Call, 'params'>): string => params['id'] ?? '';
