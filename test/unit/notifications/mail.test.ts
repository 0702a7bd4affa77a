import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { digestOf, faultsOfLetters, invitationOf, letterOf } from '../../../src/notifications/domain/letter.js';
import { MOST_TRIES, pauseAfter, plainError } from '../../../src/notifications/domain/mailing.js';
import { FolderOffice } from '../../../src/notifications/mail/folder-office.js';
import type { Posted } from '../../../src/notifications/mail/mail-ports.js';
import { SmtpOffice } from '../../../src/notifications/mail/smtp-office.js';
import { loadNotificationTable } from '../../../src/notifications/policy-files.js';
import { headersOf, MailServer, SilentServer, textOf } from '../../support/mail-server.js';
import { inProject } from '../../support/project.js';

const FROM = 'tiergate@data.example.org';
const letter = (more: Partial<Posted> = {}): Posted => ({
  id: '01JBBBBBBBBBBBBBBBBBBBBB01',
  to: { name: '张三', address: 'zhang@example.org' },
  subject: '申请 TG-2026-000001 已受理',
  body: '您对“公交客流”的申请正在审查。\n\nhttps://data.example.org/applications/1\n',
  language: 'zh',
  ...more,
});

describe('letters', () => {
  const { letters } = loadNotificationTable(inProject('policies'));
  const links = { page: 'https://x/applications/1', settings: 'https://x/notifications/mail' };

  it('hold what was told, the way to its page, and the way to stop them', () => {
    for (const language of ['zh', 'en'] as const) {
      const { subject, body } = letterOf(letters, { title: 'T', text: 'Text.' }, links, language);
      expect(subject).to.equal('T');
      for (const part of ['Text.', links.page, links.settings]) expect(body).to.include(part);
    }
  });

  it('of a day count what waits, what is due, what is overdue and what is new; where nothing is, there is none', () => {
    const none = { mine: 0, due: 0, overdue: 0 };
    expect(digestOf(letters, none, { total: 0, titles: [] }, links, 'en')).to.equal(null);
    const said = digestOf(
      letters,
      { mine: 3, due: 4, overdue: 5 },
      { total: 30, titles: Array(25).fill('N') },
      links,
      'en',
    );
    expect(said?.subject).to.equal('Today: 3 waiting for you, 5 overdue, 30 new');
    expect(said?.body).to.match(/Waiting for you: 3\nWith a due day ahead: 4\nOverdue: 5/);
    expect(said?.body.match(/^- N$/gm)).to.have.length(20);
    for (const queues of [
      { ...none, mine: 1 },
      { ...none, overdue: 1 },
    ])
      expect(digestOf(letters, queues, { total: 0, titles: [] }, links, 'zh')).to.not.equal(null);
  });

  it('of an invitation say who invites, where to accept and until when, and lead to no settings', () => {
    const invited = { organisation: '云庭企业', link: 'https://x/invited#tgj_1', until: '2026-12-01' };
    for (const language of ['zh', 'en'] as const) {
      const { subject, body } = invitationOf(letters, invited, language);
      expect(subject).to.include(invited.organisation);
      for (const part of Object.values(invited)) expect(body).to.include(part);
      expect(body).to.not.include('/notifications/mail');
    }
    const without = {
      ...letters,
      invitation: { ...letters.invitation, subject: { en: 'Come', zh: '{organisation}' } },
    };
    expect(faultsOfLetters(without)).to.deep.equal(['letters invitation subject en: its places are organisation']);
  });

  it('are refused where their places are not those they are filled with', () => {
    expect(faultsOfLetters(letters)).to.deep.equal([]);
    const without = { ...letters, settings: { en: 'Stop', zh: '{link}' } };
    expect(faultsOfLetters(without)).to.deep.equal(['letters settings en: its places are link']);
    const digest = { ...letters.digest, mine: { en: '{count} {who}', zh: '{count}' } };
    expect(faultsOfLetters({ ...letters, digest })).to.have.length(1);
  });
});

describe('tries of a mail', () => {
  it('are made with growing pauses, six hours at most, for about two days', () => {
    const pauses = Array.from({ length: MOST_TRIES - 1 }, (_, at) => pauseAfter(at + 1));
    for (const [at, pause] of pauses.entries()) expect(pause).to.be.at.least(pauses[at - 1] ?? 0);
    expect(pauses[0]).to.equal(60_000);
    expect(Math.max(...pauses)).to.equal(6 * 3_600_000);
    expect(pauses.reduce((sum, one) => sum + one, 0) / 86_400_000).to.be.within(1, 3);
  });

  it('leave an error of one line without anybody’s address', () => {
    expect(plainError('550 <zhang.san@example.org>: no such\r\nuser')).to.equal('550 <…@example.org>: no such user');
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), (noise, address) => {
        const said = plainError(`${noise} ${address}`);
        expect(said).to.not.match(/\p{Cc}/u);
        expect(said.includes(address)).to.equal(false);
        expect(said.length).to.be.at.most(300);
      }),
    );
  });
});

describe('post offices', () => {
  it('write a mail as a file that a mail program opens, once however often it is sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-mail-'));
    try {
      const office = new FolderOffice(join(folder, 'mail'), FROM);
      for (let time = 0; time < 2; time++) expect((await office.send(letter())).kind).to.equal('sent');
      expect(readdirSync(join(folder, 'mail'))).to.deep.equal(['01JBBBBBBBBBBBBBBBBBBBBB01.eml']);
      const raw = readFileSync(join(folder, 'mail', '01JBBBBBBBBBBBBBBBBBBBBB01.eml'), 'utf8');
      const headers = headersOf(raw);
      expect(headers.get('subject')).to.equal('申请 TG-2026-000001 已受理');
      expect(headers.get('to')).to.equal('张三 <zhang@example.org>');
      expect(headers.get('from')).to.include(FROM);
      expect(headers.get('auto-submitted')).to.equal('auto-generated');
      expect(headers.get('message-id')).to.equal('<01jbbbbbbbbbbbbbbbbbbbbb01@data.example.org>');
      expect(textOf(raw)).to.include('您对“公交客流”的申请正在审查。');
      office.close();
      const nowhere = new FolderOffice('/dev/null/mail', FROM);
      expect((await nowhere.send(letter())).kind).to.equal('unreachable');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('that speak SMTP', function () {
    this.timeout(30_000);
    const server = new MailServer();
    let office: SmtpOffice;
    before(async () => {
      office = new SmtpOffice(await server.start(), FROM, 1000, 3000);
    });
    after(async () => {
      office.close();
      await server.stop();
    });

    it('deliver to the one address, whatever stands in names and subjects', async () => {
      const hostile = [
        'x\r\nBcc: evil@example.net',
        'x\nX-Evil: 1',
        'x, evil@example.net',
        '"x" <evil@example.net>',
        'x\u2028Bcc: evil@example.net',
        'evil@example.net;',
      ];
      for (const text of hostile) {
        server.arrived.length = 0;
        const sent = await office.send(letter({ to: { name: text, address: 'zhang@example.org' }, subject: text }));
        expect(sent.kind, text).to.equal('sent');
        const [mail] = server.arrived;
        expect(mail?.to).to.deep.equal(['zhang@example.org']);
        const headers = headersOf(mail?.raw ?? '');
        for (const name of ['bcc', 'cc', 'x-evil']) expect(headers.has(name), `${name} ${text}`).to.equal(false);
        expect(server.arrived).to.have.length(1);
      }
    });

    it('tell a mail that is never taken from one that is not taken now', async () => {
      server.answer = (address) => (address.startsWith('gone') ? 550 : 451);
      const to = (address: string) => letter({ to: { name: 'x', address } });
      expect((await office.send(to('gone@example.org'))).kind).to.equal('refused');
      expect((await office.send(to('busy@example.org'))).kind).to.equal('later');
      server.answer = () => 250;
      expect((await office.send(to('busy@example.org'))).kind).to.equal('sent');
    });

    it('do not wait for ever: for a server that is away, and for one that hangs', async () => {
      await server.stop();
      expect((await office.send(letter())).kind).to.equal('unreachable');
      await server.start();
      expect((await office.send(letter())).kind).to.equal('sent');
      const silent = new SilentServer();
      const address = await silent.start();
      const [hanging, impatient] = [new SmtpOffice(address, FROM, 60_000, 300), new SmtpOffice(address, FROM, 300)];
      for (const one of [hanging, impatient]) expect((await one.send(letter())).kind).to.equal('unreachable');
      expect(silent.connections).to.equal(2);
      const stopped = new SmtpOffice(`smtp://127.0.0.1:${server.port}`, FROM);
      stopped.close();
      expect((await stopped.send(letter())).kind).to.equal('unreachable');
      for (const one of [hanging, impatient]) one.close();
      await silent.stop();
    });
  });
});
