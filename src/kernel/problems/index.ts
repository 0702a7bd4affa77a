import { applicationProblems } from './applications.js';
import { catalogueProblems } from './catalogue.js';
import { classificationProblems } from './classification.js';
import { decisionProblems } from './decisions.js';
import { documentProblems } from './documents.js';
import { edgeProblems } from './edge.js';
import { evidenceProblems } from './evidence.js';
import { governanceProblems } from './governance.js';
import { grantProblems } from './grants.js';
import { identityProblems } from './identity.js';
import { objectionProblems } from './objections.js';
import { supervisionProblems } from './supervision.js';

/**
 * The one table of problem codes (RFC 9457). Every refusal and every error answer of the product names a code of this
 * table; `/problems/<code>` and `docs/problems.md` are generated from it. One file per chapter keeps edits apart.
 */
export const problems = {
  ...edgeProblems,
  ...identityProblems,
  ...catalogueProblems,
  ...classificationProblems,
  ...governanceProblems,
  ...objectionProblems,
  ...applicationProblems,
  ...documentProblems,
  ...evidenceProblems,
  ...grantProblems,
  ...supervisionProblems,
  ...decisionProblems,
} as const;

export type ProblemCode = keyof typeof problems;
export type { Problem } from './problem.js';
