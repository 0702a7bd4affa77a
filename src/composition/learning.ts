import { datasetStore } from '../catalogue/index.js';
import {
  type Classification,
  createLearning,
  type createJudge,
  type LearningService,
} from '../classification/index.js';
import type { Ids } from '../kernel/ids.js';
import type { Reactions } from '../persistence/index.js';

/** What decisions teach, wired to the judge of the product. */
export const learningOf = (
  { ids, reactions }: { readonly ids: Ids; readonly reactions: Reactions },
  {
    classification,
    judge,
  }: { readonly classification: Classification; readonly judge: ReturnType<typeof createJudge> },
): LearningService => createLearning({ ids, packs: classification.packs, datasets: datasetStore, judge }, reactions);
