import { nowhere } from '../nowhere.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { monotonicFactory } from 'ulid';
import {
  type Applications,
  applicationEntities,
  applicationRoutes,
  attachmentRoutes,
  attachmentStore,
  createApplications,
  exportRoutes,
  formRoutes,
  loadRules,
  NO_GRANTS,
  watchDesks,
} from '../../../src/applications/index.js';
import { loadConditionKinds } from '../../../src/catalogue/index.js';
import { evidenceForApplications, filesForEvidence, grantsForApplications } from '../../../src/composition/ports.js';
import { createEvidence, evidenceEntities, type EvidenceViews } from '../../../src/evidence/index.js';
import { createGrants, grantEntities, type Grants } from '../../../src/grants/index.js';
import { expressApp } from '../../../src/http/index.js';
import {
  createRegister,
  loadRegisterRules,
  type Register,
  registerEntities,
  registerRoutes,
} from '../../../src/register/index.js';
import { ANONYMOUS, SYSTEM } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import { startOfDay } from '../../../src/kernel/time.js';
import { LogJournal, logEntities } from '../../../src/log/index.js';
import {
  type Database,
  IdempotencyRecord,
  migrations,
  type NewEntry,
  openDatabase,
  Reactions,
  type Transaction,
  UnitOfWork,
} from '../../../src/persistence/index.js';
import type { Backend } from '../databases.js';
import type { Name } from '../../unit/applications/world.js';
import { cataloguePort, fill, identityPort, Premises, principal, put } from './premises.js';
import { registerSources } from './register-sources.js';

export const rules = loadRules('policies');

/** Applications on a database of their own, with small premises, a clock that tests turn, and the HTTP edge. */
export interface Platform {
  readonly database: Database;
  readonly unit: UnitOfWork;
  readonly applications: Applications;
  readonly app: Express;
  readonly clock: { now: number };
  readonly vacant: Set<Name>;
  readonly reactions: Reactions;
  /** Folder where uploads lie until they are kept. */
  readonly spool: string;
  /** Grants that follow the applications' rulings; absent where a test looks at applications alone. */
  readonly grants: Grants | null;
  readonly register: Register;
  readonly evidence: EvidenceViews;
  /** Changes a premise under its lock and tells it by this event, as its own slice would. */
  put(table: keyof typeof KIND, id: string, body: object, event?: string, data?: object): Promise<void>;
  /** Tells something that happened in another slice, for what reacts to it. */
  tell(entry: Pick<NewEntry, 'event' | 'subject' | 'data'>): Promise<void>;
  close(): Promise<void>;
}

const KIND = { organisations: 'organisation', datasets: 'dataset', agreements: 'agreement' } as const;
/** Those of the product's migrations that applications and grants need; the premises stand in for the rest. */
const NEEDED = /Log|Idempotency|Application|Grants|GrantDuties|Register|CatalogueCounts/;

const isNeeded = (one: Function): boolean => NEEDED.test(new (one as new () => { name: string })().name);

export async function openPlatform(
  backend: Backend,
  more: { readonly grants?: boolean; readonly scanner?: string } = {},
): Promise<Platform> {
  const spool = mkdtempSync(join(tmpdir(), 'tiergate-spool-'));
  const place = await backend.fresh();
  const database = await openDatabase(place.url, {
    entities: [
      IdempotencyRecord,
      ...logEntities,
      ...evidenceEntities,
      ...applicationEntities,
      ...grantEntities,
      ...registerEntities,
    ],
    migrations: [...migrations.filter(isNeeded), Premises],
  });
  await database.migrate();
  await database.write((manager) => fill({ manager } as never));
  const clock = { now: startOfDay('2026-03-02') + 9 * 3_600_000 };
  const vacant = new Set<Name>();
  const reactions = new Reactions();
  const ticking = { now: () => clock.now };
  const unit = new UnitOfWork(database, new LogJournal(async () => {}), reactions, ticking);
  const next = monotonicFactory();
  const ids = { next: () => next() };
  watchDesks({ rules, identity: identityPort(vacant), catalogue: cataloguePort }, reactions);
  const identity = identityPort(vacant);
  const evidence = createEvidence({
    ids,
    kinds: loadConditionKinds('policies'),
    files: filesForEvidence(attachmentStore),
    organisations: { organisation: (reader, id) => identity.organisation(reader, id), names: async () => new Map() },
    grants: { resting: async () => [] },
  });
  const following = { ids, surroundings: nowhere, reactions, evidence: evidence.service };
  const grants = more.grants === true ? createGrants(following) : null;
  const port = grants === null ? NO_GRANTS : grantsForApplications(grants);
  const uploads = { spool, scanner: more.scanner ?? null };
  const onFile = evidenceForApplications(evidence);
  const deps = { rules, identity, catalogue: cataloguePort, grants: port, evidence: onFile, ids, ...uploads };
  const applications = createApplications(deps);
  const register = createRegister({
    rules: loadRegisterRules('policies'),
    reasons: rules.workflow.source.refusalReasons,
    sources: registerSources(applications),
  });
  const app = expressApp(
    {
      unit,
      clock: ticking,
      ids,
      authenticate: async (headers) =>
        ok(headers.authorization === undefined ? ANONYMOUS : principal(headers.authorization as Name)),
      permits: ({ kind }) => kind === 'person',
      observe: () => {},
      log: { info: () => {}, warn: () => {}, error: (message, fields) => console.error(message, fields) },
    },
    {
      routes: [
        ...exportRoutes(applications),
        ...applicationRoutes(applications),
        ...formRoutes(applications.forms),
        ...attachmentRoutes(applications),
        ...registerRoutes(register),
      ],
      plain: [],
    },
  );
  const run = async (work: (tx: Transaction) => Promise<void>): Promise<void> => {
    const outcome = await unit.run(async (tx) => {
      await work(tx);
      return ok(undefined);
    });
    if (!outcome.ok) throw new Error(outcome.error.code);
  };
  return {
    database,
    unit,
    applications,
    app,
    clock,
    vacant,
    reactions,
    spool,
    grants,
    register,
    evidence,
    put: (table, id, body, event = `${KIND[table]}.changed`, data = body) =>
      run(async (tx) => {
        await tx.lock(KIND[table], [id]);
        await put(tx, table, id, body);
        tx.append({ event, subject: { kind: KIND[table], id }, actor: SYSTEM, data: data as never });
      }),
    tell: (entry) =>
      run(async (tx) => {
        tx.append({ ...entry, actor: SYSTEM });
      }),
    close: async () => {
      await database.close();
      await place.dispose();
      rmSync(spool, { recursive: true, force: true });
    },
  };
}
