import { language } from '../language';
import { ApiProblem } from './problem';
import type { ProblemBody } from './types';

/**
 * The session of this browser. The access token lives in this module's memory only; the refresh token is an HttpOnly
 * cookie that no script can read. A mark in local storage (no secret: a random name of the session) tells whether asking
 * for a token is worthwhile, and tells the other tabs when somebody signed in or out.
 */
interface Token {
  readonly value: string;
  readonly goodUntil: number;
}
/** `ended`: the server no longer renews it, nobody signed out. What was written may stay until somebody signs in again. */
export type SessionState = 'anonymous' | 'signed-in' | 'ended';

const MARK = 'tiergate.session';
const EARLY_MS = 20_000;
let token: Token | null = null;
let state: SessionState = readMark() === null ? 'anonymous' : 'signed-in';
let renewing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

function readMark(): string | null {
  try {
    return localStorage.getItem(MARK);
  } catch {
    return null;
  }
}
const writeMark = (mark: string | null): void => {
  try {
    if (mark === null) localStorage.removeItem(MARK);
    else localStorage.setItem(MARK, mark);
  } catch {
    // Without storage the session simply ends with the page.
  }
};
const become = (next: SessionState): void => {
  state = next;
  for (const listener of listeners) listener();
};

/** Another tab signed in, as whoever, or out: this one drops its token and follows. */
window.addEventListener('storage', ({ key, newValue }) => {
  if (key !== MARK && key !== null) return;
  token = null;
  become(newValue === null ? 'anonymous' : 'signed-in');
});

const tokenRequest = (path: string, body?: unknown): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'accept-language': language(),
      'x-tiergate-console': '1',
      ...(token === null ? {} : { authorization: `Bearer ${token.value}` }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
  });

const keep = async (response: Response): Promise<string> => {
  const body = (await response.json()) as { access_token: string; expires_in: number };
  token = { value: body.access_token, goodUntil: Date.now() + body.expires_in * 1000 };
  return body.access_token;
};
const unreachable = (): never => {
  throw new ApiProblem({ title: '', status: 0, code: 'network' });
};

/** Refresh tokens rotate: two tabs asking at once would look like theft, so they take turns. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('tiergate-refresh', work) : work();

const renew = async (): Promise<string | null> => {
  const response = await inTurn(() => tokenRequest('/api/auth/token', { grantType: 'refresh_token' })).catch(
    unreachable,
  );
  if (response.ok) return keep(response);
  await response.body?.cancel();
  token = null;
  if (response.status < 500) {
    writeMark(null);
    become('ended');
  }
  return null;
};

/** A token that is still good, a renewed one, or null for somebody who is not signed in. */
export async function freshToken(): Promise<string | null> {
  if (token !== null && Date.now() < token.goodUntil - EARLY_MS) return token.value;
  if (state !== 'signed-in') return null;
  renewing ??= renew().finally(() => {
    renewing = null;
  });
  return renewing;
}
export const forgetToken = (): void => {
  token = null;
};

export async function signIn(username: string, password: string): Promise<void> {
  const response = await tokenRequest('/api/auth/token', { grantType: 'password', username, password }).catch(
    unreachable,
  );
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as ProblemBody | null;
    throw new ApiProblem(
      body ?? { title: response.statusText, status: response.status, code: `http-${response.status}` },
    );
  }
  await keep(response);
  writeMark(crypto.randomUUID());
  become('signed-in');
}

/** Ends the session on the server (the cookie is cleared there) and here, even when the server cannot be reached. */
export async function signOut(): Promise<void> {
  await tokenRequest('/api/auth/sign-out').catch(() => undefined);
  token = null;
  writeMark(null);
  become('anonymous');
}

export const sessionState = (): SessionState => state;
export const onSession = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
