import { createHash } from 'node:crypto';
import { expect } from 'chai';
import request from 'supertest';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';

/** Only a database server can let two transactions wait for each other: the embedded store has one writer. */
eachBackend(
  (backend) => {
    describe('an idempotency key whose first request does not end', () => {
      let platform: Platform;
      before(async () => {
        platform = await openPlatform(backend);
      });
      after(() => platform.close());

      it('answers 409 once the lock has been waited for, and works when the first is gone', async function () {
        this.timeout(240_000);
        const { id } = principal('handler');
        const row = createHash('sha256').update(`person:${id}\nstuck\n`).digest('hex');
        const ask = () =>
          request(platform.app)
            .post('/api/applications/01ARZ3NDEKTSV4RRFFQ69G5FAV/commands/withdraw')
            .set({ authorization: 'handler', 'idempotency-key': 'stuck', 'if-match': '"1"' });
        const held = platform.database.write(async (manager) => {
          await manager.query('INSERT INTO idempotency VALUES (?, ?, NULL, NOW(3))', [row, 'x']);
          const answer = await ask();
          expect([answer.status, answer.body.code], answer.text).deep.equal([409, 'idempotency-key-busy']);
          throw new Error('rolled back');
        });
        await held.then(
          () => expect.fail('should roll back'),
          (error: Error) => expect(error.message).equal('rolled back'),
        );
        expect((await ask()).status).equal(404);
      });
    });
  },
  (backend) => backend.dialect === 'mysql',
);
