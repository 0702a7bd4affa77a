import { Counter, Gauge, Registry } from 'prom-client';
import { type Figures, kept } from '../metrics.js';

/** What is counted of the workers themselves, and what was counted by those that have ended: sums never fall. */
export class WorkerFigures {
  replaced = 0;
  private readonly registry = new Registry();
  private readonly last = new Map<number, Figures>();
  private ofEnded: Promise<Figures> = Promise.resolve([]);

  constructor(ready: () => number) {
    const replaced = (): number => this.replaced;
    const registers = [this.registry];
    new Gauge({
      name: 'tiergate_workers',
      help: 'Processes that take requests',
      registers,
      collect() {
        this.set(ready());
      },
    });
    new Counter({
      name: 'tiergate_workers_replaced_total',
      help: 'Processes started in place of one that had ended',
      registers,
      collect() {
        this.reset();
        this.inc(replaced());
      },
    });
  }

  /** All there is to add up. */
  async with(told: ReadonlyMap<number, unknown>): Promise<Figures[]> {
    for (const [worker, figures] of told) this.last.set(worker, figures as Figures);
    return [...(told.values() as Iterable<Figures>), await this.ofEnded, await this.registry.getMetricsAsJSON()];
  }

  ended(worker: number): void {
    const last = this.last.get(worker);
    this.last.delete(worker);
    if (last !== undefined) this.ofEnded = this.ofEnded.then((before) => kept([before, last]));
  }
}
