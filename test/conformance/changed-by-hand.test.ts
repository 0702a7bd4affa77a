import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { agreementTable, datasetTable } from '../../src/catalogue/index.js';
import { grantTables } from '../../src/grants/index.js';
import { organisationTable, personTable, postTable } from '../../src/identity/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { LogJournal, verifyLog } from '../../src/log/index.js';
import type { Table } from '../../src/persistence/index.js';
import { Caller } from '../support/caller.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

// oxlint-disable-next-line typescript/no-explicit-any -- tables of every kind of row
type AnyTable = Table<any>;
const TABLE_NAMES: Readonly<Record<string, string>> = {
  grant: 'grants',
  dataset: 'datasets',
  organisation: 'organisations',
  person: 'people',
  agreement: 'agreements',
};
const [grantTable] = grantTables as readonly [AnyTable];

/** Runs work with the log admitting whatever a command changed. */
async function unguarded(work: () => Promise<void>): Promise<void> {
  const { admit } = LogJournal.prototype;
  LogJournal.prototype.admit = async () => ok(undefined);
  try {
    await work();
  } finally {
    LogJournal.prototype.admit = admit;
  }
}

describe('conformance: rows changed by hand behind a running product', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let address: string;
      let portal: Caller;
      let grant: { id: string; organisation: string; dataset: string; purpose: string; template: string };
      let person: string;

      const query = (sql: string, values: readonly unknown[] = []) =>
        opened.app.unit.read((reader) => reader.manager.query(sql, [...values]));
      const byHand = (sql: string, values: readonly unknown[]) =>
        opened.app.database.write((manager) => manager.query(sql, [...values]));
      const ask = async (subject: object = { type: 'organisation', id: grant.organisation }) => {
        const { body } = await portal.post('/access/v1/evaluation', {
          subject,
          resource: { type: 'dataset', id: grant.dataset },
          action: { name: 'download' },
          context: { purpose: grant.purpose },
        });
        return body.context.reason.code as string;
      };
      const alarms = async (): Promise<number> =>
        Number(/^tiergate_tampered_rows (\d+)$/m.exec((await portal.get('/metrics')).text)?.[1]);
      /** A change of a row as the product makes it: a next version, named by the log. */
      const touch = async (table: AnyTable, id: string) => {
        const outcome = await opened.app.unit.run(async (tx) => {
          await table.update(tx, await table.find(tx, id));
          tx.append({ event: 'test.touched', subject: { kind: table.kind, id }, actor: SYSTEM, data: {} });
          return ok(undefined);
        });
        if (!outcome.ok) throw new Error(outcome.error.code);
      };

      before(async () => {
        opened = await openApp(backend, { seeded: true });
        await opened.app.sweep.stop();
        address = await opened.listen();
        portal = await Caller.portal(address);
        const active = await query(
          "SELECT id, organisation, dataset, purpose, agreement_template AS template FROM grants WHERE state = 'active' AND delivery = 'download' ORDER BY id",
        );
        for (const row of active) {
          grant = row;
          if ((await ask()) === 'granted') break;
        }
        [{ id: person }] = await query('SELECT id FROM people WHERE organisation = ? ORDER BY id', [
          grant.organisation,
        ]);
      });
      after(() => opened.close());

      const cheats: readonly {
        name: string;
        table: AnyTable;
        id: () => string | Promise<string>;
        column: string;
        value: string;
        subject?: () => object;
        reason: string;
      }[] = [
        {
          name: 'a grant',
          table: grantTable,
          id: () => grant.id,
          column: 'ends_at',
          value: '2099-01-01 00:00:00.000',
          reason: 'record-tampered',
        },
        {
          name: 'a dataset’s tier',
          table: datasetTable,
          id: () => grant.dataset,
          column: 'tier',
          value: 'open',
          reason: 'record-tampered',
        },
        {
          name: 'a grant of which a list cannot be read any more',
          table: grantTable,
          id: () => grant.id,
          column: 'members',
          value: '[],',
          reason: 'record-tampered',
        },
        {
          name: 'a dataset that cannot be read any more',
          table: datasetTable,
          id: () => grant.dataset,
          column: 'body',
          value: '{"title":',
          reason: 'record-tampered',
        },
        {
          name: 'an organisation',
          table: organisationTable,
          id: () => grant.organisation,
          column: 'credit_code',
          value: '91990000MA0000009X',
          reason: 'record-tampered',
        },
        {
          name: 'a person',
          table: personTable,
          id: () => person,
          column: 'username',
          value: 'somebody-else',
          subject: () => ({ type: 'user', id: person }),
          reason: 'record-tampered',
        },
        {
          name: 'the agreement people accepted',
          table: agreementTable,
          id: async () =>
            (await query('SELECT id FROM agreements WHERE template = ? ORDER BY number DESC', [grant.template]))[0].id,
          column: 'text',
          value: '{"en":"Anything goes."}',
          reason: 'could-not-decide',
        },
      ];
      for (const { name, table, id, column, value, subject, reason } of cheats) {
        it(`${name}: denied once looked at, also when put right by hand, until a logged change`, async () => {
          const key = await id();
          const tableName = TABLE_NAMES[table.kind];
          const [before] = await query(`SELECT ${column} AS held FROM ${tableName} WHERE id = ?`, [key]);
          const raised = await alarms();
          await byHand(`UPDATE ${tableName} SET ${column} = ? WHERE id = ?`, [value, key]);
          expect(await ask(subject?.()), 'with nobody looking the row is believed').to.equal('granted');
          await opened.app.sweep.round();
          expect(await ask(subject?.())).to.equal(reason);
          await opened.app.sweep.round();
          expect((await alarms()) - raised, 'one alarm for one row').to.equal(1);
          await byHand(`UPDATE ${tableName} SET ${column} = ? WHERE id = ?`, [before.held, key]);
          await opened.app.sweep.round();
          expect(await ask(subject?.()), 'put right by hand').to.equal(reason);
          await touch(table, key);
          expect(await ask(subject?.()), 'after a logged change').to.equal('granted');
        });
      }
      it('a grant deleted: denied once looked at', async () => {
        const held = (await query('SELECT * FROM grants WHERE id = ?', [grant.id]))[0] as Record<string, unknown>;
        await byHand('DELETE FROM grants WHERE id = ?', [grant.id]);
        expect(await ask()).to.equal('granted');
        await opened.app.sweep.round();
        expect(await ask()).to.equal('record-tampered');
        const columns = Object.keys(held);
        await byHand(
          `INSERT INTO grants (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`,
          Object.values(held),
        );
        await touch(grantTable, grant.id);
        expect(await ask()).to.equal('granted');
      });

      it('a post added or edited: raises the alarm', async () => {
        const raised = await alarms();
        const [post] = await query("SELECT * FROM posts WHERE role = 'supervisor'");
        await byHand(
          'INSERT INTO posts (id, version, organisation, role, holder, deputy, state) VALUES (?, 1, ?, ?, ?, NULL, ?)',
          ['01HANDMADE0000000000000000', post.organisation, 'supervisor', person, 'active'],
        );
        await byHand('UPDATE posts SET holder = ? WHERE id = ?', [person, post.id]);
        await opened.app.sweep.round();
        expect((await alarms()) - raised).to.equal(2);
        await byHand('DELETE FROM posts WHERE id = ?', ['01HANDMADE0000000000000000']);
        await byHand('UPDATE posts SET holder = ? WHERE id = ?', [post.holder, post.id]);
        await touch(postTable, post.id);
      });

      it('a command on an edited row is refused, for its entry would cover up the edit', async () => {
        const supervisor = await Caller.person(address, 'supervisor');
        const path = `/api/grants/${grant.id}`;
        const [{ ends_at: held }] = await query('SELECT ends_at FROM grants WHERE id = ?', [grant.id]);
        const edit = (value: unknown) => byHand('UPDATE grants SET ends_at = ? WHERE id = ?', [value, grant.id]);
        const head = () => query('SELECT position FROM log_head');
        const faults = async () =>
          (await opened.app.unit.read((reader) => verifyLog(reader, [grantTable]))).faults.map(({ where }) => where);

        await edit('2099-01-01 00:00:00.000');
        const before = await head();
        const refused = await supervisor.command(path, 'suspend', { reason: 'Reported' });
        expect([refused.status, refused.body.code], refused.text).to.deep.equal([409, 'record-tampered']);
        expect(await head()).to.deep.equal(before);
        expect(await faults(), 'the edit can still be found').to.deep.equal([`grant ${grant.id}`]);

        await unguarded(() => touch(grantTable, grant.id));
        expect(await faults(), 'with the protection off it is covered up').to.deep.equal([]);
        await edit(held);
        await unguarded(() => touch(grantTable, grant.id));
        expect((await supervisor.command(path, 'suspend', { reason: 'Reported' })).status).to.equal(200);
        expect((await supervisor.command(path, 'resume', { reason: 'Cleared' })).status).to.equal(200);
        expect(await ask()).to.equal('granted');
      });

      it('finds them by itself while the product runs, and takes no command for a forgery', async () => {
        const raised = await alarms();
        opened.app.sweep.start();
        for (let n = 0; n < 60; n++) await touch(grantTable, grant.id);
        expect((await alarms()) - raised, 'commands are not forgeries').to.equal(0);
        await byHand("UPDATE grants SET purpose = 'marketing' WHERE id = ?", [grant.id]);
        while ((await ask()) === 'granted') await sleep(20);
        expect(await ask()).to.equal('record-tampered');
        await opened.app.sweep.stop();
      });
    },
    ({ durable }) => durable,
  );
});
