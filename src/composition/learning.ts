import { datasetStore } from '../catalogue/index.js';
import { createLearning, type LearningService } from '../classification/index.js';
import type { Ground, Slices } from './slices.js';

/** What decisions teach, wired to the judge of the product. */
export const learningOf = (
  { ids, reactions }: Pick<Ground, 'ids' | 'reactions'>,
  { classification, judge }: Pick<Slices, 'classification' | 'judge'>,
): LearningService => createLearning({ ids, packs: classification.packs, datasets: datasetStore, judge }, reactions);
