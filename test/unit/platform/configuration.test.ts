import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigFault, loadConfig, readSecret, serverAddress, settingDocs } from '../../../src/config/index.js';
import { PRODUCTION } from '../../support/product.js';

const DATABASE = 'mysql://tiergate:s3cr3t-of-the-db@db:3306/tiergate';
const SOUND = { ...PRODUCTION, DATABASE_URL: DATABASE };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}

describe('configuration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (content: string): string => {
    const path = join(folder, 'content');
    writeFileSync(path, content);
    return path;
  };

  it('starts without any setting as a demo on loopback', () => {
    expect(loadConfig({})).to.include({
      mode: 'demo',
      host: '127.0.0.1',
      port: 8080,
      databaseUrl: 'sqlite:./data/tiergate.db',
    });
    expect(loadConfig({ PORT: '', DATABASE_URL: '' }).port).to.equal(8080);
  });

  it('names every fault at once, with its variable and an example, and never with a value that is secret', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      DATABASE_URL: 'postgres://u:hunter2@db/x',
      TIERGATE_MODE: 'prod',
      TIERGATE_SECRET: 'hunter2',
      TIERGATE_LOG_LEVEL: 'loud',
      TIERGATE_DATABASE_POOL: '0',
      TIERGATE_CONTACT: 'nobody',
    });
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'TIERGATE_MODE',
      'TIERGATE_SECRET',
      'TIERGATE_LOG_LEVEL',
      'TIERGATE_DATABASE_POOL',
      'TIERGATE_CONTACT',
    ])
      expect(
        faults.some((fault) => fault.startsWith(`${name}: `) && fault.includes('for example')),
        name,
      ).to.equal(true);
    expect(faults.join()).not.to.contain('hunter2');
  });

  it('takes a mail server with its password, from a file too, and names a wrong one without it', () => {
    const from = { TIERGATE_MAIL_FROM: 'no-reply@example.org' };
    const sound = [
      'smtps://u:hunter2@mail.example.org',
      'smtp://mail.example.org:587?requireTLS=true',
      'smtp://127.0.0.1:25',
    ];
    for (const url of sound)
      expect(loadConfig({ ...SOUND, ...from, TIERGATE_SMTP_URL: url }).smtpUrl, url).to.equal(url);
    for (const url of ['http://u:hunter2@x', 'smtp://', 'smtp:hunter2'])
      expect(faultsOf({ TIERGATE_SMTP_URL: url }).join(), url)
        .to.match(/^TIERGATE_SMTP_URL: /)
        .and.not.contain('hunter2');
    expect(loadConfig({}).smtpUrl, 'files by default').to.equal(undefined);
  });

  it('is production where NODE_ENV says so, unless the mode is set', () => {
    expect(loadConfig({ ...SOUND, TIERGATE_MODE: '', NODE_ENV: 'production' }).mode).to.equal('production');
    expect(loadConfig({ NODE_ENV: 'production', TIERGATE_MODE: 'demo' }).mode).to.equal('demo');
  });

  for (const [what, change, says] of [
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL: set it'],
    ['a database in memory', { DATABASE_URL: 'sqlite::memory:' }, 'forgets everything'],
    ['no secret', { TIERGATE_SECRET: '' }, 'set one'],
    ['a short secret', { TIERGATE_SECRET: 'short' }, 'TIERGATE_SECRET: '],
    ['a secret of one letter', { TIERGATE_SECRET: 'a'.repeat(64) }, 'it can be guessed'],
    ['no public address', { TIERGATE_PUBLIC_URL: '' }, 'TIERGATE_PUBLIC_URL: set'],
    ['an address without TLS', { TIERGATE_PUBLIC_URL: 'http://data.example.org' }, 'in clear'],
    ['demo accounts for everybody', { TIERGATE_DEMO_ANYWHERE: 'yes' }, 'leave it out'],
    ['mail from nobody', { TIERGATE_SMTP_URL: 'smtps://mail.example.org' }, 'TIERGATE_MAIL_FROM: set'],
    [
      'mail in clear',
      { TIERGATE_SMTP_URL: 'smtp://u:p@mail.example.org', TIERGATE_MAIL_FROM: 'a@example.org' },
      'TIERGATE_SMTP_URL: mails',
    ],
    ['a secret twice', { TIERGATE_SECRET_FILE: '/dev/null' }, 'set one of them'],
    [
      'a secret file that is not there',
      { TIERGATE_SECRET: '', TIERGATE_SECRET_FILE: '/nowhere/secret' },
      'cannot be read (ENOENT)',
    ],
    ['an empty secret file', { TIERGATE_SECRET: '', TIERGATE_SECRET_FILE: '/dev/null' }, 'is empty'],
  ] as const) {
    it(`production refuses ${what}`, () => {
      expect(faultsOf(SOUND)).to.deep.equal([]);
      const faults = faultsOf({ ...SOUND, ...change });
      expect(faults.join('\n')).to.contain(says);
      expect(faults.join('\n')).not.to.contain('s3cr3t');
    });
  }

  it('production may speak plain HTTP to this machine, for a proxy beside it', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:8080'])
      expect(faultsOf({ ...SOUND, TIERGATE_PUBLIC_URL: `http://${host}` }), host).to.deep.equal([]);
  });

  it('a demo listens on loopback, or where it is told that nothing is real', () => {
    expect(faultsOf({ HOST: '0.0.0.0' }).join()).to.contain('demo accounts with a public password');
    expect(faultsOf({ HOST: '0.0.0.0', TIERGATE_DEMO_ANYWHERE: 'yes' })).to.deep.equal([]);
    for (const HOST of ['::1', 'localhost']) expect(faultsOf({ HOST })).to.deep.equal([]);
  });

  it('reads a secret and the database’s address from files, without the line’s end', () => {
    const secret = loadConfig({
      ...SOUND,
      TIERGATE_SECRET: '',
      TIERGATE_SECRET_FILE: file(`${PRODUCTION.TIERGATE_SECRET}\n`),
    });
    expect(readSecret(secret)).to.equal(PRODUCTION.TIERGATE_SECRET);
    expect(loadConfig({ ...SOUND, DATABASE_URL: '', DATABASE_URL_FILE: file(`${DATABASE}\n`) }).databaseUrl).to.equal(
      DATABASE,
    );
    expect(faultsOf({ ...SOUND, DATABASE_URL: '', DATABASE_URL_FILE: file('nonsense') }).join()).to.contain(
      'DATABASE_URL: ',
    );
  });

  it('makes a demo’s secret once, readable by its owner alone', () => {
    const config = loadConfig({ DATABASE_URL: `sqlite:${join(folder, 'demo.db')}` });
    const secret = readSecret(config);
    expect(secret.length).to.be.at.least(32);
    expect(readSecret(config)).to.equal(secret);
    const path = join(folder, 'demo.db.secret');
    expect(readFileSync(path, 'utf8')).to.equal(secret);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('documents every setting with an example that it would accept', () => {
    for (const { env, says, example, property } of settingDocs()) {
      expect(says.length, env).to.be.greaterThan(15);
      const faults = /secret|File$/.test(property) ? [] : faultsOf({ ...SOUND, [env]: example });
      expect(
        faults.filter((fault) => fault.startsWith(`${env}:`)),
        env,
      ).to.deep.equal([]);
    }
  });
});

describe('the address of a database server', () => {
  const at = { host: 'db', port: 3306, user: 'app', password: '', database: 'tiergate' };

  for (const [url, wanted] of [
    ['mysql://app@db/tiergate', at],
    ['mariadb://app@db:3307/tiergate', { ...at, port: 3307 }],
    ['mysql://app:p%40ss%3Aw%2Fo%3Fr%23d%25@db/tiergate', { ...at, password: 'p@ss:w/o?r#d%' }],
    ['mysql://app:p@ss@db/tiergate', { ...at, password: 'p@ss' }],
    ['mysql://app:%E5%AF%86%E7%A0%81@db/tiergate', { ...at, password: '密码' }],
    ['mysql://app:密码@db/tiergate', { ...at, password: '密码' }],
    ["mysql://app:it's&a=+b!$@db/tiergate", { ...at, password: "it's&a=+b!$" }],
    ['mysql://app@[::1]:3306/tiergate', { ...at, host: '::1' }],
    ['mysql://a%40b@db/tier%2Dgate', { ...at, user: 'a@b', database: 'tier-gate' }],
    ['mysql://db/tiergate', { ...at, user: '' }],
  ] as const) {
    it(`is read from ${url}`, () => expect(serverAddress(url)).to.deep.equal(wanted));
  }

  for (const url of [
    'mysql://app:hunter#2@db/tiergate',
    'mysql://app:hunter/2@db/tiergate',
    'mysql://app:hunter?2@db/tiergate',
    'mysql://app:hunter%2@db/tiergate',
    'mysql://app:hunter2@db',
    'mysql://app:hunter2@db/',
    'mysql://app:hunter2@db/a/b',
    'mysql://app:hunter2@db/tiergate?ssl=1',
    'mysql://app:hunter2@db:port/tiergate',
    'mysql:///tiergate',
    'http://db/tiergate',
  ]) {
    it(`is refused with the way to write it, and without the password: ${url}`, () => {
      const fault = serverAddress(url);
      expect(fault).to.be.a('string').that.contains('%40').and.contains('mysql://user:password@host:port/name');
      expect(fault).not.to.contain('hunter');
    });
  }
});
