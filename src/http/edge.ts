import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Clock } from '../kernel/time.js';
import type { Ids } from '../kernel/ids.js';
import type { UnitOfWork } from '../persistence/index.js';

/** What the edge needs from the rest of the product; filled in `app.ts`. */
export interface EdgePorts {
  readonly unit: UnitOfWork;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Who sends this request: ANONYMOUS without a credential, a refusal with a bad one. */
  authenticate(headers: IncomingHttpHeaders): Promise<Result<Principal>>;
  /** The route guard: false unless a policy line names the permission for a role of the caller. */
  permits(principal: Principal, permission: string): boolean;
  readonly log: EdgeLog;
  observe(route: string, method: string, status: number, seconds: number): void;
}

export interface EdgeLog {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
  error(message: string, fields: Readonly<Record<string, unknown>>): void;
}
