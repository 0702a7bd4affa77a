import type { PortalClient } from './client.js';
import type { Question } from './questions.js';
import { mustCut, type Permit, type Verdict } from './verdicts.js';

/** As much of Express as is used, so that the kit depends on no version of it. */
interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  entitlement?: Permit;
}
interface Reply {
  status(code: number): Reply;
  set(name: string, value: string): Reply;
  json(body: unknown): unknown;
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/** What a portal answers where it does not serve. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const PROBLEM = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' };

/** A no is 403 with the next step; what could not be decided is 503, and may be tried again. */
export function refusalOf(verdict: Exclude<Verdict, Permit>): Refusal {
  const { code, text } = verdict.reason;
  if (verdict.kind === 'undecided')
    return { status: 503, headers: { ...PROBLEM, 'retry-after': '2' }, body: { status: 503, code, detail: text } };
  const { nextStep, evaluationId } = verdict;
  return { status: 403, headers: PROBLEM, body: { status: 403, code, detail: text, nextStep, evaluationId } };
}

/**
 * Express middleware: goes on where Tiergate permits, with the permit at `request.entitlement`; its obligations are the
 * handler's to carry out (`client.delivered` before the body leaves), but for `cut`: the connection is ended when access
 * does. `question` gives undefined for a visitor who must sign in first.
 */
export const requireEntitlement =
  <M extends Message>(
    client: PortalClient,
    question: (request: M) => Question | undefined | Promise<Question | undefined>,
  ) =>
  async (request: M, reply: Reply, next: (error?: unknown) => void): Promise<void> => {
    let refusal: Refusal;
    try {
      const asked = await question(request);
      const language = String(request.headers['accept-language'] ?? 'en');
      const verdict = asked === undefined ? undefined : await client.check(asked, language);
      if (verdict?.kind === 'permit') {
        request.entitlement = verdict;
        if (asked !== undefined) cutWithAccess(client, asked, verdict, reply);
        return next();
      }
      refusal = verdict === undefined ? SIGN_IN : refusalOf(verdict);
    } catch (error) {
      return next(error);
    }
    for (const [name, value] of Object.entries(refusal.headers)) reply.set(name, value);
    reply.status(refusal.status).json(refusal.body);
  };

/** Ends the connection when access ends, where the permit asks for it; to be called before the body leaves. */
export function cutWithAccess(
  client: PortalClient,
  asked: Question,
  permit: Permit,
  reply: Pick<Reply, 'once' | 'destroy'>,
): void {
  if (!mustCut(permit)) return;
  const closed = new AbortController();
  reply.once('close', () => closed.abort());
  const ended = client.whilePermitted(asked, permit, closed.signal);
  ended.addEventListener('abort', () => reply.destroy(), { once: true });
}

const SIGN_IN: Refusal = {
  status: 401,
  headers: { ...PROBLEM, 'www-authenticate': 'Bearer' },
  body: { status: 401, code: 'sign-in-required', detail: 'Sign in first.' },
};
