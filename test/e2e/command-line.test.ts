import { exec } from 'node:child_process';
import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { schema } from '../../ormconfig.js';
import { openDatabase } from '../../src/persistence/index.js';
import { inProject } from '../support/project.js';
import { Place, PRODUCTION, RunningProduct } from '../support/product.js';

const PEOPLE = '姓名,手机号,街镇\n沈一,13800000001,锦塘东街街道\n沈二,13900000002,锦塘东街街道\n';

describe('tiergate on the command line', function () {
  this.timeout(240_000);
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  it('lists its commands in both languages', async () => {
    const en = await place.tiergate('--help');
    expect(en.code).to.equal(0);
    for (const name of ['serve', 'migrate', 'classify']) expect(en.out).to.match(new RegExp(`^  ${name} `, 'm'));
    const zh = await place.run([], { LANG: 'zh_CN.UTF-8' });
    expect(zh.code).to.equal(0);
    expect(zh.out).to.contain('用法');
    expect((await place.tiergate('help', 'migrate', '--language', 'zh')).out).to.contain('用法: tiergate migrate');
  });

  it('says what it does not understand, with exit code 2', async () => {
    expect(await place.tiergate('dance')).to.include({ code: 2, out: '' });
    const odd = await place.tiergate('migrate', 'sideways');
    expect(odd.code).to.equal(2);
    expect(odd.err).to.contain('sideways');
    const option = await place.tiergate('classify', 'people.csv', '--colour');
    expect(option.code).to.equal(2);
    expect(option.err).to.contain('--colour');
    expect(option.err).to.contain('--declared');
    expect((await place.tiergate('classify')).code).to.equal(2);
  });

  it('classifies a file without a server or a database', async () => {
    writeFileSync(join(place.folder, 'people.csv'), PEOPLE);
    const report = await place.run(['classify', 'people.csv'], { DATABASE_URL: 'mysql://nobody@127.0.0.1:9/none' });
    expect(report.code).to.equal(1);
    expect(report.out).to.contain('Not open');
    expect(report.out).to.contain('手机号');
    expect(report.out).not.to.contain('13800000001');
    const json = await place.tiergate('classify', 'people.csv', '--json', '--declared', 'open');
    expect(JSON.parse(json.out).verdict.tier).to.equal('restricted');
    expect((await place.tiergate('classify', 'nowhere.csv')).code).to.equal(3);
  });

  it('gives a long report whole to whoever reads it slowly through a pipe', async () => {
    const row = (cell: string): string => Array.from({ length: 1500 }, (_, at) => `${cell}${at}`).join();
    writeFileSync(join(place.folder, 'wide.csv'), `${row('名')}\n${row('')}\n`);
    const program = [inProject('bin/tiergate.mjs'), 'classify', 'wide.csv', '--json']
      .map((part) => `'${part}'`)
      .join(' ');
    const command = `'${process.execPath}' ${program} | (sleep 1; cat)`;
    const { stdout } = await promisify(exec)(command, { cwd: place.folder, maxBuffer: 16 * 1024 * 1024 });
    expect(stdout.length, 'more than a pipe holds').to.be.above(2 * 65_536);
    expect(JSON.parse(stdout).columns).to.have.length(1500);
  });

  it("decides an operator's own cases over the data of now, in a table, and ends with what came of it", async () => {
    const check = async (expect: string) => {
      const one = `{name: 交通 for nobody, who: anonymous, does: download, with: dataset none, expect: ${expect}}`;
      writeFileSync(join(place.folder, 'own.yaml'), `cases:\n  - ${one}\n`);
      return place.tiergate('policies', 'check', '--cases', 'own.yaml');
    };
    expect((await check('deny')).code, 'no database yet').to.equal(3);
    await place.tiergate('migrate', 'up');
    const good = await check('deny');
    expect([good.code, good.err]).to.deep.equal([0, '1 cases, 0 not as expected\n']);
    expect(good.out).to.match(
      /^ +case +expected +answer +row\nok +交通 for nobody +deny +deny unknown-resource +dataset-unknown$/m,
    );
    const bad = await check('permit');
    expect([bad.code, /^BAD +交通/m.test(bad.out)]).to.deep.equal([1, true]);
    const odd = await check('maybe');
    expect([odd.code, odd.err]).to.deep.include.members([2]);
    expect(odd.err).to.include('cases/0 (交通 for nobody): expect must be permit or deny');
    expect((await place.tiergate('policies', 'check', '--cases', 'nowhere.yaml')).code).to.equal(3);
  });

  it('brings the schema forward, tells where it is, and goes back only when told so', async () => {
    expect((await place.tiergate('migrate', 'status')).code).to.equal(3);
    const up = await place.tiergate('migrate', 'up');
    expect(up.code).to.equal(0);
    expect(up.out).to.match(/^\+ Log/m);
    expect((await place.tiergate('migrate', 'status')).code).to.equal(0);
    const careless = await place.tiergate('migrate', 'down');
    expect(careless.code).to.equal(3);
    expect(careless.err).to.contain('--yes');
    const down = await place.tiergate('migrate', 'down', '--yes');
    expect(down.out).to.match(/^- /m);
    expect((await place.tiergate('migrate', 'status')).code).to.equal(1);
    expect((await place.tiergate('migrate', 'up')).code).to.equal(0);
  });

  it('checks the policies that ship, and names the fault in a folder of one’s own', async () => {
    const shipped = await place.tiergate('policies', 'check');
    expect(shipped.code, shipped.out).to.equal(0);
    expect(shipped.out).to.match(/^ok {3}access\.csv: \d+ rows, \d+ cases$/m);
    const own = join(place.folder, 'policies');
    cpSync(inProject('policies'), own, { recursive: true });
    appendFileSync(join(own, 'access.csv'), 'p, nonsense, permit\n');
    const spoiled = await place.run(['policies', 'check'], { TIERGATE_POLICIES: own });
    expect(spoiled.code).to.equal(1);
    expect(spoiled.out).to.match(/^BAD {2}access\.csv/m);
    expect(spoiled.out).to.match(/^ok {3}packs/m);
  });

  it('says what to do before it is too late', async () => {
    const none = await place.tiergate('doctor');
    expect(none.code).to.equal(1);
    expect(none.out).to.match(/^BAD {3}database .*DATABASE_URL/m);
    await place.tiergate('migrate', 'up');
    const sound = await place.tiergate('doctor', '--language', 'zh');
    expect(sound.code, sound.out).to.equal(0);
    expect(sound.out).to.match(/^ok {4}schema {4}已执行/m);
    await place.tiergate('migrate', 'down', '--yes');
    expect((await place.tiergate('doctor')).out).to.match(/^note {2}schema .*tiergate migrate up/m);
  });

  it('names mail that does not get out, with what the server said', async () => {
    await place.tiergate('migrate', 'up');
    expect((await place.tiergate('doctor')).out).to.match(/^ok {4}mail {6}0 waiting, 0 given up$/m);
    const database = await openDatabase(`sqlite:${place.database}`, schema);
    try {
      const hours = (ago: number) =>
        new Date(Date.now() - ago * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
      const id = '01JBBBBBBBBBBBBBBBBBBBBBM1';
      const values = [
        id,
        id,
        'digest',
        '2026-12-01',
        'waiting',
        4,
        hours(5),
        hours(-1),
        'ETIMEDOUT: Greeting never received',
      ];
      await database.write((manager) =>
        manager.query(
          `INSERT INTO mails (id, person, kind, about, state, tries, made_at, next_at, last_error) VALUES (${values.map(() => '?').join(', ')})`,
          values,
        ),
      );
    } finally {
      await database.close();
    }
    const late = await place.tiergate('doctor');
    expect(late.code).to.equal(1);
    expect(late.out).to.match(/^BAD {3}mail {6}1 mails wait, the oldest for [45] h; .*Greeting never received$/m);
  });

  it('verifies an untouched history', async () => {
    await place.tiergate('migrate', 'up');
    const sound = await place.tiergate('audit', 'verify');
    expect(sound.code).to.equal(0);
    expect((await place.tiergate('audit', 'verify', '--json')).out).to.contain('"faults": []');
  });

  it('lists every fault of the settings at once', async () => {
    const faulty = await place.run(['migrate', 'status'], {
      TIERGATE_MODE: 'production',
      DATABASE_URL: '',
      PORT: 'eighty',
    });
    expect(faulty.code).to.equal(3);
    for (const name of ['PORT', 'DATABASE_URL', 'TIERGATE_SECRET', 'TIERGATE_PUBLIC_URL'])
      expect(faulty.err).to.contain(name);
  });

  it('seeds an empty database once, never in production, and not under a running server', async () => {
    const first = await place.tiergate('seed');
    expect(first.code, first.err).to.equal(0);
    expect(first.out).to.match(/^seeded datasets: 1600$/m);
    expect((await place.tiergate('seed')).out).to.contain('nothing to do');
    const production = await place.run(['seed'], PRODUCTION);
    expect(production.code).to.equal(3);
    expect(production.err).to.contain('public password');
  });

  it('imports a catalogue into the database, or through the server that holds it', async () => {
    const record = (identifier: string, accessLevel: string) => ({
      '@type': 'dcat:Dataset',
      title: `Title of ${identifier}`,
      description: 'What the dataset holds.',
      keyword: ['test'],
      modified: '2026-01-01',
      publisher: { '@type': 'org:Organization', name: 'Office of Examples' },
      contactPoint: { '@type': 'vcard:Contact', fn: 'Desk', hasEmail: 'mailto:desk@example.org' },
      identifier,
      accessLevel,
    });
    const catalogue = {
      conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
      dataset: [record('a', 'public'), record('b', 'non-public')],
    };
    writeFileSync(join(place.folder, 'data.json'), JSON.stringify(catalogue));
    expect((await place.tiergate('import', 'data.json')).code).to.equal(2);
    const first = await place.tiergate('import', 'data.json', '--source', 'examples');
    expect(first.code, first.err).to.equal(0);
    expect(first.out).to.match(/^done: read 2, created 2, /m);
    expect((await place.tiergate('import', 'data.json', '--source', 'examples')).out).to.contain('unchanged 2');

    const server = await RunningProduct.start(place);
    try {
      const refused = await place.tiergate('import', 'data.json', '--source', 'examples');
      expect(refused.code).to.equal(3);
      expect(refused.err).to.contain('--server');
      expect((await place.tiergate('seed')).code).to.equal(3);
      const words = ['import', 'data.json', '--source', 'examples', '--server', server.address];
      expect((await place.run(words, {})).err).to.contain('TIERGATE_USERNAME');
      const signedIn = { TIERGATE_USERNAME: 'admin', TIERGATE_PASSWORD: 'tiergate-demo' };
      const through = await place.run(words, signedIn);
      expect(through.code, through.err).to.equal(0);
      expect(through.out).to.contain('unchanged 2');
      expect((await place.run(words, { ...signedIn, TIERGATE_PASSWORD: 'not this one' })).code).to.equal(3);
    } finally {
      await server.stop();
    }
    expect((await place.tiergate('audit', 'verify')).code).to.equal(0);
  });
});
