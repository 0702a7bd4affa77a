import cluster from 'node:cluster';
import type { FromWorker, Gathered, Matter, ToWorker } from './messages.js';
import { isOurs } from './messages.js';

/** Longer than the process that keeps the workers waits for them. */
const PATIENCE = 5000;

/** The way from one worker to the process that keeps it, and through that one to the others. */
export class WorkerLink {
  private readonly tellers = new Map<Matter, () => Promise<unknown>>();
  private readonly asked = new Map<number, (told: Gathered) => void>();
  private lastAsked = 0;
  private onStop: () => void = () => process.exit(0);
  private onWritten: (position: number) => void = () => undefined;

  /** @param id counted from 1 since the start, never given twice. */
  private constructor(readonly id: number) {
    process.on('message', (message: unknown) => isOurs(message) && this.take(message as ToWorker));
  }

  /** Null in a process that nobody keeps. */
  static ofThisProcess(): WorkerLink | null {
    return cluster.worker === undefined ? null : new WorkerLink(cluster.worker.id);
  }

  /**
   * The first one takes the port at once, as a single process does. Later ones come when others answer already, and take
   * connections only when they can answer them.
   */
  get takesPortFirst(): boolean {
    return this.id === 1;
  }

  ready(address: string): void {
    send({ tiergate: 'ready', address });
  }

  /** Until this is called, an order to stop ends the process at once. */
  whenTold(stop: () => void): void {
    this.onStop = stop;
  }

  /** Tells the others that there is something to read. */
  written(position: number): void {
    send({ tiergate: 'written', position });
  }

  whenWritten(look: (position: number) => void): void {
    this.onWritten = look;
  }

  /** How this worker answers when all are asked. */
  tells(matter: Matter, teller: () => Promise<unknown>): void {
    this.tellers.set(matter, teller);
  }

  /** Asks every ready worker, this one too. */
  ask(matter: Matter): Promise<Gathered> {
    this.lastAsked += 1;
    const id = this.lastAsked;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.asked.delete(id);
        reject(new Error('the process that keeps the workers does not answer'));
      }, PATIENCE);
      this.asked.set(id, (told) => {
        clearTimeout(late);
        resolve(told);
      });
      send({ tiergate: 'ask', id, matter });
    });
  }

  private take(message: ToWorker): void {
    switch (message.tiergate) {
      case 'stop':
        return this.onStop();
      case 'written':
        return this.onWritten(message.position);
      case 'ask':
        return void this.answer(message.id, message.matter);
      case 'tell':
        this.asked.get(message.id)?.(message.told);
        this.asked.delete(message.id);
    }
  }

  private async answer(id: number, matter: Matter): Promise<void> {
    const told = await this.tellers
      .get(matter)?.()
      .catch(() => undefined);
    send({ tiergate: 'tell', id, told });
  }
}

/** Where the other end is gone, this process ends with it: nothing more has to be said. */
const send = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
};
