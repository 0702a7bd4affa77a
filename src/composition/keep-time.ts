import { SteadyClock } from '../kernel/steady-clock.js';
import type { Clock } from '../kernel/time.js';
import { newestTime } from '../log/index.js';
import { faultFields, type Logger } from '../operations/index.js';
import { type Database, Reader, timeOf } from '../persistence/index.js';

const EVERY = 5000;

/**
 * Sets the product's clock: by the database's where that is a server, so that all instances agree whatever their
 * machines say, else by this machine's; never before the newest entry of the log. A test's clock is left alone.
 */
export async function setTime(clock: Clock, database: Database): Promise<void> {
  if (!(clock instanceof SteadyClock)) return;
  await look(clock, database);
  const newest = await database.read((manager) => newestTime(new Reader(manager, database.dialect, clock.now())));
  if (newest !== null) clock.notBefore(newest);
}

/** Looks again every five seconds. Returns how to stop. */
export function keepTime(clock: Clock, database: Database, log: Logger): () => void {
  if (!(clock instanceof SteadyClock)) return () => {};
  const again = (): void =>
    void look(clock, database).catch((error: unknown) =>
      log.warn('the time of the database could not be read', faultFields(error)),
    );
  const timer = setInterval(again, EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

const look = async (clock: SteadyClock, database: Database): Promise<void> =>
  clock.told((await timeOf(database)) ?? undefined);
