import { expect } from 'chai';
import type { ProblemCode } from '../../src/kernel/problems/index.js';
import { headPosition } from '../../src/log/index.js';
import type { ApiDocument } from '../support/api-document.js';
import { Caller } from '../support/caller.js';
import { PERSONS } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { Bodies, type BodySchema } from '../support/malformed.js';
import { type Expected, faultsOf, JSON_TYPE, type Sent, unreadable } from '../support/problem-answers.js';
import { Raw } from '../support/raw.js';
import { type OpenApp, openApp } from '../support/server.js';

interface Operation {
  readonly name: string;
  readonly method: string;
  /** With an id that does not exist. */
  readonly path: string;
  readonly template: string;
  readonly permission: string;
  readonly schema: BodySchema | undefined;
  readonly isUpload: boolean;
  readonly headers: readonly string[];
  readonly query: readonly Parameter[];
}
interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly schema: BodySchema;
}

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** As they stand in a path: climbing out, a NUL, a blank at the end, what no decoder understands, what no id is. */
const ODD_IDS = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%00',
  `${ABSENT}%00`,
  `${ABSENT}%20`,
  `${ABSENT.toLowerCase()}`,
  '%ff%fe',
  '%E2%80%AE',
  '%F0%9F%A7%A8',
  '%',
  '__proto__',
  'constructor',
  '%27%20OR%201=1--',
  '-1',
  '9'.repeat(4000),
];
const LANGUAGES = ['zh', 'en'] as const;

/**
 * The sweep: for every operation of the served API document, everything that can be wrong with a request without
 * knowing what the operation is about. Each must be answered with a problem document that says what and what to do,
 * and leave nothing behind.
 */
describe('contract: malformed requests, on every operation', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let address: string;
      let raw: Raw;
      let bodies: Bodies;
      let operations: readonly Operation[];
      const tokens = new Map<string, string>();
      let sent = 0;

      before(async () => {
        opened = await openApp(backend, { seeded: true });
        address = await opened.listen();
        raw = new Raw(address);
        const document = (await Caller.anonymous(address).get('/openapi.json')).body as ApiDocument;
        bodies = new Bodies(document);
        operations = operationsOf(document);
        for (const person of PERSONS) {
          const caller = await Caller.person(address, person);
          for (const permission of (await caller.get('/api/me')).body.permissions as string[])
            tokens.set(permission, caller.token ?? '');
        }
      });
      after(() => {
        raw.close();
        return opened.close();
      });

      const written = async (): Promise<unknown> => [
        await opened.app.unit.read(headPosition),
        await opened.app.database.read((manager) => manager.query('SELECT COUNT(*) AS keys_kept FROM idempotency')),
      ];

      /** Sends the request as somebody who may, and says what is wrong with the answer. */
      async function faultOf(operation: Operation, given: Sent, expected: Expected): Promise<string[]> {
        const language = LANGUAGES[sent++ % 2] as 'zh' | 'en';
        const token = tokens.get(operation.permission);
        const headers = {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(operation.headers.includes('If-Match') ? { 'if-match': '"1"' } : {}),
          'accept-language': language,
          ...given.headers,
        };
        const path = given.path ?? operation.path;
        const answer = await raw.send(operation.method, path, headers, given.body);
        return faultsOf(answer, language, expected).map(
          (fault) =>
            `${operation.name}, ${given.what}: ${fault}; answered ${answer.status} ${answer.text.slice(0, 300)}`,
        );
      }

      /** Sends all, one after another, and expects each answered as it should be and nothing written. */
      async function sweep(requests: readonly [Operation, Sent, Expected][], least: number): Promise<void> {
        expect(requests.length, 'requests of this sweep').to.be.at.least(least);
        const before = await written();
        const wrong: string[] = [];
        for (const [operation, given, expected] of requests) wrong.push(...(await faultOf(operation, given, expected)));
        expect(wrong.join('\n')).to.equal('');
        expect(await written()).to.deep.equal(before);
      }

      const withBody = () => operations.filter(({ schema }) => schema !== undefined);
      const writing = () => operations.filter(({ method, isUpload }) => method !== 'GET' && !isUpload);

      it('names each field that is unknown, missing, of a wrong type, too long, or no text', () =>
        sweep(
          withBody().flatMap((operation) =>
            bodies
              .spoiled(operation.schema ?? {})
              .map(({ what, pointer, body }): [Operation, Sent, Expected] => [
                operation,
                { what, headers: JSON_TYPE, body: JSON.stringify(body) },
                { status: 400, code: ['invalid-body', 'unknown-field'], pointer },
              ]),
          ),
          1500,
        ));

      it('reads JSON in UTF-8 only, whole, of its own type, each key once, not too deep and not too long', () =>
        sweep(
          writing().flatMap((operation) =>
            unreadable(bodies.least(operation.schema)).map(([given, expected]): [Operation, Sent, Expected] => [
              operation,
              { headers: JSON_TYPE, ...given },
              expected,
            ]),
          ),
          600,
        ));

      it('takes no body but an object', () =>
        sweep(
          writing().flatMap((operation) =>
            ['[]', '"text"', '7', 'null', 'true'].map((body): [Operation, Sent, Expected] => [
              operation,
              { what: body, headers: JSON_TYPE, body },
              { status: 400, code: ['invalid-body'], pointer: '' },
            ]),
          ),
          250,
        ));

      it('takes no field where none is asked for', () =>
        sweep(
          writing()
            .filter(({ schema }) => schema === undefined)
            .map((operation) => [
              operation,
              { what: 'a field', headers: JSON_TYPE, body: '{"noSuchField":1}' },
              { status: 400, code: ['unknown-field'], pointer: '/noSuchField' },
            ]),
          15,
        ));

      it('names each query parameter that is unknown, repeated or wrong', () =>
        sweep(
          operations.flatMap((operation) =>
            wrongQueries(operation).map(([search, pointer, code]): [Operation, Sent, Expected] => [
              operation,
              { what: search, path: `${operation.path}?${search}`, headers: JSON_TYPE },
              { status: 400, code: [code], ...(pointer === undefined ? {} : { pointer }) },
            ]),
          ),
          300,
        ));

      it('asks for If-Match on every command that has a version, before looking for anything', () =>
        sweep(
          writing()
            .filter(({ headers }) => headers.includes('If-Match'))
            .flatMap((operation) => {
              const body = { headers: JSON_TYPE, body: JSON.stringify(bodies.least(operation.schema)) };
              const none: [Operation, Sent, Expected] = [
                { ...operation, headers: [] },
                { what: 'no If-Match', ...body },
                { status: 428, code: ['precondition-required'] },
              ];
              // What has no id in its path is there: of it, the version is looked at.
              const answered: Expected = operation.template.includes('{')
                ? { status: 404, code: ['not-found'] }
                : { status: 412, code: ['stale-etag'] };
              const odd = ['', '*', 'W/"1"', '"1', '"-1"', '"1", "2"', `"${'9'.repeat(400)}"`, '"é"'].map(
                (given): [Operation, Sent, Expected] => [
                  operation,
                  { what: `If-Match: ${given}`, ...body, headers: { ...JSON_TYPE, 'if-match': given } },
                  answered,
                ],
              );
              return [none, ...odd];
            }),
          350,
        ));

      it('refuses an Idempotency-Key that is none, wherever one is taken', () =>
        sweep(
          writing()
            .filter(({ headers }) => headers.includes('Idempotency-Key'))
            .flatMap((operation) =>
              ['', ' ', 'two words', 'k'.repeat(129), 'clé'].map((key): [Operation, Sent, Expected] => [
                operation,
                {
                  what: `Idempotency-Key: ${key}`,
                  headers: { ...JSON_TYPE, 'idempotency-key': key },
                  body: JSON.stringify(bodies.least(operation.schema)),
                },
                { status: 400, code: ['invalid-header'] },
              ]),
            ),
          250,
        ));

      it('knows no other method, and says which there are', async () => {
        const allowed = new Map<string, Set<string>>();
        for (const { template, method } of operations)
          allowed.set(
            template,
            new Set([...(allowed.get(template) ?? []), method, ...(method === 'GET' ? ['HEAD'] : [])]),
          );
        const wrong: string[] = [];
        const before = await written();
        for (const { template, path, permission } of operations) {
          for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
            if (allowed.get(template)?.has(method)) continue;
            const answer = await raw.send(method, path, { authorization: `Bearer ${tokens.get(permission)}` });
            const expected = { status: 405, code: ['method-not-allowed'] as const };
            wrong.push(...faultsOf(answer, 'en', expected).map((fault) => `${method} ${path}: ${fault}`));
            if (answer.headers.allow !== [...(allowed.get(template) ?? [])].sort().join(', '))
              wrong.push(`${method} ${path}: Allow is ${answer.headers.allow}`);
          }
        }
        expect(wrong.join('\n')).to.equal('');
        expect(await written()).to.deep.equal(before);
      });

      it('finds nothing under an id that is none', () =>
        sweep(
          operations
            .filter(({ template }) => template.includes('{'))
            .flatMap((operation) =>
              ODD_IDS.map((id): [Operation, Sent, Expected] => [
                operation,
                {
                  what: `id ${id.slice(0, 40)}`,
                  path: `${operation.template.replaceAll(/\{\w+\}/g, id)}?${needed(operation)}`,
                  headers: JSON_TYPE,
                  ...(operation.method === 'GET' ? {} : { body: JSON.stringify(bodies.least(operation.schema)) }),
                },
                { status: 404, code: ['not-found'] },
              ]),
            ),
          600,
        ));

      it('reads questions of the access plane as strictly, and tells what is wrong in the same words', async () => {
        const portal = { authorization: `Bearer ${(await Caller.portal(address)).token}` };
        const question = {
          subject: { type: 'organisation', id: ABSENT },
          resource: { type: 'dataset', id: ABSENT },
          action: { name: 'download' },
        };
        const before = await written();
        const wrong: string[] = [];
        for (const path of ['evaluation', 'evaluations', 'permits', 'deliveries'].map((name) => `/access/v1/${name}`)) {
          for (const [{ what, headers, body }, expected] of unreadable(question)) {
            const language = LANGUAGES[sent++ % 2] as 'zh' | 'en';
            const all = { ...portal, ...JSON_TYPE, 'accept-language': language, ...headers };
            const answer = await raw.send('POST', path, all, body);
            wrong.push(...faultsOf(answer, language, expected).map((fault) => `${path}, ${what}: ${fault}`));
          }
          for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
            const answer = await raw.send(method, path, portal);
            wrong.push(...faultsOf(answer, 'en', { status: 405, code: ['method-not-allowed'] }));
            expect(answer.headers.allow).to.equal('POST');
          }
        }
        expect(wrong.join('\n')).to.equal('');
        expect(await written()).to.deep.equal(before);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});

/** What an operation cannot do without, as a search part: the rest is then looked at. */
const needed = ({ query }: Operation): string =>
  query
    .filter(({ required, schema }) => required === true && schema.enum !== undefined)
    .map(({ name, schema }) => `${name}=${String(schema.enum?.[0])}`)
    .join('&');

/** Search parts with something wrong in them: the parameter at fault, and the code. */
function wrongQueries(operation: Operation): [string, string | undefined, ProblemCode][] {
  const given = new Map(operation.query.map((one) => [one.name, one.schema]));
  const rest = [needed(operation)].filter((part) => part !== '');
  const wrong: [string, string | undefined, ProblemCode][] = [
    ['noSuchParameter=1', '?noSuchParameter', 'invalid-query'],
    ['__proto__=1', '?__proto__', 'invalid-query'],
  ];
  for (const [name, schema] of given) {
    wrong.push([`${name}=1&${name}=1`, `?${name}`, 'invalid-query'], [`${name}=%00`, `?${name}`, 'invalid-query']);
    wrong.push([`${name}=%ff`, `?${name}`, 'invalid-query']);
    if (schema.enum !== undefined) wrong.push([`${name}=no-such-value`, `?${name}`, 'invalid-query']);
    if (schema.maxLength !== undefined)
      wrong.push([`${name}=${'x'.repeat(schema.maxLength + 1)}`, `?${name}`, 'invalid-query']);
  }
  if (given.has('limit'))
    for (const value of ['0', '101', '-1', 'abc', '1.5', '1e3', '', '%20', 'NaN', 'Infinity', '0x10', '+5'])
      wrong.push([`limit=${value}`, '?limit', 'invalid-query']);
  if (given.has('pageToken'))
    for (const value of ['garbage', '!!!', 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA', 'eyJhIjoxfQ', 'LTE'])
      wrong.push([[...rest, `pageToken=${value}`].join('&'), undefined, 'invalid-page-token']);
  return wrong;
}

function operationsOf(document: ApiDocument): Operation[] {
  const routes = Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, operation]) => ({ template, method, operation })),
  );
  // What is served beside the routes has no permission, and reads more leniently.
  return routes
    .filter(({ operation }) => 'x-permission' in operation)
    .map(({ template, method, operation }) => {
      const {
        requestBody,
        parameters,
        'x-permission': permission,
      } = operation as unknown as {
        readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: BodySchema }>> };
        readonly parameters: readonly (Parameter & { readonly in: string })[];
        readonly 'x-permission': string;
      };
      const schema = requestBody?.content['application/json']?.schema;
      return {
        name: `${method} ${template}`,
        method: method.toUpperCase(),
        path: template.replaceAll(/\{\w+\}/g, ABSENT),
        template,
        permission,
        schema,
        isUpload: requestBody !== undefined && schema === undefined,
        headers: parameters.filter((one) => one.in === 'header').map(({ name }) => name),
        query: parameters.filter((one) => one.in === 'query'),
      };
    });
}
