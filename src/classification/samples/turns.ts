/** Lets one piece of work go at a time, in the order they came; a piece that is given up leaves the line. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  async take<T>(signal: AbortSignal, work: () => Promise<T>, givenUp: T): Promise<T> {
    const before = this.last;
    let done = (): void => {};
    this.last = new Promise((resolve) => {
      done = resolve;
    });
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([before, aborted]);
    if (signal.aborted) {
      // The next one still waits for whoever was before.
      void before.then(done);
      return givenUp;
    }
    try {
      return await work();
    } finally {
      done();
    }
  }
}
