import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { findJava } from '../support/java.js';
import { FakeTiergate, DENY, PERMIT } from '../../portal-kit/fake-server/index.js';
import { RULES } from '../../portal-kit/conformance/index.js';
import { freePort, Place } from '../support/product.js';
import { inProject } from '../support/project.js';
import { skip } from '../support/skip.js';
import { NaivePortal } from '../unit/portal-kit/naive-portal.js';

const FILE = '01J9ZC4V7M3W8Q5T6R2P1N0F1E';

describe('tiergate portal-test', function () {
  this.timeout(240_000);
  const place = new Place();
  const children: ChildProcess[] = [];
  after(() => {
    for (const child of children) child.kill();
    place.remove();
  });

  it('finds nothing amiss in the example portal, run as a process of its own', async () => {
    const [fake, port] = [await freePort(), await freePort()];
    const files = join(place.folder, 'shelf');
    mkdirSync(files);
    writeFileSync(join(files, `${FILE}.csv`), 'name,road,bays\nQuay,临波路,30\n');
    const entry = { dataset: FILE, action: 'download', source: 'Harbour', format: 'csv' };
    writeFileSync(join(files, 'catalogue.json'), JSON.stringify({ [FILE]: entry }));
    const words = ['--tiergate', `http://127.0.0.1:${fake}`, '--files', files, '--port', `${port}`];
    const portal = spawn(process.execPath, [inProject('examples/portal.mjs'), ...words]);
    children.push(portal);
    await new Promise((resolve) => portal.stdout.once('data', resolve));
    const { code, out, err } = await place.tiergate(
      'portal-test',
      `http://127.0.0.1:${port}/files/${FILE}/data.csv`,
      '--listen',
      `${fake}`,
    );
    expect(code, out + err).to.equal(0);
    expect(out.match(/^ok {6}/gm)).to.have.length(RULES.length);
    expect(out).to.match(new RegExp(`^${RULES.length} of ${RULES.length} rules hold$`, 'm'));
    expect(err).to.contain(`http://127.0.0.1:${fake}`);
  });

  it('finds nothing amiss in the example of the kit, taken from its page as it stands', async () => {
    const [fake, port] = [await freePort(), await freePort()];
    const page = readFileSync(inProject('portal-kit/README.md'), 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const kit = JSON.stringify(pathToFileURL(inProject('dist/portal-kit/index.js')).href);
    const portal = [
      `import express from ${JSON.stringify(import.meta.resolve('express'))};`,
      'const app = express();',
      'const organisationOf = ({ headers }) => (headers.authorization ?? "Bearer nobody").slice(7);',
      'app.use((request, _, next) => { request.session = { organisation: organisationOf(request) }; next(); });',
      'const read = async () => Buffer.from("name,road,bays\\nQuay,Riverside,30\\n");',
      example.replace("'./portal-kit/index.js'", kit).replace('https://data.example.org', `http://127.0.0.1:${fake}`),
      `app.listen(${port}, '127.0.0.1', () => console.log('ready'));`,
    ].join('\n');
    const file = join(place.folder, 'example.mjs');
    writeFileSync(file, portal);
    const env = { ...process.env, PORTAL_CLIENT_SECRET: 'secret' };
    const running = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(running);
    await new Promise((resolve) => running.stdout.once('data', resolve));
    const address = `http://127.0.0.1:${port}/files/${FILE}`;
    const { code, out, err } = await place.tiergate('portal-test', address, '--listen', `${fake}`);
    expect(code, out + err).to.equal(0);
    expect(out).to.match(new RegExp(`^${RULES.length} of ${RULES.length} rules hold$`, 'm'));
  });

  it('says what a broken portal does, and ends with 1', async () => {
    const port = await freePort();
    const portal = await NaivePortal.start(`http://127.0.0.1:${port}`, 'never-asks');
    const { code, out } = await place.tiergate('portal-test', portal.file, '--listen', `${port}`, '--json');
    await portal.stop();
    expect(code).to.equal(1);
    const { tried, failed } = JSON.parse(out) as { failed: number; tried: { id: string; saw: string }[] };
    expect([failed, tried.length, tried[0]?.id]).to.deep.equal([RULES.length, 1, 'asks-and-serves']);
    expect(tried[0]?.saw).to.contain('did not ask');
  });

  it('says what it does not understand, with exit code 2', async () => {
    for (const words of [
      ['nowhere'],
      ['http://127.0.0.1:9/x', '--listen', 'x'],
      ['http://127.0.0.1:9/x', '--header', 'odd'],
    ])
      expect((await place.tiergate('portal-test', ...words)).code, words.join(' ')).to.equal(2);
  });

  it('the sample in Java compiles, and tells a permit, a deny and neither apart', async function () {
    const java = findJava();
    if (java === undefined) skip(this, 'no java with a compiler on PATH');
    const fake = await FakeTiergate.start();
    const said = (): Promise<[number | null, string]> =>
      new Promise((resolve) => {
        const words = [inProject('portal-kit/java/PortalCheck.java'), fake.address, 'p', 's', 'organisation', 'o', 'd'];
        const child = spawn(java, words);
        let out = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part: Buffer) => (out += part.toString()));
        child.once('close', (code) => resolve([code, out.trim().split(' ').slice(0, 2).join(' ')]));
      });
    fake.decide = () => ({ ...PERMIT, obligations: [{ type: 'log' }] });
    expect(await said()).to.deep.equal([0, 'PERMIT granted']);
    fake.decide = () => DENY;
    expect(await said()).to.deep.equal([1, 'DENY no-grant']);
    fake.decide = () => ({ ...PERMIT, obligations: [{ type: 'mask', keep: ['a'] }] });
    expect(await said()).to.deep.equal([3, 'UNDECIDED unknown-obligation']);
    fake.decide = () => ({ decision: false, reason: 'stale', undecided: true });
    expect(await said()).to.deep.equal([3, 'UNDECIDED stale']);
    for (const trouble of ['fails', 'half', 'page', 'no-context', 'text-decision'] as const) {
      fake.trouble = trouble;
      expect((await said())[0], trouble).to.equal(3);
    }
    await fake.stop();
  });
});
