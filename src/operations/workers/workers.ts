import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.js';
import { type FromWorker, isOurs, type Matter, type ToWorker } from './messages.js';
import { Replacement } from './replacement.js';
import { RoundCalls } from './round-call.js';
import { WorkerFigures } from './worker-figures.js';

/** A worker ends by itself within ten seconds of being told; one that hangs is ended. */
const LONGEST_STOP = 12_000;

interface Member {
  readonly process: Worker;
  readonly since: number;
  ready: boolean;
}

export interface WorkersWanted {
  readonly count: number;
  readonly log: Logger;
  /** The first worker takes requests at this address. */
  readonly onReady: (address: string) => void;
}

/**
 * Several processes on one machine behind one port: keeps as many as are wanted, lets each accept from one shared socket
 * (node:cluster), passes on what one has to tell the others, and ends them together. It serves nothing itself. The first
 * worker starts alone, so that it alone migrates and seeds, and so that a start that fails does so once.
 */
export class Workers {
  private readonly members = new Map<number, Member>();
  private readonly calls = new RoundCalls();
  private readonly replacement = new Replacement();
  private readonly figures: WorkerFigures;
  private stopping = false;
  private worst = 0;
  private finish: (code: number) => void = () => undefined;

  constructor(private readonly wanted: WorkersWanted) {
    this.figures = new WorkerFigures(() => this.ready().length);
  }

  /** Starts them; resolves with the exit code once all have ended. */
  run(): Promise<number> {
    // Handed out by this process, a connection on its way to a worker that is killed would wait for ever.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.on('message', (worker, message: unknown) => isOurs(message) && this.take(worker, message as FromWorker));
    cluster.on('exit', (worker, code, signal) => this.ended(worker, code, signal));
    this.start();
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  /** Tells all of them to end what runs and go; the second time they are ended at once. */
  stop(): void {
    const again = this.stopping;
    this.stopping = true;
    if (this.members.size === 0) return this.finish(this.worst);
    if (again) return this.kill();
    this.tell({ tiergate: 'stop' }, [...this.members.values()]);
    setTimeout(() => this.kill(), LONGEST_STOP).unref();
  }

  private kill(): void {
    for (const { process } of this.members.values()) process.process.kill('SIGKILL');
  }

  private start(): void {
    const process = cluster.fork();
    this.members.set(process.id, { process, since: performance.now(), ready: false });
    this.wanted.log.info('worker started', { worker: process.id, pid: process.process.pid });
  }

  private take(worker: Worker, message: FromWorker): void {
    switch (message.tiergate) {
      case 'ready':
        return this.becameReady(worker.id, message.address);
      case 'written':
        return this.tell(
          message,
          this.ready().filter(({ process }) => process.id !== worker.id),
        );
      case 'ask':
        return void this.ask(worker, message.id, message.matter);
      case 'tell':
        return this.calls.tell(message.id, worker.id, message.told);
    }
  }

  private becameReady(id: number, address: string): void {
    const member = this.members.get(id);
    if (member === undefined) return;
    member.ready = true;
    if (id !== 1) return;
    this.wanted.onReady(address);
    while (!this.stopping && this.members.size < this.wanted.count) this.start();
  }

  private async ask(worker: Worker, id: number, matter: Matter): Promise<void> {
    const ready = this.ready();
    const told = await this.calls.call(
      ready.map(({ process }) => process.id),
      (call) => this.tell({ tiergate: 'ask', id: call, matter }, ready),
    );
    const all = matter === 'figures' ? await this.figures.with(told) : [...told.values()];
    const member = this.members.get(worker.id);
    if (member !== undefined)
      this.tell({ tiergate: 'tell', id, told: { told: all, wanted: this.wanted.count } }, [member]);
  }

  private ended(worker: Worker, code: number | null, signal: string | null): void {
    const member = this.members.get(worker.id);
    if (member === undefined) return;
    this.members.delete(worker.id);
    this.calls.gone(worker.id);
    this.figures.ended(worker.id);
    if (this.stopping) {
      this.worst = Math.max(this.worst, code ?? 1);
      if (this.members.size === 0) this.finish(this.worst);
      return;
    }
    this.wanted.log.warn('worker ended', { worker: worker.id, code: code ?? undefined, signal: signal ?? undefined });
    if (!member.ready && this.ready().length === 0) return this.giveUp(code ?? 1);
    void this.replace(performance.now() - member.since);
  }

  private async replace(lived: number): Promise<void> {
    await sleep(this.replacement.waitAfter(lived));
    if (this.stopping || this.members.size >= this.wanted.count) return;
    this.figures.replaced += 1;
    this.start();
  }

  /** Nobody serves, and who should cannot start: whoever keeps this process has to know. */
  private giveUp(code: number): void {
    this.worst = code === 0 ? 1 : code;
    this.stop();
  }

  private ready(): Member[] {
    return [...this.members.values()].filter(({ ready }) => ready);
  }

  private tell(message: ToWorker, to: readonly Member[]): void {
    for (const { process } of to) if (process.isConnected()) process.send(message, () => undefined);
  }
}
