import { actorOf, type Principal, SYSTEM } from '../../kernel/principal.js';
import type { Transaction } from '../../persistence/index.js';
import type { FusionAssessment } from '../domain/fusion-assessment.js';

/** Tells the log what became of a fusion assessment: which datasets, how large the files were, nothing of what they hold. */
export function tellFusion(
  tx: Transaction,
  event: string,
  { id, datasets, bytes }: FusionAssessment,
  by: Principal | null,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const actor = by === null ? SYSTEM : actorOf(by);
  const named = datasets.map(({ dataset }) => dataset);
  tx.append({ event, subject: { kind: 'fusion', id }, actor, data: { datasets: named, bytes, ...more } });
}
