import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What somebody who writes a portal by hand gets wrong. */
export type Flaw =
  | 'never-asks'
  | 'serves-denied'
  | 'keeps-answers'
  | 'one-answer-for-all'
  | 'undecided-is-no'
  | 'open-on-error'
  | 'waits-for-ever'
  | 'open-unless-false'
  | 'searches-text'
  | 'truthy'
  | 'needs-no-reason'
  | 'ignores-obligations'
  | 'ignores-end'
  | 'ignores-mask'
  | 'names-nobody'
  | 'reports-nothing'
  | 'keeps-token';

const CSV = 'name,road,bays\nQuay,临波路,30\nMarket,听雨路,12\n';
const KNOWN = ['attribute', 'log', 'count', 'mask'];

// oxlint-disable-next-line typescript/no-explicit-any -- as somebody in a hurry reads it
type Loose = any;

/** A portal written by hand, without the kit: right as it is, wrong by each flaw in one way. */
export class NaivePortal {
  private token: string | undefined;
  private readonly kept = new Map<string, Loose>();

  private constructor(
    private readonly server: Server,
    private readonly tiergate: string,
    private readonly flaw: Flaw | null,
  ) {}

  static async start(tiergate: string, flaw: Flaw | null = null): Promise<NaivePortal> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const portal = new NaivePortal(server, tiergate, flaw);
    server.on('request', (message, response) => void portal.serve(message.headers.authorization ?? '', response));
    return portal;
  }

  get file(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/files/one/data.csv`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private has(flaw: Flaw): boolean {
    return this.flaw === flaw;
  }

  private async serve(visitor: string, response: ServerResponse): Promise<void> {
    try {
      const answer = this.has('never-asks') ? { decision: true, context: {} } : await this.answer(visitor);
      const status = this.statusOf(answer);
      if (status !== 200) return void response.writeHead(status, { 'retry-after': '1' }).end();
      await this.deliver(answer.context ?? {}, response);
    } catch {
      const status = this.has('open-on-error') ? 200 : 503;
      response.writeHead(status).end(status === 200 ? CSV : '');
    }
  }

  private statusOf({ decision, context }: Loose): number {
    if (this.has('open-unless-false') && decision !== false) return 200;
    if (this.has('truthy') && decision && context) return 200;
    if (this.has('needs-no-reason') && decision === true) return 200;
    if (typeof decision !== 'boolean' || context?.evaluationId === undefined) return 503;
    if (context.reason.undecided === true) return this.has('undecided-is-no') ? 403 : 503;
    if (!decision && !this.has('serves-denied')) return 403;
    if (Date.parse(context.validUntil) < Date.now() - 1000 && !this.has('ignores-end') && !this.has('keeps-answers'))
      return 503;
    const unknown = (context.obligations ?? []).some(({ type }: Loose) => !KNOWN.includes(type));
    return unknown && !this.has('ignores-obligations') ? 503 : 200;
  }

  private async deliver({ obligations = [], evaluationId }: Loose, response: ServerResponse): Promise<void> {
    const of = (type: string): Loose => obligations.find((one: Loose) => one.type === type);
    const keep = this.has('ignores-mask') ? undefined : of('mask')?.keep;
    const lines = CSV.trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const places = lines[0]?.flatMap((name, at) => (keep === undefined || keep.includes(name) ? [at] : [])) ?? [];
    const body = `${lines.map((cells) => places.map((at) => cells[at]).join(',')).join('\n')}\n`;
    if (of('count') && !this.has('reports-nothing')) await this.post('/access/v1/deliveries', { evaluationId });
    const source = this.has('names-nobody') ? '' : encodeURIComponent(of('attribute')?.source ?? '');
    response.writeHead(200, { 'x-source': source }).end(body);
  }

  private async answer(visitor: string): Promise<Loose> {
    const key = this.has('one-answer-for-all') ? 'all' : visitor;
    const kept = this.kept.get(key);
    if (kept !== undefined && (this.has('keeps-answers') || Date.parse(kept.context.validUntil) > Date.now()))
      return kept;
    const me: Loose = await (await this.call('/api/me', { headers: { authorization: visitor } })).json();
    const answer = await this.post('/access/v1/evaluation', {
      subject: { type: 'user', id: me.subject.id },
      resource: { type: 'distribution', id: 'one' },
      action: { name: 'download' },
    });
    const keeps = this.has('keeps-answers') || this.has('one-answer-for-all');
    if (keeps && answer.decision === true) this.kept.set(key, answer);
    return answer;
  }

  private async post(path: string, body: object, again = true): Promise<Loose> {
    this.token ??= ((await (await this.call('/api/auth/token', { method: 'POST' })).json()) as Loose).access_token;
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const answer = await this.call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status === 401 && again && !this.has('keeps-token')) {
      this.token = undefined;
      return this.post(path, body, false);
    }
    if (this.has('searches-text')) return looseOf(await answer.text());
    if (!answer.ok) throw new Error(`Tiergate answered ${answer.status}`);
    return answer.json();
  }

  private call(path: string, init: RequestInit): Promise<Response> {
    const signal = this.has('waits-for-ever') ? null : AbortSignal.timeout(400);
    const redirect = this.has('open-unless-false') ? ('follow' as const) : ('error' as const);
    return fetch(this.tiergate + path, { ...init, redirect, signal });
  }
}

/** True where the word is in it somewhere. */
const looseOf = (text: string): Loose => ({
  decision: text.includes('true'),
  context: { evaluationId: '', reason: {}, validUntil: '2999-01-01T00:00:00Z' },
});
