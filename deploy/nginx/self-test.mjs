#!/usr/bin/env node
// Proves with a real nginx that the files beside this one fail closed. They are taken as they stand; Tiergate is played
// by a server that answers as each row says. Prints a table; ends with 0, with 1 where something was served that must
// not be, and with 3 where there is no nginx.
// Then portal.conf is run as it stands, behind a certificate made here: over TLS it must be no more open.
//   npm run build && node deploy/nginx/self-test.mjs
//   … --without-check   the same with auth_request off: every row that refuses must then fail
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { resourceOf } from '../../dist/src/decisions/access/forward-auth.js';
import { readUrlPatterns } from '../../dist/src/decisions/url-patterns.js';
import { freePort } from '../../scripts/free-port.mjs';
import { findProgram } from '../../scripts/mariadb.mjs';
import { findNginx, startNginx } from '../../scripts/nginx.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { 'without-check': { type: 'boolean', default: false } } });
const patterns = await readUrlPatterns(join(HERE, '..', '..', 'policies'));

const OPEN = '01J9ZC4V7M3W8Q5T6R2P1N0PEN';
const SHUT = '01J9ZC4V7M3W8Q5T6R2P1N0SHT';
const SECRET = 'not for everybody';

/** Answers of a Tiergate that stands in; `permit` reads addresses as the product does. */
const ANSWERS = {
  permit: (request, response) => {
    const asked = resourceOf(request.headers['x-original-uri'] ?? '', patterns);
    const reads = ['GET', 'HEAD'].includes(request.headers['x-original-method'] ?? '');
    const permit = reads && asked?.id === OPEN;
    response
      .writeHead(permit ? 200 : 403, { 'x-reason': permit ? 'granted' : 'no-grant', 'x-evaluation-id': 'E1' })
      .end();
  },
  deny: (_, response) => void response.writeHead(403, { 'x-reason': 'grant-suspended', 'x-next-step': 'wait' }).end(),
  unsigned: (_, response) => void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end(),
  undecided: (_, response) => void response.writeHead(503, { 'x-reason': 'stale' }).end(),
  broken: (_, response) => void response.writeHead(500).end(),
  redirect: (_, response) => void response.writeHead(302, { location: '/files/' }).end(),
  slow: () => undefined,
  cut: (request) => void request.socket.destroy(),
  garbage: (request) => void request.socket.end('I am not HTTP at all\r\n\r\n'),
};

let play = 'permit';
const heard = [];
const tiergate = createServer((request, response) => {
  heard.push(request.headers);
  ANSWERS[play](request, response);
});
tiergate.on('clientError', (_error, socket) => socket.destroy());

const plain = (to) => (then) => connect(to, '127.0.0.1', then);
const HOST = 'files.example.org';

/** Sends a request line by line, so that nothing on the way tidies it up; answers the status and everything that came. */
const send = (open, line, headers = []) =>
  new Promise((resolve) => {
    const from = performance.now();
    let [text, fault] = ['', ''];
    const socket = open(() =>
      socket.write([line, `Host: ${HOST}`, 'Connection: close', ...headers, '', ''].join('\r\n')),
    );
    const done = () =>
      resolve({ status: Number(/^HTTP\/\S+ (\d+)/.exec(text)?.[1]), text, fault, took: performance.now() - from });
    socket.on('data', (part) => (text += part.toString()));
    socket.on('close', done).on('error', (error) => (fault = error.code));
  });

const get = (path, method = 'GET') => `${method} ${path} HTTP/1.1`;
const FILE = `/files/${OPEN}/data.csv`;
const OTHER = `/files/${SHUT}/data.csv`;
const refuses =
  (...statuses) =>
  (answer) =>
    statuses.includes(answer.status) && !answer.text.includes(SECRET);

const ROWS = [
  [
    'a permit is served, and named',
    'permit',
    get(FILE),
    [],
    (answer) => answer.status === 200 && answer.text.includes(SECRET) && /^X-Evaluation-Id: E1\r$/m.test(answer.text),
  ],
  [
    'no cache keeps what was served',
    'permit',
    get(FILE),
    [],
    ({ text }) => /^Cache-Control: private, no-store\r$/m.test(text),
  ],
  [
    'a deny is 403 with its reason',
    'deny',
    get(FILE),
    [],
    (answer) => refuses(403)(answer) && answer.text.includes('"code":"grant-suspended"'),
  ],
  [
    'a missing credential is 401 with its challenge',
    'unsigned',
    get(FILE),
    [],
    (answer) => refuses(401)(answer) && /^WWW-Authenticate: Bearer/im.test(answer.text),
  ],
  ['a yes is not used for the next request', 'deny', get(FILE), [], refuses(403)],
  ['nor for a part of the file', 'deny', get(FILE), ['Range: bytes=0-3'], refuses(403)],
  [
    'nor to say that nothing changed',
    'deny',
    get(FILE),
    ['If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'],
    refuses(403),
  ],
  [
    'could not decide: 503',
    'undecided',
    get(FILE),
    [],
    (answer) => refuses(503)(answer) && /^Retry-After: 2\r$/m.test(answer.text),
  ],
  ['Tiergate fails: 503', 'broken', get(FILE), [], refuses(503)],
  ['Tiergate redirects: 503', 'redirect', get(FILE), [], refuses(503)],
  [
    'Tiergate is slow: 503 within five seconds',
    'slow',
    get(FILE),
    [],
    (answer) => refuses(503)(answer) && answer.took < 5000,
  ],
  ['Tiergate hangs up: 503', 'cut', get(FILE), [], refuses(503)],
  ['Tiergate answers what is no HTTP: 503', 'garbage', get(FILE), [], refuses(503)],
  ['another file is asked for by its own address', 'permit', get(OTHER), [], refuses(403)],
  ['dot segments', 'permit', get(`/files/${OPEN}/../${SHUT}/data.csv`), [], refuses(403)],
  ['encoded dot segments', 'permit', get(`/files/${OPEN}/%2e%2e/${SHUT}/data.csv`), [], refuses(403)],
  ['encoded slashes', 'permit', get(`/files/${OPEN}%2f..%2f${SHUT}%2fdata.csv`), [], refuses(403, 404)],
  ['encoded twice', 'permit', get(`/files/${OPEN}/%252e%252e/${SHUT}/data.csv`), [], refuses(403, 404)],
  ['a backslash', 'permit', get(`/files/${OPEN}/..\\${SHUT}/data.csv`), [], refuses(400, 403, 404)],
  ['slashes side by side', 'permit', get(`/files//${SHUT}/data.csv`), [], refuses(403)],
  ['a fragment', 'permit', get(`/files/${SHUT}/data.csv#/../../${OPEN}/data.csv`), [], refuses(400, 403)],
  ['an address in the query', 'permit', get(`${OTHER}?/files/${OPEN}/data.csv`), [], refuses(403)],
  [
    'a whole address in the request line',
    'permit',
    get(`http://x/files/${OPEN}/../${SHUT}/data.csv`),
    [],
    refuses(403, 400),
  ],
  [
    'headers that name another file',
    'permit',
    get(OTHER),
    [`X-Original-URI: ${FILE}`, `X-Forwarded-Uri: ${FILE}`, `X_Original_URI: ${FILE}`],
    refuses(403),
  ],
  ['headers that name another method', 'permit', get(FILE, 'DELETE'), ['X-Original-Method: GET'], refuses(403, 405)],
  ['a body and a method that writes', 'permit', get(FILE, 'POST'), ['Content-Length: 0'], refuses(403, 405)],
  ['a link out of the folder', 'permit', get(`/files/${OPEN}/link.csv`), [], refuses(403, 404)],
  ['a list of the folder', 'permit', get(`/files/${OPEN}/`), [], refuses(403, 404)],
  ['the check itself from outside', 'permit', get('/_tiergate/check'), [], refuses(404)],
  [
    'headers that name a subject or a purpose do not reach Tiergate',
    'permit',
    get(`${FILE}?purpose=research`),
    [
      'X-Subject-Type: organisation',
      'X-Subject-Id: somebody',
      'X-Purpose: marketing',
      'Cookie: a=b',
      'Authorization: Bearer own',
    ],
    ({ status }) => {
      const last = heard.at(-1) ?? {};
      const stray = ['x-subject-type', 'x-subject-id', 'x-api-key', 'cookie'].filter((name) => name in last);
      return (
        status === 200 && stray.length === 0 && last['x-purpose'] === 'research' && last.authorization === 'Bearer own'
      );
    },
  ],
  [
    'the key of a machine reaches Tiergate as it was sent',
    'permit',
    get(FILE),
    ['X-Api-Key: tgk_own'],
    ({ status }) => status === 200 && heard.at(-1)?.['x-api-key'] === 'tgk_own',
  ],
];

const found = findNginx();
if (found.program === undefined) {
  console.log(`skipped: ${found.reason}`);
  process.exit(3);
}
const folder = mkdtempSync(join(tmpdir(), 'tiergate-nginx-'));
const [port, behind] = [await freePort(), await freePort()];
await new Promise((resolve) => tiergate.listen(behind, '127.0.0.1', resolve));
for (const id of [OPEN, SHUT]) {
  mkdirSync(join(folder, 'portal', 'files', id), { recursive: true });
  writeFileSync(join(folder, 'portal', 'files', id, 'data.csv'), `${SECRET}\n`);
}
writeFileSync(join(folder, 'elsewhere.csv'), `${SECRET}\n`);
symlinkSync(join(folder, 'elsewhere.csv'), join(folder, 'portal', 'files', OPEN, 'link.csv'));

const upstream = readFileSync(join(HERE, 'upstream.conf'), 'utf8').replace('127.0.0.1:8080', `127.0.0.1:${behind}`);
const guard = values['without-check'] ? 'auth_request off; root' : `include ${HERE}/guarded.conf; root`;
const nginx = await startNginx(
  found.program,
  folder,
  port,
  `include ${HERE}/http.conf; ${upstream}
  server {
    listen 127.0.0.1:${port};
    include ${HERE}/check.conf;
    ${values['without-check'] ? 'location /never/ { include ' + HERE + '/guarded.conf; }' : ''}
    access_log ${folder}/deliveries.log tiergate_deliveries;
    location /files/ { ${guard} ${folder}/portal; }
    location / { return 404; }
  }`,
);

/** portal.conf with the files beside it, put where this test may write; nothing else is changed. */
async function startPortal(openssl) {
  const own = join(folder, 'whole');
  mkdirSync(join(own, 'tiergate'), { recursive: true });
  for (const name of readdirSync(HERE).filter((one) => one.endsWith('.conf')))
    writeFileSync(join(own, 'tiergate', name), readFileSync(join(HERE, name)));
  writeFileSync(join(own, 'tiergate', 'upstream.conf'), upstream);
  if (values['without-check']) {
    const guarded = readFileSync(join(HERE, 'guarded.conf'), 'utf8');
    writeFileSync(
      join(own, 'tiergate', 'guarded.conf'),
      guarded.replace('auth_request /_tiergate/check', 'auth_request off'),
    );
  }
  const [key, certificate] = [join(own, 'key.pem'), join(own, 'certificate.pem')];
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${HOST}`.split(' ');
  execFileSync(openssl, [...words, '-addext', `subjectAltName=DNS:${HOST}`, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const [http, https] = [await freePort(), await freePort()];
  const text = [
    ['/etc/nginx/tiergate/', `${own}/tiergate/`],
    [`/etc/ssl/${HOST}.pem`, certificate],
    [`/etc/ssl/${HOST}.key`, key],
    ['listen 80;', `listen 127.0.0.1:${http};`],
    ['listen 443 ssl', `listen 127.0.0.1:${https} ssl`],
    ['/var/log/nginx/', `${own}/`],
    ['/srv/portal', `${folder}/portal`],
  ].reduce(
    (conf, [from, to]) => {
      if (!conf.includes(from)) throw new Error(`portal.conf no longer says ${from}`);
      return conf.replaceAll(from, to);
    },
    readFileSync(join(HERE, 'portal.conf'), 'utf8'),
  );
  const running = await startNginx(found.program, own, https, text);
  const ca = readFileSync(certificate);
  const over = (more) => (then) => connectTls({ host: '127.0.0.1', port: https, servername: HOST, ca, ...more }, then);
  return { running, http, over };
}

/** Of portal.conf: [what, play, request line, holds, how the connection is made]. */
const tlsRows = ({ http, over }) => [
  [
    'plain HTTP is led to TLS, and serves nothing',
    'permit',
    get(FILE),
    (answer) => refuses(301)(answer) && answer.text.includes(`Location: https://${HOST}${FILE}\r`),
    plain(http),
  ],
  [
    'a permit is served over TLS, to be asked for over TLS from now on',
    'permit',
    get(FILE),
    ({ status, text }) => status === 200 && text.includes(SECRET) && /^Strict-Transport-Security: max-age/m.test(text),
    over({ minVersion: 'TLSv1.3' }),
  ],
  ['TLS 1.2 is taken too', 'permit', get(FILE), ({ status }) => status === 200, over({ maxVersion: 'TLSv1.2' })],
  [
    'TLS 1.1 is not',
    'permit',
    get(FILE),
    ({ text, fault }) => text === '' && fault === 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    over({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ],
  ['a deny is 403 over TLS', 'deny', get(FILE), refuses(403), over({})],
  ['another file is asked for by its own address over TLS', 'permit', get(OTHER), refuses(403), over({})],
  ['what has no pattern is not there', 'permit', get('/'), refuses(404), over({})],
];

let failed = 0;
let rows = 0;
const judge = async (what, play_, line, headers, holds, open = plain(port)) => {
  play = play_;
  const answer = await send(open, line, headers);
  const good = holds(answer);
  rows += 1;
  if (!good) failed += 1;
  console.log(
    `${good ? 'ok    ' : 'FAILED'}  ${what}${good ? '' : ` (${answer.status || answer.fault || 'no answer'})`}`,
  );
};
const openssl = findProgram('openssl');
const portal = openssl === undefined ? undefined : await startPortal(openssl);
try {
  console.log(`nginx: ${found.how}`);
  for (const row of ROWS) await judge(...row);
  if (portal === undefined) console.log('skipped  portal.conf over TLS: no openssl makes a certificate');
  else for (const [what, as, line, holds, open] of tlsRows(portal)) await judge(what, as, line, [], holds, open);
  tiergate.closeAllConnections();
  await new Promise((resolve) => tiergate.close(resolve));
  await judge('Tiergate is not there: 503', 'permit', get(FILE), [], refuses(503));
  if (portal !== undefined)
    await judge('Tiergate is not there: 503 over TLS', 'permit', get(FILE), [], refuses(503), portal.over({}));
} finally {
  await portal?.running.stop();
  await nginx.stop();
  tiergate.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? `${rows} rows hold` : `${failed} of ${rows} rows do not hold`);
process.exit(failed === 0 ? 0 : 1);
