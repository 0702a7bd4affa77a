import type { FieldError, ProblemBody } from './types';

/** What the server refused or could not do, as it said it (RFC 9457), or as the network failed. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly remedy: string | undefined;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  constructor(body: ProblemBody, requestId?: string) {
    super(body.title);
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.remedy = body.remedy;
    this.errors = body.errors ?? [];
    this.requestId = requestId;
  }
  /** Anything that was thrown, as a problem that can be shown. */
  static of(error: unknown): ApiProblem {
    return error instanceof ApiProblem ? error : new ApiProblem({ title: '', status: 500, code: 'internal' });
  }
  /** The resource changed under us: read it again, show it, let the person repeat. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
  /** Nobody knows whether it took effect: the same key must be sent again. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** True where asking again would only get the same answer. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;
