import { IsArray, IsBoolean, IsIn, IsInt, IsString } from 'class-validator';
import { action, ListOf, Nested, notFound, NullOr, type Route, replyOf, TextBody } from '../../http/index.js';
import type { Text } from '../../kernel/text.js';
import { TIERS } from '../../kernel/tier.js';
import type { AssessmentQueries } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import { alikeApart } from '../learning/alike-apart.js';
import type { Packs } from '../packs/load.js';
import { commandsFor } from './assessment-view.js';

/** Milliseconds after which parting a group is given up. */
const PATIENCE = 20_000;
/** Characters of an abstract that are shown beside its title. */
const EXCERPT = 240;

/** What a person needs to decide on a record among others like it. */
export class AlikeMemberBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  /** The beginning of what the publisher says of it. */
  @Nested(() => TextBody) abstract!: TextBody;
  @IsIn(TIERS) tier!: string;
  @NullOr('string') rights!: string | null;
  /** Whether the caller may decide on it. */
  @IsBoolean() decidable!: boolean;
}

/** Records that read alike. */
export class AlikeSetBody {
  /** Words that at least half of them have. */
  @IsArray() @IsString({ each: true }) words!: string[];
  @ListOf(() => AlikeMemberBody) members!: AlikeMemberBody[];
}

export class AlikeBody {
  @IsString() group!: string;
  @IsInt() count!: number;
  @IsString() publisher!: string;
  /** The largest first. */
  @ListOf(() => AlikeSetBody) sets!: AlikeSetBody[];
}

const excerpt = (text: Text | undefined): Text =>
  Object.fromEntries(
    Object.entries(text ?? {}).map(([language, words]) => {
      const characters = [...(words ?? '')];
      return [language, characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : words];
    }),
  );

/** A group parted into sets of records that read alike, so that one act can decide on many that the engine abstains from. */
export const alikeRoute = (packs: Packs, queries: AssessmentQueries): Route =>
  action({
    method: 'get',
    path: '/api/assessments/groups/:group/alike',
    permission: 'assessment.read',
    summary: 'The open assessments of a group, parted into sets of records that read alike',
    tag: 'Classification',
    response: AlikeBody,
    handler: async ({ principal, params }, unit) => {
      const rows = await unit.read((reader) => queries.group(reader, principal, params['group'] ?? ''));
      const [row] = rows;
      const compiled = row === undefined ? null : packs.current(row.pack);
      if (row === undefined || compiled === null) return notFound();
      const sets = await alikeApart(compiled.pack, rows, AbortSignal.timeout(PATIENCE));
      const byId = new Map(rows.map((one) => [one.id, one]));
      const memberOf = (one: AssessmentRow): AlikeMemberBody => ({
        id: one.id,
        dataset: one.dataset,
        datasetTitle: one.facts.title,
        abstract: excerpt(one.facts.abstract),
        tier: one.tier,
        rights: one.facts.rights ?? null,
        decidable: commandsFor(one, principal).includes('override'),
      });
      return replyOf({
        group: row.group_key,
        count: rows.length,
        publisher: row.publisher,
        sets: sets.map(({ ids, words }) => ({
          words: [...words],
          members: ids.flatMap((id) => byId.get(id) ?? []).map(memberOf),
        })),
      } satisfies AlikeBody);
    },
  });
