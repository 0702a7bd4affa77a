import type { IncomingHttpHeaders } from 'node:http';
import { REFRESH_SECONDS } from '../tokens/profiles.js';

const NAME = 'tiergate-refresh';
const PATH = '/api/auth';

/**
 * The console's refresh token: no script can read it, no other site can send it, and it counts only beside a header
 * that a form or a link of another site cannot set.
 */
export class RefreshCookie {
  private readonly attributes: string;

  /** @param secure only over TLS; off for a demo on loopback. */
  constructor(secure: boolean) {
    this.attributes = `Path=${PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  }

  isConsole(headers: IncomingHttpHeaders): boolean {
    return headers['x-tiergate-console'] === '1';
  }

  /** The token the cookie carries; `null` without the console's header, or when the cookie is given twice. */
  read(headers: IncomingHttpHeaders): string | null {
    if (!this.isConsole(headers)) return null;
    const own = (headers.cookie ?? '').split(';').flatMap((pair) => {
      const [name, value] = pair.trim().split('=');
      return name === NAME && value !== undefined && value !== '' ? [value] : [];
    });
    return own.length === 1 ? (own[0] ?? null) : null;
  }

  write(token: string): string {
    return `${NAME}=${token}; Max-Age=${REFRESH_SECONDS}; ${this.attributes}`;
  }

  clear(): string {
    return `${NAME}=; Max-Age=0; ${this.attributes}`;
  }
}
