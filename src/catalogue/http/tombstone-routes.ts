import { IsIn, IsInt, IsString, Matches } from 'class-validator';
import {
  ListOf,
  NullOr,
  Optional,
  PageQuery,
  pageAfter,
  placeOf,
  query,
  replyOf,
  type Route,
} from '../../http/index.js';
import { isoOf } from '../../kernel/time.js';
import { BURIAL_CAUSES, GONE_PARTS, TOMBSTONE_STATES } from '../domain/tombstone.js';
import type { TombstoneRow, TombstoneStore } from '../tombstone-store.js';
import { SINCE } from './dataset-shapes.js';
import { sinceOf } from './search-request.js';

const PLACE = /^\d{1,15} [0-9A-Za-z-]{1,26}$/;

export class TombstoneListQuery extends PageQuery {
  /** Changed at or after this instant (RFC 3339) or day (Asia/Shanghai). */
  @Optional() @Matches(SINCE) since?: string;
}

export class TombstoneBody {
  /** The dataset's id. */
  @IsString() id!: string;
  /** The publisher's own. */
  @IsString() identifier!: string;
  @IsString() source!: string;
  @IsString() publisher!: string;
  /** `deleted`: drop what is `gone`. `returned`: it is as public again as it was; read it anew. */
  @IsIn(TOMBSTONE_STATES) state!: string;
  /** `record`: nothing of it may be kept. `data`: its record stays in the catalogue, its files must not be kept. */
  @NullOr(GONE_PARTS) gone!: string | null;
  @IsIn(BURIAL_CAUSES) cause!: string;
  @IsString() at!: string;
}

export class TombstonePageBody {
  @ListOf(() => TombstoneBody) items!: TombstoneBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

const view = ({ id, identifier, source, publisher, state, gone, cause, at }: TombstoneRow): TombstoneBody => ({
  id,
  identifier,
  source,
  publisher,
  state,
  gone,
  cause,
  at: isoOf(at),
});

/** What harvesters are to drop. */
export const tombstoneRoutes = (store: TombstoneStore): Route[] => [
  query<TombstoneListQuery>({
    path: '/api/catalogue/tombstones',
    permission: 'catalogue.export',
    summary:
      'Datasets that are less public than they were, and those that are public again, in order of change. Ask with the time of the last call less some minutes: each line says how a dataset stands, so that reading it twice does nothing',
    tag: 'Catalogue exchange',
    query: TombstoneListQuery,
    response: TombstonePageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, since: asked } = call.query;
      const since = sinceOf(asked, '?since');
      if (!since.ok) return since;
      const place = placeOf(pageToken, PLACE);
      if (!place.ok) return place;
      const [at, id = ''] = place.value?.split(' ') ?? [];
      const after = at === undefined ? null : { at: Number(at), id };
      const { rows, total } = await store.list(reader, { since: since.value, after }, limit + 1);
      const page = pageAfter(rows, limit, total, (last) => `${last.at} ${last.id}`);
      return replyOf({ ...page, items: page.items.map(view) });
    },
  }),
];
