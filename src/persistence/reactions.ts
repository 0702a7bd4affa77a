import { ok, type Result } from '../kernel/result.js';
import type { RecordedEntry } from './entry.js';
import type { Transaction } from './transaction.js';
import type { Reactor } from './unit-of-work.js';

type Reaction = (tx: Transaction, entries: readonly RecordedEntry[]) => Promise<Result<void>>;

/**
 * Which slice reacts to which event; filled in `app.ts`, run in the transaction of the command that caused it. Reactions
 * run in the order in which they were subscribed, whatever the order of the entries: rows are locked in one order.
 */
export class Reactions implements Reactor {
  private readonly byEvent = new Map<string, Reaction[]>();
  private readonly lastByEvent = new Map<string, Reaction[]>();
  private readonly places = new Map<Reaction, number>();

  on(events: string | readonly string[], reaction: Reaction): void {
    this.subscribe(this.byEvent, events, reaction);
  }

  /**
   * Subscribes to what a whole command came to: once, when all reactions are at rest, with every entry of it. For what
   * holds a row that all commands want, and must not be taken before the others.
   */
  atLast(events: string | readonly string[], reaction: Reaction): void {
    this.subscribe(this.lastByEvent, events, reaction);
  }

  react(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    return this.run(this.byEvent, tx, entries);
  }

  conclude(tx: Transaction): Promise<Result<void>> {
    return this.run(this.lastByEvent, tx, tx.entries);
  }

  private subscribe(table: Map<string, Reaction[]>, events: string | readonly string[], reaction: Reaction): void {
    this.places.set(reaction, this.places.get(reaction) ?? this.places.size);
    for (const event of typeof events === 'string' ? [events] : events) {
      table.set(event, [...(table.get(event) ?? []), reaction]);
    }
  }

  private async run(
    table: ReadonlyMap<string, readonly Reaction[]>,
    tx: Transaction,
    entries: readonly RecordedEntry[],
  ): Promise<Result<void>> {
    const batches = new Map<Reaction, RecordedEntry[]>();
    for (const entry of entries) {
      for (const reaction of table.get(entry.event) ?? []) append(batches, reaction, entry);
    }
    const placeOf = (reaction: Reaction): number => this.places.get(reaction) ?? 0;
    for (const [reaction, batch] of [...batches].sort(([a], [b]) => placeOf(a) - placeOf(b))) {
      const outcome = await reaction(tx, batch);
      if (!outcome.ok) return outcome;
    }
    return ok(undefined);
  }
}

function append(batches: Map<Reaction, RecordedEntry[]>, reaction: Reaction, entry: RecordedEntry): void {
  const batch = batches.get(reaction);
  if (batch === undefined) batches.set(reaction, [entry]);
  else batch.push(entry);
}
