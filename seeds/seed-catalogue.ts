import {
  type Catalogue,
  type DatasetRecord,
  factsOf,
  type Judgement,
  judged,
  type TierJudge,
} from '../src/catalogue/index.js';
import { SYSTEM } from '../src/kernel/principal.js';
import type { Transaction } from '../src/persistence/index.js';
import { AGREEMENTS } from './agreements.js';

/** The catalogue, and the judge that gives every record its tier with reasons. */
export type CatalogueDoor = Pick<Catalogue, 'datasets' | 'agreements' | 'agreementService'> & {
  readonly judge: TierJudge;
};

/** The agreement templates, version 1. */
export async function seedAgreements(tx: Transaction, { agreementService }: CatalogueDoor): Promise<void> {
  for (const { id, title, text } of AGREEMENTS)
    await agreementService.publish(tx, { template: id, title, text }, SYSTEM);
}

/** Judges and keeps a chunk of records; gives them back as they stand. One entry of creation each. */
export async function seedDatasetChunk(
  tx: Transaction,
  door: CatalogueDoor,
  records: readonly DatasetRecord[],
): Promise<readonly DatasetRecord[]> {
  const judgements = await door.judge.judge(tx, records.map(factsOf));
  const kept = records.map((record, at) => judged(record, judgements[at] as Judgement));
  await door.datasets.insert(tx, kept);
  for (const { id, tier, declaredTier } of kept) {
    const subject = { kind: 'dataset', id };
    tx.append({ event: 'dataset.created', subject, actor: SYSTEM, data: { tier, declaredTier } }, [subject]);
  }
  return kept;
}
