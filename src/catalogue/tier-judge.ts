import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { DatasetFacts, Judgement } from './domain/facts.js';

/** Port to classification: one judgement per record, in the order asked, recorded in the same transaction. */
export interface TierJudge {
  judge(tx: Transaction, facts: readonly DatasetFacts[]): Promise<readonly Judgement[]>;
  /** What the judgement that stands has to tell of each record, for a report on records that are not judged anew. */
  standing(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<Id, NonNullable<Judgement['issues']>>>;
}
