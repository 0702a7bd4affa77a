import type { CodeMap } from '../source-record.js';

/** Project Open Data v1.1, `accessLevel`: the three words of the schema, in its letter case. */
export const POD_CODE_MAP: CodeMap = {
  code: 'pod-1.1',
  pack: 'us-pod',
  tiers: { public: 'open', 'restricted public': 'conditional', 'non-public': 'restricted' },
};
