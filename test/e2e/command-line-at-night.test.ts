import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { schema } from '../../ormconfig.js';
import { openDatabase } from '../../src/persistence/index.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { Place, PRODUCTION, RunningProduct } from '../support/product.js';

const COMMANDS: readonly (readonly string[])[] = [
  ['serve'],
  ['migrate', 'up'],
  ['migrate', 'down', '--yes'],
  ['migrate', 'status'],
  ['seed'],
  ['import', 'data.json', '--source', 'x'],
  ['admin', 'create', '--username', 'root-admin'],
  ['policies', 'export'],
  ['audit', 'verify'],
  ['doctor'],
];
const STACK = /\n\s+at /;
const PASSWORD = 'a lamp by the river';

async function addMigration(url: string, name: string): Promise<void> {
  const database = await openDatabase(url, schema);
  await database.write((manager) =>
    manager.query('INSERT INTO migrations (timestamp, name) VALUES (1800000000000, ?)', [name]),
  );
  await database.close();
}

describe('tiergate, as an operator meets it at three in the morning', function () {
  this.timeout(240_000);
  let place: Place;
  beforeEach(() => {
    place = new Place();
    writeFileSync(join(place.folder, 'data.json'), '{}');
    place.environment['TIERGATE_ADMIN_PASSWORD'] = PASSWORD;
  });
  afterEach(() => place.remove());

  it('every command explains itself, in both languages, without a database', async () => {
    for (const words of [...COMMANDS, ['classify'], ['policies', 'check']]) {
      const name = words.slice(0, /^(policies|audit|admin)$/.test(words[0] ?? '') ? 2 : 1);
      const [en, zh] = await Promise.all([
        place.tiergate(...name, '--help'),
        place.run([...name, '-h'], { LC_ALL: 'zh_CN.UTF-8' }),
      ]);
      expect([en.code, zh.code], name.join(' ')).to.deep.equal([0, 0]);
      expect(en.out).to.contain(`Usage: tiergate ${name.join(' ')}`);
      expect(zh.out)
        .to.contain(`用法: tiergate ${name.join(' ')}`)
        .and.match(/[一-鿿]{4}/);
    }
  });

  it('what is not a command is named, with what begins like it', async () => {
    const group = await place.tiergate('audit');
    expect(group).to.include({ code: 2, out: '' });
    expect(group.err).to.contain('there is no command "audit". There is: tiergate audit verify.');
    expect((await place.tiergate('imports', 'x')).err).to.contain('tiergate import');
    expect((await place.run(['跳舞'], { LANG: 'zh_CN.UTF-8' })).err).to.contain('没有命令“跳舞”');
    expect(await place.tiergate('--version')).to.deep.include({ code: 0, out: '0.1.0\n' });
  });

  it('wrong arguments are told with how it is used, and never with a stack', async () => {
    for (const words of [
      ['serve', 'now'],
      ['migrate'],
      ['seed', '--all'],
      ['import'],
      ['admin', 'create'],
      ['policies', 'export', '--at', 'yesterday'],
      ['policies', 'check', 'x'],
      ['audit', 'verify', '--quick'],
      ['doctor', 'please'],
      ['classify', 'a', 'b'],
    ]) {
      const { code, out, err } = await place.tiergate(...words);
      expect({ code, out }, words.join(' ')).to.deep.equal({ code: 2, out: '' });
      expect(err).to.contain(`tiergate ${words[0]}`).and.not.match(STACK);
    }
  });

  it('a database that cannot be reached is said in a sentence by each that needs one', async () => {
    for (const words of COMMANDS.filter(([name]) => name !== 'serve')) {
      const { code, out, err } = await place.run(words, { DATABASE_URL: 'mariadb://user:s%23cret@127.0.0.1:9/none' });
      expect(code, words.join(' ')).to.equal(words[0] === 'doctor' ? 1 : 3);
      expect(out + err).to.match(/cannot connect to none at 127\.0\.0\.1:9.*(Check that|请检查)/s);
      expect(out + err)
        .not.to.match(STACK)
        .and.not.match(/s.{1,3}cret/);
    }
  });

  it('a database that is not there, older or newer than the program is told apart, with the next step', async () => {
    const url = place.environment['DATABASE_URL'] ?? '';
    for (const words of [
      ['audit', 'verify'],
      ['policies', 'export'],
    ]) {
      expect((await place.tiergate(...words)).err).to.contain('there is no such database');
    }
    await place.tiergate('migrate', 'up');
    await place.tiergate('migrate', 'down', '--yes');
    const older = await place.tiergate('audit', 'verify');
    expect(older.code).to.equal(3);
    expect(older.err).to.match(/older than this version.*tiergate migrate up/s);
    await addMigration(url, 'Later1800000000000');
    for (const words of COMMANDS) {
      const { code, out, err } = await place.run(words, { PORT: '0' });
      expect(code, words.join(' ')).to.equal(words[0] === 'doctor' ? 1 : 3);
      expect(out + err)
        .to.match(
          /newer than this version of the product: it has Later1800000000000.*Install the version that made it/s,
        )
        .and.not.match(STACK);
    }
  });

  it('a reader that has enough ends a command quietly', async () => {
    await place.tiergate('migrate', 'up');
    const program = inProject('bin', 'tiergate.mjs');
    const line = `${process.execPath} ${program} policies check | true; ${process.execPath} ${program} --help | head -c 1`;
    const piped = spawn('/bin/sh', ['-c', line], { cwd: place.folder, env: place.environment });
    let err = '';
    piped.stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    await new Promise((resolve) => piped.once('close', resolve));
    expect(err).to.equal('');
  });

  it('doctor names a setting that is spelt wrongly', async () => {
    await place.tiergate('migrate', 'up');
    const { out } = await place.run(['doctor'], { TIERGATE_SECERT: 'x' });
    expect(out).to.match(/^note {2}settings {2}TIERGATE_SECERT is no setting/m);
  });
});

describe('tiergate admin create, in production', function () {
  this.timeout(240_000);
  eachBackend(
    (backend) => {
      let database: TestDatabase;
      let place: Place;
      beforeEach(async () => {
        database = await backend.fresh();
        place = new Place(database.url);
        Object.assign(place.environment, PRODUCTION);
      });
      afterEach(async () => {
        place.remove();
        await database.dispose();
      });

      it('makes the first administrator of an empty database, who signs in, and no demo account beside', async () => {
        const create = (username: string, password = PASSWORD, ...more: string[]) =>
          place.run(['admin', 'create', '--username', username, ...more], { TIERGATE_ADMIN_PASSWORD: password });
        for (const [outcome, code, words] of [
          [await create('root-admin', 'short'), 3, 'weak-password'],
          [await create('Root Admin'), 3, '/username'],
          [await create('root-admin', PASSWORD, '--credit-code', '91310000MA1FL0000X'), 3, 'invalid-credit-code'],
          [await create('root-admin', PASSWORD, '--name', '王小明', '--centre', '大数据中心'), 0, 'administers now'],
          [await create('root-admin'), 3, 'username-taken'],
          [await create('second-admin'), 0, 'administers now'],
        ] as const) {
          expect(outcome.code, outcome.out + outcome.err).to.equal(code);
          expect(outcome.out + outcome.err)
            .to.contain(words)
            .and.not.contain(PASSWORD);
        }
        const product = await RunningProduct.start(place);
        const signIn = async (username: string, password: string) =>
          fetch(`${product.address}/api/auth/token`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ grantType: 'password', username, password }),
          });
        const answer = await signIn('root-admin', PASSWORD);
        expect(answer.status).to.equal(200);
        const { access_token } = (await answer.json()) as { access_token: string };
        const me = await fetch(`${product.address}/api/me`, { headers: { authorization: `Bearer ${access_token}` } });
        const { roles, organisation } = (await me.json()) as { roles: string[]; organisation: { kind: string } };
        expect({ roles, kind: organisation.kind }).to.deep.equal({ roles: ['admin'], kind: 'centre' });
        expect((await signIn('admin', 'tiergate-demo')).status).to.equal(401);
        expect(await product.stop()).to.equal(0);
        const audit = await place.tiergate('audit', 'verify');
        expect(audit.code, audit.out + audit.err).to.equal(0);
      });
    },
    (backend) => backend.durable,
  );

  it('production does not start on a database with demo accounts, and says which', async () => {
    const place = new Place();
    expect((await place.tiergate('seed')).code).to.equal(0);
    const refused = await place.run(['serve'], { ...PRODUCTION, PORT: '0' });
    expect(refused.code).to.equal(3);
    expect(refused.err).to.match(/demo accounts with a public password: .*\badmin\b.*\bportal\b/s);
    expect(refused.err).to.contain('Use a database of its own');
    place.remove();
  });
});
