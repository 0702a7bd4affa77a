import { actorOf, type Principal, SYSTEM } from '../../kernel/principal.js';
import type { Transaction } from '../../persistence/index.js';
import type { Sample } from '../domain/sample.js';

/** Tells the log what became of a sample: how large it was and whose dataset it is about, nothing of what it holds. */
export function tellSample(
  tx: Transaction,
  event: string,
  { id, dataset, publisher, bytes }: Sample,
  by: Principal | null,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const actor = by === null ? SYSTEM : actorOf(by);
  tx.append({ event, subject: { kind: 'sample', id }, actor, data: { dataset, publisher, bytes, ...more } });
}
