import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationService } from '../../../src/applications/application-service.js';
import type { ApplicationStore } from '../../../src/applications/application-store.js';
import { FactsLoader } from '../../../src/applications/facts-loader.js';
import type { ApplicationCommand } from '../../../src/applications/index.js';
import { ApplicationRow } from '../../../src/applications/store/application-row.js';
import { DatabaseApplicationStore } from '../../../src/applications/store/database-application-store.js';
import { evidenceForApplications } from '../../../src/composition/ports.js';
import type { Execution } from '../../../src/kernel/execution.js';
import { SYSTEM } from '../../../src/kernel/principal.js';
import { ok, type Result } from '../../../src/kernel/result.js';
import type { LockKind, Transaction } from '../../../src/persistence/index.js';
import type { Name } from '../../unit/applications/world.js';
import { type Platform, rules } from './platform.js';
import { cataloguePort, dataset, identityPort, organisation, principal, put } from './premises.js';

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
  const evidence = evidenceForApplications(platform.evidence);
  const facts = new FactsLoader({
    rules,
    identity: identityPort(platform.vacant),
    catalogue: cataloguePort,
    store,
    forms: forms.store,
    attachments: attachments.store,
    evidence,
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

/** Something that changes beside the application, with the row whose lock it holds. */
export interface Change {
  readonly locks: readonly [kind: LockKind, id: string];
  readonly make: (platform: Platform, tx: Transaction) => Promise<Result<unknown>>;
}

const premise = (
  kind: 'organisation' | 'dataset' | 'agreement',
  id: string,
  body: object,
  event: string,
  data = {},
): Change => ({
  locks: [kind, id],
  make: async (_platform, tx) => {
    await put(tx, `${kind}s`, id, body);
    tx.append({ event, subject: { kind, id }, actor: SYSTEM, data });
    return ok(undefined);
  },
});

const suspendedOne = organisation('enterprise', 'enterprise', { state: 'suspended' });
export const organisationSuspended = premise('organisation', 'enterprise', suspendedOne, 'organisation.suspended');
export const datasetWithdrawn = premise(
  'dataset',
  'roads',
  dataset('roads', { state: 'withdrawn' }),
  'dataset.withdrawn',
);
const raised = { from: 'conditional', to: 'restricted' };
export const tierRaised = premise(
  'dataset',
  'roads',
  dataset('roads', { tier: 'restricted' }),
  'dataset.reclassified',
  raised,
);
export const versionPublished = premise('agreement', 'template', { version: 2, hash: 'h2' }, 'agreement.changed');
/** The evidence of the applicant, the only one there is, turns out to be false. */
export const evidenceStruckOut: Change = {
  locks: ['organisation', 'enterprise'],
  make: async ({ evidence }, tx) => {
    const [only] = await evidence.store.open(tx, 'enterprise');
    const command = { name: 'strike-out', reason: 'Forged.' } as const;
    return evidence.service.command(tx, principal('officer'), only?.id ?? '', null, command);
  },
};

/** Makes the change under its lock; `read` where it is to linger there, so that a command comes meanwhile. */
export const change = (platform: Platform, { locks: [kind, id], make }: Change, read?: () => void) =>
  platform.unit.run(async (tx) => {
    await tx.lock(kind, [id]);
    read?.();
    if (read !== undefined) await sleep(PAUSE);
    return make(platform, tx);
  });

/** The template is concluded in this way. */
export const concludedBy = (platform: Platform, execution: Execution): Promise<void> =>
  platform.put('agreements', 'template', { version: 1, hash: 'h1', execution });
/** The applicant has evidence on file, verified, for what the dataset `proofs` asks for. */
export async function provenApplicant({ unit, evidence: { service } }: Platform): Promise<void> {
  const paper = { kind: 'mlps-filing', issuer: 'Bureau', reference: 'No. 7', validFrom: null, validUntil: null };
  const done = await unit.run(async (tx) => {
    const filed = await service.file(tx, principal('handler'), { ...paper, attachment: null, replaces: null });
    if (!filed.ok) return filed;
    const { id } = filed.value.evidence;
    return service.command(tx, principal('officer'), id, null, { name: 'verify', remark: null });
  });
  if (!done.ok) throw new Error(done.error.code);
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
