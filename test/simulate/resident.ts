import type { Clock } from '../../src/kernel/time.js';
import { type Answer, Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';

/** What came of a command that the server had advertised. */
export interface Broken {
  readonly who: string;
  readonly command: string;
  readonly at: string;
  readonly answer: string;
}

/** Somebody of the simulated city, at the product over HTTP and nothing else. */
export class Resident {
  private caller: Caller | null = null;
  /** Until when the token serves; whoever comes back later signs in again. */
  private until = Number.NEGATIVE_INFINITY;
  private refreshToken: string | null = null;

  constructor(
    readonly username: string,
    private readonly password: string,
    private readonly address: string,
    private readonly clock: Clock,
    private readonly broken: Broken[],
  ) {}

  async get(path: string): Promise<Answer> {
    return (await this.signedIn()).get(path);
  }

  async post(path: string, body: object): Promise<Answer> {
    return (await this.signedIn()).post(path, body, { 'idempotency-key': crypto.randomUUID() });
  }

  /** What a list says is there; at most a page of it. */
  async listed(path: string): Promise<readonly Listed[]> {
    return fine(await this.get(path)).body.items;
  }

  /** What a list says is there, all of it, page by page. */
  async listedWhole(path: string): Promise<readonly Listed[]> {
    const all: Listed[] = [];
    let pageToken = '';
    do {
      const next = pageToken === '' ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
      const { body } = fine(await this.get(`${path}${next}`));
      all.push(...body.items);
      pageToken = body.nextPageToken;
    } while (pageToken !== '');
    return all;
  }

  /**
   * Gives a command that the resource advertises; an answer other than success breaks a promise and is kept, unless it
   * is one that a body may get which asks for too much.
   */
  async give(path: string, command: string, body: object = {}, tooMuch?: string): Promise<Answer> {
    const answer = await (await this.signedIn()).command(path, command, body);
    if (answer.status >= 300 && answer.body?.code !== tooMuch)
      this.broken.push({ who: this.username, command, at: path, answer: `${answer.status} ${answer.body?.code}` });
    return answer;
  }

  /** Stays signed in as a browser does: by the refresh token while it serves, else by the password. */
  private async signedIn(): Promise<Caller> {
    const now = this.clock.now();
    if (this.caller !== null && now < this.until) return this.caller;
    const renewed =
      this.refreshToken === null
        ? null
        : await this.token({ grantType: 'refresh_token', refreshToken: this.refreshToken });
    const { username, password } = this;
    const answer =
      renewed?.status === 200 ? renewed : fine(await this.token({ grantType: 'password', username, password }));
    const { access_token, expires_in, refresh_token } = answer.body;
    this.caller = Caller.withToken(this.address, access_token as string);
    this.refreshToken = refresh_token ?? null;
    this.until = now + expires_in * HALF;
    return this.caller;
  }

  private token(body: object): Promise<Answer> {
    return Caller.anonymous(this.address).post('/api/auth/token', body);
  }
}

/** Of a token's seconds, in milliseconds: minutes pass between two requests. */
const HALF = 500;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies of every list, as a client sees them
export type Listed = any;
