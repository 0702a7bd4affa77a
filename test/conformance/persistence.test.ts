import { expect } from 'chai';
import { Entity } from 'typeorm';
import { SYSTEM } from '../../src/kernel/principal.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, ok } from '../../src/kernel/result.js';
import { entries, Follower, headPosition, LogJournal, logEntities, verifyLog } from '../../src/log/index.js';
import {
  type Database,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableCodeColumn,
  openDatabase,
  migrations,
  Reactions,
  Table,
  TextColumn,
  type Transaction,
  UnitOfWork,
  VersionColumn,
} from '../../src/persistence/index.js';
import { migration } from '../../src/persistence/migrations/dialect.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';

@Entity('organisations')
class Note {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @TextColumn() text!: string;
  @NullableCodeColumn() code!: string | null;
  @JsonColumn() body!: Record<string, unknown>;
  @InstantColumn() at!: number;
  @FlagColumn() loud!: boolean;
}

const Notes9990 = migration(
  '9990',
  'Notes',
  async (sql) => {
    await sql.createTable(
      'organisations',
      'id varchar(26) NOT NULL PRIMARY KEY, version bigint NOT NULL, text longtext NOT NULL, code varchar(64), body longtext NOT NULL, at datetime(3) NOT NULL, loud tinyint NOT NULL',
    );
    await sql.createIndex('one_code', 'organisations', 'code', 'unique');
  },
  (sql) => sql.dropTable('organisations'),
);

const own = [...migrations.slice(0, 2), Notes9990];
const notes = new Table<Note>('note', Note);
const note = (id: string, more: Partial<Note> = {}): Note => ({
  id,
  version: 1,
  text: '文本 🚦',
  code: null,
  body: { a: [1, { b: null }] },
  at: 1_700_000_000_123,
  loud: true,
  ...more,
});
const told = (tx: Transaction, id: string) =>
  tx.append({ event: 'note.written', subject: { kind: 'note', id }, actor: SYSTEM, data: { id } });

eachBackend((backend) => {
  describe('the unit of work', () => {
    let place: TestDatabase;
    let database: Database;
    let unit: UnitOfWork;
    let follower: Follower;
    let reactions: Reactions;

    beforeEach(async () => {
      place = await backend.fresh();
      database = await openDatabase(place.url, { entities: [Note, ...logEntities], migrations: own });
      await database.migrate();
      reactions = new Reactions();
      const journal = new LogJournal((position) => follower.advanceTo(position));
      unit = new UnitOfWork(database, journal, reactions, { now: () => 1_700_000_000_000 });
      follower = new Follower(
        (work) => unit.read(work),
        (error) => expect.fail(String(error)),
      );
      await follower.begin();
    });
    afterEach(async () => {
      await database.close();
      await place.dispose();
    });

    const write = (row: Note) =>
      unit.run(async (tx) => {
        await notes.insert(tx, [row]);
        told(tx, row.id);
        return ok(row);
      });
    const change = (id: string, edit: (row: Note) => Note, lock: boolean, pause = 0) =>
      unit.run(async (tx) => {
        if (lock) await tx.lock('organisation', [id]);
        const row = (await notes.find(tx, id)) as Note;
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        const next = await notes.update(tx, edit(row));
        told(tx, id);
        return ok(next);
      });

    it('names rows of one bulk write in an entry each', async () => {
      await unit.run(async (tx) => {
        await notes.insert(tx, [note('a'), note('b'), note('c')]);
        for (const id of ['b', 'a']) {
          const subject = { kind: 'note', id };
          tx.append({ event: 'note.written', subject, actor: SYSTEM, data: {} }, [subject]);
        }
        told(tx, 'c');
        return ok(undefined);
      });
      const written = await unit.read((reader) => entries(reader, { after: 0, limit: 10 }));
      expect(written.map(({ rows }) => rows.map(({ id }) => id))).to.deep.equal([['b'], ['a'], ['c']]);
      const report = await unit.read((reader) => verifyLog(reader, [notes]));
      expect(report.faults).to.deep.equal([]);
      const left = unit.run(async (tx) => {
        await notes.insert(tx, [note('d'), note('e')]);
        const subject = { kind: 'note', id: 'd' };
        tx.append({ event: 'note.written', subject, actor: SYSTEM, data: {} }, [subject]);
        return ok(undefined);
      });
      expect(await left.catch((error: Error) => error.message)).to.contain('note e');
    });

    const many = Array.from({ length: 450 }, (_, n) => note(`n${String(n).padStart(3, '0')}`, { text: `文本 ${n}` }));
    const all = () => unit.read((reader) => notes.scan(reader, '', 1000));

    it('makes one change to many rows at several versions, leaves the rest of them, and the log verifies', async () => {
      await unit.run(async (tx) => {
        await notes.insert(tx, many);
        told(tx, 'all');
        return ok(undefined);
      });
      for (const id of ['n001', 'n300']) await change(id, (row) => ({ ...row, text: 'second' }), false);
      await unit.run(async (tx) => {
        await notes.changeMany(
          tx,
          await notes.findMany(
            tx,
            many.map(({ id }) => id),
          ),
          { loud: false, code: null },
        );
        told(tx, 'all');
        return ok(undefined);
      });
      const rows = await all();
      expect(rows.map(({ loud }) => loud)).to.deep.equal(many.map(() => false));
      expect(rows.filter(({ version }) => version === 3).map(({ id }) => id)).to.deep.equal(['n001', 'n300']);
      expect(rows.filter(({ version }) => version === 2)).to.have.length(448);
      expect(rows[7]?.text).to.equal('文本 7');
      const report = await unit.read((reader) => verifyLog(reader, [notes]));
      expect(report).to.deep.equal({ entries: 4, rows: 450, faults: [] });
    });

    it('gives several rows each its own change', async () => {
      await unit.run(async (tx) => {
        await notes.insert(tx, many.slice(0, 5));
        const next = await notes.updateMany(
          tx,
          many.slice(0, 5).map((row, at) => ({ ...row, body: { at } })),
        );
        expect(next.map(({ version }) => version)).to.deep.equal([2, 2, 2, 2, 2]);
        told(tx, 'all');
        return ok(undefined);
      });
      expect((await all()).map(({ body }) => body['at'])).to.deep.equal([0, 1, 2, 3, 4]);
      const { faults } = await unit.read((reader) => verifyLog(reader, [notes]));
      expect(faults).to.deep.equal([]);
    });

    it('changes none of many when one was changed by somebody else since it was read', async () => {
      await unit.run(async (tx) => {
        await notes.insert(tx, many.slice(0, 3));
        told(tx, 'all');
        return ok(undefined);
      });
      const read = await all();
      await change('n001', (row) => ({ ...row, text: 'meanwhile' }), false);
      for (const late of [
        (tx: Transaction) => notes.changeMany(tx, read, { loud: false }),
        (tx: Transaction) =>
          notes.updateMany(
            tx,
            read.map((row) => ({ ...row, loud: false })),
          ),
      ]) {
        const outcome = unit.run(async (tx) => {
          await late(tx);
          told(tx, 'all');
          return ok(undefined);
        });
        expect(await outcome.catch((error: Error) => error.constructor.name)).to.equal('LostUpdate');
      }
      expect((await all()).map(({ loud, text }) => [loud, text])).to.deep.equal([
        [true, '文本 0'],
        [true, 'meanwhile'],
        [true, '文本 2'],
      ]);
    });

    it('does not cover up an edit behind the log: a bulk change of such a row is refused', async () => {
      await unit.run(async (tx) => {
        await notes.insert(tx, many.slice(0, 3));
        told(tx, 'all');
        return ok(undefined);
      });
      await database.write((manager) => manager.query("UPDATE organisations SET text = 'edited' WHERE id = 'n002'"));
      const outcome = await unit.run(async (tx) => {
        await notes.changeMany(tx, await notes.findMany(tx, ['n000', 'n001', 'n002']), { loud: false });
        told(tx, 'all');
        return ok(undefined);
      });
      expect(outcome.ok || outcome.error.code).to.equal('record-tampered');
      expect((await all()).map(({ loud }) => loud)).to.deep.equal([true, true, true]);
    });

    it('gives rows back as they went in, and the log verifies', async () => {
      await write(note('A', { code: 'x ', text: "quote ' \\ \n 𠮷" }));
      const back = await unit.read((reader) => notes.find(reader, 'A'));
      expect({ ...back }).deep.equal(note('A', { code: 'x ', text: "quote ' \\ \n 𠮷" }));
      const report = await unit.read((reader) => verifyLog(reader, [notes]));
      expect(report).deep.equal({ entries: 1, rows: 1, faults: [] });
    });

    it('keeps identifiers apart that differ in case or trailing blanks', async () => {
      for (const id of ['id', 'ID', 'id ']) await write(note(id, { code: id }));
      expect((await unit.read((reader) => notes.find(reader, 'ID')))?.code).equal('ID');
      expect(await unit.read((reader) => notes.find(reader, 'Id'))).equal(null);
    });

    it('leaves nothing behind when a command refuses or fails', async () => {
      const refused = await unit.run(async (tx) => {
        await notes.insert(tx, [note('B')]);
        told(tx, 'B');
        return err(refusal('forbidden'));
      });
      expect(refused).deep.equal(err(refusal('forbidden')));
      const failed = unit.run(async (tx) => {
        await notes.insert(tx, [note('B')]);
        throw new Error('broken');
      });
      await failed.then(
        () => expect.fail('should fail'),
        (error: Error) => expect(error.message).equal('broken'),
      );
      expect(await unit.read((reader) => notes.find(reader, 'B'))).equal(null);
      expect(await unit.read(headPosition)).equal(0);
    });

    it('begins nothing once its signal is given; what has begun ends whole', async () => {
      const stop = new AbortController();
      const own = unit.until(stop.signal);
      const done: string[] = [];
      const all = async (): Promise<void> => {
        for (const id of ['A', 'B', 'C'])
          await own.run(async (tx) => {
            await notes.insert(tx, [note(id)]);
            told(tx, id);
            if (id === 'B') stop.abort(new Error('stopped'));
            done.push(id);
            return ok(null);
          });
      };
      const ended = await all().catch((error: Error) => error.message);
      expect([ended, done]).to.deep.equal(['stopped', ['A', 'B']]);
      expect((await unit.read((reader) => notes.find(reader, 'B')))?.id).to.equal('B');
      expect(await own.read(headPosition).catch((error: Error) => error.message)).to.equal('stopped');
      expect(await unit.read(headPosition), 'others go on').to.equal(2);
    });

    it('refuses to change state without telling the log', async () => {
      const silent = unit.run(async (tx) => {
        await notes.insert(tx, [note('C')]);
        return ok(1);
      });
      await silent.then(
        () => expect.fail('should fail'),
        (error: Error) => expect(error.message).match(/without a log entry/),
      );
      expect(await unit.read((reader) => notes.find(reader, 'C'))).equal(null);
    });

    it('keeps positions gapless and in order with many commands at once', async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          index % 5 === 4 ? unit.run(async () => err(refusal('forbidden'))) : write(note(`N${index}`)),
        ),
      );
      const all = await unit.read((reader) => entries(reader, { after: 0, limit: 100 }));
      expect(all.map((entry) => entry.position)).deep.equal(Array.from({ length: 32 }, (_, index) => index + 1));
      expect(follower.position).equal(32);
    });

    it('loses no update: twenty at once all count, with and without a row lock', async () => {
      await write(note('D', { body: { count: 0 } }));
      const up = (row: Note): Note => ({ ...row, body: { count: Number(row.body['count']) + 1 } });
      await Promise.all(Array.from({ length: 20 }, () => change('D', up, true)));
      expect((await unit.read((reader) => notes.find(reader, 'D')))?.body).deep.equal({ count: 20 });
      await Promise.all(Array.from({ length: 3 }, () => change('D', up, false)));
      expect((await unit.read((reader) => notes.find(reader, 'D')))?.body).deep.equal({ count: 23 });
    });

    it('runs reactions in the same transaction, and a reaction that refuses refuses all', async () => {
      let refuse = false;
      reactions.on('note.written', async (tx, batch) => {
        if (refuse) return err(refusal('forbidden'));
        for (const entry of batch) tx.append({ event: 'note.echoed', subject: entry.subject, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
      await write(note('E'));
      expect(
        (await unit.read((reader) => entries(reader, { after: 0, limit: 9 }))).map((entry) => entry.event),
      ).deep.equal(['note.written', 'note.echoed']);
      refuse = true;
      expect((await write(note('F'))).ok).equal(false);
      expect(await unit.read((reader) => notes.find(reader, 'F'))).equal(null);
    });

    it('tells followers which rows changed before the command answers', async () => {
      const seen: string[] = [];
      follower.subscribe(['note'], async (changes) => void seen.push(...changes.map(({ id }) => id)));
      await write(note('G'));
      expect(seen).deep.equal(['G']);
      await change('G', (row) => ({ ...row, loud: false }), true);
      expect(seen).deep.equal(['G', 'G']);
    });

    it('throws when rows are locked against the order', async () => {
      const wrong = unit.run(async (tx) => {
        await tx.lock('grant', []);
        await tx.lock('organisation', ['B']);
        await tx.lock('organisation', ['A']);
        return ok(1);
      });
      await wrong.then(
        () => expect.fail('should throw'),
        (error: Error) => expect(error.message).match(/lock order/),
      );
    });

    it('stores personal values beside the log, so that they can be erased and the log still verifies', async () => {
      await unit.run(async (tx) => {
        tx.append({
          event: 'person.named',
          subject: { kind: 'person', id: 'P' },
          actor: SYSTEM,
          data: {},
          personal: { name: '张三' },
        });
        return ok(1);
      });
      const [entry] = await unit.read((reader) => entries(reader, { after: 0, limit: 1 }));
      expect(JSON.stringify(entry?.data)).not.contain('张三');
      expect(entry?.personal[0]?.value).equal('张三');
      await database.write((manager) => manager.query('UPDATE log_personal SET value = NULL'));
      expect((await unit.read((reader) => verifyLog(reader, [notes]))).faults).deep.equal([]);
      await database.write((manager) => manager.query("UPDATE log_personal SET value = '李四'"));
      expect((await unit.read((reader) => verifyLog(reader, [notes]))).faults.map((fault) => fault.kind)).deep.equal([
        'commitment',
      ]);
    });

    for (const [name, sql, kind] of [
      ['an edited row', "UPDATE organisations SET text = 'other' WHERE id = 'A'", 'row-edited'],
      ['a removed row', "DELETE FROM organisations WHERE id = 'A'", 'row-missing'],
      [
        'an added row',
        "INSERT INTO organisations SELECT 'Z', 1, text, 'zz', body, at, loud FROM organisations WHERE id = 'A'",
        'row-unknown',
      ],
      ['an edited entry', "UPDATE log SET event = 'note.praised' WHERE position = 1", 'leaf'],
      ['a removed entry', 'DELETE FROM log WHERE position = 1', 'gap'],
      ['a head put back', 'UPDATE log_head SET position = 1', 'head'],
      ['an edited row hash', "UPDATE log_row SET hash = 'ff' WHERE row_id = 'A'", 'row-edited'],
    ] as const) {
      it(`finds ${name}`, async () => {
        await write(note('A'));
        await write(note('B'));
        await database.write((manager) => manager.query(sql));
        const { faults } = await unit.read((reader) => verifyLog(reader, [notes]));
        expect(
          faults.map((fault) => fault.kind),
          JSON.stringify(faults),
        ).include(kind);
      });
    }

    it('finds an old row that was put back', async () => {
      await write(note('A'));
      await change('A', (row) => ({ ...row, text: 'new' }), true);
      await database.write((manager) =>
        manager.query("UPDATE organisations SET text = '文本 🚦', version = 1 WHERE id = 'A'"),
      );
      const { faults } = await unit.read((reader) => verifyLog(reader, [notes]));
      expect(faults.map(({ kind, where }) => [kind, where])).deep.equal([['row-edited', 'note A']]);
    });

    it('migrates back and forward again', async () => {
      expect((await database.appliedMigrations()).length).equal(3);
      for (let step = 0; step < 3; step++) await database.undoLastMigration();
      expect(await database.appliedMigrations()).deep.equal([]);
      expect((await database.migrate()).length).equal(3);
      expect((await write(note('H'))).ok).equal(true);
    });
  });
});
