import { setImmediate as turn } from 'node:timers/promises';

const AT_MOST = 20;

/**
 * The embedded database answers without leaving the event loop, so that work of very many statements, as when a desk is
 * handed over or a part catches up with the log, would let no request in until all of it is done. Before a statement one
 * turn of the loop is let by whenever the last one was so many milliseconds ago.
 */
export class Breath {
  private last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.last < AT_MOST) return;
    await turn();
    this.last = performance.now();
  }
}
