import { machineSubject, type Principal } from '../../kernel/principal.js';
import { textIn } from '../../kernel/text.js';
import type { Outcome } from '../domain/decide.js';
import type { Question } from '../domain/question.js';
import { mustCut } from './answer-writer.js';
import type { Judge } from './judge.js';
import { mayAsk } from './may-ask.js';
import { type AccessAnswer, type AccessRequest, headerOf, languageOf } from './message.js';
import type { AccessDeps, UrlPattern } from './ports.js';

/** What an address stands for, or null when no pattern fits it. */
export function resourceOf(address: string, patterns: readonly UrlPattern[]): { id: string; action: string } | null {
  const path = plainPath(address);
  if (path === null) return null;
  const segments = path.split('/');
  for (const { pattern, action, distribution } of patterns) {
    const captured = captureOf(pattern.split('/'), segments);
    const id = distribution ?? captured ?? '';
    if (captured !== null && id !== '') return { id, action };
  }
  return null;
}

/**
 * Decodes once and refuses what a proxy and a file server may read differently: dot segments, `//`, encoded slashes. No
 * address holds a blank: with one it is two headers that were joined.
 */
function plainPath(address: string): string | null {
  const raw = address.split('?', 1)[0] ?? '';
  if (!raw.startsWith('/') || /\s/u.test(address) || /%2f|%5c|%00|\\|\/\/|\p{Control}/iu.test(raw)) return null;
  try {
    const path = decodeURIComponent(raw);
    return path.includes('%') || path.split('/').some((segment) => segment === '.' || segment === '..') ? null : path;
  } catch {
    return null;
  }
}

/** The captured `{distribution}` (or ''), null when the path does not fit; a last `*` takes any rest. */
function captureOf(pattern: readonly string[], path: readonly string[]): string | null {
  const open = pattern.at(-1) === '*';
  if (open ? path.length < pattern.length : path.length !== pattern.length) return null;
  let captured = '';
  for (let at = 0; at < pattern.length - (open ? 1 : 0); at++) {
    if (pattern[at] === '{distribution}') captured = path[at] as string;
    else if (pattern[at] !== path[at]) return null;
  }
  return captured;
}

/**
 * `GET /access/check` for nginx `auth_request`, Envoy and Traefik: the answer is the status. 503 means "could not
 * decide"; proxies then fail closed.
 */
export class ForwardAuth {
  constructor(
    private readonly deps: AccessDeps,
    private readonly judge: Judge,
  ) {}

  check(request: AccessRequest, caller: Principal | null): AccessAnswer | Promise<AccessAnswer> {
    const address = agreed(request, 'x-original-uri', 'x-forwarded-uri') ?? '';
    const method = agreed(request, 'x-original-method', 'x-forwarded-method') ?? 'GET';
    const resource = method === 'GET' || method === 'HEAD' ? resourceOf(address, this.deps.urlPatterns) : null;
    if (resource === null) return status(403, 'unknown-resource');
    const question = questionOf(request, caller, resource);
    if (caller !== null && question.subjectType !== 'anonymous' && !mayAsk(caller, question, this.deps.serves)) {
      return status(403, 'not-your-subject');
    }
    const answer = () => this.answer(request, caller, question);
    return this.judge.isFresh(0) ? answer() : this.deps.freshness.confirm(0).then(answer);
  }

  private answer(request: AccessRequest, caller: Principal | null, question: Question): AccessAnswer {
    const { outcome, policy, evaluationId } = this.judge.judge(caller ?? NOBODY, question, this.judge.instant());
    const row = policy.rows[outcome.row];
    const reason = row?.reason ?? 'no-rule';
    const more = { 'x-evaluation-id': evaluationId, 'x-next-step': row?.nextStep ?? 'none' };
    const obligations = [...(row?.obligations ?? []), ...(mustCut(outcome) ? ['cut'] : [])];
    if (outcome.permit) return this.permitted(request, outcome, reason, obligations, more);
    if (policy.isUndecided(outcome.row)) return status(503, reason, { ...more, 'retry-after': '1' });
    if (reason === 'sign-in-required') return status(401, reason, { ...more, 'www-authenticate': 'Bearer' });
    return status(403, reason, more);
  }

  /** A proxy cannot read obligations: one it does not say that it knows is no permit. Who says nothing reads them. */
  private permitted(
    request: AccessRequest,
    { dataset, grant }: Outcome,
    reason: string,
    obligations: readonly string[],
    more: Readonly<Record<string, string>>,
  ): AccessAnswer {
    const known = headerOf(request, 'x-known-obligations')
      ?.split(',')
      .map((type) => type.trim());
    const unknown = obligations.filter((type) => known?.includes(type) === false);
    if (unknown.length > 0)
      return status(503, 'could-not-decide', { ...more, 'x-unknown-obligations': unknown.join(',') });
    const publisher = this.deps.world.organisations.get(dataset?.publisher ?? '');
    const source = obligations.includes('attribute') ? textIn(publisher?.name ?? {}, languageOf(request)) : '';
    return status(200, reason, {
      ...more,
      'x-obligations': obligations.join(','),
      ...(grant < 0 ? {} : { 'x-grant': this.deps.world.grants.idOf(grant) }),
      ...(source === '' ? {} : { 'x-data-source': encodeURIComponent(source) }),
    });
  }
}

/**
 * What a proxy says under either name. Proxies set one of the two and many pass on the other as a visitor sent it: where
 * they differ it is not known which one is the proxy's, and nothing is served.
 */
function agreed(request: AccessRequest, original: string, forwarded: string): string | undefined {
  const [one, other] = [headerOf(request, original), headerOf(request, forwarded)];
  return one !== undefined && other !== undefined && one !== other ? '' : (one ?? other);
}

const NOBODY: Principal = { kind: 'anonymous', id: 'anonymous', name: 'anonymous', organisation: null, roles: [] };

export const status = (code: number, reason: string, headers: Readonly<Record<string, string>> = {}): AccessAnswer => ({
  status: code,
  headers: { 'x-reason': reason, 'cache-control': 'no-store', ...headers },
  body: '',
});

/** A portal names the subject in headers; everyone else, machines too, is their own subject, whatever the headers say. */
function questionOf(
  request: AccessRequest,
  caller: Principal | null,
  resource: { id: string; action: string },
): Question {
  return {
    ...subjectOf(request, caller),
    issuer: undefined,
    resourceType: 'distribution',
    resourceId: resource.id,
    publisher: undefined,
    items: null,
    action: resource.action,
    purpose: headerOf(request, 'x-purpose') ?? null,
    minRevision: 0,
  };
}

function subjectOf(
  request: AccessRequest,
  caller: Principal | null,
): Pick<Question, 'subjectType' | 'subjectId' | 'organisation'> {
  if (caller?.kind === 'person') {
    return { subjectType: 'user', subjectId: caller.id, organisation: caller.organisation?.id };
  }
  if (caller?.kind === 'machine') {
    const { type, id } = machineSubject(caller);
    return { subjectType: type, subjectId: id, organisation: type === 'user' ? caller.organisation?.id : undefined };
  }
  const type = headerOf(request, 'x-subject-type');
  const id = headerOf(request, 'x-subject-id');
  if (caller?.kind !== 'portal' || type === undefined || id === undefined) {
    return { subjectType: 'anonymous', subjectId: 'anonymous', organisation: undefined };
  }
  return { subjectType: type, subjectId: id, organisation: headerOf(request, 'x-subject-organisation') };
}
