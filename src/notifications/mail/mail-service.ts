import type { Id, Ids } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { dayOf, type Instant } from '../../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../../persistence/index.js';
import { mayWriteTo } from '../domain/confirming.js';
import {
  confirmationOf,
  digestOf,
  invitationOf,
  type Letter,
  letterOf,
  MOST_TITLES,
  type Queues,
} from '../domain/letter.js';
import { isRetriable, MOST_TRIES, pauseAfter, plainError } from '../domain/mailing.js';
import type { NotificationTable } from '../domain/table.js';
import type { Notification, NotificationStore } from '../notification-store.js';
import { saidOf } from '../notification-view.js';
import type { CodeKeys } from './code-keys.js';
import type {
  Mail,
  MailPreference,
  MailStore,
  MailSurroundings,
  Posted,
  PostOffice,
  PostOutcome,
  PreferenceStore,
} from './mail-ports.js';

export interface MailDeps {
  readonly table: NotificationTable;
  readonly mails: MailStore;
  readonly preferences: PreferenceStore;
  readonly notifications: NotificationStore;
  readonly surroundings: MailSurroundings;
  readonly office: PostOffice;
  readonly ids: Ids;
  readonly keys: CodeKeys;
  /** The address people use, without a slash at its end. */
  readonly base: string;
}

/** Whoever took a mail up and was stopped gives it free after this long. */
const LEASE = 5 * 60_000;
const PER_ROUND = 200;
const FEW = 5;
const DAY = 86_400_000;
/** Hour of the day in Shanghai from which digests are made. */
const DIGEST_HOUR = 8;
const KEPT = 90 * DAY;
const CHUNK = 200;
const PAGES = {
  application: '/applications',
  grant: '/grants',
  violation: '/violations',
  demand: '/demands',
  evidence: '/evidence',
  assessment: '/classification',
  objection: '/objections',
  // Of an organisation people look at what they may use.
  organisation: null,
  complaint: '/complaints',
} as const;

const pageOf = ({ kind, id }: Notification['about']): string =>
  PAGES[kind] === null ? '/grants' : `${PAGES[kind]}/${id}`;

/**
 * Mail about notifications. It is queued in the transaction of the event and sent apart from every command: a server
 * that hangs holds up nothing but mail. With several instances each mail is taken up by one; who is killed between
 * handing a mail over and noting it sends it again under the same Message-ID.
 */
export class MailService {
  private digestsMade = '';
  private round: Promise<unknown> = Promise.resolve();

  constructor(readonly deps: MailDeps) {}

  /** Queues a mail for each of those told who want it at once. */
  async queue(tx: Transaction, told: readonly Notification[]): Promise<void> {
    const wanted = await this.deps.preferences.findMany(tx, [...new Set(told.map(({ person }) => person))]);
    const atOnce = new Set(wanted.filter(wantsAtOnce).map(({ person }) => person));
    const mails = told
      .filter(({ person }) => atOnce.has(person))
      .map(({ id, person }) => this.newMail(tx.now, person, 'notification', id));
    if (mails.length > 0) await this.deps.mails.insert(tx, mails);
  }

  /** Queues the letter of an invitation, in the transaction that makes its link. */
  async queueInvitation(tx: Transaction, ticket: Id, invitedBy: Id): Promise<void> {
    await this.deps.mails.insert(tx, [this.newMail(tx.now, invitedBy, 'invitation', ticket)]);
  }

  /** Queues the letter with the code for an address that waits for it, in the transaction that asks. */
  async queueCode(tx: Transaction, person: Id, askedAt: Instant): Promise<void> {
    await this.deps.mails.insert(tx, [this.newMail(tx.now, person, 'confirmation', String(askedAt))]);
  }

  /** The moments for which somebody was sent codes. */
  async codesSince(reader: Reader, person: Id, since: Instant): Promise<readonly Instant[]> {
    return (await this.deps.mails.madeSince(reader, 'confirmation', person, since)).map(Number);
  }

  /**
   * Sends what is due, until nothing is or the server is not to be had. Returns how many were sent. One round at a time: what
   * an earlier round of this instance still has in hand is settled before this one begins.
   */
  sendDue(unit: UnitOfWork): Promise<number> {
    const round = this.round.then(() => this.sendRound(unit));
    this.round = round.catch(() => undefined);
    return round;
  }

  private async sendRound(unit: UnitOfWork): Promise<number> {
    let sent = 0;
    for (let taken = 0; taken < PER_ROUND; taken++) {
      const mail = await this.takeUp(unit);
      if (mail === null) return sent;
      const outcome = await this.send(unit, mail);
      if (outcome === 'sent') sent += 1;
      if (outcome === 'unreachable') return sent;
    }
    return sent;
  }

  /** Queues today's digests, once for each person who wants one. Returns how many. */
  async makeDigests(unit: UnitOfWork): Promise<number> {
    const now = await unit.read((reader) => Promise.resolve(reader.now));
    const today = dayOf(now);
    if (this.digestsMade === today || dayOf(now - DIGEST_HOUR * 3_600_000) !== today) return 0;
    let made = 0;
    for (let after = ''; ; ) {
      const wanted = await unit.read((reader) => this.deps.preferences.withMode(reader, 'daily', after, CHUNK));
      const last = wanted.at(-1);
      if (last === undefined) break;
      for (const { person } of wanted) made += await this.makeDigest(unit, person, today);
      after = last.person;
    }
    this.digestsMade = today;
    return made;
  }

  /** Gives a mail that was given up, or that waits, another try at once. */
  async retry(tx: Transaction, id: Id): Promise<Result<Mail>> {
    await tx.lock('mail', [id]);
    const mail = await this.deps.mails.find(tx, id);
    if (mail === null) return err(refusal('not-found'));
    if (!isRetriable(mail.state)) return err(refusal('already-so', `The mail is ${mail.state}.`));
    const next: Mail = { ...mail, state: 'waiting', tries: 0, nextAt: tx.now, settledAt: null };
    await this.deps.mails.update(tx, next);
    return ok(next);
  }

  /** Takes away what was settled long ago. */
  async forget(unit: UnitOfWork): Promise<void> {
    const done = await unit.run(async (tx) => ok(await this.deps.mails.forgetBefore(tx, tx.now - KEPT, CHUNK)));
    if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
  }

  private newMail(now: Instant, person: Id, kind: Mail['kind'], about: string): Mail {
    return {
      id: this.deps.ids.next(),
      person,
      kind,
      about,
      state: 'waiting',
      tries: 0,
      madeAt: now,
      nextAt: now,
      settledAt: null,
      lastError: null,
    };
  }

  private async makeDigest(unit: UnitOfWork, person: Id, today: string): Promise<number> {
    const done = await unit.run(async (tx) => {
      await tx.lock('person', [person]);
      const made = await this.deps.mails.made(tx, 'digest', today, [person]);
      if (made.has(person)) return ok(0);
      const mail = this.newMail(tx.now, person, 'digest', today);
      const saying = await this.digest(tx, mail, 'zh');
      await this.deps.mails.insert(tx, [saying === null ? { ...mail, state: 'dropped', settledAt: tx.now } : mail]);
      return ok(saying === null ? 0 : 1);
    });
    if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
    return done.value;
  }

  /** The next one that is due, held for this instance. */
  private async takeUp(unit: UnitOfWork): Promise<Mail | null> {
    const done = await unit.run(async (tx) => {
      for (const id of [...(await this.deps.mails.due(tx, FEW))].sort()) {
        await tx.lock('mail', [id]);
        const mail = await this.deps.mails.find(tx, id);
        if (mail === null || mail.state !== 'waiting' || mail.nextAt > tx.now) continue;
        const taken = { ...mail, tries: mail.tries + 1, nextAt: tx.now + LEASE };
        await this.deps.mails.update(tx, taken);
        return ok(taken);
      }
      return ok(null);
    });
    if (!done.ok) throw new Error(`mail was refused: ${done.error.code}`);
    return done.value;
  }

  private async send(unit: UnitOfWork, mail: Mail): Promise<PostOutcome['kind'] | 'dropped'> {
    const written = await unit.read((reader) => this.write(reader, mail));
    const outcome = written === null ? ({ kind: 'dropped' } as const) : await this.deps.office.send(written);
    await unit.run(async (tx) => {
      await tx.lock('mail', [mail.id]);
      const now = await this.deps.mails.find(tx, mail.id);
      // Whoever took it up after the lease ran out decides on it.
      if (now !== null && now.tries === mail.tries && now.state === 'waiting')
        await this.deps.mails.update(tx, settled(mail, outcome, tx.now));
      return ok(undefined);
    });
    return outcome.kind;
  }

  /** The letter as it is now; null where nobody wants it any more. */
  private async write(reader: Reader, mail: Mail): Promise<Posted | null> {
    if (mail.kind === 'invitation') return this.invitation(reader, mail);
    const wish = await this.deps.preferences.find(reader, mail.person);
    const { address, mode, language } = wish;
    const name = await this.deps.surroundings.personName(reader, mail.person);
    if (address === null || name === null) return null;
    if (mail.kind === 'confirmation') return this.confirmation(mail, wish, address);
    if (mode === 'none' || !mayWriteTo(wish)) return null;
    const letter =
      mail.kind === 'digest' ? await this.digest(reader, mail, language) : await this.told(reader, mail, language);
    return letter && { ...letter, id: mail.id, to: { name, address }, language };
  }

  private async invitation(reader: Reader, { id, about }: Mail): Promise<Posted | null> {
    const invited = await this.deps.surroundings.invited(reader, about);
    if (invited === null) return null;
    const { to, language } = invited;
    return { ...invitationOf(this.deps.table.letters, invited, language), id, to, language };
  }

  /** It names nobody: it may reach a stranger. Null where the address was confirmed meanwhile, or another code asked for. */
  private confirmation({ id, about }: Mail, wish: MailPreference, address: string): Posted | null {
    const { person, askedAt, language } = wish;
    if (about !== String(askedAt)) return null;
    const to = { name: '', address };
    const code = this.deps.keys.codeOf(person, wish);
    const link = `${this.deps.base}/notifications/mail?code=${code}`;
    return { ...confirmationOf(this.deps.table.letters, { code, link }, language), id, to, language };
  }

  private async told(reader: Reader, mail: Mail, language: MailPreference['language']): Promise<Letter | null> {
    const found = await this.deps.notifications.find(reader, mail.about);
    if (found === null || found.readAt !== null) return null;
    const { table, base } = this.deps;
    const page = `${base}${pageOf(found.about)}`;
    return letterOf(table.letters, saidOf(table, found, language), this.links(page), language);
  }

  private async digest(reader: Reader, mail: Mail, language: MailPreference['language']): Promise<Letter | null> {
    const { table, base, notifications, surroundings } = this.deps;
    const queues: Queues = await surroundings.queues(reader, mail.person);
    const { items } = await notifications.list(reader, mail.person, { unread: true }, 100, null);
    const news = items.filter(({ at }) => at > mail.madeAt - DAY);
    const titles = news.slice(0, MOST_TITLES).map((one) => saidOf(table, one, language).title);
    const links = this.links(`${base}/notifications`);
    return digestOf(table.letters, queues, { total: news.length, titles }, links, language);
  }

  private links = (page: string) => ({ page, settings: `${this.deps.base}/notifications/mail` });
}

const wantsAtOnce = (wish: MailPreference): boolean => wish.mode === 'at-once' && mayWriteTo(wish);

/** What became of a mail that was tried. */
function settled(mail: Mail, outcome: PostOutcome | { readonly kind: 'dropped' }, now: Instant): Mail {
  if (outcome.kind === 'sent' || outcome.kind === 'dropped')
    return { ...mail, state: outcome.kind, settledAt: now, lastError: null };
  const lastError = plainError(outcome.error);
  const over = outcome.kind === 'refused' || mail.tries >= MOST_TRIES;
  return over
    ? { ...mail, state: 'failed', settledAt: now, lastError }
    : { ...mail, nextAt: now + pauseAfter(mail.tries), lastError };
}
