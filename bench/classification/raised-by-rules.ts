import { podPack } from './engine.js';
import { ABSENT } from './inventories.js';
import type { Measure } from './measure.js';
import { measureAll } from './metadata.js';
import { percent } from './scores.js';

/** Open records that the rules alone would raise, and records that are not open in which they find a ground. */
export const raisedByRules: Measure = {
  name: 'rules alone',
  run: async ({ data }) => {
    const rows = measureAll(data, podPack());
    if (rows === null) return ABSENT;
    return rows.map(({ source, raised, open, recognised, notOpen }) => ({
      measure: `rules alone, ${source}: open raised; not open recognised`,
      goal: '',
      baseline: '',
      figure: `${raised}/${open} (${percent(raised, open)}); ${recognised}/${notOpen} (${percent(recognised, notOpen)})`,
      reached: null,
      split: 'no learning; words were written while these sources were seen',
    }));
  },
};
