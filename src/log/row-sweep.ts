import { setTimeout as sleep } from 'node:timers/promises';
import type { Reader, Table } from '../persistence/index.js';
import { missingRows, provenRows } from './row-proof.js';

export interface SweepDeps {
  readonly read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>;
  /** What is looked through, in this order: what gives most away first. */
  // oxlint-disable-next-line typescript/no-explicit-any -- every table of the product, whatever its row
  readonly tables: readonly Table<any>[];
  /** A row is not the newest one the log names, or is gone. Told in every round in which it is so. */
  readonly found: (kind: string, id: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** Rows held against the log at a time: some 2 ms of one core, so that no request waits long behind it. */
const PAGE = 50;
/** Ids looked up at a time when rows that are gone are looked for. */
const MISSING_PAGE = 500;
const SHORTEST_REST = 10;
/** Between two rounds (ms), so that a small product at rest is at rest: of the demo's rounds a fifth of the time is left. */
const BETWEEN_ROUNDS = 15_000;

/**
 * Goes through the tables on which decisions rest, over and over, page by page and with pauses, and names every row
 * that somebody has edited, put back, added or deleted behind the log. An index in memory follows the log alone, so
 * without this it would notice such a row only at the next start.
 */
export class RowSweep {
  /** The pause after a page, in times of what the page took: the sweep takes a tenth of a core at most. */
  static readonly REST = 9;
  /** How long the last whole round and its rest took (ms): the longest a changed row goes unnoticed. NaN before the first. */
  lastRound = Number.NaN;
  private stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly deps: SweepDeps) {}

  start(): void {
    this.running ??= this.goOn();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.running = null;
    this.stopping = new AbortController();
  }

  /** One whole round; `rest` is called after each page with how long it took (ms). */
  async round(rest: (took: number) => Promise<void> = async () => {}): Promise<void> {
    for (const table of this.deps.tables) {
      for (let after: string | null = ''; after !== null && !this.stopped; )
        after = await this.timed(rest, this.lookThrough(table, after));
      for (let after: string | null = ''; after !== null && !this.stopped; )
        after = await this.timed(rest, this.lookForMissing(table, after));
    }
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async goOn(): Promise<void> {
    while (!this.stopped) {
      const began = performance.now();
      try {
        await this.round((took) => this.rest(Math.max(SHORTEST_REST, RowSweep.REST * took)));
        if (!this.stopped) this.lastRound = performance.now() - began + BETWEEN_ROUNDS;
      } catch (error) {
        this.deps.onFault(error);
      }
      await this.rest(BETWEEN_ROUNDS);
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }

  private async timed<T>(rest: (took: number) => Promise<void>, page: Promise<T>): Promise<T> {
    const began = performance.now();
    const value = await page;
    await rest(performance.now() - began);
    return value;
  }

  private async lookThrough(table: SweepDeps['tables'][number], after: string): Promise<string | null> {
    const page = await this.deps.read(async (reader) =>
      provenRows(reader, table, await table.scanStored(reader, after, PAGE)),
    );
    for (const { row, intact } of page) if (!intact) this.deps.found(table.kind, row.id);
    return page.length < PAGE ? null : (page.at(-1)?.row.id ?? null);
  }

  private async lookForMissing(table: SweepDeps['tables'][number], after: string): Promise<string | null> {
    const { missing, next } = await this.deps.read((reader) => missingRows(reader, table, after, MISSING_PAGE));
    for (const { id } of missing) this.deps.found(table.kind, id);
    return next;
  }
}
