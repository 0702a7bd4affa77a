import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import { answerBroken, httpServer } from '../../src/http/index.js';
import { problems } from '../../src/kernel/problems/index.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';
import { recordAnswer } from '../support/traffic.js';

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends bytes as they are, and more once something has come; the server must close the connection after its answer. */
const send = (server: Server, bytes: string, more?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(8000, () => socket.destroy(new Error('the connection stayed open')));
    socket.on('data', (part: Buffer) => {
      if (parts.push(part) === 1 && more !== undefined) socket.write(more);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n');
      const [first = '', ...lines] = head.split('\r\n');
      const headers = new Map(lines.map((line) => line.split(': ') as [string, string]));
      const status = Number(first.split(' ')[1]);
      recordAnswer('GET', '/', status, headers.get('content-type') ?? '', body);
      resolve({ status, headers, body });
    });
  });

function expectProblem(answer: Answer, code: keyof typeof problems, language: 'zh' | 'en'): void {
  const { status, remedy } = problems[code];
  expect(answer.status).to.equal(status);
  expect(answer.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
  expect(answer.headers.get('content-length')).to.equal(String(Buffer.byteLength(answer.body)));
  const document = JSON.parse(answer.body);
  expect(document).to.deep.include({ code, status, type: `/problems/${code}`, remedy: remedy[language] });
  expect(document.instance).to.equal(answer.headers.get('x-request-id'));
}

const request = (target: string, more = ''): string => `GET ${target} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;

describe('contract: what cannot be read as HTTP', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  before(async () => {
    opened = await openApp(backends[0]!);
    await opened.listen();
  });
  after(() => opened.close());

  const broken: readonly [string, string, keyof typeof problems][] = [
    ['raw UTF-8 in the address', request('/api/datasets?q=公交'), 'malformed-request'],
    ['a blank in the address', request('/api/datasets?q=a b'), 'malformed-request'],
    ['no HTTP at all', 'hello\r\n\r\n', 'malformed-request'],
    ['two lengths', request('/', 'content-length: 1\r\ncontent-length: 2\r\n'), 'malformed-request'],
    ['a header without a name', request('/', ': x\r\n'), 'malformed-request'],
    ['headers beyond reason', request('/', `x-long: ${'x'.repeat(20_000)}\r\n`), 'headers-too-large'],
    ['an address beyond reason', request(`/${'x'.repeat(20_000)}`), 'headers-too-large'],
  ];
  for (const [what, bytes, code] of broken)
    it(`answers ${what} with a problem document and the way out`, async () => {
      expectProblem(await send(opened.app.server, bytes), code, 'en');
    });

  it('says it in the language of the request, where that can be made out', async () => {
    for (const language of ['zh', 'en'] as const) {
      const bytes = request('/?q=公交', `accept-language: ${language}\r\n`);
      expectProblem(await send(opened.app.server, bytes), 'malformed-request', language);
    }
  });

  it('reads the same words percent-encoded', async () => {
    const answer = await opened.http.get(`/api/datasets?q=${encodeURIComponent('公交')}`);
    expect(answer.status).to.equal(200);
  });

  it('adds nothing to an answer that has begun', async () => {
    const server = createServer((_request, response) => void response.write('half an answer')).on(
      'clientError',
      answerBroken,
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { status, body } = await send(server, request('/'), 'no HTTP\r\n\r\n');
      expect(status).to.equal(200);
      expect(body).to.include('half an answer').and.not.include('problems');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('keeps idle connections longer than a proxy does, so that no request meets one that is being closed', async () => {
    const server = httpServer().on('request', (_, response) => void response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const seconds = Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1]);
      expect(seconds, 'nginx keeps 60 s').to.be.greaterThan(60);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('tells whoever is too slow', async () => {
    const server = createServer({ headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 });
    server.on('clientError', answerBroken);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      expectProblem(await send(server, 'GET / HTTP/1.1\r\nhost: x\r\n'), 'request-too-slow', 'en');
    } finally {
      server.close();
    }
  });
});
