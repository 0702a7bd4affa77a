import { expect } from 'chai';
import { organisationTable } from '../../src/identity/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { eachOnce, type Reader, type Transaction } from '../../src/persistence/index.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const ID = '01C9Z81T00P62TJ0C0NGZB3GPK';
const organisations = eachOnce(['organisation'], 'organisation', (reader: Reader, ids) =>
  organisationTable.findMany(reader, ids),
);
const named = async (reader: Reader): Promise<string | undefined> => (await organisations(reader, [ID]))[0]?.name.en;

/** The same command, which is not told that what it knows has changed. */
function deaf(tx: Transaction): Transaction {
  const known = Object.assign(Object.create(tx.known) as typeof tx.known, { changed: () => undefined });
  return Object.assign(Object.create(tx) as Transaction, { known });
}

/** The same command, and how often it has asked for whole rows of organisations. */
function counting(tx: Transaction) {
  let asked = 0;
  const query = (sql: string, values?: unknown[]): Promise<unknown> => {
    if (/^SELECT .*.name.* FROM .organisations/.test(sql)) asked += 1;
    return tx.manager.query(sql, values);
  };
  const manager = Object.assign(Object.create(tx.manager) as typeof tx.manager, { query });
  return { tx: Object.assign(Object.create(tx) as Transaction, { manager }), reads: () => asked };
}

describe('conformance: what a command rests on is read once', function () {
  this.timeout(60_000);

  eachBackend((backend) => {
    let test: TestUnit;
    before(async () => {
      test = await openUnit(backend);
      await test.unit.run(async (tx) => {
        const none = { creditCode: null, parent: null, suspendedAt: null, suspensionReason: null, identityKey: null };
        const row = { id: ID, version: 1, name: { en: 'first' }, kind: 'authority', state: 'active', ...none } as const;
        await organisationTable.insert(tx, [row]);
        return told(tx);
      });
    });
    after(() => test.close());

    const told = (tx: Transaction) => {
      tx.append({ event: 'test.named', subject: { kind: 'organisation', id: ID }, actor: SYSTEM, data: {} });
      return ok(undefined);
    };
    const rename = async (tx: Transaction, en: string) => {
      const row = (await organisationTable.find(tx, ID)) ?? expect.fail('gone');
      await organisationTable.update(tx, { ...row, name: { en } });
      return told(tx);
    };

    it('and anew by the command that writes it', async () => {
      for (const [command, names] of [
        [(tx: Transaction) => tx, ['first', 'second']],
        [deaf, ['second', 'second']],
      ] as const)
        await test.unit.run(async (real) => {
          const tx = command(real);
          const before = await named(tx);
          await rename(tx, before === 'first' ? 'second' : 'third');
          expect([before, await named(tx)]).to.deep.equal(names);
          return ok(undefined);
        });
    });

    it('and anew by the next one', async () => {
      const before = await test.unit.read(named);
      await test.unit.run((tx) => rename(tx, `${before} again`));
      expect(await test.unit.read(named)).to.equal(`${before} again`);
    });

    it('and a row that a command holds is read once, also when the command wrote it', async () => {
      await test.unit.run(async (tx) => {
        const counted = counting(tx);
        const find = async () => (await organisationTable.find(counted.tx, ID))?.name.en;
        await find();
        await find();
        expect(counted.reads(), 'not held').to.equal(2);
        await counted.tx.lock('organisation', [ID]);
        const held = await find();
        await rename(counted.tx, 'held');
        expect(counted.reads(), 'held: to find it, to change it').to.equal(3);
        expect([held, await find()]).to.deep.equal([held, 'held']);
        await rename(counted.tx, 'held again');
        const written = await organisationTable.find(counted.tx, ID);
        expect(counted.reads(), 'written: as the command left it').to.equal(3);
        const [stored] = await organisationTable.where(tx, 'id = ?', [ID]);
        expect([written, written?.name.en]).to.deep.equal([stored, 'held again']);
        return ok(undefined);
      });
    });

    // On the embedded database nobody writes beside a command.
    if (backend.dialect === 'mysql')
      it('and anew by a command that locks it, for somebody may have written it since', async () => {
        for (const [command, sees] of [
          [(tx: Transaction) => tx, 'while it read'],
          [deaf, 'before'],
        ] as const) {
          await test.unit.run((tx) => rename(tx, 'before'));
          await test.unit.run(async (real) => {
            const tx = command(real);
            expect(await named(tx)).to.equal('before');
            await test.unit.run((other) => rename(other, 'while it read'));
            expect(await named(tx), 'once').to.equal('before');
            await tx.lock('organisation', [ID], 'share');
            expect(await named(tx)).to.equal(sees);
            return ok(undefined);
          });
        }
      });
  });
});
