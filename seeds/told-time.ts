import type { Result } from '../src/kernel/result.js';
import type { Instant } from '../src/kernel/time.js';
import type { Transaction, UnitOfWork } from '../src/persistence/index.js';

/** Acts of the demo's past go through these: the clock is turned back, then the act happens. */
export interface ToldTime {
  readonly unit: UnitOfWork;
  setTime(at: Instant): void;
}

export const DAY = 86_400_000;

/** What somebody does at that time; it must succeed. */
export async function at<T>(
  { unit, setTime }: ToldTime,
  when: Instant,
  work: (tx: Transaction) => Promise<Result<T>>,
): Promise<T> {
  setTime(when);
  const done = await unit.run(work);
  if (!done.ok) throw new Error(`seeding was refused: ${JSON.stringify(done.error)}`);
  return done.value;
}
