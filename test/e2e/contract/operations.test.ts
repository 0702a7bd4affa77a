import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { backends } from '../../support/databases.js';
import { Place } from '../../support/product.js';
import { chapter } from '../../support/promises.js';
import { ACCOUNTS, refused, Town } from '../../support/town.js';

const [inMemory] = backends;

/** Named by the contract, not built yet: each says so honestly. */
const LATER = [
  'POST /api/webhooks',
  'GET /api/events?after=0',
  'GET /api/audit/checkpoint',
  'GET /api/audit/proofs/inclusion?entry=1',
  'GET /api/audit/proofs/consistency?from=1&to=2',
  'GET /api/auth/oidc/login',
  'GET /api/3/action/package_search',
  'GET /api/catalogue/exports/dcat-ap.ttl',
  'GET /api/catalogue/exports/cn-catalogue.csv',
];

chapter('events, audit, operations, environment', (promise) => {
  let town: Town;
  before(async () => {
    town = await Town.open(inMemory as never);
  });
  after(() => town?.close());

  promise('`GET /api/audit/entries`', async () => {
    const auditor = await town.as('auditor');
    const { body } = await auditor.get('/api/audit/entries?limit=5');
    expect(body).to.include.keys('items', 'nextPageToken', 'total');
    expect(body.items[0]).to.include.keys('position', 'event', 'actor', 'at', 'leaf');
    const read = async (search: string): Promise<number[]> => {
      const positions: number[] = [];
      for (let token = ''; ; ) {
        const page = (await auditor.get(`/api/audit/entries?limit=3&${search}&pageToken=${token}`)).body;
        positions.push(...page.items.map(({ position }: { position: number }) => position));
        token = page.nextPageToken;
        if (token === '') return positions;
      }
    };
    const backward = await read('subjectKind=grant');
    expect(backward).to.have.length.greaterThan(3);
    expect(backward, 'newest first').to.deep.equal(backward.toSorted((a, b) => b - a));
    expect(await read('subjectKind=grant&after=0'), 'forward').to.deep.equal(backward.toReversed());
    expect(await read(`subjectKind=grant&after=${backward[1]}`)).to.deep.equal([backward[0]]);
    refused(await auditor.get(`/api/audit/entries?after=0&pageToken=${body.nextPageToken}`), 400, 'invalid-page-token');
    for (const account of ACCOUNTS.filter((one) => one !== 'auditor'))
      refused(await (await town.as(account)).get('/api/audit/entries'), 403, 'forbidden');
    refused(await town.anonymous.get('/api/audit/entries'), 401, 'sign-in-required');
  });

  promise(
    '`GET /health/live` (never touches the database), `GET /health/ready` (200, … 503 with the parts that are not), `GET /metrics`, `GET /openapi.json`, `GET /docs`, `/` → the console.',
    async () => {
      expect((await town.anonymous.get('/health/live')).status).to.equal(200);
      expect((await town.anonymous.get('/health/ready')).body).to.include.keys('status', 'parts');
      expect((await town.anonymous.get('/metrics')).text)
        .to.match(/^tiergate_revision \d+$/m)
        .and.to.match(/^tiergate_calendar_days_left \d+$/m);
      const document = (await town.anonymous.get('/openapi.json')).body;
      expect(document.openapi).to.match(/^3\.1\./);
      for (const path of ['/', '/docs', '/datasets', '/sign-in']) {
        const page = await town.anonymous.get(path);
        expect([page.status, page.headers.get('content-type')?.split(';')[0]], path).to.deep.equal([200, 'text/html']);
      }
    },
  );

  promise(
    'Everything else follows the same style and is in the served OpenAPI 3.1 document, generated from the request and response classes',
    async () => {
      const { paths } = (await town.anonymous.get('/openapi.json')).body;
      const id = '01C9Z81T00ZZZZZZZZZZZZZZZZ';
      for (const [path, operations] of Object.entries(paths as Record<string, Record<string, object>>)) {
        const address = path.replaceAll(/\{[^}]+\}/g, id);
        // A proxy hands the check the method that was asked of the proxy.
        if (path === '/access/check') continue;
        const answer = await town.anonymous.raw('DELETE', address, null);
        expect(answer.status, `DELETE ${path}`).to.equal(405);
        const allowed = answer.headers.get('allow')?.toLowerCase().split(', ') ?? [];
        expect(allowed, path).to.include.members(Object.keys(operations));
      }
    },
  );

  it('answers not-found, and nothing else, where a named route is not built yet', async () => {
    const admin = await town.as('admin');
    for (const route of LATER) {
      const [method = '', path = ''] = route.split(' ');
      const answer = await admin.send(method, path, method === 'POST' ? {} : undefined);
      expect([route, answer.status, answer.body?.code]).to.deep.equal([route, 404, 'not-found']);
    }
  });

  promise('validated before listening, every fault listed at once', async () => {
    const place = new Place();
    try {
      const wrong = { PORT: 'many', TIERGATE_MODE: 'party', DATABASE_URL: 'oracle://x' };
      const { code, out, err } = await place.run(['serve'], wrong);
      expect(code).to.not.equal(0);
      for (const name of Object.keys(wrong)) expect(out + err).to.contain(name);
    } finally {
      place.remove();
    }
  });

  promise('(refused in production)', async () => {
    const place = new Place();
    try {
      const bare = await place.run(['serve'], { TIERGATE_MODE: 'production', DATABASE_URL: '' });
      expect(bare.code).to.not.equal(0);
      expect(bare.out + bare.err).to.contain('DATABASE_URL');
      // A database that holds the demo is not taken into production.
      expect((await place.run(['seed'], {})).code).to.equal(0);
      const more = { TIERGATE_MODE: 'production', TIERGATE_SECRET: randomBytes(48).toString('base64'), PORT: '0' };
      const demo = await place.run(['serve'], { ...more, TIERGATE_PUBLIC_URL: 'https://data.example.org' });
      expect(demo.code).to.not.equal(0);
      expect(demo.out + demo.err).to.match(/demo/i);
    } finally {
      place.remove();
    }
  });
});
