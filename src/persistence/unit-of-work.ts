import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Clock } from '../kernel/time.js';
import type { Database } from './database.js';
import type { RecordedEntry } from './entry.js';
import { Reader, Transaction } from './transaction.js';

/** Where entries go as the last statements before commit; filled by the log. */
export interface Journal {
  /** Refuses a command that changed a row which is not as the log left it: the next hash would cover up the edit. */
  admit(tx: Transaction): Promise<Result<void>>;
  append(tx: Transaction, entries: readonly RecordedEntry[]): Promise<number>;
  /** Called after commit with the position reached; resolves when this instance answers from it. */
  committed(position: number): Promise<void>;
}

/** Runs what follows from an event, in the same transaction; a refusal refuses the whole command. */
export interface Reactor {
  react(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>>;
  /** Once, when nothing follows any more: with every entry of the command. */
  conclude(tx: Transaction): Promise<Result<void>>;
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

interface Committed<T> {
  readonly value: T;
  /** Of its last entry; 0 where nothing was told. */
  readonly position: number;
}

const ATTEMPTS = 6;

/**
 * One transaction per command: load, decide, write, tell the log, commit. A refusal rolls back. A deadlock or a lost
 * race runs the whole unit again, reads included, a bounded number of times.
 */
export class UnitOfWork {
  /** Units run again since the start, after a deadlock or a lost race. */
  retries = 0;

  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly reactor: Reactor,
    private readonly clock: Clock,
  ) {}

  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.database.read((manager) => work(new Reader(manager, this.database.dialect, this.clock.now())));
  }

  /**
   * The same for work that goes on by itself: once the signal is given no other unit begins, each throws the reason of the
   * signal. Whoever is at it stops between two transactions, however much is left.
   */
  until(signal: AbortSignal): UnitOfWork {
    const before =
      <Work, Outcome>(begin: (work: Work) => Promise<Outcome>) =>
      async (work: Work): Promise<Outcome> => {
        signal.throwIfAborted();
        return begin(work);
      };
    return Object.assign(Object.create(this), { read: before(this.read.bind(this)), run: before(this.run.bind(this)) });
  }

  async run<T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<Result<T>> {
    const outcome = await this.untilDecided(work);
    if (!outcome.ok) return outcome;
    const { value, position } = outcome.value;
    if (position > 0) await this.journal.committed(position);
    return ok(value);
  }

  /** Nothing is run again once it has been committed. */
  private async untilDecided<T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<Result<Committed<T>>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return ok(await this.once(work));
      } catch (error) {
        if (error instanceof Refused) return { ok: false, error: error.refusal };
        if (attempt === ATTEMPTS || !this.database.isRetryable(error)) throw error;
        this.retries += 1;
        await sleep(2 ** attempt * (1 + Math.random()));
      }
    }
  }

  private once<T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<Committed<T>> {
    return this.database.write(async (manager) => {
      const tx = new Transaction(manager, this.database.dialect, this.clock.now(), (own, entries) =>
        this.reactor.react(own, entries),
      );
      const outcome = await work(tx);
      if (!outcome.ok) throw new Refused(outcome.error);
      for (const follow of [() => tx.settle(), () => this.reactor.conclude(tx), () => tx.settle()]) {
        const followed = await follow();
        if (!followed.ok) throw new Refused(followed.error);
      }
      tx.assertAllTold();
      const admitted = await this.journal.admit(tx);
      if (!admitted.ok) throw new Refused(admitted.error);
      const { entries } = tx;
      return { value: outcome.value, position: entries.length === 0 ? 0 : await this.journal.append(tx, entries) };
    });
  }
}
