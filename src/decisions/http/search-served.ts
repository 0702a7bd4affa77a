import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, Min } from 'class-validator';
import { ListOf, Nested, type PlainOperation } from '../../http/index.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import {
  AccessAction,
  AccessContext,
  AccessResource,
  AccessSubject,
  common,
  POSTED,
  QUESTION,
} from './access-shapes.js';

/** What is searched for: an id that is given all the same counts for nothing. */
class SoughtSubject {
  /** `organisation`, `user` or `anonymous`. */
  @IsString() type!: string;
  @IsOptional() id?: unknown;
  @IsOptional() @IsObject() properties?: object;
}
class SoughtResource {
  /** `dataset` or `distribution`. */
  @IsString() type!: string;
  @IsOptional() id?: unknown;
  @IsOptional() @IsObject() properties?: object;
}

/** With a token, everything else is as it was in the request that it came from. */
class SearchPageBody {
  /** The `next_token` of the page before. */
  @IsOptional() @IsString() token?: string;
  /** Results wanted at most; 100 where it is not said, never more than 1,000. */
  @IsOptional() @IsInt() @Min(0) limit?: number;
}

export class SubjectSearchBody {
  @Nested(() => SoughtSubject) subject!: SoughtSubject;
  @Nested(() => AccessAction) action!: AccessAction;
  @Nested(() => AccessResource) resource!: AccessResource;
  @IsOptional() @Nested(() => AccessContext) context?: AccessContext;
  @IsOptional() @Nested(() => SearchPageBody) page?: SearchPageBody;
}
export class ResourceSearchBody {
  @Nested(() => AccessSubject) subject!: AccessSubject;
  @Nested(() => AccessAction) action!: AccessAction;
  @Nested(() => SoughtResource) resource!: SoughtResource;
  @IsOptional() @Nested(() => AccessContext) context?: AccessContext;
  @IsOptional() @Nested(() => SearchPageBody) page?: SearchPageBody;
}
export class ActionSearchBody {
  @Nested(() => AccessSubject) subject!: AccessSubject;
  @Nested(() => AccessResource) resource!: AccessResource;
  @IsOptional() @Nested(() => AccessContext) context?: AccessContext;
  @IsOptional() @Nested(() => SearchPageBody) page?: SearchPageBody;
}

class SearchPageServed {
  /** Empty at the end. */
  @IsString() next_token!: string;
  @IsInt() count!: number;
}
class SearchContext {
  /** True where somebody or something could not be decided on: the list may be short, ask again. */
  @IsOptional() @IsIn([true]) @IsBoolean() undecided?: boolean;
  @IsString() policyVersion!: string;
  @IsInt() revision!: number;
  @IsString() validUntil!: string;
}
/** Named as a check would name it, with the properties that were asked for. */
class FoundEntity {
  @IsString() type!: string;
  @IsString() id!: string;
  @IsOptional() @IsObject() properties?: object;
}
class FoundAction {
  @IsString() name!: string;
}
export class EntitySearchResponse {
  @Nested(() => SearchPageServed) page!: SearchPageServed;
  @Nested(() => SearchContext) context!: SearchContext;
  @ListOf(() => FoundEntity) results!: FoundEntity[];
}
export class ActionSearchResponse {
  @Nested(() => SearchPageServed) page!: SearchPageServed;
  @Nested(() => SearchContext) context!: SearchContext;
  @ListOf(() => FoundAction) results!: FoundAction[];
}

const SEARCHED = ['forbidden', 'invalid-page-token', ...POSTED] as const satisfies ProblemCode[];
const CONTEXT = { policyVersion: '5f1c0a9d3be87246', revision: 1042, validUntil: '2026-03-02T08:00:05.000Z' };
const found = (...results: object[]) => ({
  page: { next_token: '', count: results.length },
  context: CONTEXT,
  results,
});
const { subject, resource, action } = QUESTION;

/** The searches of AuthZEN 1.0: every result is what a check would permit. */
export const searchServed: readonly PlainOperation[] = [
  {
    ...common,
    method: 'post',
    path: '/access/v1/search/subject',
    summary: 'Who may do this with this resource, of the subjects that the caller may ask about (AuthZEN 1.0)',
    body: { shape: SubjectSearchBody, example: { subject: { type: 'organisation' }, resource, action } },
    answers: {
      200: { description: 'Found, page by page', shapes: [EntitySearchResponse], example: found(subject) },
    },
    problems: SEARCHED,
  },
  {
    ...common,
    method: 'post',
    path: '/access/v1/search/resource',
    summary: 'What a subject may do this with (AuthZEN 1.0)',
    body: { shape: ResourceSearchBody, example: { subject, resource: { type: 'dataset' }, action } },
    answers: {
      200: { description: 'Found, page by page', shapes: [EntitySearchResponse], example: found(resource) },
    },
    problems: ['not-your-subject', ...SEARCHED],
  },
  {
    ...common,
    method: 'post',
    path: '/access/v1/search/action',
    summary: 'What a subject may do with this resource (AuthZEN 1.0)',
    body: { shape: ActionSearchBody, example: { subject, resource } },
    answers: {
      200: { description: 'Found', shapes: [ActionSearchResponse], example: found({ name: 'read' }, action) },
    },
    problems: ['not-your-subject', ...SEARCHED],
  },
];
