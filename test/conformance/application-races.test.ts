import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ApplicationService } from '../../src/applications/application-service.js';
import type { ApplicationStore } from '../../src/applications/application-store.js';
import { FactsLoader } from '../../src/applications/facts-loader.js';
import { ApplicationRow } from '../../src/applications/store/application-row.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import type { ApplicationCommand } from '../../src/applications/index.js';
import type { Result } from '../../src/kernel/result.js';
import { entries } from '../../src/log/index.js';
import type { Transaction } from '../../src/persistence/index.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform, rules } from '../support/applications/platform.js';
import { cataloguePort, identityPort, organisation, principal } from '../support/applications/premises.js';
import type { Name } from '../unit/applications/world.js';

const PAUSE = 150;
const APPROVE: ApplicationCommand = { name: 'approve', body: {} };
const WITHDRAW: ApplicationCommand = { name: 'withdraw', body: {} };

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
}

/** The same service, on a store that lingers; `blind` writes without looking at the version. */
function slowService(platform: Platform, read: () => void, blind: boolean): ApplicationService {
  const store = new SlowStore(read, blind);
  const facts = new FactsLoader(rules, identityPort(platform.vacant), cataloguePort, store);
  return new ApplicationService(rules, store, facts, { next: () => 'unused' });
}

const unlocked = (tx: Transaction): Transaction => {
  const bare = Object.create(tx) as Transaction;
  bare.lock = () => Promise.resolve();
  return bare;
};

/**
 * A way to run a command. `guarded` is the product's own: one transaction, rows locked. `unguarded` is without its
 * protection: on the server no row locks; on the embedded store the deciding read stands outside the writer's mutex.
 */
type Way = (
  platform: Platform,
  who: Name,
  id: string,
  command: ApplicationCommand,
  read: () => void,
) => Promise<Result<unknown>>;

const guarded: Way = (platform, who, id, command, read) => {
  const service = slowService(platform, read, false);
  return platform.unit.run((tx) => service.command(tx, { principal: principal(who), ifMatch: null }, id, command));
};

const unguarded: Way = async (platform, who, id, command, read) => {
  const service = slowService(platform, read, true);
  const given = { principal: principal(who), ifMatch: null };
  if (platform.database.dialect === 'mysql')
    return platform.unit.run((tx) => service.command(unlocked(tx), given, id, command));
  return outsideTheMutex(platform, service, given, id, command);
};

/** Decides on a plain reading and writes what it decided later, statement by statement. */
async function outsideTheMutex(
  platform: Platform,
  service: ApplicationService,
  given: Parameters<ApplicationService['command']>[1],
  id: string,
  command: ApplicationCommand,
): Promise<Result<unknown>> {
  const written: (() => Promise<unknown>)[] = [];
  const told: Parameters<Transaction['append']>[0][] = [];
  const outcome = await platform.unit.read((reader) => {
    const manager = new Proxy(reader.manager, {
      get: (target, key) =>
        key === 'update'
          ? (...values: never[]) => {
              written.push(() =>
                platform.database.write((writer) =>
                  (writer.update as (...all: never[]) => Promise<unknown>)(...values),
                ),
              );
              return Promise.resolve({ affected: 1 });
            }
          : (Reflect.get(target, key) as unknown),
    });
    const tx = Object.assign(Object.create(reader), {
      manager,
      lock: async () => {},
      wrote: () => {},
      append: (entry: never) => told.push(entry),
    });
    return service.command(tx as Transaction, given, id, command);
  });
  if (!outcome.ok) return outcome;
  for (const write of written) await write();
  return platform.unit.run(async (tx) => {
    for (const entry of told) tx.append(entry);
    return outcome;
  });
}

const eventsOf = async (platform: Platform): Promise<string[]> =>
  (await platform.unit.read((reader) => entries(reader, { after: 0, limit: 500 }))).map(({ event }) => event);

const count = (events: readonly string[], event: string): number => events.filter((one) => one === event).length;

/** Starts `first`, waits until it has read its facts, starts `second` in between, and waits for both. */
async function inBetween(first: (read: () => void) => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  let read = (): void => {};
  const reached = new Promise<void>((resolve) => {
    read = resolve;
  });
  const running = first(read);
  await Promise.race([reached, running]);
  await Promise.allSettled([running, second()]);
}

/** On one connection a reading cannot stand beside a writing, so the unguarded way cannot be shown in memory. */
const hasTwoConnections = (backend: Backend): boolean => backend.durable;

describe('conformance: races of applications', function () {
  this.timeout(20_000);
  eachBackend((backend) => {
    let platform: Platform;
    let id: string;

    beforeEach(async () => {
      platform = await openPlatform(backend);
      id = await new Driver(platform).at('authority');
    });
    afterEach(() => platform.close());

    const suspend = () =>
      platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise', { state: 'suspended' }));

    /** Two approvers at once: how many approvals are in the log. */
    const approvals = async (way: Way): Promise<number> => {
      const give = (who: Name) => (read: () => void) => way(platform, who, id, APPROVE, read);
      await inBetween(give('approver'), () => give('deputy')(() => {}));
      return count(await eventsOf(platform), 'application.approved');
    };

    /** Approve against withdraw: how many of the two took effect after which the other no longer could. */
    const effects = async (way: Way): Promise<{ approvedAfterWithdrawal: boolean }> => {
      await inBetween(
        (read) => way(platform, 'approver', id, APPROVE, read),
        () => guarded(platform, 'handler', id, WITHDRAW, () => {}),
      );
      const events = await eventsOf(platform);
      return {
        approvedAfterWithdrawal: events.indexOf('application.approved') > events.indexOf('application.withdrawn'),
      };
    };

    /** Approve against a suspension: whether the approval came after the suspension was committed. */
    const approvedAfterSuspension = async (way: Way): Promise<boolean> => {
      await inBetween((read) => way(platform, 'approver', id, APPROVE, read), suspend);
      const events = await eventsOf(platform);
      expect(count(events, 'organisation.changed')).to.equal(1);
      return events.indexOf('application.approved') > events.indexOf('organisation.changed');
    };

    it('two approvers at once: one approval', async () => {
      expect(await approvals(guarded)).to.equal(1);
    });
    it('approve against withdraw: no approval of a withdrawn application', async () => {
      expect(await effects(guarded)).to.deep.equal({ approvedAfterWithdrawal: false });
    });
    it('approve against a suspension: no approval after it', async () => {
      expect(await approvedAfterSuspension(guarded)).to.equal(false);
    });

    it('signing against a new version: nobody signs what is no longer in force', async () => {
      await new Driver(platform).command('approver', id, 'approve');
      const sign: ApplicationCommand = { name: 'accept-agreement', body: { version: 1, hash: 'h1' } };
      await inBetween(
        (read) => guarded(platform, 'signatory', id, sign, read),
        () => platform.put('agreements', 'template', { version: 2, hash: 'h2' }),
      );
      const events = await eventsOf(platform);
      expect(events.indexOf('application.agreement-accepted')).to.be.lessThan(events.indexOf('agreement.changed'));
      expect(count(events, 'application.agreement-accepted')).to.equal(1);
    });

    if (!hasTwoConnections(backend)) return;
    it('the same three fail with the protection off', async () => {
      expect(await approvals(unguarded), 'two approvals').to.equal(2);
      id = await new Driver(platform).at('authority', { datasets: [{ dataset: 'buses' }] });
      const before = await eventsOf(platform);
      await inBetween(
        (read) => unguarded(platform, 'approver', id, APPROVE, read),
        () => guarded(platform, 'handler', id, WITHDRAW, () => {}),
      );
      const after = (await eventsOf(platform)).slice(before.length);
      expect(after, 'approved and withdrawn, blind to each other').to.include.members([
        'application.approved',
        'application.withdrawn',
      ]);
      id = await new Driver(platform).at('authority', { datasets: [{ dataset: 'roads', items: ['road'] }] });
      await inBetween((read) => unguarded(platform, 'approver', id, APPROVE, read), suspend);
      const events = await eventsOf(platform);
      expect(events.lastIndexOf('application.approved'), 'approved after the suspension').to.be.greaterThan(
        events.lastIndexOf('organisation.changed'),
      );
    });
  });
});
