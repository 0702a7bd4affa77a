import { readPolicy } from '../applications/index.js';
import type { Text } from '../kernel/text.js';

/** What the public register tells, `policies/register.yaml`. */
export interface RegisterRules {
  /** On how many applicants the rulings must be among which one is told. */
  readonly leastApplicants: number;
  /** From how many cases on somebody's rulings are compared with those of others at their desk. */
  readonly leastJudged: number;
  /** The article a coded reason rests on. */
  readonly articles: Readonly<Record<string, { readonly text: Text; readonly verified: boolean }>>;
}

export const loadRegisterRules = (root: string): RegisterRules =>
  readPolicy(root, 'register.yaml', 'register.schema.json');
