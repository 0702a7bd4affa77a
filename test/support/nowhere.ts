import type { GrantSurroundings } from '../../src/grants/index.js';

/** Around grants there is nothing: for tests that look at none of their pages. */
export const nowhere: GrantSurroundings = {
  datasets: async () => new Map(),
  names: async () => new Map(),
};
