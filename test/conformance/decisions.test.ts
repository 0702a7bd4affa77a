import { nowhere } from '../support/nowhere.js';
import { expect } from 'chai';
import type { AccessRequest } from '../../src/decisions/access/message.js';
import {
  createDecisions,
  type Decisions,
  decisionTables,
  type Feed,
  type WorldFeeds,
} from '../../src/decisions/index.js';
import { createGrants, type Grants, grantTables } from '../../src/grants/index.js';
import { ANONYMOUS, type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { verifyLog } from '../../src/log/index.js';
import { PORTAL, type Wire } from '../fixtures/decisions/access-core.js';
import { dataset, organisation, person, ulid } from '../fixtures/decisions/small-world.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const APPLICATION = ulid('ap', 1);
const approval = (name: string, more: object = {}) => ({
  application: APPLICATION,
  number: 'A-1',
  organisation: 'org-1',
  holder: 'publisher-1',
  dataset: name,
  items: [],
  purpose: 'research' as const,
  scenario: 's',
  delivery: 'download' as const,
  period: { from: '2026-12-01', to: '2026-12-31' },
  members: [],
  quota: null,
  conditions: [],
  ...more,
});

/** Facts that other slices keep, given as they are. */
function fixed<T extends { id: string }>(kind: string, values: readonly T[]): Feed<T> {
  const fed = values.map((value) => ({ id: value.id, intact: true, value }));
  return {
    kind,
    page: async (_reader, after) => (after === '' ? fed : []),
    named: async (_reader, ids) => fed.filter(({ id }) => ids.includes(id)),
  };
}
const feeds: Omit<WorldFeeds, 'grants'> = {
  organisations: fixed('organisation', [organisation('org-1')]),
  people: fixed('person', [person('person-1', ['org-1'])]),
  datasets: fixed('dataset', [dataset('ds-1'), dataset('ds-2'), dataset('ds-open', { tier: 'open' })]),
  sanctions: fixed('sanction', []),
  agreements: {
    kind: 'agreement',
    page: async (_reader, after) =>
      after === '' ? [{ id: 'a', intact: true, value: { template: 'T', version: 1 } }] : [],
    named: async () => [],
  },
};

describe('conformance: decisions', () => {
  eachBackend((backend) => {
    let test: TestUnit;
    let grants: Grants;
    let decisions: Decisions;
    let alarms: string[];
    let portal: Principal;
    const start = async (): Promise<Decisions> => {
      const started = await createDecisions({
        ...test,
        policies: 'policies',
        publicUrl: null,
        issuer: 'https://tiergate.example.org',
        stalenessBound: 2000,
        keptDays: 730,
        credentials: { verify: (authorization) => (authorization === undefined ? null : portal) },
        permits: { sign: () => '' },
        grants,
        feeds,
        alarm: (kind, id) => void alarms.push(`${kind} ${id}`),
        onFault: (error) => {
          throw error;
        },
      });
      await test.follower.begin();
      await started.load();
      return started;
    };
    beforeEach(async () => {
      alarms = [];
      portal = PORTAL;
      test = await openUnit(backend);
      grants = createGrants({ ids: test.ids, surroundings: nowhere, reactions: test.reactions });
      decisions = await start();
    });
    afterEach(async () => {
      await decisions.close();
      await test.close();
    });

    const post = async (path: string, body: object, core = decisions.core): Promise<{ status: number; json: Wire }> => {
      const request: AccessRequest = {
        method: 'POST',
        path,
        query: '',
        headers: { authorization: 'Bearer portal', 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
      };
      const { status, body: text } = await core.handle(request);
      return { status, json: JSON.parse(text.toString()) as Wire };
    };
    const ask = async (id = 'ds-1', context: object = {}): Promise<Wire> =>
      (
        await post('/access/v1/evaluation', {
          subject: { type: 'organisation', id: 'org-1' },
          action: { name: 'download' },
          resource: { type: 'dataset', id },
          context,
        })
      ).json;
    const reason = async (id?: string): Promise<string> => (await ask(id)).context.reason.code;
    const grantIt = async (more: object = {}): Promise<string> => {
      await test.unit.run(async (tx) => {
        await grants.service.createPending(tx, [approval('ds-1', more)], SYSTEM);
        return { ok: true, value: undefined };
      });
      await test.unit.run(async (tx) => {
        await grants.service.activate(
          tx,
          APPLICATION,
          ['ds-1'],
          { template: 'T', version: 1, hash: 'h', at: test.clock.at },
          SYSTEM,
        );
        return { ok: true, value: undefined };
      });
      const [stored] = await test.unit.read((reader) => grants.store.ofApplication(reader, APPLICATION));
      return stored?.grant.id ?? '';
    };
    const command = (id: string, kind: 'suspend' | 'resume' | 'revoke') =>
      test.unit.run((tx) => grants.service.command(tx, id, null, { kind, reason: 'r', until: null }, SYSTEM));

    it('deny, permit and deny again on the very next request after each change', async () => {
      expect(await reason()).to.equal('no-grant');
      const id = await grantIt();
      const permit = await ask();
      expect([permit.decision, permit.context['grant']]).to.deep.equal([true, id]);
      await command(id, 'suspend');
      expect(await reason()).to.equal('grant-suspended');
      await command(id, 'resume');
      expect(await reason()).to.equal('granted');
      await command(id, 'revoke');
      expect(await reason()).to.equal('grant-revoked');
    });

    it('load the same world again at the next start', async () => {
      await grantIt();
      const before = await ask();
      await decisions.close();
      decisions = await start();
      const after = await ask();
      expect([after.decision, after.context['grant'], after.context['revision']]).to.deep.equal([
        true,
        before.context['grant'],
        before.context['revision'],
      ]);
      expect(alarms).to.deep.equal([]);
    });

    it('do not serve a grant edited by hand, and raise the alarm; without the comparison they would', async () => {
      const id = await grantIt();
      await command(id, 'suspend');
      await test.database.write((manager) => manager.query("UPDATE grants SET state = 'active'"));
      expect(await reason(), 'in memory nothing has changed').to.equal('grant-suspended');
      await decisions.close();
      decisions = await start();
      expect(await reason()).to.equal('record-tampered');
      expect(alarms).to.deep.equal([`grant ${id}`]);

      const { store } = grants;
      const believing: typeof store.page = async (...given) =>
        (await store.page(...given)).map((row) => ({ ...row, intact: true }));
      const trusting = { ...grants, store: Object.create(store, { page: { value: believing } }) as typeof store };
      await decisions.close();
      grants = trusting;
      decisions = await start();
      expect(await reason(), 'with the protection off the edit is believed').to.equal('granted');
    });

    it('tell portals whose answers changed, and nothing of what changes no answer', async () => {
      const news = async (after: number): Promise<{ revision: number; changes: unknown[]; resync: boolean }> => {
        const { body } = await decisions.core.handle({
          method: 'GET',
          path: '/access/v1/changes',
          query: `after=${after}&wait=0`,
          headers: { authorization: 'Bearer portal' },
          body: Buffer.alloc(0),
        });
        return JSON.parse(body.toString());
      };
      const before = (await news(0)).revision;
      const id = await grantIt({ quota: 2 });
      const pair = {
        subject: { type: 'organisation', id: 'org-1' },
        dataset: 'ds-1',
        distributions: ['ds-1-file'],
      };
      const granted = await news(before);
      expect(granted.changes).to.deep.equal([pair]);
      const { evaluationId } = (await ask()).context;
      await decisions.book.flush();
      expect(await news(granted.revision)).to.deep.equal({ ...granted, changes: [] });
      await post('/access/v1/deliveries', { evaluationId, dataset: 'ds-1', grant: id });
      const served = await news(granted.revision);
      expect(served.changes, 'a delivery against a quota').to.deep.equal([pair]);
      await command(id, 'revoke');
      expect((await news(served.revision)).changes).to.deep.equal([pair]);
      const restarted = await start();
      expect(restarted).to.be.an('object');
      await restarted.close();
    });

    it('are kept however large their questions are, more together than a server takes in one statement', async () => {
      const items = Array.from({ length: 1000 }, (_, at) => `${at}`.padEnd(500, 'x'));
      const large = {
        subject: { type: 'organisation', id: 'org-1' },
        action: { name: 'download' },
        resource: { type: 'dataset', id: 'ds-1', properties: { items } },
        evaluations: Array.from({ length: 2 }, () => ({})),
      };
      const ids: string[] = [];
      for (let batch = 0; batch < 20; batch++) {
        const { json } = await post('/access/v1/evaluations', large);
        ids.push(...json.evaluations.map(({ context }) => context.evaluationId));
      }
      await decisions.book.flush();
      expect(decisions.book.backlog).to.equal(0);
      const found = await test.unit.read((reader) => decisions.book.find(reader, ids.at(-1) ?? ''));
      expect(found?.question.items?.length).to.equal(1000);
    });

    it('count deliveries once each, durably, and against the quota', async () => {
      const grant = await grantIt({ quota: 2 });
      const [first, second] = [(await ask()).context.evaluationId, (await ask()).context.evaluationId];
      const deliver = (evaluationId: string) =>
        post('/access/v1/deliveries', {
          evaluationId,
          dataset: 'ds-1',
          distribution: 'ds-1-file',
          grant,
          bytes: 10,
        });
      expect((await deliver(first)).status).to.equal(201);
      expect((await deliver(first)).status, 'the same again').to.equal(200);
      const raced = await Promise.all([deliver(second), deliver(second), deliver(second)]);
      expect(raced.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([200, 200, 201]);
      expect(await reason()).to.equal('quota-used-up');
      await decisions.close();
      decisions = await start();
      expect(await reason(), 'also after a restart').to.equal('quota-used-up');
      const faults = (
        await test.unit.read((reader) => verifyLog(reader, [...grantTables, ...decisionTables] as typeof grantTables))
      ).faults;
      expect(faults).to.deep.equal([]);
    });

    it('deny conditional data and still serve open data when the log cannot be confirmed', async () => {
      await grantIt();
      const frozen = Object.create(test.follower, {
        age: { value: () => 2001 },
        poll: { value: () => Promise.reject(new Error('database gone')) },
      }) as typeof test.follower;
      await decisions.close();
      const { follower } = test;
      test.follower = frozen as typeof follower;
      decisions = await start();
      test.follower = follower;
      expect(await reason()).to.equal('stale');
      expect((await ask('ds-open')).decision).to.equal(true);
    });

    it('give who could not be confirmed what everybody has, however fresh the log, and no permit to keep', async () => {
      await grantIt();
      expect(await reason(), 'confirmed').to.equal('granted');
      portal = { ...PORTAL, unconfirmed: true };
      expect(await reason()).to.equal('stale');
      expect((await ask('ds-open')).decision).to.equal(true);
      const subject = { type: 'organisation', id: 'org-1' };
      const question = { subject, action: { name: 'download' }, resource: { type: 'dataset', id: 'ds-open' } };
      expect((await post('/access/v1/permits', question)).json).to.deep.include({ permit: null });
      portal = PORTAL;
      expect((await post('/access/v1/permits', question)).json).to.include({ permit: '' });
    });

    it('cap a demanded revision at the head and reach one that exists', async () => {
      await grantIt();
      const { revision } = (await ask()).context as unknown as { revision: number };
      expect((await ask('ds-1', { minRevision: revision })).decision).to.equal(true);
    });

    it('keep conditional decisions whole, count open ones, and replay a record to the same answer', async () => {
      await grantIt();
      const asked = await ask();
      await ask('ds-open');
      const explained = async (caller: Principal) =>
        decisions.explanations.ofRecord(test.unit, caller, asked.context.evaluationId);
      expect((await explained(PORTAL)).ok, 'before it is written').to.equal(true);
      await decisions.book.flush();
      const found = await explained(PORTAL);
      if (!found.ok) throw new Error(found.error.code);
      expect(found.value).to.deep.include({
        decision: true,
        reason: 'granted',
        organisation: 'org-1',
        dataset: 'ds-1',
      });
      expect(found.value['replay']).to.deep.include({ samePolicy: true, agrees: true, row: 'granted' });
      expect(found.value['facts']).to.include({ tier: 'conditional', grant: 'active' });
      expect(found.value['wouldChange']).to.not.deep.equal([]);
      for (const caller of [ANONYMOUS, { ...PORTAL, id: 'other-portal' }])
        expect((await explained(caller)).ok).to.equal(false);
      const counts = (await test.unit.read((reader) =>
        reader.manager.query('SELECT tier, reason, count FROM decision_uses ORDER BY tier'),
      )) as { tier: string; reason: string; count: number | string }[];
      expect(counts.map(({ tier, reason: why, count }) => [tier, why, Number(count)])).to.deep.equal([
        ['conditional', 'granted', 1],
        ['open', 'open-data', 1],
      ]);
    });

    it('add up counts over flushes, and let go of whole decisions after their days, never of counts', async () => {
      const asked = await ask();
      await decisions.book.flush();
      await ask();
      await decisions.book.flush();
      const counted = async () =>
        (
          (await test.unit.read((reader) =>
            reader.manager.query('SELECT dataset, reason, permit, count FROM decision_uses'),
          )) as Record<string, unknown>[]
        ).map(({ dataset: about, reason: why, permit, count }) => [about, why, Number(permit), Number(count)]);
      expect(await counted()).to.deep.equal([['ds-1', 'no-grant', 0, 2]]);
      const found = () => test.unit.read((reader) => decisions.book.find(reader, asked.context.evaluationId));
      await decisions.forgetOld();
      expect(await found(), 'kept long enough only after its days').to.not.equal(null);
      test.clock.at += 730 * 86_400_000 + 1000;
      await decisions.forgetOld();
      expect(await found()).to.equal(null);
      expect(await counted()).to.have.length(1);
    });

    it('say what would turn an answer around', async () => {
      const question = {
        subject: { type: 'organisation', id: 'org-1' },
        action: { name: 'download' },
        resource: { type: 'dataset', id: 'ds-1' },
        context: {},
      };
      const explain = (at: number | null = null) => {
        const explained = decisions.explanations.ofQuestion(PORTAL, question, at);
        if (!explained.ok) throw new Error(explained.error.code);
        return explained.value as {
          decision: boolean;
          reason: string;
          wouldChange: { facts: Record<string, { to: string }>; row: string }[];
        };
      };
      expect(explain().wouldChange[0]).to.deep.include({ row: 'granted' });
      expect(explain().wouldChange[0]?.facts['grant']).to.deep.equal({ from: 'none', to: 'active' });
      const id = await grantIt();
      await command(id, 'suspend');
      expect(explain().wouldChange.map(({ facts }) => facts['grant']?.to)).to.include('active');
      await command(id, 'resume');
      expect(explain(Date.parse('2027-01-05T00:00:00Z'))).to.include({ decision: false, reason: 'grant-ended' });
      expect(explain()).to.include({ decision: true });
    });
  });
});
