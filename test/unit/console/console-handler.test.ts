import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { createConsole } from '../../../src/console/index.js';

const PAGE =
  '<!doctype html><meta name="tiergate-mode" content="__TIERGATE_MODE__"><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/a-1.js" nonce="__CSP_NONCE__"></script>';
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2_000))})`;

describe('the console handler', () => {
  let folder: string;
  let app: express.Express;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-console-'));
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets', 'a-1.js'), SCRIPT);
    writeFileSync(join(folder, '.vite', 'manifest.json'), '{}');
    app = express()
      .use(createConsole('demo', folder))
      .use((_request, response) => void response.status(418).end('next'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const path of [
    '/',
    '/datasets',
    '/datasets/01J',
    '/applications/01J',
    '/sign-in?then=%2Fgrants',
    '/index.html',
    '/apiary',
  ]) {
    it(`serves the page at ${path}`, async () => {
      const answer = await request(app).get(path).expect(200);
      expect(answer.headers['content-type']).to.equal('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).to.equal('no-store');
    });
  }

  it('says in the page whether this is a demo: only there are its accounts named', async () => {
    for (const mode of ['demo', 'production'] as const) {
      const page = await request(express().use(createConsole(mode, folder))).get('/');
      expect(page.text).to.contain(`<meta name="tiergate-mode" content="${mode}">`);
    }
  });

  it('puts the nonce of the policy into the page, a new one each time', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const answer = await request(app).get('/');
      const nonce = /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] ?? '')?.[1] ?? '';
      expect(answer.text).to.contain(`<meta property="csp-nonce" nonce="${nonce}">`).and.not.contain('__CSP_NONCE__');
      nonces.add(nonce);
    }
    expect(nonces).to.have.length(3);
  });

  it('lets scripts come from our own files only', async () => {
    const policy = (await request(app).get('/')).headers['content-security-policy'] ?? '';
    expect(policy)
      .to.contain("default-src 'none'")
      .and.contain("script-src 'self';")
      .and.contain("frame-ancestors 'none'");
    expect(policy).not.to.match(/unsafe|https?:|\*/);
  });

  const machines = [
    '/api/x',
    '/api',
    '/access/v1/evaluation',
    '/health/live',
    '/metrics',
    '/openapi.json',
    '/docs',
    '/docs/x',
    '/problems/not-found',
    '/data.json',
    '/.well-known/jwks.json',
  ];
  for (const path of machines) {
    it(`leaves ${path} alone`, () => request(app).get(path).expect(418));
  }
  for (const path of [
    '/assets/missing-2.js',
    '/missing.png',
    '/.vite/manifest.json',
    '/assets/../../../../etc/passwd.txt',
    '/assets/%2e%2e%2findex.html',
  ]) {
    it(`knows nothing of ${path}`, () => request(app).get(path).expect(418));
  }
  it('answers only reading methods', () => request(app).post('/datasets').expect(418));

  it('keeps hashed files for ever and packs them', async () => {
    const answer = await request(app).get('/assets/a-1.js').set('Accept-Encoding', 'gzip').expect(200);
    expect(answer.headers['cache-control']).to.equal('public, max-age=31536000, immutable');
    expect(answer.headers['content-encoding']).to.equal('gzip');
    expect(Number(answer.headers['content-length'])).to.be.below(200);
    expect(answer.text).to.equal(SCRIPT);
  });
  it('does not pack for whom cannot unpack', async () => {
    for (const encoding of ['identity', 'gzip;q=0', 'gzip; q=0.0, br']) {
      const answer = await request(app).get('/assets/a-1.js').set('Accept-Encoding', encoding).expect(200);
      expect(answer.headers['content-encoding'], encoding).to.equal(undefined);
    }
  });
  it('answers 304 to whoever has the file, and asks others to look again', async () => {
    const first = await request(app).get('/favicon.svg').expect(200);
    expect(first.headers['cache-control']).to.equal('no-cache');
    expect(first.headers['content-type']).to.equal('image/svg+xml');
    await request(app)
      .get('/favicon.svg')
      .set('If-None-Match', first.headers['etag'] ?? '')
      .expect(304);
  });
  it('passes everything on where the console was not built', async () => {
    const bare = express()
      .use(createConsole('demo', join(folder, 'absent')))
      .use((_request, response) => void response.status(418).end());
    await request(bare).get('/').expect(418);
  });
});
