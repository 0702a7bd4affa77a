import { IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import {
  ListOf,
  Nested,
  NullOr,
  Optional,
  PageQuery,
  pageAfter,
  placeOf,
  query,
  replyOf,
  type Route,
  WholeNumber,
} from '../../http/index.js';
import { isoOf } from '../../kernel/time.js';
import { countEntries, entries, newestEntries, type StoredEntry } from '../log-queries.js';

class EntriesQuery extends PageQuery {
  @Optional()
  @IsString()
  @MaxLength(32)
  subjectKind?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  subjectId?: string;

  /** Reads forward, oldest first, what comes after this position. */
  @Optional()
  @WholeNumber()
  @IsInt()
  @Min(0)
  after?: number;
}

class AuditRow {
  @IsString() kind!: string;
  @IsString() id!: string;
  @NullOr('string') hash!: string | null;
}

class AuditSubject {
  @IsString() kind!: string;
  @IsString() id!: string;
}

class AuditEntry {
  @IsInt() position!: number;
  @IsString() at!: string;
  @IsString() event!: string;
  @Nested(() => AuditSubject) subject!: AuditSubject;
  @IsObject() actor!: object;
  @IsObject() data!: object;
  /** Salted commitments; the values themselves are not part of the history. */
  @IsObject() commitments!: object;
  @ListOf(() => AuditRow) rows!: AuditRow[];
  /** Hash of the entry, as `tiergate audit verify` computes it. */
  @IsString() leaf!: string;
}

class AuditEntryPage {
  @ListOf(() => AuditEntry) items!: AuditEntry[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

/** The history as an auditor reads it, of everything or of one subject. */
export const auditRoutes = (): Route[] => [
  query<EntriesQuery>({
    path: '/api/audit/entries',
    permission: 'audit.read',
    summary: 'Read the log, newest first; with `after`, forward from that position',
    tag: 'Audit',
    query: EntriesQuery,
    response: AuditEntryPage,
    handler: async ({ query: asked }, reader) => {
      const { after, limit, subjectKind: kind, subjectId: id } = asked;
      const place = placeOf(asked.pageToken, after === undefined ? BACKWARD : FORWARD);
      if (!place.ok) return place;
      const from = place.value === null ? null : Number(place.value.slice(1));
      const subject = kind === undefined ? undefined : { kind, ...(id === undefined ? {} : { id }) };
      const some = { limit: limit + 1, ...(subject ? { subject } : {}) };
      const found =
        after === undefined
          ? await newestEntries(reader, { ...some, before: from ?? Number.MAX_SAFE_INTEGER })
          : await entries(reader, { ...some, after: from ?? after });
      const total = await countEntries(reader, subject);
      const way = after === undefined ? '<' : '>';
      return replyOf(pageAfter(found.map(shown), limit, total, ({ position }) => `${way}${position}`));
    },
  }),
];

const BACKWARD = /^<\d{1,15}$/;
const FORWARD = /^>\d{1,15}$/;

const shown = ({ personal: _kept, at, ...entry }: StoredEntry) => ({ ...entry, at: isoOf(at) });
