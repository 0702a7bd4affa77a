import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { IsInt, IsString } from 'class-validator';
import { openApi, query } from '../../src/http/index.js';
import { ok } from '../../src/kernel/result.js';
import { problems } from '../../src/kernel/problems/index.js';
import { type ApiDocument, ApiJudge } from '../support/api-document.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

describe('contract: the API document', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let document: ApiDocument;

  before(async () => {
    const [inMemory] = backends;
    opened = await openApp(inMemory!, { seeded: true });
    const answer = await opened.http.get('/openapi.json').expect(200);
    document = answer.body as ApiDocument;
  });
  after(() => opened.close());

  it('is valid OpenAPI 3.1', async () => {
    const outcome = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(outcome.errors ?? []).to.deep.equal([]);
    expect(outcome.valid).to.equal(true);
    expect(document.openapi).to.equal('3.1.0');
  });

  const registered = () =>
    opened.app.routes.map(({ method, path }) => `${method} ${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`);

  it('names every registered route, each with a permission and a summary', () => {
    expect(new ApiJudge(document).operations).to.include.members(registered());
    expect(registered()).to.have.length(new Set(registered()).size);
    for (const route of opened.app.routes) expect(route, route.path).to.include.keys('permission', 'summary', 'tag');
  });

  it('names what is served beside the routes, and nothing else', () => {
    const routes = new Set(registered());
    expect(new ApiJudge(document).operations.filter((operation) => !routes.has(operation))).to.have.members([
      'post /access/v1/evaluation',
      'post /access/v1/evaluations',
      'post /access/v1/search/subject',
      'post /access/v1/search/resource',
      'post /access/v1/search/action',
      'post /access/v1/permits',
      'get /access/v1/changes',
      'post /access/v1/deliveries',
      'get /access/check',
      'get /.well-known/authzen-configuration',
      'get /health/live',
      'get /health/ready',
      'get /metrics',
      'get /openapi.json',
    ]);
    expect(routes).to.include('get /data.json').and.include('get /.well-known/jwks.json');
  });

  it('holds the closed lists of the vocabulary', async () => {
    const { body: words } = await opened.http.get('/api/vocabulary').expect(200);
    for (const [schema, list] of [
      ['ReasonCode', 'reasons'],
      ['NextStepCode', 'nextSteps'],
      ['ObligationCode', 'obligations'],
    ] as const)
      expect(document.components.schemas[schema], schema).to.deep.equal({
        type: 'string',
        enum: Object.keys(words[list]),
      });
  });

  describe('of what stands beside the routes', () => {
    interface Told {
      readonly schema?: object;
      readonly example?: unknown;
    }
    type WithContent = { readonly content?: Readonly<Record<string, Told>> };
    interface Beside {
      readonly path: string;
      readonly requestBody?: WithContent;
      readonly responses: Readonly<Record<string, WithContent>>;
    }
    const beside = (): Beside[] =>
      Object.entries(document.paths).flatMap(([path, item]) =>
        Object.values(item)
          .filter((operation) => !('x-permission' in operation))
          .map((operation) => ({ ...(operation as unknown as Beside), path })),
      );

    it('gives examples that fit', () => {
      let examples = 0;
      for (const { path, requestBody, responses } of beside()) {
        for (const [name, { content = {} }] of [['body', requestBody ?? {}] as const, ...Object.entries(responses)]) {
          for (const { schema, example } of Object.values(content)) {
            if (schema === undefined || example === undefined) continue;
            const paths = {
              '/x': { get: { operationId: 'x', responses: { 200: { content: { 'application/json': { schema } } } } } },
            };
            const faults = new ApiJudge({ ...document, paths }).faults(
              'get /x',
              200,
              'application/json',
              JSON.stringify(example),
            );
            expect(faults, `${path} ${name}`).to.deep.equal([]);
            examples += 1;
          }
        }
      }
      expect(examples).to.equal(19);
    });

    const QUESTION = {
      subject: { type: 'organisation', id: 'x' },
      resource: { type: 'dataset', id: 'x' },
      action: { name: 'download' },
    };
    const ANSWER = {
      decision: false,
      context: {
        reason: { code: 'unknown-subject', text: 't' },
        nextStep: { code: 'none' },
        policyVersion: 'p',
        revision: 1,
        validUntil: 'v',
        evaluationId: 'e',
      },
    };
    const EVALUATION = 'post /access/v1/evaluation';
    const REFUSED = { type: 't', title: 't', detail: 'd', instance: 'i', errors: [] };
    const wrong: readonly [string, string, number, string, unknown][] = [
      [
        'a reason that is not on the list',
        EVALUATION,
        200,
        'json',
        { ...ANSWER, context: { ...ANSWER.context, reason: { code: 'whim', text: 't' } } },
      ],
      [
        'a next step that is not on the list',
        EVALUATION,
        200,
        'json',
        { ...ANSWER, context: { ...ANSWER.context, nextStep: { code: 'pray' } } },
      ],
      [
        'an obligation that is not on the list',
        EVALUATION,
        200,
        'json',
        { ...ANSWER, context: { ...ANSWER.context, obligations: [{ type: 'dance' }] } },
      ],
      ['a member without a name', EVALUATION, 200, 'json', { ...ANSWER, context: { ...ANSWER.context, secret: 1 } }],
      [
        'a batch with half an answer',
        'post /access/v1/evaluations',
        200,
        'json',
        { evaluations: [ANSWER, { decision: true }] },
      ],
      [
        'a problem of another operation',
        EVALUATION,
        400,
        'problem+json',
        { ...REFUSED, status: 400, code: 'batch-too-large' },
      ],
      [
        'a status that it does not give',
        EVALUATION,
        429,
        'problem+json',
        { ...REFUSED, status: 429, code: 'too-many-requests' },
      ],
      ['a body of the check', 'get /access/check', 403, 'json', { reason: 'no-grant' }],
      ['a part in no known state', 'get /health/ready', 503, 'json', { status: 'down', parts: { database: 'asleep' } }],
    ];
    for (const [what, operation, status, type, body] of wrong)
      it(`tells of ${what}`, () => {
        const judge = new ApiJudge(document);
        expect(judge.faults(EVALUATION, 200, 'application/json', JSON.stringify(ANSWER))).to.deep.equal([]);
        expect(judge.faults(operation, status, `application/${type}`, JSON.stringify(body))).not.to.deep.equal([]);
      });

    it('judges what is really answered, closed lists and all', async () => {
      const judge = new ApiJudge(document);
      const token = (
        await opened.http.post('/api/auth/token').send({
          grantType: 'client_credentials',
          clientId: 'portal',
          clientSecret: 'tiergate-demo-portal',
        })
      ).body.access_token as string;
      const asked: readonly [string, object][] = [
        ['/access/v1/evaluation', QUESTION],
        ['/access/v1/evaluation', { ...QUESTION, action: {} }],
        ['/access/v1/evaluations', { ...QUESTION, evaluations: [{}, { resource: 7 }] }],
        ['/access/v1/evaluations', QUESTION],
        ['/access/v1/evaluations', { evaluations: Array(1001).fill(QUESTION) }],
        ['/access/v1/permits', QUESTION],
        ['/access/v1/permits', { ...QUESTION, resource: 7 }],
        ['/access/v1/deliveries', { evaluationId: 'none' }],
      ];
      for (const authorization of [`Bearer ${token}`, '', 'Bearer none'])
        for (const [path, body] of asked) {
          const answer = await opened.http.post(path).set({ authorization }).send(body);
          const faults = judge.faults(`post ${path}`, answer.status, answer.headers['content-type'] ?? '', answer.text);
          expect(faults, `${path} ${answer.text}`).to.deep.equal([]);
        }
      for (const authorization of [`Bearer ${token}`, '', 'Bearer none'])
        for (const query of ['', '?after=0', '?wait=x', '?after=999999&wait=0']) {
          const answer = await opened.http.get(`/access/v1/changes${query}`).set({ authorization });
          const type = answer.headers['content-type'] ?? '';
          expect(judge.faults('get /access/v1/changes', answer.status, type, answer.text), answer.text).to.deep.equal(
            [],
          );
        }
      for (const path of [
        '/access/check',
        '/.well-known/authzen-configuration',
        '/health/live',
        '/health/ready',
        '/metrics',
      ]) {
        const answer = await opened.http.get(path);
        const faults = judge.faults(`get ${path}`, answer.status, answer.headers['content-type'] ?? '', answer.text);
        expect(faults, `${path} ${answer.text}`).to.deep.equal([]);
      }
    });
  });

  it('gives every operation a name of its own', () => {
    const names = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(names).to.have.length(new Set(names).size);
  });

  it('refers to no schema that is not there', () => {
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1],
    );
    expect(
      [...new Set(referred)].filter((name) => document.components.schemas[name ?? ''] === undefined),
    ).to.deep.equal([]);
  });

  it('is judged by: a wrong answer is told from a right one', () => {
    const problem = {
      type: '/problems/x',
      title: 't',
      status: 404,
      code: 'not-found',
      detail: 'd',
      instance: 'i',
      errors: [],
    };
    const judge = new ApiJudge({
      openapi: '3.1.0',
      paths: {
        '/api/things/{id}': {
          get: {
            operationId: 'one',
            responses: {
              '200': {
                content: {
                  'application/json': {
                    schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
                  },
                },
              },
              default: {
                content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
              },
            },
          },
        },
      },
      components: { schemas: { Problem: document.components.schemas['Problem'] ?? {} } },
    });
    const operation = judge.operation('GET', '/api/things/7?x=1') ?? '';
    expect(operation).to.equal('get /api/things/{id}');
    expect(judge.faults(operation, 200, 'application/json', '{"id":"7"}')).to.deep.equal([]);
    expect(judge.faults(operation, 200, 'application/json', '{"id":7}')).to.have.length(1);
    expect(judge.faults(operation, 200, 'application/json', '{"id":"7","unnamed":1}')).to.have.length(1);
    expect(judge.faults(operation, 200, 'text/html', '')).to.have.length(1);
    expect(judge.faults(operation, 204, '', '')).to.have.length(1);
    expect(judge.faults(operation, 404, 'application/problem+json', JSON.stringify(problem))).to.deep.equal([]);
    expect(judge.faults(operation, 404, 'application/problem+json', '{"code":"x"}')).not.to.deep.equal([]);
  });

  it('cannot be made from two classes of one name: one would stand for both', () => {
    const named = (decorate: PropertyDecorator) => {
      class Namesake {
        declare field: unknown;
      }
      decorate(Namesake.prototype, 'field');
      return Namesake;
    };
    const route = (path: string, response: new () => object) =>
      query({ path, permission: 'x.read', summary: 's', tag: 't', response, handler: async () => ok({}) });
    const one = named(IsString());
    expect(() => openApi([route('/a', one), route('/b', one)], 'test')).not.to.throw();
    const other = named(IsInt());
    expect(() => openApi([route('/a', one), route('/b', other)], 'test')).to.throw('named Namesake');
  });

  for (const [code, { title, remedy, status }] of Object.entries(problems)) {
    it(`serves a page on ${code} in both languages`, async () => {
      const { text } = await opened.http.get(`/problems/${code}`).expect(200).expect('content-type', /html/);
      const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      for (const words of [title.en, title.zh, remedy.en, remedy.zh]) expect(text).to.include(escaped(words));
      expect(text).to.include(String(status));
    });
  }

  it('answers 404 for a page on a code that does not exist', async () => {
    for (const code of ['no-such-code', '__proto__', 'constructor'])
      await opened.http.get(`/problems/${code}`).expect(404);
  });
});
