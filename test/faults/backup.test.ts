import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { freshDatabase, testMariaDb } from '../support/mariadb.js';
import { Place, RunningProduct } from '../support/product.js';
import { skipSuite } from '../support/skip.js';

interface Grant {
  readonly dataset: string;
  readonly purpose: string;
  readonly inForce: string;
}

/** What the portal is told about a grant of the demo that is in force. */
async function decisionOn({ address }: RunningProduct): Promise<boolean> {
  const holder = await Caller.person(address, 'enterprise-b-handler');
  const portal = await Caller.portal(address);
  const grants = (await holder.get('/api/grants')).body.items as Grant[];
  const grant = grants.find(({ inForce, purpose }) => inForce === 'yes' && purpose === 'research');
  const { subject } = (await holder.get('/api/me')).body as { subject: { id: string } };
  const answer = await portal.post('/access/v1/evaluation', {
    subject: { type: 'user', id: subject.id },
    resource: { type: 'dataset', id: grant?.dataset },
    action: { name: 'download' },
    context: { purpose: grant?.purpose },
  });
  expect(answer.status, answer.text).to.equal(200);
  return (answer.body as { decision: boolean }).decision;
}

const addOrganisation = async ({ address }: RunningProduct, name: string): Promise<void> => {
  const admin = await Caller.person(address, 'admin');
  expect((await admin.post('/api/organisations', { name: { zh: name }, kind: 'public-body' })).status).to.equal(201);
};
const namesOf = async ({ address }: RunningProduct): Promise<string> => {
  const admin = await Caller.person(address, 'admin');
  return (await admin.get('/api/organisations?limit=5')).text;
};

/** Losing everything and putting the backup back ends with a verified history and the same decision. */
async function drill(place: Place, backUp: () => Promise<void>, loseAndRestore: () => Promise<void>): Promise<void> {
  place.environment['TIERGATE_PUBLIC_URL'] = 'http://127.0.0.1';
  const before = await RunningProduct.start(place);
  await addOrganisation(before, '备份之前');
  expect(await decisionOn(before)).to.equal(true);
  await backUp();
  await addOrganisation(before, '备份之后');
  await before.stop();
  await loseAndRestore();
  const audit = await place.tiergate('audit', 'verify');
  expect(audit.code, audit.out + audit.err).to.equal(0);
  const after = await RunningProduct.start(place);
  expect(await decisionOn(after)).to.equal(true);
  expect(await namesOf(after))
    .to.contain('备份之前')
    .and.not.contain('备份之后');
  expect(await after.stop()).to.equal(0);
}

describe('a backup, drilled to the end', function () {
  this.timeout(400_000);

  it('of the embedded file, taken while the server runs', async () => {
    const place = new Place();
    const copy = join(place.folder, 'copy.db');
    const backUp = async (): Promise<void> => {
      const done = await place.tiergate('backup', copy);
      expect(done.code, done.out + done.err).to.equal(0);
      expect(done.out).to.contain('verified');
      expect((await place.tiergate('backup', copy)).code).to.equal(3);
    };
    await drill(place, backUp, async () => {
      for (const part of ['', '-wal', '-shm', '-lock']) rmSync(place.database + part, { force: true });
      copyFileSync(copy, place.database);
    });
    place.remove();
  });

  it('of the embedded file says when what it copied does not verify', async () => {
    const place = new Place();
    await place.tiergate('migrate', 'up');
    expect((await place.tiergate('backup', join(place.folder, 'sound.db'))).code).to.equal(0);
    const { EmbeddedConnection } = await import('../../src/persistence/embedded-connection.js');
    const hand = new EmbeddedConnection(place.database);
    hand.exec('UPDATE log_head SET position = 7');
    hand.close();
    const tampered = await place.tiergate('backup', join(place.folder, 'tampered.db'));
    expect(tampered.code).to.equal(1);
    expect(tampered.out).to.contain('does not verify');
    place.remove();
  });

  describe('of MariaDB', function () {
    if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');

    it('with its own dump, taken while the server runs', async () => {
      const database = await freshDatabase(testMariaDb() ?? '');
      const place = new Place(database.url);
      const { hostname, port, username, pathname } = new URL(database.url);
      const account = ['-h', hostname, '-P', port, '-u', username];
      const name = pathname.slice(1);
      let dump = '';
      const backUp = async (): Promise<void> => {
        const hint = await place.tiergate('backup', 'x.db');
        expect(hint.code).to.equal(3);
        expect(hint.err).to.contain(`mariadb-dump --single-transaction --skip-lock-tables -h ${hostname} -P ${port}`);
        const words = [...account, '--single-transaction', '--skip-lock-tables', name];
        dump = execFileSync('mariadb-dump', words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
        writeFileSync(join(place.folder, 'tiergate.sql'), dump);
      };
      await drill(place, backUp, async () => {
        const again = `DROP DATABASE ${name}; CREATE DATABASE ${name}`;
        execFileSync('mariadb', [...account, '-e', again]);
        execFileSync('mariadb', [...account, name], { input: dump });
      });
      place.remove();
      await database.drop();
    });
  });
});
