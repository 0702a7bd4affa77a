import { expect } from 'chai';
import { backends } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { day, refused, Town } from '../../support/town.js';

const [inMemory] = backends;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const JSON_TYPE = { 'content-type': 'application/json' };

chapter('style', (promise) => {
  let town: Town;
  before(async () => {
    town = await Town.open(inMemory as never);
  });
  after(() => town?.close());
  const token = '/api/auth/token';

  promise('Times RFC 3339 UTC with milliseconds; dates `YYYY-MM-DD` are days in Asia/Shanghai', async () => {
    const path = await town.submitted([await town.plain()]);
    const { body } = await (await town.as('enterprise-a-handler')).get(path);
    expect(body.createdAt).to.match(ISO);
    expect(body.history[0].at).to.match(ISO);
    expect(body.period.from).to.equal(day());
    expect(body.id).to.match(ULID);
  });

  promise('Ids, codes, enums are case-sensitive; NUL and trailing blanks in identifiers are refused.', async () => {
    const { id } = await town.plain();
    for (const other of [id.toLowerCase(), `${id}%20`, `${id}%00`, `%20${id}`])
      refused(await town.anonymous.get(`/api/datasets/${other}`), 404, 'not-found');
    refused(await town.anonymous.get('/api/datasets?tier=Open'), 400, 'invalid-query');
    const steward = await town.as('steward-transport');
    for (const identifier of ['T-1 ', 'T-\u0000', ' T-1'])
      refused(await steward.post('/api/datasets', { identifier, title: { zh: '甲' } }), 400, 'invalid-body');
  });

  promise('unknown fields (`unknown-field`)', async () => {
    const body = { grantType: 'password', username: 'citizen', password: 'x', state: 'approved' };
    const answer = refused(await town.anonymous.post(token, body), 400, 'unknown-field');
    expect(answer.body.errors).to.have.length(1);
    expect(answer.body.errors[0]).to.include({ pointer: '/state', code: 'unknown-field' });
  });

  promise('unknown or repeated query parameters', async () => {
    refused(await town.anonymous.get('/api/datasets?colour=red'), 400, 'invalid-query');
    refused(await town.anonymous.get('/api/datasets?q=a&q=b'), 400, 'invalid-query');
    refused(await town.anonymous.get('/api/fields?q=a'), 400, 'invalid-query');
  });

  promise('duplicate JSON keys, an array for a string, wrong content type: 400', async () => {
    const raw = (text: string, type = 'application/json') =>
      town.anonymous.raw('POST', token, text, { 'content-type': type });
    refused(await raw('{"grantType":"password","grantType":"refresh_token"}'), 400, 'duplicate-key');
    refused(await raw('{"grantType":["password"]}'), 400, 'invalid-body');
    refused(await raw('{}', 'text/plain'), 400, 'unsupported-content-type');
  });

  promise('Under `/access` unknown members are ignored as AuthZEN says, duplicate keys are still 400.', async () => {
    const { id } = await town.plain();
    expect((await town.ask(id, { colour: 'red', action: { name: 'read', colour: 'red' } })).decision).to.equal(true);
    const twice = `{"subject":{"type":"anonymous","type":"user","id":"anonymous"}}`;
    const answer = await (await town.portal()).raw('POST', '/access/v1/evaluation', twice, JSON_TYPE);
    refused(answer, 400, 'duplicate-key');
  });

  promise('Too deep: 400; too large: 413', async () => {
    const raw = (path: string, text: string) => town.anonymous.raw('POST', path, text, JSON_TYPE);
    refused(await raw(token, '['.repeat(4000) + ']'.repeat(4000)), 400, 'too-deep');
    refused(await raw(token, `{"username":"${'x'.repeat(1_100_000)}"}`), 413, 'too-large');
    const portal = await town.portal();
    const large = await portal.raw('POST', '/access/v1/evaluation', `{"a":"${'x'.repeat(1_100_000)}"}`, JSON_TYPE);
    refused(large, 413, 'too-large');
  });

  promise('`application/problem+json` with `type` (`/problems/<code>`, a page the product serves)', async () => {
    const { body } = refused(await town.anonymous.get('/api/nothing'), 404, 'not-found');
    expect(body).to.include.keys('type', 'title', 'status', 'code', 'detail', 'instance', 'errors', 'remedy');
    const page = await town.anonymous.get(body.type);
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('not-found').and.to.contain('请检查地址');
    refused(await town.anonymous.get('/problems/no-such-code'), 404, 'not-found');
    const access = refused(await town.anonymous.post('/access/v1/evaluation'), 401, 'sign-in-required').body;
    expect(access).to.include.keys('type', 'title', 'status', 'code', 'detail', 'instance', 'errors', 'remedy');
  });

  promise('404 absent **or not yours to see** (same body)', async () => {
    const admin = await town.as('admin');
    const handler = await town.as('enterprise-a-handler');
    const rows = (await admin.get('/api/datasets?tier=restricted&limit=100')).body.items as { id: string }[];
    const seen = await Promise.all(rows.map(async ({ id }) => (await handler.get(`/api/datasets/${id}`)).status));
    const hidden = rows[seen.indexOf(404)]?.id ?? '';
    expect(hidden).to.match(ULID);
    const like = (id: string) => [
      handler.get(`/api/datasets/${id}`),
      handler.get(`/api/datasets/${id}/eligibility`),
      town.create([id]),
    ];
    const plain = async (id: string) =>
      (await Promise.all(like(id))).map(({ status, body: { instance: _instance, ...body } }) =>
        JSON.stringify([status, body]).replaceAll(id, 'ID'),
      );
    expect(await plain(hidden)).to.deep.equal(await plain('01C9Z81T00ZZZZZZZZZZZZZZZZ'));
  });

  promise('401, 403 known but not allowed', async () => {
    const answer = refused(await town.anonymous.get('/api/me'), 401, 'sign-in-required');
    expect(answer.headers.get('www-authenticate')).to.match(/^Bearer/);
    refused(await (await town.as('citizen')).get('/api/people'), 403, 'forbidden');
  });

  promise('405', async () => {
    const answer = refused(await town.anonymous.raw('DELETE', '/api/datasets', null), 405, 'method-not-allowed');
    expect(answer.headers.get('allow')?.split(', ')).to.include.members(['GET', 'POST']);
    const access = refused(await town.anonymous.get('/access/v1/evaluation'), 405, 'method-not-allowed');
    expect(access.headers.get('allow')).to.equal('POST');
  });

  promise('`?limit` (1–100, default 20, else 400)', async () => {
    for (const limit of ['0', '101', '-1', '1.5', 'many', ''])
      refused(await town.anonymous.get(`/api/datasets?limit=${limit}`), 400, 'invalid-query');
    expect((await town.anonymous.get('/api/datasets')).body.items).to.have.length(20);
    for (const limit of [1, 100])
      expect((await town.anonymous.get(`/api/datasets?limit=${limit}`)).body.items).to.have.length(limit);
  });

  promise('`{items, nextPageToken, total}`; `nextPageToken` is `""` at the end; stable order', async () => {
    for (const [list, by] of [
      ['/api/datasets?tier=conditional&field=transport', 'citizen'],
      ['/api/datasets?q=交通', 'citizen'],
      ['/api/organisations?kind=public-body', 'citizen'],
      ['/api/applications?state=submitted', 'approver'],
      ['/api/grants?', 'supervisor'],
      ['/api/assessments?', 'officer'],
    ] as const) {
      const caller = await town.as(by);
      const ids: string[] = [];
      let [page, total] = ['', -1];
      do {
        const { body } = await caller.get(`${list}&limit=${ids.length === 0 ? 1 : 40}&pageToken=${page}`);
        expect(body, list).to.include.keys('items', 'nextPageToken', 'total');
        ids.push(...body.items.map(({ id }: { id: string }) => id));
        [page, total] = [body.nextPageToken, body.total];
        expect(page, list).to.be.a('string');
      } while (page !== '' && ids.length < 300);
      if (page === '') expect(ids, list).to.have.length(total);
      expect(new Set(ids).size, list).to.equal(ids.length);
    }
    refused(await town.anonymous.get('/api/datasets?pageToken=mine'), 400, 'invalid-page-token');
  });

  promise('`total` counts what the caller may see', async () => {
    const total = async (by: 'citizen' | 'steward-transport' | 'officer') =>
      (await (await town.as(by)).get('/api/datasets?tier=restricted&limit=1')).body.total as number;
    const [citizen, steward, officer] = [
      await total('citizen'),
      await total('steward-transport'),
      await total('officer'),
    ];
    expect(citizen).to.be.lessThan(steward);
    expect(steward).to.be.lessThan(officer);
  });

  promise('Resources carry a strong `ETag` header equal to their `etag` field (a version)', async () => {
    const path = await town.draft([await town.plain()]);
    const handler = await town.as('enterprise-a-handler');
    for (const resource of [path, `/api/datasets/${(await town.plain()).id}`]) {
      const { headers, body } = await handler.get(resource);
      expect(headers.get('etag')).to.match(/^"\d+"$/);
      expect(headers.get('etag')).to.equal(body.etag);
    }
    expect((await town.anonymous.get('/api/fields')).headers.get('etag')).to.equal(null);
  });

  promise('Commands and updates need `If-Match` (428, 412).', async () => {
    const path = await town.draft([await town.plain()]);
    const handler = await town.as('enterprise-a-handler');
    refused(await handler.post(`${path}/commands/submit`), 428, 'precondition-required');
    refused(await handler.post(`${path}/commands/submit`, {}, { 'if-match': '"99"' }), 412, 'stale-etag');
    refused(await handler.change(path, { securityPlan: 'x' }, { 'if-match': '"99"' }), 412, 'stale-etag');
    refused(await handler.send('PATCH', path, { securityPlan: 'x' }), 428, 'precondition-required');
    expect((await handler.change(path, { securityPlan: 'x' })).status).to.equal(200);
  });

  promise('looked up **before** If-Match; same key and body replays the first answer', async () => {
    const path = await town.draft([await town.plain()]);
    const handler = await town.as('enterprise-a-handler');
    const { etag } = (await handler.get(path)).body;
    const headers = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => handler.post(`${path}/commands/submit`, {}, headers)),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    const late = await handler.post(`${path}/commands/submit`, {}, { ...headers, 'if-match': '"77"' });
    expect([late.status, late.text]).to.deep.equal([200, answers[0]?.text]);
  });

  promise('another body is 422 `idempotency-key-reused`', async () => {
    const path = await town.draft([await town.plain()]);
    const handler = await town.as('enterprise-a-handler');
    const headers = { 'if-match': (await handler.get(path)).body.etag, 'idempotency-key': crypto.randomUUID() };
    const withdraw = (reason: string) => handler.post(`${path}/commands/withdraw`, { reason }, headers);
    expect((await withdraw('Changed plans')).status).to.equal(200);
    refused(await withdraw('Other plans'), 422, 'idempotency-key-reused');
    const created = { identifier: 'IDEM-1', title: { zh: '甲' } };
    const steward = await town.as('steward-transport');
    const key = { 'idempotency-key': crypto.randomUUID() };
    const [first, again] = [
      await steward.post('/api/datasets', created, key),
      await steward.post('/api/datasets', created, key),
    ];
    expect([first.status, again.status, again.text]).to.deep.equal([201, 201, first.text]);
    const other = await steward.post('/api/datasets', { ...created, title: { zh: '乙' } }, key);
    refused(other, 422, 'idempotency-key-reused');
  });

  promise('`X-Request-Id` on every answer.', async () => {
    for (const path of ['/api/fields', '/api/nothing', '/access/check', '/health/live', '/docs', '/', '/metrics']) {
      const given = await town.anonymous.get(path, { 'x-request-id': 'mine-1' });
      expect(given.headers.get('x-request-id'), path).to.equal('mine-1');
      expect((await town.anonymous.get(path)).headers.get('x-request-id'), path).to.match(/^[\w-]{16,}$/);
    }
  });

  promise('`Accept-Language: zh-CN | en` chooses texts; codes never change.', async () => {
    const { id } = await town.plain();
    const speak = async (language: string) => {
      const wanted = { 'accept-language': language };
      const page = (await town.anonymous.get(`/api/datasets/${id}`, wanted)).body;
      const problem = (await town.anonymous.get('/api/nothing', wanted)).body;
      const question = { subject: { type: 'anonymous', id: 'anonymous' }, resource: { type: 'dataset', id } };
      const asked = { ...question, action: { name: 'download' } };
      const { context } = (await (await town.portal()).post('/access/v1/evaluation', asked, wanted)).body;
      return {
        texts: [page.publisher.name, page.conditions[0].text, page.reasons[0].text, problem.title, context.reason.text],
        codes: [page.conditions[0].kind, page.reasons[0].rule, problem.code, context.reason.code],
      };
    };
    const [zh, en, mixed] = [await speak('zh-CN'), await speak('en'), await speak('en;q=0.4, zh-CN;q=0.8')];
    expect(zh.codes).to.deep.equal(en.codes);
    for (const text of zh.texts) expect(text).to.match(/[一-龥]/);
    for (const text of en.texts) expect(text).to.not.match(/[一-龥]/);
    expect(mixed).to.deep.equal(zh);
  });
});
