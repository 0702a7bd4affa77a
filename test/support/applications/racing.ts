import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationService } from '../../../src/applications/application-service.js';
import type { ApplicationStore } from '../../../src/applications/application-store.js';
import { FactsLoader } from '../../../src/applications/facts-loader.js';
import type { ApplicationCommand } from '../../../src/applications/index.js';
import { ApplicationRow } from '../../../src/applications/store/application-row.js';
import { DatabaseApplicationStore } from '../../../src/applications/store/database-application-store.js';
import type { Result } from '../../../src/kernel/result.js';
import type { Transaction } from '../../../src/persistence/index.js';
import type { Name } from '../../unit/applications/world.js';
import { type Platform, rules } from './platform.js';
import { cataloguePort, identityPort, principal } from './premises.js';

const PAUSE = 150;

/** Holds a command between reading its facts and writing, so that the other one comes in between. */
class SlowStore extends DatabaseApplicationStore {
  constructor(
    private readonly read: () => void,
    private readonly blind: boolean,
  ) {
    super();
  }

  override async update(
    ...[tx, before, next, placing]: Parameters<ApplicationStore['update']>
  ): ReturnType<ApplicationStore['update']> {
    this.read();
    await sleep(PAUSE);
    if (!this.blind) return super.update(tx, before, next, placing);
    const version = before.version + 1;
    await tx.manager.update(ApplicationRow, { id: next.id }, { state: next.state, body: next as never, version });
    return { application: next, version, turn: placing.turn };
  }

  /** A plain reading cannot take a number. */
  override nextNumber(...[tx, year]: Parameters<ApplicationStore['nextNumber']>): Promise<number> {
    return this.blind ? Promise.resolve(7) : super.nextNumber(tx, year);
  }
}

/** The same service, on a store that lingers; `blind` writes without looking at the version. */
function slowService(platform: Platform, read: () => void, blind: boolean): ApplicationService {
  const store = new SlowStore(read, blind);
  const { forms, attachments } = platform.applications;
  const facts = new FactsLoader({
    rules,
    identity: identityPort(platform.vacant),
    catalogue: cataloguePort,
    store,
    forms: forms.store,
    attachments: attachments.store,
  });
  return new ApplicationService(rules, store, facts, { next: () => 'unused' }, attachments.store);
}

/** A transaction that locks nothing. */
export const unlocked = (tx: Transaction): Transaction => {
  const bare = Object.create(tx) as Transaction;
  bare.lock = () => Promise.resolve();
  return bare;
};

/**
 * A way to run a command. `guarded` is the product's own: one transaction, rows locked. `unguarded` is without its
 * protection: on the server no row locks; on the embedded store the deciding read stands outside the writer's mutex.
 */
export type Way = (
  platform: Platform,
  who: Name,
  id: string,
  command: ApplicationCommand,
  read?: () => void,
) => Promise<Result<unknown>>;

export const guarded: Way = (platform, who, id, command, read = () => {}) => {
  const service = slowService(platform, read, false);
  return platform.unit.run((tx) => service.command(tx, { principal: principal(who), ifMatch: null }, id, command));
};

export const unguarded: Way = async (platform, who, id, command, read = () => {}) => {
  const service = slowService(platform, read, true);
  const given = { principal: principal(who), ifMatch: null };
  if (platform.database.dialect === 'mysql')
    return platform.unit.run((tx) => service.command(unlocked(tx), given, id, command));
  return outsideTheMutex(platform, (tx) => service.command(tx, given, id, command));
};

/** Decides on a plain reading and writes what it decided later, statement by statement. */
export async function outsideTheMutex(
  platform: Platform,
  decide: (tx: Transaction) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const written: (() => Promise<unknown>)[] = [];
  const told: Parameters<Transaction['append']>[0][] = [];
  const later = (...values: never[]): Promise<unknown> => {
    written.push(() =>
      platform.database.write((writer) => (writer.update as (...all: never[]) => Promise<unknown>)(...values)),
    );
    return Promise.resolve({ affected: 1 });
  };
  const outcome = await platform.unit.read((reader) => {
    const manager = new Proxy(reader.manager, {
      get: (target, key) => (key === 'update' ? later : (Reflect.get(target, key) as unknown)),
    });
    const tx = Object.assign(Object.create(reader), {
      manager,
      lock: async () => {},
      hasWritten: () => true,
      wrote: () => {},
      append: (entry: never) => told.push(entry),
    });
    return decide(tx as Transaction);
  });
  if (!outcome.ok) return outcome;
  for (const write of written) await write();
  return platform.unit.run(async (tx) => {
    for (const entry of told) tx.append(entry);
    return outcome;
  });
}

/** Starts `first`, waits until it has read its facts, starts `second` in between, and waits for both. */
export async function inBetween<First, Second>(
  first: (read: () => void) => Promise<First>,
  second: () => Promise<Second>,
): Promise<readonly [PromiseSettledResult<First>, PromiseSettledResult<Second>]> {
  let read = (): void => {};
  const reached = new Promise<void>((resolve) => {
    read = resolve;
  });
  const running = first(read);
  await Promise.race([reached, running]);
  return Promise.allSettled([running, second()]);
}
