import type { DatasetFacts, DatasetRecord, Judgement } from '../src/catalogue/index.js';
import { factsOf } from '../src/catalogue/index.js';
import type { Id } from '../src/kernel/ids.js';
import { SYSTEM } from '../src/kernel/principal.js';
import type { Text } from '../src/kernel/text.js';
import type { Instant } from '../src/kernel/time.js';
import type { Reader, Transaction } from '../src/persistence/index.js';
import { AGREEMENTS } from './agreements.js';
import { seedId } from './identifiers.js';

interface SeedAgreementVersion {
  readonly id: Id;
  readonly template: Id;
  readonly version: number;
  readonly title: Text;
  readonly text: Text;
  readonly hash: string;
  readonly publishedAt: Instant;
}

/** The catalogue as its stores take it, and the judge that gives every record its tier with reasons. */
export interface CatalogueDoor {
  readonly datasets: {
    findMany(reader: Reader, ids: readonly Id[]): Promise<readonly DatasetRecord[]>;
    insert(tx: Transaction, records: readonly DatasetRecord[]): Promise<void>;
  };
  readonly agreements: {
    current(reader: Reader, template: Id): Promise<SeedAgreementVersion | null>;
    insert(tx: Transaction, agreements: readonly SeedAgreementVersion[]): Promise<void>;
  };
  /** The hash a signatory accepts. */
  hashOf(text: Text): string;
  judge(tx: Transaction, facts: readonly DatasetFacts[]): Promise<readonly Judgement[]>;
  /** The record as judged. */
  judged(record: DatasetRecord, judgement: Judgement): DatasetRecord;
}

/** The agreement templates, version 1. */
export async function seedAgreements(tx: Transaction, door: CatalogueDoor): Promise<void> {
  const versions = AGREEMENTS.map(({ id, key, title, text }) => ({
    id: seedId('agreement', `${key}/1`),
    template: id,
    version: 1,
    title,
    text,
    hash: door.hashOf(text),
    publishedAt: tx.now,
  }));
  await door.agreements.insert(tx, versions);
  for (const { id, template, version, hash } of versions) {
    const subject = { kind: 'agreement', id };
    tx.append({ event: 'agreement.published', subject, actor: SYSTEM, data: { template, version, hash } }, [subject]);
  }
}

/** Judges and keeps a chunk of records; gives them back as they stand. One entry of creation each. */
export async function seedDatasetChunk(
  tx: Transaction,
  door: CatalogueDoor,
  records: readonly DatasetRecord[],
): Promise<readonly DatasetRecord[]> {
  const judgements = await door.judge(tx, records.map(factsOf));
  const judged = records.map((record, at) => door.judged(record, judgements[at] as Judgement));
  await door.datasets.insert(tx, judged);
  for (const { id, tier, declaredTier } of judged) {
    const subject = { kind: 'dataset', id };
    tx.append({ event: 'dataset.created', subject, actor: SYSTEM, data: { tier, declaredTier } }, [subject]);
  }
  return judged;
}
