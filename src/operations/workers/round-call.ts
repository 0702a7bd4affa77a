/** Waits this long for what workers say; one that hangs must not hold up what the others know. */
const PATIENCE = 3000;

interface Call {
  readonly waitsFor: Set<number>;
  readonly told: Map<number, unknown>;
  done(): void;
}

/** One question to all, and who has answered it so far. */
export class RoundCalls {
  private readonly open = new Map<number, Call>();
  private last = 0;

  /** What came in when all had answered, or were gone, or time was up: by worker. */
  async call(workers: readonly number[], ask: (id: number) => void): Promise<ReadonlyMap<number, unknown>> {
    this.last += 1;
    const id = this.last;
    const told = new Map<number, unknown>();
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, PATIENCE);
      const done = (): void => {
        clearTimeout(late);
        resolve();
      };
      this.open.set(id, { waitsFor: new Set(workers), told, done });
      if (workers.length === 0) done();
      ask(id);
    });
    this.open.delete(id);
    return told;
  }

  /** `undefined`: the worker had nothing to say. */
  tell(id: number, worker: number, told: unknown): void {
    const call = this.open.get(id);
    if (call === undefined) return;
    if (told !== undefined) call.told.set(worker, told);
    settle(call, worker);
  }

  gone(worker: number): void {
    for (const call of this.open.values()) settle(call, worker);
  }
}

function settle(call: Call, worker: number): void {
  if (call.waitsFor.delete(worker) && call.waitsFor.size === 0) call.done();
}
