import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateIf, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import {
  ConditionResponse,
  DatasetListQuery,
  DatasetListResponse,
  DatasetResponse,
  decodeMark,
  encodeMark,
  NextStepResponse,
  searchQueryOf,
} from '../../catalogue/index.js';
import { notFound, query, replyOf, type Route } from '../../http/index.js';
import { BARS, type Bar, type DatasetDirectory } from '../dataset-directory.js';
import type { DurationPort, EvidencePort } from '../directory-ports.js';
import { eligibilityOf } from '../domain/eligibility.js';

const TAG = 'Catalogue';

export class WorkingDays {
  @IsInt() limit!: number;
  /** What it took so far; `null` while too few cases were decided. */
  @ValidateIf((_body, value) => value !== null) @IsInt() @JSONSchema({ type: ['integer', 'null'] as never }) median!:
    | number
    | null;
}

export class ProvedCondition {
  @IsString() kind!: string;
  @IsString() evidence!: string;
  /** The last day on which it holds, by itself or by what was verified to follow it. */
  @ValidateIf((_body, value) => value !== null)
  @IsString()
  @JSONSchema({ type: ['string', 'null'] as never })
  validUntil!: string | null;
}

export class EligibilityResponse {
  @IsString() dataset!: string;
  /** False where applying makes no sense now: the next step says what does. */
  @IsBoolean() eligible!: boolean;
  /** What an application would be refused with for who the caller is; absent where nothing of that stands against it. */
  @IsOptional() @IsIn(BARS) refusal?: Bar;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionResponse) met!: ConditionResponse[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionResponse) stated!: ConditionResponse[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionResponse) missing!: ConditionResponse[];
  /** For other kinds of applicants than the caller is; who rules on an application decides what follows from it. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ConditionResponse) unmet!: ConditionResponse[];
  /** What meets conditions that ask for a proof: evidence of the organisation, verified once for all its requests. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ProvedCondition) proved!: ProvedCondition[];
  @ValidateNested() @Type(() => WorkingDays) workingDays!: WorkingDays;
  @ValidateNested() @Type(() => NextStepResponse) nextStep!: NextStepResponse;
}

/** Finding datasets and reading their pages. */
export const directoryRoutes = (
  directory: DatasetDirectory,
  duration: DurationPort,
  evidence: EvidencePort,
): Route[] => [
  query<DatasetListQuery>({
    path: '/api/datasets',
    permission: 'dataset.read',
    summary: 'Search the catalogue: by words, field, tier, publisher, source; by relevance or title',
    tag: TAG,
    query: DatasetListQuery,
    response: DatasetListResponse,
    handler: async (call, reader) => {
      const asked = searchQueryOf(call.query, call.principal);
      if (!asked.ok) return asked;
      const after = decodeMark(call.query.pageToken);
      if (!after.ok) return after;
      const page = { limit: call.query.limit, after: after.value };
      const found = await directory.list(reader, call.principal, asked.value, page, call.language);
      return replyOf({ items: found.items, nextPageToken: encodeMark(found.next), total: found.total });
    },
  }),
  query({
    path: '/api/datasets/:id',
    permission: 'dataset.read',
    summary: 'One dataset: its terms, why it has its tier, and the next step for this caller',
    tag: TAG,
    response: DatasetResponse,
    handler: async (call, reader) => {
      const record = await directory.find(reader, call.principal, call.params['id'] ?? '');
      if (record === null) return notFound();
      return replyOf(await directory.page(reader, call.principal, record, call.language), { version: record.version });
    },
  }),
  eligibilityRoute(directory, duration, evidence),
];

const eligibilityRoute = (directory: DatasetDirectory, duration: DurationPort, evidence: EvidencePort): Route =>
  query({
    path: '/api/datasets/:id/eligibility',
    permission: 'dataset.eligibility',
    summary: "Which conditions the caller's organisation meets, what is missing, how long it takes",
    tag: TAG,
    response: EligibilityResponse,
    handler: async (call, reader) => {
      const record = await directory.find(reader, call.principal, call.params['id'] ?? '');
      if (record === null) return notFound();
      const { conditions, nextStep } = await directory.page(reader, call.principal, record, call.language);
      const organisation = call.principal.organisation;
      const standings = organisation === null ? new Map() : await evidence.standings(reader, organisation.id);
      const proved = conditions.flatMap(({ kind, evidenceRequired }) => {
        const found = evidenceRequired ? standings.get(kind) : undefined;
        return found === undefined ? [] : [{ kind, evidence: found.evidence, validUntil: found.validUntil }];
      });
      return replyOf({
        dataset: record.id,
        ...directory.standing(call.principal, record),
        ...eligibilityOf(conditions, organisation?.kind ?? null, new Set(standings.keys())),
        proved,
        workingDays: { limit: record.tier === 'conditional' ? duration.limit : 0, median: null },
        nextStep,
      });
    },
  });
