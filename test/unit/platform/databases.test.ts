import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { eachBackend } from '../../support/databases.js';

describe('test databases', () => {
  eachBackend((backend) => {
    it('gives an empty database of its own each time', async () => {
      const [first, second] = [await backend.fresh(), await backend.fresh()];
      try {
        if (backend.durable) expect(first.url).not.to.equal(second.url);
        expect(first.url).to.match(backend.dialect === 'mysql' ? /^mariadb:\/\/.+\/t_/ : /^sqlite:/);
      } finally {
        await Promise.all([first.dispose(), second.dispose()]);
      }
    });
  });

  eachBackend(
    (backend) => {
      it('is gone after dispose', async () => {
        const database = await backend.fresh();
        const open = () => createConnection(database.url.replace('mariadb:', 'mysql:'));
        await (await open()).end();
        await database.dispose();
        const outcome = await open().then(
          () => 'open',
          (error: { code: string }) => error.code,
        );
        expect(outcome).to.equal('ER_BAD_DB_ERROR');
      });
    },
    (backend) => backend.dialect === 'mysql',
  );
});
