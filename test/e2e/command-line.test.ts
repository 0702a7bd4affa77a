import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inProject } from '../support/project.js';
import { Place } from '../support/product.js';

const PEOPLE = '姓名,手机号,街镇\n沈一,13800000001,锦塘东街街道\n沈二,13900000002,锦塘东街街道\n';

describe('tiergate on the command line', function () {
  this.timeout(30_000);
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
});
