import { BASELINES, byPublisher, leaveOneOut, type Fold, type Method, over } from './baselines.js';
import { engine, rules } from './engine.js';
import { ABSENT, inventories } from './inventories.js';
import type { Measure, Row } from './measure.js';
import { f1Text, macroF1 } from './scores.js';
import type { Track } from '../../src/classification/domain/learning/terms.js';

const TRACKS: Readonly<Record<Track, string>> = { facts: 'facts only', 'with-reason': 'with stated reason' };

const baselineText = (folds: readonly Fold[], track: Track): string =>
  Object.entries({ ...BASELINES, 'the rules alone': rules })
    .map(([name, method]) => `${name} ${f1Text(over(folds, method, track))}`)
    .join('; ');

const row = (
  measure: string,
  goal: number | null,
  folds: readonly Fold[],
  track: Track,
  method: Method,
  split: string,
): Row => {
  const pairs = over(folds, method, track);
  return {
    measure: `${measure}, ${TRACKS[track]}: macro-F1 (open / conditional / restricted)`,
    goal: goal === null ? '' : `≥ ${goal.toFixed(2)}`,
    baseline: baselineText(folds, track),
    figure: f1Text(pairs),
    reached: goal === null ? null : macroF1(pairs) >= goal,
    split,
  };
};

/** A federal catalogue of an agency nobody taught the engine about. */
export const unseenAgency: Measure = {
  name: 'unseen agency',
  run: async ({ data, quick }) => {
    const all = inventories(data, quick);
    if (all === null) return ABSENT;
    const folds = leaveOneOut(Object.values(all.catalogues));
    const split = 'each of three catalogues left out once; all 1,897 records pooled';
    return [
      row('unseen agency', 0.7, folds, 'facts', engine, split),
      row('unseen agency', null, folds, 'with-reason', engine, split),
    ];
  },
};

/** The District of Columbia's inventory, whole agencies held out. */
export const districtInventory: Measure = {
  name: 'DC inventory',
  run: async ({ data, quick }) => {
    const all = inventories(data, quick);
    if (all === null) return ABSENT;
    const folds = byPublisher(all.district, 5);
    const split = 'five folds of whole agencies';
    return [
      row('DC inventory', 0.75, folds, 'facts', engine, split),
      row('DC inventory', 0.92, folds, 'with-reason', engine, split),
    ];
  },
};
