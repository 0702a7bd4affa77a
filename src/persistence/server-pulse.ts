import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** A connection that can be asked, and dropped without a word to the server. */
export interface Asking {
  query(sql: string): Promise<unknown>;
  destroy(): void;
}

const EVERY = 500;
/** Longest silence in milliseconds of a server that is alive. */
const SILENCE = 1500;
const CONNECT = 1000;

/**
 * Whether the database server still answers. mysql2 waits for ever on a server that is frozen or behind a dead network,
 * while a unit of work that waits for a lock is silent for good reasons; so a connection of its own asks `SELECT 1`
 * twice a second.
 */
export class Pulse {
  private connection: Asking | null = null;
  private readonly stopping = new AbortController();
  private silent = false;

  /** @param onSilence what to do when the server falls silent: whatever waits for it would wait for ever. */
  constructor(
    private readonly connect: (timeout: number) => Promise<Asking>,
    private readonly onSilence: () => void,
  ) {}

  /** True from the moment the server fell silent until it answers again. */
  get lost(): boolean {
    return this.silent;
  }

  start(): void {
    void this.beat();
  }

  stop(): void {
    this.stopping.abort();
    this.connection?.destroy();
  }

  private async beat(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const answered = await Promise.race([this.ask(), tooLate()]);
      if (!answered && !this.silent) this.onSilence();
      this.silent = !answered;
      if (!answered) this.drop();
      await sleep(EVERY, undefined, { signal: this.stopping.signal, ref: false }).catch(() => {});
    }
  }

  /** A server that refuses connections answers by that: those who ask are told at once. */
  private async ask(): Promise<boolean> {
    try {
      this.connection ??= await this.connect(CONNECT);
      await this.connection.query('SELECT 1');
      return true;
    } catch (error) {
      this.drop();
      return (error as { code?: string }).code !== 'ETIMEDOUT';
    } finally {
      // Stopped while it was connecting: the connection would keep the process.
      if (this.stopping.signal.aborted) this.drop();
    }
  }

  private drop(): void {
    this.connection?.destroy();
    this.connection = null;
  }
}

/** False after the silence; a turn later, so that an answer that lay there while this process was busy still counts. */
async function tooLate(): Promise<false> {
  await sleep(SILENCE, undefined, { ref: false });
  await turn();
  return false;
}
