import { expect } from 'chai';
import { identityTables, organisationTable } from '../../src/identity/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { provenRows, RowSweep } from '../../src/log/index.js';
import { newestMarks } from '../../src/log/store/log-reader.js';
import { eachBackend } from '../support/databases.js';
import { BODY, ENTERPRISE, IdentityPlatform, idOf } from '../support/identity/platform.js';

describe('conformance: the sweep over logged rows', () => {
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    let found: string[];
    const sweep = (): RowSweep =>
      new RowSweep({
        read: (work) => platform.base.unit.read(work),
        tables: identityTables,
        found: (kind, id) => void found.push(`${kind} ${id}`),
        onFault: (error) => {
          throw error;
        },
      });
    const round = async (): Promise<string[]> => {
      found = [];
      await sweep().round();
      return found;
    };
    const byHand = (sql: string, ...values: unknown[]) =>
      platform.base.database.write((manager) => manager.query(sql, values));
    const rename = (name: string) =>
      platform.base.unit.run(async (tx) => {
        const row = await organisationTable.find(tx, ENTERPRISE);
        if (row === null) throw new Error('no such organisation');
        await organisationTable.update(tx, { ...row, name: { zh: name } });
        tx.append({
          event: 'test.renamed',
          subject: { kind: 'organisation', id: ENTERPRISE },
          actor: SYSTEM,
          data: {},
        });
        return ok(undefined);
      });

    beforeEach(async () => {
      platform = await IdentityPlatform.open(backend);
    });
    afterEach(() => platform.close());

    it('finds nothing where only commands wrote, and exactly what was changed by hand', async () => {
      await rename('新名');
      expect(await round()).to.deep.equal([]);
      const old = (
        await platform.base.unit.read((reader) =>
          reader.manager.query('SELECT name, version FROM organisations WHERE id = ?', [ENTERPRISE]),
        )
      )[0];
      await rename('更新名');
      await byHand('UPDATE organisations SET name = ?, version = ? WHERE id = ?', old.name, old.version, ENTERPRISE);
      await byHand("UPDATE posts SET role = 'admin' WHERE id = ?", idOf(58));
      await byHand('DELETE FROM organisations WHERE id = ?', BODY);
      await byHand(
        "INSERT INTO people (id, version, username, name, organisation, state) VALUES (?, 1, 'ghost', 'x', ?, 'active')",
        idOf(99),
        ENTERPRISE,
      );
      const expected = [`organisation ${BODY}`, `organisation ${ENTERPRISE}`, `person ${idOf(99)}`, `post ${idOf(58)}`];
      expect((await round()).sort()).to.deep.equal(expected);
    });

    it('does not take a command that commits between a row and its mark for a forgery; one reading alone would', async () => {
      const racing = Object.create(organisationTable, {
        scanStored: {
          value: async (...given: Parameters<typeof organisationTable.scanStored>) => {
            const rows = await organisationTable.scanStored(...given);
            if (backend.durable) await rename('中途改名');
            return rows;
          },
        },
      }) as typeof organisationTable;
      const judged = await platform.base.unit.read(async (reader) => {
        const rows = await racing.scanStored(reader, '', 50);
        const marks = await newestMarks(
          reader,
          'organisation',
          rows.map(({ row }) => row.id),
        );
        const once = rows.filter((stored) => !stored.isOf(marks.get(stored.row.id)?.hash));
        const proven = await provenRows(reader, organisationTable, rows);
        return {
          once: once.map(({ row }) => row.id),
          proven: proven.filter(({ intact }) => !intact),
          name: proven.find(({ row }) => row.id === ENTERPRISE)?.row.name.zh,
        };
      });
      // In memory there is one connection and no command can come in between.
      expect(judged.once, 'protection off').to.deep.equal(backend.durable ? [ENTERPRISE] : []);
      expect(judged.proven).to.deep.equal([]);
      expect(judged.name).to.equal(backend.durable ? '中途改名' : '示例企业');
    });

    it('stops after the page it is at', async () => {
      let pages = 0;
      const started = new RowSweep({
        read: async (work) => {
          pages += 1;
          return platform.base.unit.read(work);
        },
        tables: identityTables,
        found: () => {},
        onFault: () => {},
      });
      started.start();
      await started.stop();
      expect(pages).to.equal(1);
      expect(Number.isNaN(started.lastRound)).to.equal(true);
    });
  });
});
