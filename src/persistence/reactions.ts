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
  private readonly places = new Map<Reaction, number>();

  on(events: string | readonly string[], reaction: Reaction): void {
    this.places.set(reaction, this.places.get(reaction) ?? this.places.size);
    for (const event of typeof events === 'string' ? [events] : events) {
      this.byEvent.set(event, [...(this.byEvent.get(event) ?? []), reaction]);
    }
  }

  async react(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const batches = new Map<Reaction, RecordedEntry[]>();
    for (const entry of entries) {
      for (const reaction of this.byEvent.get(entry.event) ?? []) append(batches, reaction, entry);
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
