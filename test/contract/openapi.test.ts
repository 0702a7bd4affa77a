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
  this.timeout(20_000);
  let opened: OpenApp;
  let document: ApiDocument;

  before(async () => {
    const [inMemory] = backends;
    opened = await openApp(inMemory!);
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

  it('names every registered route, each with a permission and a summary', () => {
    const judge = new ApiJudge(document);
    const registered = opened.app.routes.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`,
    );
    expect(judge.operations).to.have.members([...new Set(registered)]);
    expect(registered).to.have.length(new Set(registered).size);
    for (const route of opened.app.routes) expect(route, route.path).to.include.keys('permission', 'summary', 'tag');
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
