import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { problems } from '../kernel/problems/index.js';
import { fieldSchemas } from './fields.js';
import { operationIdOf, type PlainOperation, plainOperation, shapeRef as ref } from './plain-operation.js';
import type { Route, Shape } from './route.js';

type Schema = Record<string, unknown>;

/** What stands beside the routes: operations served elsewhere, and closed lists that are read at the start. */
export interface Beside {
  readonly operations: readonly PlainOperation[];
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** The OpenAPI 3.1 document, made from the classes that validate requests and from the list of routes. */
export function openApi(
  routes: readonly Route[],
  version: string,
  beside: Beside = { operations: [], words: {} },
): Record<string, unknown> {
  const schemas = { ...classSchemas(), ...wordSchemas(beside.words) };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  for (const plain of beside.operations)
    paths[plain.path] = { ...paths[plain.path], [plain.method]: plainOperation(plain) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tiergate',
      version,
      description: 'Decides who may use which public data, and proves why.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { ...sorted(used(schemas, paths)), Problem: PROBLEM },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
    },
  };
}

const classSchemas = (): Record<string, Schema> =>
  validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: '#/components/schemas/',
    additionalConverters: fieldSchemas as never,
  }) as Record<string, Schema>;

const wordSchemas = (words: Beside['words']): Record<string, Schema> =>
  Object.fromEntries(Object.entries(words).map(([name, list]) => [name, { type: 'string', enum: [...list] }]));

const PROBLEM: Schema = {
  type: 'object',
  // Some problems say more, e.g. `currentEtag`.
  additionalProperties: true,
  required: ['type', 'title', 'status', 'code', 'detail', 'instance', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems).sort() },
    detail: { type: 'string' },
    remedy: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

function operation(route: Route, schemas: Record<string, Schema>): Schema {
  const status = String(route.status ?? 200);
  const shapes = route.responses ?? (route.response === undefined ? [] : [route.response]);
  const [first, ...more] = shapes.map(ref);
  const schema = more.length === 0 ? first : { anyOf: [first, ...more] };
  const answer =
    route.produces !== undefined
      ? { content: Object.fromEntries([route.produces].flat().map((type) => [type, {}])) }
      : schema === undefined
        ? {}
        : { content: { 'application/json': { schema } } };
  return {
    operationId: operationIdOf(route.method, route.path),
    summary: route.summary,
    tags: [route.tag],
    'x-permission': route.permission,
    parameters: [...pathParameters(route.path), ...queryParameters(route, schemas), ...headerParameters(route)],
    ...requestBody(route, schemas),
    responses: {
      [status]: { description: 'Success', ...answer },
      ...(route.produces === undefined ? {} : { 304: { description: 'Not modified' } }),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const pathParameters = (path: string): Schema[] =>
  [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(route: Route, schemas: Record<string, Schema>): Schema[] {
  const shape = 'query' in route ? (route.query as Shape<unknown> | undefined) : undefined;
  if (shape === undefined) return [];
  const schema = schemas[shape.name] as { properties?: Record<string, Schema>; required?: string[] } | undefined;
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema?.required?.includes(name) ?? false,
    schema: property,
  }));
}

function headerParameters(route: Route): Schema[] {
  if (route.kind !== 'command') return [];
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 128 } };
  return route.ifMatch ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }, key] : [key];
}

function requestBody(route: Route, schemas: Record<string, Schema>): Schema {
  if (route.kind === 'upload')
    return {
      requestBody: { required: true, content: Object.fromEntries(route.contentTypes.map((type) => [type, {}])) },
    };
  const shape = 'body' in route ? (route.body as Shape<unknown> | undefined) : undefined;
  if (shape === undefined) return {};
  const required = schemas[shape.name]?.['required'] !== undefined;
  const uploads = 'upload' in route ? (route.upload?.contentTypes ?? []) : [];
  const content = {
    'application/json': { schema: ref(shape) },
    ...Object.fromEntries(uploads.map((type) => [type, {}])),
  };
  return { requestBody: { required, content } };
}

/** The schemas go by the names of their classes: two classes of one name would silently become one. */
function refuseNamesakes(names: readonly string[]): void {
  const classes = new Map<string, unknown>();
  for (const shape of getMetadataStorage()['validationMetadatas'].keys() as IterableIterator<Shape<unknown>>) {
    if (names.includes(shape.name) && (classes.get(shape.name) ?? shape) !== shape)
      throw new Error(`two classes of the API document are named ${shape.name}`);
    classes.set(shape.name, shape);
  }
}

/** Only schemas that a path refers to, directly or through another. */
function used(schemas: Record<string, Schema>, paths: unknown): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const visit = (node: unknown): void => {
    for (const match of JSON.stringify(node).matchAll(/#\/components\/schemas\/([A-Za-z0-9_]+)/g)) {
      const name = match[1] ?? '';
      const schema = schemas[name];
      if (schema !== undefined && !found.has(name)) {
        found.set(name, schema);
        visit(schema);
      }
    }
  };
  visit(paths);
  refuseNamesakes([...found.keys()]);
  return Object.fromEntries(found);
}

const sorted = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
