/**
 * Work of about a millisecond each, a piece to a turn of the event loop and in order: whatever else has come in is
 * answered between two pieces, so that a single check waits for a piece and not for all batches that arrived with it.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];

  /** Its turn has come. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) === 1) setImmediate(this.next);
    });
  }

  private readonly next = (): void => {
    this.waiting.shift()?.();
    if (this.waiting.length > 0) setImmediate(this.next);
  };
}
