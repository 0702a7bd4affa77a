import { IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import {
  decodePageToken,
  encodePageToken,
  ListOf,
  Nested,
  NullOr,
  Optional,
  PageQuery,
  query,
  replyOf,
  type Route,
  WholeNumber,
} from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { isoOf } from '../../kernel/time.js';
import { countEntries, entries, type StoredEntry } from '../log-queries.js';

class EntriesQuery extends PageQuery {
  @Optional()
  @IsString()
  @MaxLength(32)
  subjectKind?: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  subjectId?: string;

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

/** The history as an auditor reads it, oldest first, of everything or of one subject. */
export const auditRoutes = (): Route[] => [
  query<EntriesQuery>({
    path: '/api/audit/entries',
    permission: 'audit.read',
    summary: 'Read the log, oldest first',
    tag: 'Audit',
    query: EntriesQuery,
    response: AuditEntryPage,
    handler: async ({ query: asked }, reader) => {
      const token = decodePageToken(asked.pageToken);
      if (!token.ok) return token;
      if (token.value !== null && !/^\d{1,15}$/.test(token.value)) return err(refusal('invalid-page-token'));
      const after = token.value === null ? (asked.after ?? 0) : Number(token.value);
      const { subjectKind: kind, subjectId: id } = asked;
      const subject = kind === undefined ? undefined : { kind, ...(id === undefined ? {} : { id }) };
      const found = await entries(reader, { after, limit: asked.limit + 1, ...(subject ? { subject } : {}) });
      const items = found.slice(0, asked.limit);
      const more = found.length > asked.limit;
      return replyOf({
        items: items.map(shown),
        nextPageToken: more ? encodePageToken(String(items.at(-1)?.position)) : '',
        total: await countEntries(reader, subject),
      });
    },
  }),
];

const shown = ({ personal: _kept, at, ...entry }: StoredEntry) => ({ ...entry, at: isoOf(at) });
