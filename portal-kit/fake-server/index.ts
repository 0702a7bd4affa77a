import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Change } from '../answer-cache.js';
import type { Question } from '../questions.js';
import type { Obligation } from '../verdicts.js';

/** What the fake says to a question. */
export interface FakeAnswer {
  readonly decision: boolean;
  readonly reason: string;
  readonly undecided?: boolean;
  readonly obligations?: readonly Obligation[];
  readonly nextStep?: { readonly code: string; readonly href?: string };
  readonly items?: { readonly covered: readonly string[]; readonly missing: readonly string[] };
  /** Milliseconds from now until the answer ends. */
  readonly holds?: number;
}

/** What goes wrong when the fake is asked. Signing in and asking who somebody is go well all the while. */
export type Trouble = 'fails' | 'silent' | 'cuts' | 'redirects' | 'page' | 'half' | 'text-decision' | 'no-context';

export interface FakeDelivery {
  readonly evaluationId: string;
  readonly bytes?: number;
  readonly distribution?: string;
}

export const PERMIT: FakeAnswer = { decision: true, reason: 'granted' };
export const DENY: FakeAnswer = { decision: false, reason: 'no-grant', nextStep: { code: 'apply' } };

const PORTAL = '01J9ZC4V7M3W8Q5T6R2P1N0PRT';
const KEY = '01J9ZC4V7M3W8Q5T6R2P1N0KEY';
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const evaluationId = (): string => `01${Array.from(randomBytes(24), (byte) => DIGITS[byte & 31]).join('')}`;

/**
 * A Tiergate that says what a portal's tests want it to: on a real socket, with the shapes of the real one and none of
 * its data. Denies until told otherwise. Any visitor's token is good; who they are is made from it.
 */
export class FakeTiergate {
  decide: (question: Question) => FakeAnswer = () => DENY;
  trouble: Trouble | null = null;
  /** How long an answer holds (ms), unless it says so itself. */
  holds = 2000;
  readonly asked: Question[] = [];
  readonly delivered: FakeDelivery[] = [];
  readonly languages: (string | undefined)[] = [];
  /** How many times the portal signed in. */
  signedIn = 0;
  private generation = 0;
  private revision = 1;
  private changes: { readonly revision: number; readonly change: Change }[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(port = 0, host = '127.0.0.1'): Promise<FakeTiergate> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    const fake = new FakeTiergate(server, `http://${host}:${(server.address() as AddressInfo).port}`);
    server.on('request', (message, response) => void fake.serve(message, response).catch(() => response.destroy()));
    return fake;
  }

  async stop(): Promise<void> {
    this.wake();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Tells whoever follows the feed. */
  change(...changes: readonly Change[]): void {
    this.revision += 1;
    this.changes.push(...changes.map((change) => ({ revision: this.revision, change })));
    this.wake();
  }

  /** Tokens given out so far no longer hold. */
  endTokens(): void {
    this.generation += 1;
  }

  private wake(): void {
    for (const done of this.waiting) done();
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(message.url ?? '/', this.address);
    const body = await bodyOf(message);
    if (pathname === '/api/auth/token') {
      this.signedIn += 1;
      return json(response, 200, { access_token: `portal-${this.generation}`, token_type: 'Bearer', expires_in: 3600 });
    }
    if (pathname === '/.well-known/jwks.json') return json(response, 200, { keys: [this.jwk()] });
    if (pathname === '/api/me') return this.me(message, response);
    if (!pathname.startsWith('/access/v1/')) return json(response, 404, problem(404, 'not-found'));
    const { authorization = '', 'x-api-key': key, 'accept-language': language } = message.headers;
    if (key === undefined && authorization !== `Bearer portal-${this.generation}`)
      return json(response, 401, problem(401, 'invalid-token'));
    this.languages.push(language);
    if (this.trouble !== null && pathname !== '/access/v1/changes') return cause(this.trouble, message, response);
    await this.access(pathname.slice('/access/v1/'.length), body, searchParams, response);
  }

  private async access(what: string, body: Json, query: URLSearchParams, response: ServerResponse): Promise<void> {
    switch (what) {
      case 'evaluation':
        return json(response, 200, this.evaluated(body as unknown as Question));
      case 'evaluations': {
        const { evaluations, ...defaults } = body as { readonly evaluations?: readonly Question[] };
        if (!Array.isArray(evaluations) || evaluations.length === 0)
          return json(response, 200, this.evaluated(body as unknown as Question));
        const whole = evaluations.map((question: Question) => ({ ...defaults, ...question }));
        return json(response, 200, { evaluations: whole.map((question) => this.evaluated(question)) });
      }
      case 'permits':
        return json(response, 200, this.permitted(body as unknown as Question));
      case 'deliveries':
        this.delivered.push(body as unknown as FakeDelivery);
        return json(response, 201, { id: evaluationId(), grantDeliveries: this.delivered.length });
      case 'changes':
        return json(response, 200, await this.news(query.get('after')));
      default:
        return json(response, 404, problem(404, 'not-found'));
    }
  }

  private me({ headers }: IncomingMessage, response: ServerResponse): void {
    const key = headers['x-api-key'];
    if (typeof key === 'string' && key !== 'invalid') {
      const asksAs = { type: 'organisation', id: `organisation-of-${key}` };
      return json(response, 200, {
        subject: { id: key },
        organisation: null,
        ...(key.startsWith('tgk_') && { asksAs }),
      });
    }
    const token = /^Bearer (\w[\w-]*)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined || token === 'invalid') return json(response, 401, problem(401, 'invalid-token'));
    json(response, 200, {
      subject: { type: 'user', id: `user-${token}` },
      organisation: { id: `organisation-of-${token}` },
    });
  }

  private evaluated(question: Question): Evaluated {
    this.asked.push(question);
    return this.answer(this.decide(question));
  }

  private answer({
    decision,
    reason,
    undecided,
    obligations,
    nextStep,
    items,
    holds = this.holds,
  }: FakeAnswer): Evaluated {
    return {
      decision,
      context: {
        reason: { code: reason, text: `fake: ${reason}`, ...(undecided === true ? { undecided } : {}) },
        ...(obligations === undefined ? {} : { obligations }),
        ...(nextStep === undefined ? {} : { nextStep }),
        ...(items === undefined ? {} : { items }),
        policyVersion: 'fake',
        revision: this.revision,
        validUntil: new Date(Date.now() + holds).toISOString(),
        evaluationId: evaluationId(),
      },
    };
  }

  private permitted(question: Question): object {
    const evaluation = this.evaluated(question);
    if (!evaluation.decision)
      return {
        evaluation,
        audience: PORTAL,
        permit: null,
        expiresAt: null,
        withheld: { code: 'denied', text: 'fake' },
      };
    const iat = Math.floor(Date.now() / 1000);
    const { subject, resource, action, context } = question;
    const claims = {
      iss: this.address,
      aud: PORTAL,
      sub: subject.id,
      jti: evaluation.context.evaluationId,
      iat,
      exp: iat + 300,
      subject: { type: subject.type, id: subject.id, ...subject.properties },
      resource: { type: resource.type, id: resource.id },
      dataset: resource.id,
      items: resource.properties?.items ?? null,
      action: action.name,
      purpose: context?.purpose ?? null,
      grant: null,
      obligations: evaluation.context.obligations ?? [],
      revision: this.revision,
    };
    const permit = signedBy(this.keys.privateKey, claims);
    return { evaluation, audience: PORTAL, permit, expiresAt: new Date(claims.exp * 1000).toISOString() };
  }

  private async news(after: string | null): Promise<object> {
    const from = after === null ? null : Number(after);
    if (from !== null && from >= this.revision)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, 25_000);
        timer.unref();
        this.waiting.add(done);
      });
    const changes = this.changes.filter(({ revision }) => from !== null && revision > from).map(({ change }) => change);
    return { revision: this.revision, changes, resync: from === null };
  }

  private jwk(): object {
    const { kty, crv, x, y } = this.keys.publicKey.export({ format: 'jwk' });
    return { kty, crv, x, y, kid: KEY, alg: 'ES256', use: 'sig' };
  }
}

type Json = Readonly<Record<string, unknown>>;

interface Evaluated {
  readonly decision: boolean;
  readonly context: {
    readonly reason: object;
    readonly obligations?: readonly Obligation[];
    readonly evaluationId: string;
    readonly [member: string]: unknown;
  };
}

function signedBy(key: KeyObject, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'ES256', typ: 'permit+jwt', kid: KEY })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const problem = (status: number, code: string): Json => ({ title: code, status, code });

function json(response: ServerResponse, status: number, body: object): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function bodyOf(message: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Json;
  } catch {
    return {};
  }
}

const OK = { 'content-type': 'application/json' };
function cause(trouble: Trouble, message: IncomingMessage, response: ServerResponse): void {
  switch (trouble) {
    case 'fails':
      return json(response, 500, problem(500, 'internal-error'));
    case 'silent':
      return undefined;
    case 'cuts':
      return void message.socket.destroy();
    case 'redirects':
      return void response.writeHead(302, { location: '/api/me' }).end();
    case 'page':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome, decision: true</html>');
    case 'half':
      return void response.writeHead(200, OK).end('{"decision":true,"context":{"reason":{"code":"granted"');
    case 'text-decision':
      return void response
        .writeHead(200, OK)
        .end('{"decision":"true","context":{"reason":{"code":"granted","text":""}}}');
    case 'no-context':
      return void response.writeHead(200, OK).end('{"decision":true}');
  }
}
