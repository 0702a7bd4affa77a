import type { ProblemCode } from './problems/index.js';

/** One fault of one field; `pointer` is a JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
export interface FieldFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * A refusal: a stable code plus what this case adds. `detail` is public text (English; the code table holds both
 * languages' titles and remedies). Nothing secret goes in here: internal causes are thrown and logged instead.
 */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  /** Extra public members of the problem document, e.g. `{ linked: '<application id>' }`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

export const refusal = (code: ProblemCode, detail?: string, more: Omit<Refusal, 'code' | 'detail'> = {}): Refusal => ({
  code,
  ...(detail === undefined ? {} : { detail }),
  ...more,
});
