import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody who is let in; `inside` until their work has ended. */
interface Holder {
  inside: boolean;
}

/**
 * Lets one holder in at a time, in order of arrival. A holder whose own work asks again would wait for itself, and
 * everybody after it for ever: that is refused at once.
 */
export class Mutex {
  private readonly holding = new AsyncLocalStorage<Holder>();
  private tail: Promise<void> = Promise.resolve();

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.holding.getStore()?.inside) throw new Error('a unit of work inside another would wait for itself');
    const before = this.tail;
    let release!: () => void;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    const holder: Holder = { inside: true };
    try {
      return await this.holding.run(holder, work);
    } finally {
      holder.inside = false;
      release();
    }
  }
}
