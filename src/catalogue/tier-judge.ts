import type { Transaction } from '../persistence/index.js';
import type { DatasetFacts, Judgement } from './domain/facts.js';

/** Port to classification: one judgement per record, in the order asked, recorded in the same transaction. */
export interface TierJudge {
  judge(tx: Transaction, facts: readonly DatasetFacts[]): Promise<readonly Judgement[]>;
}
