import { ok } from '../kernel/result.js';
import type { Reactions } from '../persistence/index.js';
import { type LearningDeps, LearningService } from './learning/learning-service.js';
import { trainApart } from './learning/train-apart.js';
import { databaseLearningStore } from './store/database-learning-store.js';
import { LearnedModelRow, learnedModelTable } from './store/learned-model-row.js';

/** Learning from decisions, beside the slice that makes them: it teaches the judge that both share. */
export function createLearning(
  deps: Pick<LearningDeps, 'packs' | 'datasets' | 'judge' | 'ids'>,
  reactions?: Reactions,
): LearningService {
  const models = deps.judge.models;
  const learning = new LearningService({ ...deps, models, store: databaseLearningStore, train: trainApart });
  reactions?.on(['assessment.confirmed', 'assessment.overridden'], async () => {
    learning.note();
    return ok(undefined);
  });
  return learning;
}

export const learningEntities = [LearnedModelRow];
export const learningTables = [learnedModelTable];
