import type request from 'supertest';
import { ATTACHMENT_LIMIT } from '../../src/applications/domain/attachment.js';
import { documentProblems } from '../../src/kernel/problems/documents.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { backends } from '../support/databases.js';

const [inMemory] = backends;
const FIELD = { name: 'users', kind: 'number', title: { en: 'Users' }, required: true };

/** What a platform with this scanner answers to a file. */
async function scannedBy(scanner: string): Promise<request.Response> {
  const platform = await openPlatform(inMemory as never, { scanner });
  const answer = await new Driver(platform).attach('handler', 'plan.txt', 'A plan.');
  await platform.close();
  return answer;
}

/** One scene for each code: what is done, and that the answer is that problem. */
const SCENES: Record<keyof typeof documentProblems, (driver: Driver, platform: Platform) => Promise<request.Response>> =
  {
    'unknown-form': (driver) => driver.create('handler', { form: { id: 'none', answers: {} } }),
    'form-missing': async (driver) => {
      await driver.publishForm();
      return driver.command('handler', await driver.at('draft'), 'submit');
    },
    'form-superseded': async (driver) => {
      const { id: form } = (await driver.publishForm()).body;
      const id = await driver.at('draft', { form: { id: form, answers: { users: 3 } } });
      await driver.publishForm({ replaces: form });
      return driver.command('handler', id, 'submit');
    },
    'answer-missing': async (driver) => {
      const { id: form } = (await driver.publishForm()).body;
      return driver.command('handler', await driver.at('draft', { form: { id: form, answers: {} } }), 'submit');
    },
    'answer-invalid': async (driver) => {
      const { id: form } = (await driver.publishForm()).body;
      return driver.command(
        'handler',
        await driver.at('draft', { form: { id: form, answers: { users: 0 } } }),
        'submit',
      );
    },
    'form-unsound': (driver) => driver.publishForm({ fields: [{ ...FIELD, kind: 'choice' }] }),
    'form-changed': (driver) => driver.publishForm({ replaces: '01J00000000000000000000000' }),
    'unknown-attachment': (driver) => driver.create('handler', { attachments: ['01J00000000000000000000000'] }),
    'attachment-type': (driver) => driver.attach('handler', 'plan.pdf', '<html>'),
    'attachment-too-large': (driver) => driver.attach('handler', 'plan.txt', 'x'.repeat(ATTACHMENT_LIMIT + 1)),
    'attachments-full': async (driver, platform) => {
      await driver.attach('handler', 'plan.txt', 'A plan.');
      const filled = 'UPDATE attachments SET bytes = 1073741824';
      await platform.database.write((manager) => manager.query(filled));
      return driver.attach('handler', 'another.txt', 'Another plan.');
    },
    'attachment-infected': () => scannedBy('false'),
    'scan-failed': () => scannedBy('/no/such/scanner'),
    'attachment-damaged': async (driver, platform) => {
      const { href } = (await driver.attach('handler', 'plan.txt', 'A plan.')).body;
      await platform.database.write((manager) => manager.query('DELETE FROM attachment_pieces'));
      return driver.get('handler', href);
    },
  };

describe('contract: forms and attachments', () => {
  let platform: Platform;
  let driver: Driver;

  beforeEach(async () => {
    platform = await openPlatform(inMemory as never);
    driver = new Driver(platform);
  });
  afterEach(() => platform.close());

  for (const [code, { status }] of Object.entries(documentProblems)) {
    it(`answers ${status} ${code}`, async () => {
      refusedWith(await SCENES[code as keyof typeof SCENES](driver, platform), status, code);
    });
  }
});
