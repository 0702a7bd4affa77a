import { expect } from 'chai';
import type { Notification } from '../../src/notifications/notification-store.js';
import { loadNotificationTable } from '../../src/notifications/policy-files.js';
import type { Posted, PostOutcome } from '../../src/notifications/mail/mail-ports.js';
import { MailService } from '../../src/notifications/mail/mail-service.js';
import { SmtpOffice } from '../../src/notifications/mail/smtp-office.js';
import { CodeKeys } from '../../src/notifications/mail/code-keys.js';
import { type PreferenceChange, PreferenceService } from '../../src/notifications/mail/preference-service.js';
import { DatabaseMailStore } from '../../src/notifications/store/database-mail-store.js';
import { DatabaseNotificationStore } from '../../src/notifications/store/database-notification-store.js';
import { DatabasePreferenceStore } from '../../src/notifications/store/database-preference-store.js';
import type { MailMode } from '../../src/notifications/domain/mailing.js';
import { type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import { eachBackend } from '../support/databases.js';
import { headersOf, MailServer, textOf } from '../support/mail-server.js';
import { inProject } from '../support/project.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const MINUTE = 60_000;
const PERSON = '01JBBBBBBBBBBBBBBBBBBBBBP1';
const OTHER = '01JBBBBBBBBBBBBBBBBBBBBBP2';

/** Mail from the queue to a server, on each database. */
describe('mail of notifications', function () {
  this.timeout(60_000);

  eachBackend((backend) => {
    const table = loadNotificationTable(inProject('policies'));
    const mails = new DatabaseMailStore();
    const notifications = new DatabaseNotificationStore();
    const wishes = new DatabasePreferenceStore();
    const keys = new CodeKeys('a secret of an installation, long enough');
    const server = new MailServer();
    let test: TestUnit;
    let office: SmtpOffice;
    let service: MailService;
    let preferences: PreferenceService;
    let queues = { mine: 0, due: 0, overdue: 0 };

    const serviceWith = (send: (letter: Posted) => Promise<PostOutcome>): MailService =>
      new MailService({
        table,
        mails,
        notifications,
        preferences: wishes,
        keys,
        ids: test.ids,
        base: 'https://data.example.org',
        office: { send, close: () => {} },
        surroundings: {
          names: async () => new Map(),
          personName: async () => '张三\r\nBcc: evil@example.net',
          queues: async () => queues,
          invited: async () => null,
        },
      });
    const inTx = <T>(work: (tx: Parameters<Parameters<TestUnit['unit']['run']>[0]>[0]) => Promise<T>): Promise<T> =>
      test.unit
        .run(async (tx) => ok(await work(tx)))
        .then((done) => {
          if (!done.ok) throw new Error(done.error.code);
          return done.value;
        });
    const principalOf = (id: string): Principal => ({ kind: 'person', id, name: '', organisation: null, roles: [] });
    /** At an address that is confirmed. */
    const choose = (person: string, mode: MailMode, address: string | null = 'zhang@example.org') =>
      inTx(async (tx) => {
        await wishes.write(tx, { ...(await wishes.find(tx, person)), mode, address, askedAt: null });
        tx.append({ event: 'test.chosen', subject: { kind: 'mail-preference', id: person }, actor: SYSTEM, data: {} });
      });
    const change = (wish: PreferenceChange, ifMatch: number | null = null) =>
      test.unit.run((tx) => preferences.change(tx, principalOf(PERSON), ifMatch, wish));
    const confirm = (code: string) => test.unit.run((tx) => preferences.confirm(tx, principalOf(PERSON), code));
    const codeOf = <T>(done: Result<T>): string => (done.ok ? '' : done.error.code);
    const told = (person: string): Notification => ({
      id: test.ids.next(),
      person,
      template: 'application.accepted/accepted',
      about: { kind: 'application', id: '01JBBBBBBBBBBBBBBBBBBBBBA1' },
      values: { number: 'TG-2026-000001', dataset: { zh: '公交', en: 'Buses' }, holder: { zh: '交通委' } },
      at: test.clock.at,
      readAt: null,
    });
    const tell = async (person = PERSON): Promise<Notification> => {
      const notification = told(person);
      await inTx(async (tx) => {
        await notifications.insert(tx, [notification]);
        await service.queue(tx, [notification]);
      });
      return notification;
    };
    const states = async () =>
      (await test.unit.read((reader) => mails.list(reader, {}, 100, null))).items.map(({ state }) => state);
    const newest = async () => {
      const [mail] = (await test.unit.read((reader) => mails.list(reader, {}, 1, null))).items;
      if (mail === undefined) throw new Error('there is no mail');
      return mail;
    };

    beforeEach(async () => {
      test = await openUnit(backend);
      server.arrived.length = 0;
      server.answer = () => 250;
      office = new SmtpOffice(await server.start(), 'tiergate@data.example.org', 2000, 5000);
      service = serviceWith((letter) => office.send(letter));
      preferences = new PreferenceService({ store: wishes, keys, mail: service });
      queues = { mine: 0, due: 0, overdue: 0 };
    });
    afterEach(async () => {
      office.close();
      await server.stop();
      await test.close();
    });

    it('goes to who wants it at once, and to nobody else, once', async () => {
      await choose(PERSON, 'at-once');
      await choose(OTHER, 'daily');
      await tell();
      await tell(OTHER);
      await tell('01JBBBBBBBBBBBBBBBBBBBBBP3');
      expect(await service.sendDue(test.unit)).to.equal(1);
      expect(await service.sendDue(test.unit)).to.equal(0);
      const [mail] = server.arrived;
      expect([server.arrived.length, mail?.to]).to.deep.equal([1, ['zhang@example.org']]);
      const headers = headersOf(mail?.raw ?? '');
      expect(headers.get('subject')).to.equal('申请 TG-2026-000001 已受理');
      expect(headers.has('bcc')).to.equal(false);
      const text = textOf(mail?.raw ?? '');
      expect(text).to.include('https://data.example.org/applications/01JBBBBBBBBBBBBBBBBBBBBBA1');
      expect(text).to.include('https://data.example.org/notifications/mail');
    });

    it('is sent once by several instances at the same time', async () => {
      await choose(PERSON, 'at-once');
      for (let number = 0; number < 6; number++) await tell();
      const instances = [1, 2, 3].map(() => serviceWith((letter) => office.send(letter)));
      const sent = await Promise.all(instances.map((one) => one.sendDue(test.unit)));
      expect(sent.reduce((sum, one) => sum + one, 0)).to.equal(6);
      expect(new Set(server.arrived.map(({ raw }) => headersOf(raw).get('message-id'))).size).to.equal(6);
      expect(server.arrived).to.have.length(6);
    });

    it('is out when a round of its instance ends, though an earlier one had it in hand', async () => {
      await choose(PERSON, 'at-once');
      await tell();
      let go = (): void => {};
      const gate = new Promise<void>((resolve) => (go = resolve));
      const slow = serviceWith(async (letter) => {
        await gate;
        return office.send(letter);
      });
      const earlier = slow.sendDue(test.unit);
      while ((await newest()).tries === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      setTimeout(go, 20);
      expect(await slow.sendDue(test.unit)).to.equal(0);
      expect((await newest()).state).to.equal('sent');
      expect(await earlier).to.equal(1);
    });

    it('waits with growing pauses while the server is away, then goes out', async () => {
      await choose(PERSON, 'at-once');
      await tell();
      await tell();
      await server.stop();
      expect(await service.sendDue(test.unit)).to.equal(0);
      const figures = await test.unit.read((reader) => mails.figures(reader));
      expect(figures).to.include({ waiting: 2, failed: 0, oldest: test.clock.at });
      expect(figures.lastError).to.match(/ECONNREFUSED|ESOCKET|ECONNECTION/);
      test.clock.at += 2 * MINUTE;
      expect(await service.sendDue(test.unit)).to.equal(0);
      await server.start();
      test.clock.at += 6 * MINUTE;
      expect(await service.sendDue(test.unit)).to.equal(2);
      expect(await states()).to.deep.equal(['sent', 'sent']);
      expect((await test.unit.read((reader) => mails.figures(reader))).lastError).to.equal(null);
    });

    it('is not held up by one that is refused; what is refused for good is given up, and can be tried again', async () => {
      await choose(PERSON, 'at-once', 'gone@example.org');
      await choose(OTHER, 'at-once', 'busy@example.org');
      server.answer = (address) => (address.startsWith('gone') ? 550 : 451);
      await tell();
      await tell(OTHER);
      await service.sendDue(test.unit);
      expect((await states()).sort()).to.deep.equal(['failed', 'waiting']);
      const failed = (await test.unit.read((reader) => mails.list(reader, { state: 'failed' }, 10, null))).items[0];
      expect(failed?.lastError).to.match(/not now/);
      expect(failed?.lastError).to.not.include('gone@');
      server.answer = () => 250;
      await test.unit.run((tx) => service.retry(tx, failed?.id ?? ''));
      test.clock.at += 2 * MINUTE;
      expect(await service.sendDue(test.unit)).to.equal(2);
      const again = await test.unit.run((tx) => service.retry(tx, failed?.id ?? ''));
      expect(again.ok ? '' : again.error.code).to.equal('already-so');
    });

    it('is given up after its last try', async () => {
      await choose(PERSON, 'at-once');
      server.answer = () => 451;
      await tell();
      for (let tries = 0; tries < 20; tries++) {
        await service.sendDue(test.unit);
        test.clock.at += 7 * 60 * MINUTE;
      }
      expect([(await newest()).state, (await newest()).tries]).to.deep.equal(['failed', 12]);
    });

    it('is taken up again when whoever had it was stopped, and noted by one only', async () => {
      await choose(PERSON, 'at-once');
      await tell();
      let hang = (): void => {};
      const killed = serviceWith(
        () => new Promise((resolve) => (hang = () => resolve({ kind: 'unreachable', error: 'late' }))),
      );
      const running = killed.sendDue(test.unit);
      while ((await newest()).tries === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await service.sendDue(test.unit), 'held').to.equal(0);
      test.clock.at += 6 * MINUTE;
      expect(await service.sendDue(test.unit), 'free').to.equal(1);
      hang();
      await running;
      expect((await newest()).state).to.equal('sent');
    });

    it('is dropped where the address was taken away or the notification was read meanwhile', async () => {
      await choose(PERSON, 'at-once');
      const read = await tell();
      await inTx((tx) => notifications.markRead(tx, read.id));
      await tell();
      expect(await service.sendDue(test.unit)).to.equal(1);
      await tell();
      await choose(PERSON, 'none', null);
      expect(await service.sendDue(test.unit)).to.equal(0);
      expect((await states()).sort()).to.deep.equal(['dropped', 'dropped', 'sent']);
      expect(server.arrived).to.have.length(1);
    });

    it('of a day is made once, from eight in the morning in Shanghai, where there is something to say', async () => {
      await choose(PERSON, 'daily');
      await choose(OTHER, 'daily', 'li@example.org');
      queues = { mine: 2, due: 3, overdue: 1 };
      test.clock.at = Date.parse('2026-12-01T07:59:00+08:00');
      await tell();
      expect(await service.makeDigests(test.unit)).to.equal(0);
      test.clock.at += 2 * MINUTE;
      const instances = [1, 2, 3].map(() => serviceWith((letter) => office.send(letter)));
      const made = await Promise.all(instances.map((one) => one.makeDigests(test.unit)));
      expect(made.reduce((sum, one) => sum + one, 0)).to.equal(2);
      expect(await service.sendDue(test.unit)).to.equal(2);
      const own = server.arrived.find(({ to }) => to.includes('zhang@example.org'));
      expect(headersOf(own?.raw ?? '').get('subject')).to.equal('今日待办：待您办理 2 件，逾期 1 件，新通知 1 条');
      expect(textOf(own?.raw ?? '')).to.include('申请 TG-2026-000001 已受理');
      queues = { mine: 0, due: 0, overdue: 0 };
      test.clock.at += 24 * 60 * MINUTE;
      await inTx((tx) => notifications.markReadUpTo(tx, PERSON, 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ'));
      expect(await service.makeDigests(test.unit), 'nothing to say').to.equal(0);
      expect(await service.sendDue(test.unit)).to.equal(0);
    });

    describe('to a new address', () => {
      /** What came to an address: codes, and everything else. */
      const arrived = () => {
        const texts = server.arrived.map(({ raw }) => textOf(raw));
        const codes = texts.flatMap((text) => /^ {2}([2-9A-Z]{8})$/m.exec(text)?.[1] ?? []);
        return { codes, others: texts.length - codes.length };
      };
      const wanted = { address: 'zhang@example.org', mode: 'at-once', language: 'en' } as const;
      const asked = async (): Promise<string> => {
        await change(wanted);
        await service.sendDue(test.unit);
        return arrived().codes.at(-1) ?? expect.fail('no code came');
      };

      it('brings a code and nothing else, until the code comes back', async () => {
        const code = await asked();
        const [letter] = server.arrived;
        expect(letter?.to).to.deep.equal(['zhang@example.org']);
        expect(headersOf(letter?.raw ?? '').get('to'), 'names nobody').to.equal('zhang@example.org');
        expect(textOf(letter?.raw ?? '')).to.include(`https://data.example.org/notifications/mail?code=${code}`);
        await tell();
        expect(await service.sendDue(test.unit)).to.equal(0);
        expect(codeOf(await confirm('AAAAAAAA'))).to.equal('invalid-body');
        expect(codeOf(await change({ language: 'zh' })), 'the code holds').to.equal('');
        const typed = `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`;
        expect(codeOf(await confirm(typed))).to.equal('');
        expect(codeOf(await confirm(code)), 'again').to.equal('already-so');
        await tell();
        expect(await service.sendDue(test.unit)).to.equal(1);
        expect(arrived()).to.include({ others: 1 });
      });

      it('tells everything at once where nobody is asked whose it is', async () => {
        await choose(PERSON, 'at-once');
        await tell();
        expect(await service.sendDue(test.unit)).to.equal(1);
        expect(arrived()).to.deep.equal({ codes: [], others: 1 });
      });

      it('brings no daily summary before', async () => {
        await change({ ...wanted, mode: 'daily' });
        queues = { mine: 2, due: 3, overdue: 1 };
        test.clock.at = Date.parse('2026-12-01T08:01:00+08:00');
        expect(await service.makeDigests(test.unit)).to.equal(0);
      });

      it('holds for a day, for this address and only the newest one', async () => {
        const first = await asked();
        await test.unit.run((tx) => preferences.sendCode(tx, principalOf(PERSON)));
        expect(codeOf(await confirm(first)), 'another was sent').to.equal('invalid-body');
        await change({ address: 'li@example.org' });
        await service.sendDue(test.unit);
        const newest = arrived().codes.at(-1) ?? '';
        expect(server.arrived.at(-1)?.to).to.deep.equal(['li@example.org']);
        test.clock.at += 24 * 60 * MINUTE + 10;
        expect(codeOf(await confirm(newest)), 'a day later').to.equal('invalid-body');
        await change({ address: 'zhang@example.org' });
        expect(codeOf(await confirm(newest)), 'of another address').to.equal('invalid-body');
      });

      it('is asked of another address in the same moment', async () => {
        expect(codeOf(await confirm(await asked()))).to.equal('');
        expect(codeOf(await change({ address: 'li@example.org' }))).to.equal('');
        await service.sendDue(test.unit);
        expect(server.arrived.at(-1)?.to).to.deep.equal(['li@example.org']);
        expect(codeOf(await confirm(arrived().codes.at(-1) ?? ''))).to.equal('');
      });

      it('is not sent where the address was taken away meanwhile', async () => {
        await change(wanted);
        await change({ address: null, mode: 'none' });
        expect(await service.sendDue(test.unit)).to.equal(0);
        expect(codeOf(await test.unit.run((tx) => preferences.sendCode(tx, principalOf(PERSON))))).to.equal(
          'already-so',
        );
      });

      it('brings five codes an hour at most, whatever addresses are named, and nothing is changed by the sixth', async () => {
        for (const name of ['a', 'b', 'c', 'd', 'e'])
          expect(codeOf(await change({ ...wanted, address: `${name}@example.org` }))).to.equal('');
        expect(codeOf(await change({ ...wanted, address: 'f@example.org' }))).to.equal('too-many-codes');
        expect(codeOf(await test.unit.run((tx) => preferences.sendCode(tx, principalOf(PERSON))))).to.equal(
          'too-many-codes',
        );
        expect((await test.unit.read((reader) => wishes.find(reader, PERSON))).address).to.equal('e@example.org');
        test.clock.at += 61 * MINUTE;
        expect(codeOf(await change({ ...wanted, address: 'f@example.org' }))).to.equal('');
      });
    });

    it('needs an address, is chosen on the version seen, and forgets what was settled long ago', async () => {
      expect(codeOf(await change({ mode: 'at-once' }))).to.equal('invalid-body');
      await choose(PERSON, 'at-once');
      expect(codeOf(await change({ language: 'en' }, 7))).to.equal('stale-etag');
      await change({ language: 'en' }, 1);
      await tell();
      await service.sendDue(test.unit);
      expect(headersOf(server.arrived[0]?.raw ?? '').get('subject')).to.match(/was accepted for handling/);
      await service.forget(test.unit);
      expect(await states()).to.have.length(1);
      test.clock.at += 91 * 24 * 60 * MINUTE;
      await service.forget(test.unit);
      expect(await states()).to.deep.equal([]);
    });
  });
});
