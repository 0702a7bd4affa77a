import { isPlainJson } from '../../http/index.js';
import type { Principal } from '../../kernel/principal.js';
import { Changes } from './changes.js';
import { reportDelivery } from './deliveries.js';
import { Evaluation, EVALUATIONS_PATH } from './evaluate.js';
import { ForwardAuth, status } from './forward-auth.js';
import { parseJsonBody } from './json-body.js';
import { Judge } from './judge.js';
import {
  type AccessAnswer,
  type AccessRequest,
  type Answer,
  headerOf,
  jsonAnswer,
  named,
  problemAnswer,
} from './message.js';
import { metadataOf } from './metadata.js';
import { Permits } from './permits.js';
import type { AccessDeps, Verified } from './ports.js';
import { Search } from './search.js';
import { Turns } from './turns.js';

type WithBody = (request: AccessRequest, asker: Principal, body: unknown) => Answer;

export const METADATA_PATH = '/.well-known/authzen-configuration';
export const isAccessPath = (path: string): boolean =>
  path.startsWith('/access/') || path === '/access' || path === METADATA_PATH;

/** The access plane as one function from a request to an answer: no server, no socket, no clock but the given one. */
export class AccessCore {
  readonly judge: Judge;
  /** Whose turn it is among batches: each is read in one turn, and answered in several. */
  readonly turns = new Turns();
  private readonly posts: ReadonlyMap<string, WithBody>;
  private readonly forward: ForwardAuth;
  private readonly changes: Changes;

  constructor(private readonly deps: AccessDeps) {
    this.judge = new Judge(deps);
    this.forward = new ForwardAuth(deps, this.judge);
    this.changes = new Changes(deps);
    const evaluation = new Evaluation(deps, this.judge, this.turns);
    const search = new Search(deps, this.judge);
    const permits = new Permits(deps, this.judge, evaluation);
    this.posts = new Map<string, WithBody>([
      ['/access/v1/evaluation', (request, asker, body) => evaluation.single(request, asker, body)],
      [EVALUATIONS_PATH, (request, asker, body) => evaluation.batch(request, asker, body)],
      ['/access/v1/search/subject', (request, asker, body) => search.subjects(request, asker, body)],
      ['/access/v1/search/resource', (request, asker, body) => search.resources(request, asker, body)],
      ['/access/v1/search/action', (request, asker, body) => search.actions(request, asker, body)],
      ['/access/v1/permits', (request, asker, body) => permits.issue(request, asker, body)],
      ['/access/v1/deliveries', (request, asker, body) => reportDelivery(deps, request, asker, body)],
    ]);
  }

  /** Answers always: whatever fails inside is a 500 or 503 without a permit, never an exception. */
  handle(request: AccessRequest): Answer {
    try {
      const answer = this.route(request);
      if (!(answer instanceof Promise)) return named(request, answer);
      return answer.then(
        (settled) => named(request, settled),
        (error: unknown) => {
          this.deps.onFault(error);
          return named(request, problemAnswer(request, 'unavailable'));
        },
      );
    } catch (error) {
      this.deps.onFault(error);
      return named(request, problemAnswer(request, 'internal-error'));
    }
  }

  /** The answer to a body that passed its limit while it was being read. */
  tooLarge(request: AccessRequest): AccessAnswer {
    return named(request, problemAnswer(request, 'too-large', { headers: { connection: 'close' } }));
  }

  private route(request: AccessRequest): Answer {
    const post = this.posts.get(request.path);
    if (post !== undefined)
      return request.method === 'POST' ? this.withAsker(request, post) : notAllowed(request, 'POST');
    if (request.path === '/access/check') return this.check(request);
    if (request.path === '/access/v1/changes')
      return request.method === 'GET'
        ? this.signed(request, (asker) => this.changes.told(request, asker))
        : notAllowed(request, 'GET');
    if (request.path !== METADATA_PATH) return problemAnswer(request, 'not-found');
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed(request, 'GET, HEAD');
    return jsonAnswer(200, metadataOf(this.deps.publicUrl, headerOf(request, 'host')));
  }

  private withAsker(request: AccessRequest, post: WithBody): Answer {
    return this.signed(request, (asker) => {
      if (!isPlainJson(request.headers)) return problemAnswer(request, 'unsupported-content-type');
      const body = parseJsonBody(request.body);
      if ('problem' in body) return problemAnswer(request, body.problem, body);
      return post(request, asker, body.value);
    });
  }

  private signed(request: AccessRequest, answer: (asker: Principal) => Answer): Answer {
    const proceed = (asker: Verified): Answer => {
      if (asker === null) return unsigned(request, 'sign-in-required');
      return asker === 'invalid' ? unsigned(request, 'invalid-token') : answer(asker);
    };
    const asker = this.verify(request);
    return asker instanceof Promise ? asker.then(proceed) : proceed(asker);
  }

  private check(request: AccessRequest): Answer {
    const proceed = (caller: Verified): Answer =>
      caller === 'invalid'
        ? status(401, 'invalid-token', { 'www-authenticate': 'Bearer error="invalid_token"' })
        : this.forward.check(request, caller);
    const caller = this.verify(request);
    return caller instanceof Promise ? caller.then(proceed) : proceed(caller);
  }

  private verify(request: AccessRequest): Verified | Promise<Verified> {
    return this.deps.credentials.verify(headerOf(request, 'authorization'), headerOf(request, 'x-api-key'));
  }
}

const notAllowed = (request: AccessRequest, allow: string): AccessAnswer =>
  problemAnswer(request, 'method-not-allowed', { headers: { allow } });

const unsigned = (request: AccessRequest, code: 'sign-in-required' | 'invalid-token'): AccessAnswer =>
  problemAnswer(request, code, { headers: { 'www-authenticate': 'Bearer' } });
