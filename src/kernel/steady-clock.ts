import type { Clock, Instant } from './time.js';

/**
 * The product's time: a steady counter set by a judge, so that nothing that has ended comes back when a wall clock is
 * turned. It never goes back while the process runs, and never lies before what the log already holds.
 */
export class SteadyClock implements Clock {
  /** What has to be added to the counter; null until the judge has spoken. */
  private offset: number | null = null;
  private earliest = Number.NEGATIVE_INFINITY;

  /** @param wall this machine's own clock. @param steady milliseconds that only ever grow, from any beginning. */
  constructor(
    private readonly wall: () => Instant,
    private readonly steady: () => number,
  ) {}

  now(): Instant {
    const running = this.offset === null ? this.wall() : this.steady() + this.offset;
    return Math.floor(Math.max(this.earliest, running));
  }

  /** What the judge's clock says at this moment, or this machine's where nobody judges. Only ever moves time on. */
  told(at: Instant = this.wall()): void {
    const offset = at - this.steady();
    this.offset = this.offset === null ? offset : Math.max(this.offset, offset);
  }

  notBefore(at: Instant): void {
    this.earliest = Math.max(this.earliest, at);
  }
}
