import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { Underway } from '../../kernel/underway.js';
import { TooLarge, type Transaction } from '../../persistence/index.js';
import { ended, isAbandoned } from '../domain/sample.js';
import type { FileJob, FileWork, JobGround, SampleProgress } from './file-job.js';
import { isAlive } from './own-process.js';
import type { Turns } from './turns.js';

export interface WorkshopDeps<Work extends FileWork> extends JobGround<Work> {
  /** One reading at a time, whatever is read. */
  readonly turns: Turns;
  /** Name of this machine, and the number of this process on it. */
  readonly host: string;
  readonly processId: number;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
}

/** What one kind of work has of its own. */
export interface Trade {
  /** Pieces of work whose files lie here at a time, waiting ones included: bounds the disk. */
  readonly most: number;
  /** The places in the spool that the files of one piece of work can have. */
  readonly filesOf: (id: Id) => readonly Id[];
  /** What is said of work whose server has ended. */
  readonly gone: string;
}

/** An upload that nobody wrote to for so long is no longer being sent. */
const SENT = 120_000;

/** Takes files in, has them worked on one after the other, and answers for what a crash left behind. */
export class Workshop<Work extends FileWork> {
  // oxlint-disable-next-line typescript/no-explicit-any -- a job of this kind of work, whatever its report
  private readonly working = new Underway<FileJob<Work, any>>();
  /** Work whose files are being sent, until a job has them. */
  private readonly arriving = new Set<Id>();
  private stopped = false;
  /** Until the first look, files of a process before this one lie about. */
  private swept = false;

  constructor(
    private readonly deps: WorkshopDeps<Work>,
    private readonly trade: Trade,
  ) {}

  /** Refuses where so much is worked on that nothing more is taken in. */
  hasRoom(): Result<void> {
    return this.stopped || this.working.size + this.arriving.size >= this.trade.most
      ? err(refusal('too-many-samples', undefined, { retryAfterSeconds: 30 }))
      : ok(undefined);
  }

  /** Takes files in under this id; they are deleted unless a job has them when `receive` has ended. */
  async take<T>(id: Id, receive: () => Promise<Result<T>>): Promise<Result<T>> {
    this.arriving.add(id);
    try {
      return await receive();
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('too-large'));
      throw error;
    } finally {
      this.arriving.delete(id);
      if (!this.working.has(id)) for (const file of this.trade.filesOf(id)) await this.deps.spool.drop(file);
    }
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- a job of this kind of work, whatever its report
  begin(id: Id, job: FileJob<Work, any>): void {
    const ending = job.work(this.deps.turns).catch(async (error: unknown) => {
      this.deps.onFault(error);
      await this.interrupt(id).catch(() => undefined);
    });
    this.working.add(id, job, ending);
  }

  /** Ends work at somebody's wish; the job that is at it sees that, wherever it runs. */
  async cancel(tx: Transaction, principal: Principal, work: Work): Promise<Work> {
    const { records } = this.deps;
    const cancelled = await records.update(tx, ended(work, 'cancelled', tx.now));
    records.tell(tx, 'cancelled', cancelled, principal);
    return cancelled;
  }

  /** How far it is, where this instance works on it. */
  progressOf(id: Id): SampleProgress | null {
    return this.working.find(id)?.progress ?? null;
  }

  /**
   * Ends what a crash left running and deletes its files. Call at start, and now and then: another instance may have ended
   * in the middle.
   */
  async recover(): Promise<void> {
    const { unit, records, spool, alone, host } = this.deps;
    const { running, now } = await unit.read(async (reader) => ({
      running: await records.running(reader),
      now: reader.now,
    }));
    const worksOn = (work: Work): boolean => this.lives(work);
    const abandoned = running.filter((work) => isAbandoned(work, { host, now, worksOn }));
    for (const { id } of abandoned) await this.interrupt(id);
    const alive = running.filter((one) => !abandoned.includes(one)).map(({ id }) => id);
    const ours = new Set([...this.working.ids, ...this.arriving, ...alive].flatMap(this.trade.filesOf));
    await spool.sweep(ours, now, alone && !this.swept ? Number.NEGATIVE_INFINITY : SENT);
    this.swept = true;
  }

  /** Resolves when nothing is being worked on here. */
  settled(): Promise<void> {
    return this.working.settled();
  }

  /** Ends every job and its files; the records are told as interrupted. */
  async stop(): Promise<void> {
    this.stopped = true;
    const { ids } = this.working;
    this.working.stop();
    await this.settled();
    for (const id of ids) await this.interrupt(id);
  }

  private lives({ id, processId }: Work): boolean {
    return processId === this.deps.processId ? this.working.has(id) || this.arriving.has(id) : isAlive(processId);
  }

  private async interrupt(id: Id): Promise<void> {
    const { unit, records } = this.deps;
    await unit.run(async (tx) => {
      const work = await records.find(tx, id);
      if (work?.state !== 'running') return ok(undefined);
      const failure = { code: 'interrupted', detail: this.trade.gone };
      const given = await records.update(tx, ended(work, 'not-assessed', tx.now, failure));
      records.tell(tx, 'not-assessed', given, null, { code: failure.code });
      return ok(undefined);
    });
  }
}
