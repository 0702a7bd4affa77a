import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { Caller } from '../support/caller.js';
import { type RunningNginx, startNginx, testNginx } from '../support/nginx.js';
import { freePort } from '../support/product.js';
import { inProject } from '../support/project.js';
import { skipSuite } from '../support/skip.js';
import { done, Town } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
/** What an answer may be believed for: the staleness bound. */
const BOUND = 2000;

describe('deploy/nginx', function () {
  this.timeout(240_000);
  if (testNginx() === undefined) skipSuite(this, 'no nginx: TIERGATE_NGINX is not set');

  const selfTest = (...words: string[]): Promise<{ code: number | null; out: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [inProject('deploy/nginx/self-test.mjs'), ...words], { cwd: inProject() });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (out += part.toString()));
      child.once('close', (code) => resolve({ code, out }));
    });

  it('fails closed, row by row; with the check switched off the same rows say so', async () => {
    const { code, out } = await selfTest();
    expect(code, out).to.equal(0);
    expect(out).to.match(/^40 rows hold$/m);
    const open = await selfTest('--without-check');
    expect(open.code).to.equal(1);
    for (const row of [
      'a deny is 403',
      'Tiergate is not there: 503',
      'Tiergate is not there: 503 over TLS',
      'a deny is 403 over TLS',
      'Tiergate is slow',
      'dot segments',
      'headers that name another file',
    ])
      expect(open.out, row).to.match(new RegExp(`^FAILED  ${row}`, 'm'));
  });

  describe('in front of the files of the example portal', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-nginx-'));
    let town: Town;
    let nginx: RunningNginx;
    let file: string;
    let grant: string;
    let gone = false;
    before(async () => {
      const [memory] = backends;
      if (memory === undefined) throw new Error('no database');
      town = await Town.open(memory);
      cpSync(town.files, join(folder, 'files'), { recursive: true });
      await town.plain(); // the one of which enterprise B has a grant from the seeds
      const dataset = await town.plain();
      ({ grant } = await town.granted([dataset]));
      const { links } = (await (await town.as(HANDLER)).get(grant)).body;
      file = `${new URL(links[0].href, town.address).pathname}?purpose=research`;
      const port = await freePort();
      const own = (name: string) => inProject('deploy/nginx', name);
      const upstream = readFileSync(own('upstream.conf'), 'utf8').replace('127.0.0.1:8080', new URL(town.address).host);
      nginx = await startNginx(
        folder,
        port,
        `include ${own('http.conf')}; ${upstream}
        server {
          listen 127.0.0.1:${port};
          include ${own('check.conf')};
          access_log ${folder}/deliveries.log tiergate_deliveries;
          location ~ "^/files/(?<distribution>[0-9A-Z]{26})/data\\.csv$" {
            include ${own('guarded.conf')};
            alias ${folder}/files/$distribution.csv;
          }
        }`,
      );
    });
    after(async () => {
      await nginx?.stop();
      if (!gone) await town?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    /** The visitor's request to nginx, not to the product. */
    const fetched = async (by?: Caller) => (by ?? Caller.anonymous('')).at(nginx.address).get(file);

    it('serves on a permit, refuses without, and stops within the bound after a revocation', async () => {
      const handler = await town.as(HANDLER);
      const served = await fetched(handler);
      expect([served.status, served.headers.get('x-reason')]).to.deep.equal([200, 'granted']);
      expect(served.text).to.equal(readFileSync(join(folder, 'files', `${file.split('/')[2]}.csv`), 'utf8'));
      expect(decodeURIComponent(served.headers.get('x-data-source') ?? '')).to.match(/\p{L}/u);
      const anonymous = await fetched();
      expect([anonymous.status, anonymous.headers.get('www-authenticate')]).to.deep.equal([401, 'Bearer']);
      const rival = await fetched(await town.as('enterprise-b-handler'));
      expect([rival.status, rival.body.code]).to.deep.equal([403, 'no-grant']);

      done(await town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
      const from = performance.now();
      const stopped = await fetched(handler);
      expect(performance.now() - from).to.be.below(BOUND);
      expect([stopped.status, stopped.body.code]).to.deep.equal([403, 'grant-suspended']);
      done(await town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
      expect((await fetched(handler)).status).to.equal(200);
      for (const range of ['bytes=0-9', 'bytes=10-99', 'bytes=100-']) {
        const part = await handler.at(nginx.address).get(file, { range });
        expect([range, part.status]).to.deep.equal([range, 206]);
      }
      done(await town.give('supervisor', grant, 'revoke', { reason: 'Misused' }));
      expect((await fetched(handler)).body.code).to.equal('grant-revoked');
    });

    it('keeps a line for each delivery with the decision it rested on', () => {
      const lines = readFileSync(join(folder, 'deliveries.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.filter(({ status }) => status === 200)).to.have.length(2);
      for (const { evaluationId, obligations, bytes } of lines.filter(({ status }) => status === 200)) {
        expect(evaluationId).to.match(/^[0-9A-Z]{26}$/);
        expect([obligations, bytes > 0]).to.deep.equal(['attribute,log,count', true]);
      }
    });

    it('has them reported, once each', async () => {
      const report = () =>
        new Promise<string>((resolve) => {
          const child = spawn(process.execPath, [inProject('deploy/nginx/report-deliveries.mjs')], {
            env: {
              ...process.env,
              TIERGATE_URL: town.address,
              PORTAL_CLIENT_ID: 'portal',
              PORTAL_CLIENT_SECRET: 'tiergate-demo-portal',
            },
          });
          let said = '';
          child.stderr.on('data', (part: Buffer) => (said += part.toString()));
          child.once('close', () => resolve(said));
          child.stdin.end(readFileSync(join(folder, 'deliveries.log')));
        });
      expect([await report(), await report()]).to.deep.equal(['', '']);
      const [line] = readFileSync(join(folder, 'deliveries.log'), 'utf8').split('\n', 1);
      const { evaluationId } = JSON.parse(line ?? '') as { evaluationId: string };
      const again = await (await town.portal()).post('/access/v1/deliveries', { evaluationId });
      expect([again.status, again.body.grantDeliveries], 'two whole ones, and one in three parts').to.deep.equal([
        200, 3,
      ]);
      const parts = readFileSync(join(folder, 'deliveries.log'), 'utf8').match(/"status":206/g);
      expect(parts).to.have.length(3);
    });

    it('serves nothing when Tiergate is gone', async () => {
      const handler = await town.as(HANDLER);
      await town.close();
      gone = true;
      expect(existsSync(join(folder, 'files', `${file.split('/')[2]}.csv`)), 'the file is there').to.equal(true);
      for (const by of [handler, undefined]) {
        const answer = await fetched(by);
        expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).to.deep.equal([
          503,
          'could-not-decide',
          '2',
        ]);
      }
    });
  });
});
