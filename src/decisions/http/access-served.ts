import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { ListOf, ListOfEither, Nested, NullOr, type PlainOperation, WordOf } from '../../http/index.js';
import { SEMANTICS } from '../access/evaluate.js';
import type { AccessMetadata } from '../access/metadata.js';
import { WITHHELD } from '../access/permits.js';
import type { Vocabulary } from '../domain/vocabulary.js';
import {
  AccessAction,
  AccessContext,
  AccessResource,
  AccessSubject,
  common,
  POSTED,
  QUESTION,
} from './access-shapes.js';
import { searchServed } from './search-served.js';

/*
 * What the access plane reads and answers, for the API document. The plane itself has no class on its hot path: the
 * tests hold every answer that it gave to these.
 */

export class EvaluationBody {
  @Nested(() => AccessSubject) subject!: AccessSubject;
  @Nested(() => AccessResource) resource!: AccessResource;
  @Nested(() => AccessAction) action!: AccessAction;
  @IsOptional() @Nested(() => AccessContext) context?: AccessContext;
}

class BatchedQuestion {
  @IsOptional() @Nested(() => AccessSubject) subject?: AccessSubject;
  @IsOptional() @Nested(() => AccessResource) resource?: AccessResource;
  @IsOptional() @Nested(() => AccessAction) action?: AccessAction;
  @IsOptional() @Nested(() => AccessContext) context?: AccessContext;
}
class BatchOptions {
  @IsOptional() @IsIn(SEMANTICS) evaluations_semantic?: string;
}

/** Members beside `evaluations` are the defaults of its items. */
export class EvaluationsBody extends BatchedQuestion {
  @IsOptional() @ListOf(() => BatchedQuestion) evaluations?: BatchedQuestion[];
  @IsOptional() @Nested(() => BatchOptions) options?: BatchOptions;
}

class DecisionReason {
  @WordOf('ReasonCode') code!: string;
  @IsString() text!: string;
  /** True where it could not be decided: answer 503 and try again, not 403. */
  @IsOptional() @IsBoolean() undecided?: boolean;
}
class DecisionObligation {
  @WordOf('ObligationCode') type!: string;
  @IsOptional() @IsString() source?: string;
  @IsOptional() @IsString() href?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) keep?: string[];
}
class DecisionNextStep {
  @WordOf('NextStepCode') code!: string;
  @IsOptional() @IsString() href?: string;
}
class ItemCoverage {
  @IsArray() @IsString({ each: true }) covered!: string[];
  @IsArray() @IsString({ each: true }) missing!: string[];
}
class DecisionContext {
  @Nested(() => DecisionReason) reason!: DecisionReason;
  @IsOptional() @ListOf(() => DecisionObligation) obligations?: DecisionObligation[];
  @IsOptional() @Nested(() => DecisionNextStep) nextStep?: DecisionNextStep;
  @IsOptional() @IsString() grant?: string;
  @IsOptional() @IsString() purpose?: string;
  @IsOptional() @Nested(() => ItemCoverage) items?: ItemCoverage;
  @IsString() policyVersion!: string;
  @IsInt() revision!: number;
  @IsString() validUntil!: string;
  @IsString() evaluationId!: string;
}
export class EvaluationResponse {
  @IsBoolean() decision!: boolean;
  @Nested(() => DecisionContext) context!: DecisionContext;
}

class QuestionError {
  @IsIn([400]) status!: number;
  @IsString() pointer!: string;
  @IsString() detail!: string;
}
class QuestionErrorContext {
  @Nested(() => DecisionReason) reason!: DecisionReason;
  @Nested(() => QuestionError) error!: QuestionError;
}
/** An item of a batch that is no complete question. */
export class RefusedQuestion {
  @IsIn([false]) decision!: boolean;
  @Nested(() => QuestionErrorContext) context!: QuestionErrorContext;
}
export class EvaluationsResponse {
  @ListOfEither(EvaluationResponse, RefusedQuestion) evaluations!: (EvaluationResponse | RefusedQuestion)[];
}

class WithheldPermit {
  @IsIn(Object.keys(WITHHELD)) code!: string;
  @IsString() text!: string;
}
export class PermitResponse {
  @Nested(() => EvaluationResponse) evaluation!: EvaluationResponse;
  /** The portal it is for: `aud` of the permit. */
  @IsString() audience!: string;
  /** A JWT (`typ` is `permit+jwt`, ES256), to be verified with `/.well-known/jwks.json`. */
  @NullOr('string') permit!: string | null;
  @NullOr('string') expiresAt!: string | null;
  @IsOptional() @Nested(() => WithheldPermit) withheld?: WithheldPermit;
}

class ChangedSubject {
  @IsIn(['organisation', 'user']) type!: string;
  @IsString() id!: string;
}
/** A member that is absent stands for all: an empty change means every answer. */
class AnswersChanged {
  @IsOptional() @Nested(() => ChangedSubject) subject?: ChangedSubject;
  @IsOptional() @IsString() dataset?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) distributions?: string[];
}
export class ChangesResponse {
  /** Give it as `after` the next time. */
  @IsInt() revision!: number;
  @ListOf(() => AnswersChanged) changes!: AnswersChanged[];
  /** True where what changed since is not known any more: forget every answer. */
  @IsBoolean() resync!: boolean;
}

/** What is left out is what the decision said. */
export class DeliveryBody {
  @IsString() evaluationId!: string;
  @IsOptional() @NullOr('string') dataset?: string | null;
  @IsOptional() @NullOr('string') distribution?: string | null;
  @IsOptional() @NullOr('string') grant?: string | null;
  @IsOptional() @NullOr('integer') bytes?: number | null;
}
export class DeliveryResponse {
  @IsString() id!: string;
  /** Deliveries reported under the grant so far; `null` where no grant was needed. */
  @NullOr('integer') grantDeliveries!: number | null;
}

export class MetadataResponse implements AccessMetadata {
  @IsString() policy_decision_point!: string;
  @IsString() access_evaluation_endpoint!: string;
  @IsString() access_evaluations_endpoint!: string;
  @IsString() search_subject_endpoint!: string;
  @IsString() search_resource_endpoint!: string;
  @IsString() search_action_endpoint!: string;
}

const DENIED = {
  decision: false,
  context: {
    reason: { code: 'no-grant', text: 'There is no grant for this dataset.' },
    nextStep: { code: 'apply', href: '/datasets/01J9ZC4V7M3W8Q5T6R2P1N0KXA/apply' },
    policyVersion: '5f1c0a9d3be87246',
    revision: 1042,
    validUntil: '2026-03-02T08:00:05.000Z',
    evaluationId: '01JNB5T0Y7Q2M4K8ZC3W9R6VXA',
  },
};
const REASON = { 'X-Reason': 'A code of the closed list of reasons' };

/** The access plane's operations. */
export const accessServed: readonly PlainOperation[] = [
  {
    ...common,
    method: 'post',
    path: '/access/v1/evaluation',
    summary: 'Whether a subject may do this with this resource, why, and what comes next (AuthZEN 1.0)',
    body: { shape: EvaluationBody, example: QUESTION },
    answers: { 200: { description: 'Decided', shapes: [EvaluationResponse], example: DENIED } },
    problems: ['not-your-subject', ...POSTED],
  },
  {
    ...common,
    method: 'post',
    path: '/access/v1/evaluations',
    summary: 'Up to 1,000 questions in one request (AuthZEN 1.0)',
    body: {
      shape: EvaluationsBody,
      example: { subject: QUESTION.subject, action: QUESTION.action, evaluations: [{ resource: QUESTION.resource }] },
    },
    answers: {
      200: {
        description: 'Decided, in the order of the questions; one decision where there was no list of them',
        shapes: [EvaluationsResponse, EvaluationResponse],
        example: { evaluations: [DENIED] },
      },
    },
    problems: ['batch-too-large', 'not-your-subject', ...POSTED],
  },
  ...searchServed,
  {
    ...common,
    method: 'post',
    path: '/access/v1/deliveries',
    summary: 'What a portal served on a permit: it feeds quotas and use reports',
    body: { shape: DeliveryBody, example: { evaluationId: DENIED.context.evaluationId, bytes: 48213 } },
    answers: {
      200: { description: 'Reported before', shapes: [DeliveryResponse] },
      201: {
        description: 'Recorded',
        shapes: [DeliveryResponse],
        example: { id: '01JNB5T9F4H6W2X8QK7M3C5RZA', grantDeliveries: 3 },
      },
    },
    problems: ['forbidden', ...POSTED],
  },
  {
    ...common,
    method: 'post',
    path: '/access/v1/permits',
    summary:
      'A decision signed for a portal, good for at most five minutes without asking again, where the terms allow it',
    body: { shape: EvaluationBody, example: QUESTION },
    answers: {
      200: {
        description: 'Decided; with a permit, or why there is none',
        shapes: [PermitResponse],
        example: {
          evaluation: DENIED,
          audience: '01J9ZC4V7M3W8Q5T6R2P1N0PRT',
          permit: null,
          expiresAt: null,
          withheld: { code: 'denied', text: 'The decision is a deny.' },
        },
      },
    },
    problems: ['forbidden', 'not-your-subject', ...POSTED],
  },
  {
    ...common,
    method: 'get',
    path: '/access/v1/changes',
    summary: 'Whose answers may be other ones since a revision, for caches of portals; waits until there is something',
    numbers: {
      after: 'The revision of the last answer; without it the present one is told',
      wait: 'Seconds to wait where nothing changed, at most and by default 25',
    },
    answers: {
      200: {
        description: 'Changes since, in their order; none where the time was over',
        shapes: [ChangesResponse],
        example: {
          revision: 1043,
          changes: [
            {
              subject: { type: 'organisation', id: '01J9ZC4V7M3W8Q5T6R2P1N0RGA' },
              dataset: QUESTION.resource.id,
              distributions: [],
            },
          ],
          resync: false,
        },
      },
    },
    problems: ['forbidden', 'invalid-query', 'sign-in-required', 'invalid-token', 'internal-error', 'unavailable'],
  },
  {
    ...common,
    method: 'get',
    path: '/access/check',
    summary: 'For nginx auth_request, Envoy and Traefik: the answer is the status; any method is answered alike',
    credential: 'optional',
    headers: {
      'X-Original-URI': 'The address that is asked for; X-Forwarded-Uri is read too',
      'X-Original-Method': 'Its method; X-Forwarded-Method is read too',
      'X-Subject-Type': "From a portal's key: the type of the subject",
      'X-Subject-Id': "From a portal's key: the subject",
      'X-Subject-Organisation': "From a portal's key: the organisation that a person acts for",
      'X-Purpose': 'The purpose, where several grants are in force',
      'X-Known-Obligations':
        'Of a proxy that cannot read the answer: the obligations it carries out, joined by commas; a permit with another one is answered 503',
    },
    answers: {
      200: {
        description: 'Permitted',
        headers: {
          ...REASON,
          'X-Obligations': 'Codes of the closed list of obligations, joined by commas',
          'X-Grant': 'The grant the permit rests on, where it rests on one',
          'X-Data-Source': 'Whom the obligation attribute asks to name, percent-encoded',
        },
      },
      401: { description: 'A credential is needed, or the one given does not hold', headers: REASON },
      403: { description: 'Denied', headers: { ...REASON, 'X-Next-Step': 'A code of the closed list of next steps' } },
      503: { description: 'Could not be decided', headers: { ...REASON, 'Retry-After': 'Seconds' } },
    },
    problems: ['internal-error'],
  },
  {
    ...common,
    method: 'get',
    path: '/.well-known/authzen-configuration',
    summary: 'Where the access plane is (AuthZEN 1.0)',
    credential: 'none',
    answers: {
      200: {
        description: 'Metadata of the policy decision point',
        shapes: [MetadataResponse],
        example: {
          policy_decision_point: 'https://data.example.org',
          access_evaluation_endpoint: 'https://data.example.org/access/v1/evaluation',
          access_evaluations_endpoint: 'https://data.example.org/access/v1/evaluations',
          search_subject_endpoint: 'https://data.example.org/access/v1/search/subject',
          search_resource_endpoint: 'https://data.example.org/access/v1/search/resource',
          search_action_endpoint: 'https://data.example.org/access/v1/search/action',
        },
      },
    },
    problems: ['internal-error'],
  },
];

/** The closed lists, under the names that the classes above refer to. */
export const wordsOf = ({ reasons, nextSteps, obligations }: Vocabulary) => ({
  ReasonCode: Object.keys(reasons),
  NextStepCode: Object.keys(nextSteps),
  ObligationCode: Object.keys(obligations),
});
