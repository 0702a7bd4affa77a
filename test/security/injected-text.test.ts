import { expect } from 'chai';
import { schema } from '../../ormconfig.js';
import { openForReading } from '../../src/persistence/index.js';
import { Caller } from '../support/caller.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const HOSTILE = [
  `' OR '1'='1`,
  `x'; DROP TABLE people; --`,
  `" OR ""="`,
  '1) UNION SELECT hash FROM credentials --',
  'id DESC, (SELECT 1)',
  '\\',
  '%',
  '_%_',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '=cmd|calc!A1',
  'a\r\nSet-Cookie: x=1',
  '\u202e\u200b',
  '𝔘'.repeat(50),
] as const;
const INSIDE = /\bat .*\.[jt]s:\d|node_modules|SQLITE|ER_[A-Z]+|\bSELECT\b.*\bFROM\b|QueryFailedError/;

interface Parameter {
  readonly name: string;
  readonly in: string;
}

describe('security: text that would be code', function () {
  this.timeout(240_000);
  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let callers: Caller[];
      before(async () => {
        opened = await openApp(backend, { seeded: backend.name === 'embedded in memory' });
        const address = await opened.listen();
        const names =
          backend.name === 'embedded in memory' ? ['auditor', 'admin', 'officer', 'enterprise-a-handler'] : [];
        callers = [
          Caller.anonymous(address),
          ...(await Promise.all(names.map((name) => Caller.person(address, name)))),
        ];
      });
      after(() => opened.close());

      it('in any query parameter finds nothing it should not, breaks nothing, and shows nothing of the inside', async () => {
        const { paths } = opened.app.document() as {
          paths: Record<string, Record<string, { parameters: Parameter[] }>>;
        };
        let asked = 0;
        for (const [path, { get }] of Object.entries(paths)) {
          for (const { name } of (get?.parameters ?? []).filter(({ in: place }) => place === 'query')) {
            for (const text of HOSTILE) {
              const at = `${path.replaceAll(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV')}?${name}=${encodeURIComponent(text)}`;
              const answers = await Promise.all(callers.map((caller) => caller.get(at)));
              for (const answer of answers) {
                expect(answer.status, at).to.be.lessThan(500);
                expect(answer.text, at).not.to.match(INSIDE);
              }
              asked += answers.length;
            }
          }
        }
        expect(asked).to.be.greaterThan(100);
        const [anyone] = callers;
        expect((await anyone?.get('/api/datasets'))?.status).to.equal(200);
      });

      it('in a header or a path makes no header, no log line and no fault', async () => {
        const [anyone] = callers;
        for (const text of HOSTILE) {
          const encoded = encodeURIComponent(text);
          const [path, header] = await Promise.all([
            anyone?.get(`/api/datasets/${encoded}`),
            anyone?.send('GET', '/api/datasets', undefined, { 'x-request-id': encoded, 'accept-language': encoded }),
          ]);
          expect(path?.status, text).to.be.oneOf([404, 400]);
          expect(path?.headers.get('set-cookie')).to.equal(null);
          expect(header?.status, text).to.equal(200);
          expect(header?.headers.get('x-request-id')).to.match(/^[\x21-\x7e]{1,128}$/);
        }
      });

      it('in a name is kept as it is, and is nothing but a name', async function () {
        if (callers.length < 2) return;
        const admin = callers[2] as Caller;
        for (const text of HOSTILE.filter((one) => !/[\r\n\u202e]/.test(one))) {
          const made = await admin.post('/api/organisations', { name: { zh: text }, kind: 'public-body' });
          expect(made.status, made.text).to.equal(201);
          expect((await admin.get(`/api/organisations/${made.body.id}`)).text).to.contain(
            JSON.stringify(text).slice(1, -1),
          );
        }
        expect((await admin.get('/api/people')).status).to.equal(200);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );

  it('what it is held against: such a text put into a statement does find what it should not', async () => {
    const database = await openForReading('sqlite::memory:', schema).catch(() => undefined);
    expect(database).to.equal(undefined);
    const { EmbeddedConnection } = await import('../../src/persistence/embedded-connection.js');
    const connection = new EmbeddedConnection(':memory:');
    connection.exec("CREATE TABLE people (name text); INSERT INTO people VALUES ('a'), ('b')");
    expect(connection.prepare(`SELECT * FROM people WHERE name = '${HOSTILE[0]}'`).all()).to.have.length(2);
    expect(connection.prepare('SELECT * FROM people WHERE name = ?').all(HOSTILE[0])).to.have.length(0);
    connection.close();
  });
});
