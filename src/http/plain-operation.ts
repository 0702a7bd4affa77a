import type { ProblemCode } from '../kernel/problems/index.js';
import { statusOf } from '../kernel/problems/problem-document.js';
import type { Shape } from './route.js';

type Schema = Record<string, unknown>;

/** An operation that is served beside the list of routes, as the API document tells of it. */
export interface PlainOperation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** A credential is demanded, read where there is one, or not looked at. */
  readonly credential: 'required' | 'optional' | 'none';
  /** Request headers that mean something here, and what. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters of the query, and what; all of them optional whole numbers. */
  readonly numbers?: Readonly<Record<string, string>>;
  readonly body?: { readonly shape: Shape<unknown>; readonly example: unknown };
  /** Every status that is no problem document. */
  readonly answers: Readonly<Record<number, PlainAnswer>>;
  /** Every problem there can be: an answer with another one is not as documented. */
  readonly problems: readonly ProblemCode[];
}

export interface PlainAnswer {
  readonly description: string;
  /** Default `application/json` where there is a shape, nothing at all where there is none. */
  readonly contentType?: string;
  /** One of these. */
  readonly shapes?: readonly Shape<unknown>[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly example?: unknown;
}

const SECURITY = {
  required: [{ bearer: [] }, { apiKey: [] }],
  optional: [{ bearer: [] }, { apiKey: [] }, {}],
  none: [],
};

export const shapeRef = (shape: Shape<unknown>): Schema => ({ $ref: `#/components/schemas/${shape.name}` });

export const operationIdOf = (method: string, path: string): string =>
  `${method}${path.replaceAll(/[^A-Za-z]+(.)?/g, (_all, letter: string | undefined) => letter?.toUpperCase() ?? '')}`;

export function plainOperation(given: PlainOperation): Schema {
  const { method, path, summary, tag, credential, headers = {}, numbers = {}, body, answers, problems } = given;
  return {
    operationId: operationIdOf(method, path),
    summary,
    tags: [tag],
    security: SECURITY[credential],
    parameters: [
      ...Object.entries(headers).map(([name, text]) => parameter('header', name, text, { type: 'string' })),
      ...Object.entries(numbers).map(([name, text]) => parameter('query', name, text, { type: 'integer', minimum: 0 })),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: shapeRef(body.shape), example: body.example } },
          },
        }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      ...problemAnswers(problems),
    },
  };
}

const parameter = (place: string, name: string, description: string, schema: Schema): Schema => ({
  name,
  in: place,
  required: false,
  description,
  schema,
});

function answerOf({ description, shapes = [], headers = {}, example, ...answer }: PlainAnswer): Schema {
  const type = answer.contentType ?? (shapes.length > 0 ? 'application/json' : undefined);
  const schemas = shapes.map(shapeRef);
  const media = {
    ...(schemas.length === 0 ? {} : { schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas } }),
    ...(example === undefined ? {} : { example }),
  };
  const told = Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }]);
  return {
    description,
    ...(told.length === 0 ? {} : { headers: Object.fromEntries(told) }),
    ...(type === undefined ? {} : { content: { [type]: media } }),
  };
}

/** One answer for each status, with the codes that it may carry. */
function problemAnswers(codes: readonly ProblemCode[]): Schema {
  const statuses = [...new Set(codes.map(statusOf))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => statusOf(code) === status);
      const schema = {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: here } } }],
      };
      return [status, { description: here.join(', '), content: { 'application/problem+json': { schema } } }];
    }),
  );
}
