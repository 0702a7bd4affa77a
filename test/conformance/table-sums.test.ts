import { expect } from 'chai';
import { worldEntities } from '../../src/decisions/index.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

/** What tells a start that a server's database stands as it was left (ADR 0046). */
describe('conformance: what tables are summed up to', function () {
  this.timeout(60_000);

  eachBackend((backend) => {
    let test: TestUnit;
    before(async () => {
      test = await openUnit(backend);
    });
    after(() => test.close());

    const byHand = (sql: string): Promise<unknown> => test.database.write((manager) => manager.query(sql));
    const sum = (): Promise<string | null> => test.database.sumOf(worldEntities, 10_000);

    it(
      backend.dialect === 'mysql'
        ? 'is another sum with another row, and the same again without it'
        : 'is nothing where a file says how it stands',
      async () => {
        const before = await sum();
        await byHand(
          "INSERT INTO agreements (id, version, template, number, is_current, title, text, hash, published_at) VALUES ('01', 1, 't', 1, 1, '{}', '{}', 'h', '2026-12-01 00:00:00.000')",
        );
        const after = await sum();
        await byHand("DELETE FROM agreements WHERE id = '01'");
        const again = await sum();
        if (backend.dialect === 'sqlite') return expect([before, after, again]).to.deep.equal([null, null, null]);
        expect(before).to.match(/\.grants \d+/);
        expect(after).not.to.equal(before);
        return expect(again).to.equal(before);
      },
    );
  });
});
