import { decide } from '../../../src/decisions/domain/decide.js';
import { benchPolicy, NOW } from '../bench-world.js';
import type { Contestant } from './contestant.js';

/** The whole decision of the product: facts, Casbin's answer to them, and the row that gave it. */
export const plane: Contestant = {
  name: 'Tiergate',
  prepare: async ({ world }) => {
    const policy = await benchPolicy();
    return { ask: { one: (asked) => decide(asked, world, policy, NOW).permit } };
  },
};
