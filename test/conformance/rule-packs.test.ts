import { expect } from 'chai';
import { believedPacks, databaseRulePackStore, PackSealer } from '../../src/classification/index.js';
import type { RulePackStore } from '../../src/classification/rule-pack-store.js';
import { RulePackService } from '../../src/classification/rule-pack-service.js';
import { databaseRehearsalStore } from '../../src/classification/store/database-rehearsal-store.js';
import { RulePackRow } from '../../src/classification/store/rule-pack-row.js';
import type { Principal } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import type { Transaction } from '../../src/persistence/index.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { openApp, type OpenApp } from '../support/server.js';
import { SHIPPED } from '../support/shipped-pack.js';

const SECRET = 'a secret of the test, forty characters long';
const person = (id: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: 'authority', name: 'authority', creditCode: '', kind: 'public-body' },
  roles: ['officer'],
});
const fits = () => ok(undefined);

/** The same store, believing whatever stands in the table: the protection switched off. */
const trusting: RulePackStore = {
  ...databaseRulePackStore,
  published: async (reader) =>
    (await databaseRulePackStore.published(reader)).map((proven) => ({ ...proven, intact: true })),
};
/** A transaction that locks nothing. */
const unlocked = (tx: Transaction): Transaction =>
  Object.assign(Object.create(tx) as Transaction, { lock: async () => {} });

describe('conformance: published rule packs', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let opened: OpenApp;
    const others: OpenApp[] = [];
    beforeEach(async () => {
      opened = await openApp(backend, { environment: { TIERGATE_SECRET: SECRET } });
    });
    afterEach(async () => {
      for (const each of others.splice(0)) await each.close();
      await opened.close();
    });

    const beside = async (): Promise<OpenApp> => {
      const same: Backend = { ...backend, fresh: async () => ({ url: opened.databaseUrl, dispose: async () => {} }) };
      const other = await openApp(same, { environment: { TIERGATE_SECRET: SECRET } });
      others.push(other);
      return other;
    };
    const governing = (app = opened) => app.app.slices.classification.governing!;
    const inForce = (app = opened) => app.app.slices.classification.packs.current('cn-shanghai')!.pack;
    const drafted = async (title: string): Promise<string> => {
      const row = await opened.app.unit.run((tx) =>
        governing().releases.draft(tx, person('A'), {
          pack: 'cn-shanghai',
          reason: 'a title',
          changes: { title: { zh: title, en: title } },
        }),
      );
      return valueOf(row).id;
    };
    const readied = async (title: string): Promise<string> => {
      const id = await drafted(title);
      valueOf(await governing().rehearsing.start(person('A'), id));
      await governing().rehearsing.settled();
      valueOf(await opened.app.unit.run((tx) => governing().releases.propose(tx, person('A'), id, fits)));
      return id;
    };
    const publish = (id: string, app = opened, by = 'B') =>
      app.app.unit.run((tx) => governing(app).releases.publish(tx, person(by), id, fits));
    const edit = (id: string, sql: string) =>
      opened.app.database.write((manager) => manager.query(`UPDATE rule_packs SET ${sql} WHERE id = ?`, [id]));
    const believed = (store: RulePackStore = databaseRulePackStore) =>
      opened.app.unit.read((reader) =>
        believedPacks(reader, store, new PackSealer(SECRET), opened.app.slices.classification.packs.root),
      );

    it('reach every instance, and a restart', async () => {
      const id = await readied('two');
      const second = backend.dialect === 'mysql' ? await beside() : null;
      valueOf(await publish(id));
      expect([inForce().version, inForce().title.en], 'at once where it was published').to.deep.equal([
        SHIPPED + 1,
        'two',
      ]);
      if (second === null) return;
      await second.app.follower.poll();
      expect(inForce(second).hash, 'the other one follows').to.equal(inForce().hash);
      const third = await beside();
      expect(inForce(third).hash, 'one that starts later').to.equal(inForce().hash);
      const ready = await second.http.get('/health/ready');
      expect(ready.body.parts['rule-packs']).to.equal('ok');
    });

    it('are law once: of two publications at once one is refused', async () => {
      const [first, second] = [await readied('one way'), await readied('the other')];
      const outcomes = await Promise.all([publish(first), publish(second)]);
      expect(outcomes.filter((one) => one.ok)).to.have.length(1);
      expect(outcomes.flatMap((one) => (one.ok ? [] : [one.error.code]))).to.deep.equal(['pack-superseded']);
      const winner = valueOf(outcomes.find((one) => one.ok) as Result<RulePackRow>);
      expect(inForce().hash).to.equal(winner.hash);
    });

    if (backend.dialect === 'mysql')
      it('fails without the protection: both versions become law when nothing is locked and no key is unique', async () => {
        const [first, second] = [await readied('one way'), await readied('the other')];
        const store: RulePackStore = {
          ...databaseRulePackStore,
          update: async (tx, row) => {
            arrived();
            await both;
            return databaseRulePackStore.update(tx, { ...row, published_key: row.id });
          },
        };
        let waiting = 2;
        let open = (): void => {};
        const both = new Promise<void>((resolve) => {
          open = resolve;
        });
        const arrived = (): void => {
          waiting -= 1;
          if (waiting === 0) open();
        };
        const { packs } = opened.app.slices.classification;
        const bare = new RulePackService(store, databaseRehearsalStore, packs, new PackSealer(SECRET), {
          next: () => 'x',
        });
        const outcomes = await Promise.all(
          [first, second].map((id) => opened.app.unit.run((tx) => bare.publish(unlocked(tx), person('B'), id, fits))),
        );
        expect(outcomes.filter((one) => one.ok)).to.have.length(2);
      });

    it('edited by hand are refused, and what was good stays in force; readiness says so', async () => {
      const id = await readied('two');
      valueOf(await publish(id));
      const { hash } = inForce();
      const row = await opened.app.unit.read((reader) => databaseRulePackStore.find(reader, id));
      const milder = JSON.stringify({
        ...row?.content,
        rules: row?.content.rules.filter(({ outcome }) => !('floor' in outcome)),
      });
      await opened.app.database.write((manager) =>
        manager.query('UPDATE rule_packs SET content = ? WHERE id = ?', [milder, id]),
      );
      await opened.app.sweep.round();
      await governing().keeper.reload();
      expect(inForce().hash, 'the version that was read when it was good').to.equal(hash);
      expect(governing().keeper.distrusted.map(({ number, why }) => [number, why])).to.deep.equal([
        [SHIPPED + 1, 'edited'],
      ]);
      const ready = await opened.http.get('/health/ready');
      expect([ready.status, ready.body.status, ready.body.parts['rule-packs']]).to.deep.equal([
        200,
        'degraded',
        'degraded',
      ]);
      if (backend.dialect === 'mysql') {
        const fresh = await beside();
        expect(inForce(fresh).version, 'one that starts now takes the last good one').to.equal(SHIPPED);
      }
      const off = await believed(trusting);
      expect(
        off.distrusted.map(({ why }) => why),
        'the content hash alone still tells',
      ).to.deep.equal(['edited']);
    });

    it('are sealed: whoever edits content, hash and log alike is still refused without the secret', async () => {
      const id = await readied('two');
      valueOf(await publish(id));
      const forged = 'f'.repeat(64);
      await edit(id, `seal = '${forged}'`);
      expect((await believed()).distrusted.map(({ why }) => why)).to.deep.equal(['edited']);
      expect(
        (await believed(trusting)).distrusted.map(({ why }) => why),
        'were the log believed',
      ).to.deep.equal(['seal']);
      const unsealed = await opened.app.unit.read((reader) =>
        believedPacks(
          reader,
          trusting,
          Object.assign(new PackSealer(SECRET), { holds: () => true }),
          opened.app.slices.classification.packs.root,
        ),
      );
      expect(unsealed.distrusted, 'without row proof and without seal it would be taken in').to.deep.equal([]);
      expect(unsealed.sound.size).to.equal(1);
    });

    it('put back or deleted are noticed', async () => {
      const id = await readied('two');
      valueOf(await publish(id));
      await opened.app.database.write((manager) => manager.query('DELETE FROM rule_packs WHERE id = ?', [id]));
      await governing().keeper.reload();
      expect(governing().keeper.distrusted.map(({ why }) => why)).to.deep.equal(['gone']);
      expect(inForce().version, 'kept while this instance runs').to.equal(SHIPPED + 1);
    });
  });
});

function valueOf<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code} ${outcome.error.detail ?? ''}`);
  return outcome.value;
}
