import type { Id } from './ids.js';

/** Work that goes on beside the requests, by the id of its record: what this instance is at, and how it all ends. */
export class Underway<Job extends { stop(): void }> {
  private readonly working = new Map<Id, { readonly job: Job; readonly done: Promise<void> }>();

  get size(): number {
    return this.working.size;
  }

  get ids(): readonly Id[] {
    return [...this.working.keys()];
  }

  has(id: Id): boolean {
    return this.working.has(id);
  }

  find(id: Id): Job | undefined {
    return this.working.get(id)?.job;
  }

  /** Takes the job on until `ending` settles; it must not reject. Another job may have taken the id over by then. */
  add(id: Id, job: Job, ending: Promise<void>): void {
    const done = ending.finally(() => {
      if (this.working.get(id)?.job === job) this.working.delete(id);
    });
    this.working.set(id, { job, done });
  }

  /** Asks every job to stop; `settled` waits for it. */
  stop(): void {
    for (const { job } of this.working.values()) job.stop();
  }

  /** Resolves when nothing is being worked on here. */
  async settled(): Promise<void> {
    while (this.working.size > 0) await Promise.all([...this.working.values()].map(({ done }) => done));
  }
}
