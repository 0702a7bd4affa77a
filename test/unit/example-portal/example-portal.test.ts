import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import {
  ExamplePortal,
  languageOf,
  mountExamplePortal,
  SHELF_INDEX,
  Shelf,
} from '../../../src/example-portal/index.js';

const FILE = '01C9Z81T00AAAAAAAAAAAAAAAA';
const DATASET = '01C9Z81T00BBBBBBBBBBBBBBBB';
const CSV = 'name,road,bays\n"Quay, north",临波路,30\nMarket,听雨路,12\n';

/** A Tiergate of which the test says what it answers. */
interface Fake {
  decision: object | undefined;
  /** The answer to a second question, where it differs. */
  next: object | undefined;
  evaluationStatus: number;
  tokens: number;
  readonly asked: Record<string, unknown>[];
  readonly delivered: Record<string, unknown>[];
  readonly languages: (string | undefined)[];
}

describe('example portal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-portal-'));
  const fake: Fake = {
    decision: undefined,
    next: undefined,
    evaluationStatus: 200,
    tokens: 0,
    asked: [],
    delivered: [],
    languages: [],
  };
  let server: Server;
  let portal: ExamplePortal;

  const answers: Record<string, (body: Record<string, unknown>, authorization: string) => [number, unknown]> = {
    '/api/auth/token': () => [200, { access_token: `token-${++fake.tokens}` }],
    '/api/me': (_, authorization) =>
      authorization === 'Bearer visitor' ? [200, { subject: { id: 'ME' }, organisation: { id: 'ORG' } }] : [401, {}],
    '/access/v1/evaluation': (body) => {
      fake.asked.push(body);
      return [fake.evaluationStatus, fake.asked.length > 1 ? (fake.next ?? fake.decision) : fake.decision];
    },
    '/access/v1/deliveries': (body) => {
      fake.delivered.push(body);
      return [201, {}];
    },
  };

  const frame = () => ({ evaluationId: 'E', revision: 1, validUntil: new Date(Date.now() + 2000).toISOString() });
  const permit = (obligations: object[] = []) => ({
    decision: true,
    context: { reason: { code: 'granted', text: '' }, obligations, grant: 'G', ...frame() },
  });
  const deny = (code: string, undecided = false) => ({
    decision: false,
    context: { reason: { code, text: 'No.', undecided }, nextStep: { code: 'apply' }, ...frame() },
  });

  before((done) => {
    writeFileSync(join(folder, `${FILE}.csv`), CSV);
    const entry = { dataset: DATASET, action: 'download', source: '云汀市交通委员会', format: 'csv' };
    writeFileSync(join(folder, SHELF_INDEX), JSON.stringify({ [FILE]: entry }));
    server = createServer((incoming, response) => {
      let text = '';
      incoming.on('data', (part: Buffer) => {
        text += part.toString();
      });
      incoming.on('end', () => {
        fake.languages.push(incoming.headers['accept-language']);
        const answer = answers[incoming.url ?? ''];
        const [status, body] = answer?.(
          text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
          incoming.headers.authorization ?? '',
        ) ?? [404, {}];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    }).listen(0, '127.0.0.1', () => done());
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    fake.evaluationStatus = 200;
    fake.next = undefined;
    fake.asked.length = 0;
    fake.delivered.length = 0;
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    portal = new ExamplePortal(() => address, { clientId: 'portal', clientSecret: 's' }, new Shelf(folder));
  });

  it('asks for the visitor in their organisation and serves on a permit', async () => {
    fake.decision = permit([{ type: 'attribute' }]);
    const answer = await portal.serve(FILE, { authorization: 'Bearer visitor', purpose: 'research' });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.equal(CSV);
    expect(decodeURIComponent(answer.headers['x-data-source'] ?? '')).to.equal('云汀市交通委员会');
    expect(fake.asked).to.deep.equal([
      {
        subject: { type: 'user', id: 'ME', properties: { organisation: 'ORG' } },
        resource: { type: 'distribution', id: FILE },
        action: { name: 'download' },
        context: { purpose: 'research' },
      },
    ]);
  });

  it('names the source that the permit asks it to name', async () => {
    fake.decision = permit([{ type: 'attribute', source: 'Yunting Transport' }]);
    expect((await portal.serve(FILE)).headers['x-data-source']).to.equal('Yunting%20Transport');
  });

  it('asks anew for every request, with one token for all', async () => {
    fake.tokens = 0;
    fake.decision = permit();
    expect((await portal.serve(FILE)).status).to.equal(200);
    fake.decision = deny('grant-suspended');
    expect((await portal.serve(FILE)).status).to.equal(403);
    expect(fake.asked).to.have.length(2);
    expect(fake.asked[0]?.['subject']).to.deep.equal({ type: 'anonymous', id: 'anonymous' });
    expect(fake.tokens).to.equal(1);
  });

  it('says why it does not serve, and what to do', async () => {
    fake.decision = deny('no-grant');
    const answer = await portal.serve(FILE, { authorization: 'Bearer visitor' });
    expect(answer.status).to.equal(403);
    expect(JSON.parse(answer.body)).to.include({ code: 'no-grant', detail: 'No.' });
    expect(JSON.parse(answer.body).nextStep).to.deep.equal({ code: 'apply' });
  });

  it('speaks the visitor’s language, and asks Tiergate in it', async () => {
    fake.decision = deny('no-grant');
    await portal.serve(FILE, { language: 'zh-CN' });
    expect(fake.languages.at(-1)).to.equal('zh-CN');
    const [none, forged, unknown] = [
      await portal.serve('0'.repeat(26), { language: 'zh-CN' }),
      await portal.serve(FILE, { authorization: 'Bearer forged', language: 'zh-CN' }),
      await ((fake.decision = permit([{ type: 'watermark' }])), portal.serve(FILE, { language: 'zh-CN' })),
    ].map(({ headers, body }) => ({ language: headers['content-language'], ...JSON.parse(body) }));
    for (const answer of [none, forged, unknown]) {
      expect(answer).to.include({ language: 'zh-CN' });
      expect(answer.title).to.match(/\p{Script=Han}/u);
      expect(answer.detail).to.match(/\p{Script=Han}/u);
    }
    expect([none.code, forged.code, unknown.code]).to.deep.equal([
      'not-found',
      'unauthenticated',
      'unknown-obligation',
    ]);
  });

  it('takes the language a program puts first, and English from one that names none', () => {
    expect(['zh-CN,en;q=0.5', 'ZH', 'en-GB,zh;q=0.9', 'fr', undefined].map(languageOf)).to.deep.equal([
      'zh-CN',
      'zh-CN',
      'en',
      'en',
      'en',
    ]);
  });

  it('leads a browser that may not have the file to the page that says why, and a program to nothing else', async () => {
    fake.decision = deny('sign-in-required');
    const app = express();
    mountExamplePortal(portal)(app);
    const path = `/files/${FILE}/data.csv?purpose=research`;
    const browser = await request(app).get(path).set('accept', 'text/html,*/*;q=0.8').expect(303);
    expect(browser.headers['location']).to.equal(`/portal/${FILE}?dataset=${DATASET}&purpose=research`);
    for (const headers of [{ accept: '*/*' }, { accept: 'text/html', authorization: 'Bearer visitor' }]) {
      const program = await request(app).get(path).set(headers).expect(403);
      expect(program.body).to.include({ code: 'sign-in-required', evaluationId: 'E' });
    }
    fake.decision = permit();
    await request(app).get(path).set('accept', 'text/html').expect(200);
  });

  it('lets only the kept items out', async () => {
    fake.decision = permit([{ type: 'mask', keep: ['name', 'bays'] }]);
    const { body } = await portal.serve(FILE, { authorization: 'Bearer visitor' });
    expect(body).to.equal('name,bays\n"Quay, north",30\nMarket,12\n');
  });

  it('ends what is on its way when access to these items ends, where the terms ask for that', async () => {
    const soon = (decision: ReturnType<typeof permit>) => {
      decision.context.validUntil = new Date(Date.now() + 150).toISOString();
      return decision;
    };
    const sent = async (obligations: object[]) => {
      fake.asked.length = 0;
      fake.decision = soon(permit([...obligations, { type: 'mask', keep: ['road'] }]));
      const answer = await portal.serve(FILE, { authorization: 'Bearer visitor' });
      fake.decision = deny('grant-suspended');
      const reply = Object.assign(new EventEmitter(), { destroy: () => reply.emit('close') });
      const ended = once(reply, 'close').then(() => true);
      answer.watch?.(reply);
      return Promise.race([ended, sleep(1000, false)]);
    };
    expect(await sent([]), 'not asked for').to.equal(false);
    expect(fake.asked).to.have.length(1);
    expect(await sent([{ type: 'cut' }])).to.equal(true);
    expect(fake.asked[1])
      .to.have.nested.property('resource.properties')
      .that.deep.equals({ items: ['road'] });
  });

  it('asks for the covered items where not all are, and serves those', async () => {
    const partly = { reason: { code: 'items-partly-covered', text: '' }, ...frame() };
    fake.decision = { decision: false, context: { ...partly, items: { covered: ['road'], missing: ['name'] } } };
    fake.next = permit([{ type: 'mask', keep: ['road'] }]);
    const { status, body } = await portal.serve(FILE, { authorization: 'Bearer visitor' });
    expect(fake.asked[1]?.['resource']).to.deep.equal({
      type: 'distribution',
      id: FILE,
      properties: { items: ['road'] },
    });
    expect([status, body]).to.deep.equal([200, 'road\n临波路\n听雨路\n']);
  });

  it('reports the delivery where it has to', async () => {
    fake.decision = permit([{ type: 'count' }]);
    await portal.serve(FILE, { authorization: 'Bearer visitor' });
    expect(fake.delivered).to.deep.equal([
      {
        evaluationId: 'E',
        dataset: DATASET,
        distribution: FILE,
        grant: 'G',
        bytes: Buffer.byteLength(CSV),
      },
    ]);
  });

  it('fails closed: unknown obligation, undecided, a fault, no answer', async () => {
    fake.decision = permit([{ type: 'watermark' }]);
    expect((await portal.serve(FILE)).status).to.equal(503);
    fake.decision = deny('stale', true);
    expect((await portal.serve(FILE)).status).to.equal(503);
    fake.decision = permit();
    fake.evaluationStatus = 500;
    expect((await portal.serve(FILE)).status).to.equal(503);
    fake.evaluationStatus = 200;
    fake.decision = { decision: 'true', context: { reason: { code: 'granted', text: '' } } };
    expect((await portal.serve(FILE)).status).to.equal(503);
    const alone = new ExamplePortal(
      () => 'http://127.0.0.1:9',
      { clientId: 'portal', clientSecret: 's' },
      new Shelf(folder),
    );
    expect((await alone.serve(FILE)).status).to.equal(503);
  });

  it('knows its own files only, and a credential that does not hold is not anonymous', async () => {
    fake.decision = permit();
    for (const name of [SHELF_INDEX, '../secret', '0'.repeat(26), `${FILE}.csv`])
      expect((await portal.serve(name)).status, name).to.equal(404);
    expect((await portal.serve(FILE, { authorization: 'Bearer forged' })).status).to.equal(401);
    expect(fake.asked).to.deep.equal([]);
  });
});
