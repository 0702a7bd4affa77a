import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerCache, type Change } from './answer-cache.js';
import { type Keys, keysIn } from './permits.js';
import type { Question } from './questions.js';
import {
  type Deny,
  keptItems,
  KNOWN_OBLIGATIONS,
  mustCount,
  type Permit,
  readVerdict,
  undecided,
  type Verdict,
} from './verdicts.js';

export interface PortalOptions {
  /** Where Tiergate is, e.g. `https://data.example.org`. */
  readonly tiergate: string | (() => string);
  /** Who asks: the portal's account, or a key of it. */
  readonly account: { readonly clientId: string; readonly clientSecret: string } | { readonly apiKey: string };
  /** How long an answer is waited for (ms); then it could not be decided. */
  readonly timeout?: number;
  /** The obligations this portal carries out; a permit with another one is not served. */
  readonly obligations?: readonly string[];
  /** Keep answers until they end or change; `follow()` listens for changes. */
  readonly cache?: boolean;
  /** What time it is (ms since 1970); default: the machine's clock. */
  readonly clock?: () => number;
}

/** What was served on a permit. */
export interface Delivery {
  readonly dataset?: string;
  readonly distribution?: string;
  readonly bytes: number;
}

/** A visitor who brought a credential of Tiergate. */
export interface Visitor {
  readonly subject: Question['subject'];
  readonly organisation: string | null;
}

/** A machine that brought the key of a grant. */
export interface Machine {
  readonly subject: Question['subject'];
  /** Asks with that key: only its grant counts. What is delivered is reported by the portal's own client. */
  readonly client: PortalClient;
}

interface Me {
  readonly subject: { readonly id: string };
  readonly organisation: { readonly id: string } | null;
  readonly asksAs?: Question['subject'];
}

export interface SignedPermit {
  readonly verdict: Verdict;
  /** Null where there is none; `withheld` says why. */
  readonly permit: string | null;
  readonly expiresAt: string | null;
  readonly audience: string | null;
  readonly withheld: { readonly code: string; readonly text: string } | null;
}

const TIMEOUT = 3000;
/** A request that waits for changes is answered after 25 seconds at most. */
const FEED_TIMEOUT = 30_000;
const BATCH = 1000;
/** Between two questions about a delivery under way (ms). */
const SHORTEST = 100;
const NO_ANSWER = undecided('no-answer', 'Tiergate did not answer as it should; nothing is served until it does.');

/**
 * Asks Tiergate on behalf of a portal. `check` never throws: what cannot be asked, read or believed is `undecided`, and
 * a portal serves on `permit` alone.
 */
export class PortalClient {
  private token: Promise<string> | undefined;
  private readonly cache: AnswerCache | null;
  private readonly known: ReadonlySet<string>;
  private following: AbortController | null = null;

  constructor(private readonly options: PortalOptions) {
    this.cache = options.cache === true ? new AnswerCache() : null;
    this.known = new Set(options.obligations ?? KNOWN_OBLIGATIONS);
  }

  /** @param language of the texts: `en` or `zh` */
  async check(question: Question, language = 'en'): Promise<Verdict> {
    const key = JSON.stringify([language, question]);
    const kept = this.cache?.find(key);
    if (kept !== undefined) return kept;
    const askedAt = performance.now();
    const answer = await this.asked('/access/v1/evaluation', question, language);
    const verdict = answer === undefined ? NO_ANSWER : readVerdict(answer, this.known, this.now());
    this.cache?.keep(key, question, verdict, this.now(), askedAt);
    return verdict;
  }

  /** One verdict for each question, in their order; asked a thousand at a time. */
  async checkMany(questions: readonly Question[], language = 'en'): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = [];
    for (let start = 0; start < questions.length; start += BATCH) {
      const evaluations = questions.slice(start, start + BATCH);
      const answer = (await this.asked('/access/v1/evaluations', { evaluations }, language)) as
        | { readonly evaluations?: readonly unknown[] }
        | undefined;
      const told = Array.isArray(answer?.evaluations) ? answer.evaluations : [];
      const whole = told.length === evaluations.length;
      verdicts.push(...evaluations.map((_, at) => (whole ? readVerdict(told[at], this.known, this.now()) : NO_ANSWER)));
    }
    return verdicts;
  }

  /** Asks again for the covered items alone, where a denial names some. */
  async checkNarrowed(question: Question, language = 'en'): Promise<Verdict> {
    const verdict = await this.check(question, language);
    const items = verdict.kind === 'deny' ? verdict.covered : null;
    return items === null || items.length === 0 ? verdict : this.check(narrowedTo(question, items), language);
  }

  /** A decision signed for this portal, where the terms of the dataset allow it. */
  async permit(question: Question, language = 'en'): Promise<SignedPermit> {
    const answer = (await this.asked('/access/v1/permits', question, language)) as Partial<SignedPermit> & {
      readonly evaluation?: unknown;
    };
    const verdict = answer === undefined ? NO_ANSWER : readVerdict(answer.evaluation, this.known, this.now());
    const { permit = null, expiresAt = null, audience = null, withheld = null } = answer ?? {};
    return { verdict, permit: verdict.kind === 'permit' ? permit : null, expiresAt, audience, withheld };
  }

  /**
   * Reports what is about to be served, where the permit asks for it. @throws when Tiergate does not have it: then do
   * not serve
   */
  async delivered(permit: Permit, { dataset, distribution, bytes }: Delivery): Promise<void> {
    if (!mustCount(permit)) return;
    const { evaluationId, grant } = permit;
    const body = { evaluationId, dataset, distribution, grant, bytes };
    if ((await this.asked('/access/v1/deliveries', body, 'en')) === undefined)
      throw new Error('Tiergate did not take the report of a delivery');
  }

  /**
   * Aborts when what was permitted no longer is: the question is asked again whenever an answer ends, until `done`. What
   * could not be decided by then counts as a no; a quota that this delivery itself used up does not. For `cut`.
   */
  whilePermitted(question: Question, permit: Permit, done: AbortSignal): AbortSignal {
    const ended = new AbortController();
    const items = keptItems(permit);
    void this.watch(items === null ? question : narrowedTo(question, items), permit, done, ended);
    return ended.signal;
  }

  private async watch(question: Question, permit: Permit, done: AbortSignal, ended: AbortController): Promise<void> {
    for (let verdict: Verdict = permit; !done.aborted; ) {
      if (!servesOn(verdict)) return ended.abort(verdict);
      await pause(Math.max(Date.parse(verdict.validUntil) - this.now(), SHORTEST), done);
      if (!done.aborted) verdict = await this.check(question);
    }
  }

  /** Who a visitor is by their own credential at Tiergate; `invalid` where it does not hold. @throws without an answer */
  async visitor(authorization: string): Promise<Visitor | 'invalid'> {
    const me = await this.me({ authorization });
    if (me === 'invalid') return me;
    const { subject, organisation } = me;
    const acting = organisation === null ? {} : { properties: { organisation: organisation.id } };
    return { subject: { type: 'user', id: subject.id, ...acting }, organisation: organisation?.id ?? null };
  }

  /** Whom a machine asks for by its key (`X-Api-Key`); `invalid` where that is no key of a grant. @throws without an answer */
  async machine(apiKey: string): Promise<Machine | 'invalid'> {
    const me = await this.me({ 'x-api-key': apiKey });
    if (me === 'invalid' || me.asksAs === undefined) return 'invalid';
    return { subject: me.asksAs, client: new PortalClient({ ...this.options, account: { apiKey }, cache: false }) };
  }

  private async me(headers: Record<string, string>): Promise<Me | 'invalid'> {
    const answer = await this.call('/api/me', { headers });
    if (answer.status === 401) return 'invalid';
    if (!answer.ok) throw new Error(`Tiergate answered ${answer.status}`);
    return (await answer.json()) as Me;
  }

  /** The published keys, for verifying permits. @throws without an answer */
  async keys(): Promise<Keys> {
    const answer = await this.call('/.well-known/jwks.json', {});
    if (!answer.ok) throw new Error(`Tiergate answered ${answer.status}`);
    return keysIn(await answer.json());
  }

  /** Listens for changes until `stop()`, so that kept answers are forgotten before they end. Without it they just end. */
  follow(): void {
    if (this.cache === null || this.following !== null) return;
    const following = new AbortController();
    this.following = following;
    void this.listen(this.cache, following.signal);
  }

  stop(): void {
    this.following?.abort();
    this.following = null;
  }

  private async listen(cache: AnswerCache, stopped: AbortSignal): Promise<void> {
    for (let after: number | undefined; !stopped.aborted; ) {
      const path = `/access/v1/changes${after === undefined ? '' : `?after=${after}`}`;
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(FEED_TIMEOUT)]);
      const news = (await this.requested(path, { signal }, 'en')) as News | undefined;
      if (news === undefined || !Number.isSafeInteger(news.revision) || !Array.isArray(news.changes)) {
        after = undefined;
        await pause(1000, stopped);
        continue;
      }
      cache.forget(news.revision, news.changes, news.resync !== false);
      after = news.revision;
    }
  }

  /** The answer to a post, or undefined where there is none that can be believed. */
  private asked(path: string, body: object, language: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.requested(path, { method: 'POST', headers, body: JSON.stringify(body) }, language);
  }

  /** With the portal's own credential; a token that ended is fetched anew, once. */
  private async requested(path: string, init: RequestInit, language: string, again = true): Promise<unknown> {
    try {
      const own = await this.credential();
      const used = this.token;
      const headers = { ...(init.headers as Record<string, string>), ...own, 'accept-language': language };
      const answer = await this.call(path, { ...init, headers });
      if (answer.status === 401 && again && used !== undefined) {
        // Another request may have fetched a new one meanwhile.
        if (this.token === used) this.token = undefined;
        return await this.requested(path, init, language, false);
      }
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  }

  private async credential(): Promise<Record<string, string>> {
    const { account } = this.options;
    if ('apiKey' in account) return { 'x-api-key': account.apiKey };
    this.token ??= this.signIn(account);
    const token = await this.token.catch((error: unknown) => {
      this.token = undefined;
      throw error;
    });
    return { authorization: `Bearer ${token}` };
  }

  private async signIn(account: object): Promise<string> {
    const answer = await this.call('/api/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grantType: 'client_credentials', ...account }),
    });
    if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
    const { access_token: token } = (await answer.json()) as { access_token?: unknown };
    if (typeof token !== 'string') throw new Error('signing in gave no token');
    return token;
  }

  private now(): number {
    return (this.options.clock ?? Date.now)();
  }

  /** A redirect is no answer: the portal's credential goes to one address. */
  private call(path: string, init: RequestInit): Promise<Response> {
    const { tiergate, timeout = TIMEOUT } = this.options;
    const base = typeof tiergate === 'string' ? tiergate : tiergate();
    const signal = init.signal ?? AbortSignal.timeout(timeout);
    return fetch(base + path, { ...init, redirect: 'error', signal });
  }
}

const narrowedTo = (question: Question, items: readonly string[]): Question => ({
  ...question,
  resource: { ...question.resource, properties: { ...question.resource.properties, items } },
});

const servesOn = (verdict: Verdict): verdict is Permit | Deny =>
  verdict.kind === 'permit' || (verdict.kind === 'deny' && verdict.reason.code === 'quota-used-up');

interface News {
  readonly revision: number;
  readonly changes: readonly Change[];
  readonly resync: boolean;
}

const pause = (milliseconds: number, stopped: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { ref: false, signal: stopped }).catch(() => undefined);
