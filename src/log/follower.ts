import type { Reader } from '../persistence/index.js';
import { type ChangedRow, changedRows, headPosition } from './store/log-reader.js';

/** Told which rows have changed; re-reads them and applies what is newer than what it has. */
export type ChangeHandler = (changes: readonly ChangedRow[]) => Promise<void>;

/**
 * This instance's cursor over the log. Indexes in memory (decisions, search) subscribe to kinds of rows; a poll reads
 * which rows changed since, in order of commit, and only then moves the position on. `position` is the revision that
 * answers reflect; `age()` says how long ago it was last confirmed against the database.
 */
export class Follower {
  position = 0;
  private confirmedAt = Number.NEGATIVE_INFINITY;
  private readonly handlers: { kinds: ReadonlySet<string>; handle: ChangeHandler }[] = [];
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly advanced: (() => void)[] = [];

  constructor(
    private readonly read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>,
    /** Told once when following fails, and with `null` when it goes on. */
    private readonly onFault: (error: unknown) => void,
  ) {}

  subscribe(kinds: readonly string[], handle: ChangeHandler): void {
    this.handlers.push({ kinds: new Set(kinds), handle });
  }

  /** Calls back after each step that took changes in: everyone who subscribed has them, and `position` says so. */
  onAdvance(listener: () => void): void {
    this.advanced.push(listener);
  }

  /** Takes the present head as the start: call before indexes load, so that nothing between is missed. */
  async begin(): Promise<void> {
    const asked = performance.now();
    this.position = await this.read(headPosition);
    this.confirmedAt = asked;
  }

  start(interval: number): void {
    let failing = false;
    const tell = (failed: boolean, error: unknown): void => {
      if (failed !== failing) this.onFault(error);
      failing = failed;
    };
    const poll = (): void =>
      void this.poll().then(
        () => tell(false, null),
        (error: unknown) => tell(true, error),
      );
    this.timer = setInterval(poll, interval);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** Milliseconds since the position was last known to be the head. */
  age(): number {
    return performance.now() - this.confirmedAt;
  }

  /** Resolves when this instance answers from `position` or later. */
  async advanceTo(position: number): Promise<void> {
    while (this.position < position) await this.poll();
  }

  /** Catches up once; callers at the same time share one reading. */
  poll(): Promise<void> {
    this.running ??= this.catchUp().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async catchUp(): Promise<void> {
    const asked = performance.now();
    const { head, changes } = await this.read(async (reader) => {
      const upTo = await headPosition(reader);
      return { head: upTo, changes: upTo > this.position ? await changedRows(reader, this.position, upTo) : [] };
    });
    for (const { kinds, handle } of this.handlers) {
      const wanted = changes.filter((change) => kinds.has(change.kind));
      if (wanted.length > 0) await handle(wanted);
    }
    this.position = head;
    this.confirmedAt = asked;
    if (changes.length > 0) for (const listener of this.advanced) listener();
  }
}
