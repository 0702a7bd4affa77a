import { nowhere } from './nowhere.js';
import { RestrictionClosing } from '../../src/applications/index.js';
import { DatasetService } from '../../src/catalogue/dataset-service.js';
import { blankRecord } from '../../src/catalogue/domain/content.js';
import type { DatasetRecord } from '../../src/catalogue/domain/dataset.js';
import type { DatasetCommand } from '../../src/catalogue/domain/lifecycle.js';
import { HoldService } from '../../src/catalogue/hold-service.js';
import { agreementStore, catalogueTables, datasetStore } from '../../src/catalogue/index.js';
import { createDecisions, type Decisions, productFeeds } from '../../src/decisions/index.js';
import { createGrants, type Grants, grantTables } from '../../src/grants/index.js';
import { ANONYMOUS, type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import type { Role } from '../../src/kernel/roles.js';
import { type AuditFault, verifyLog } from '../../src/log/index.js';
import type { RecordedEntry, Transaction } from '../../src/persistence/index.js';
import type { ComplaintRequest } from '../../src/supervision/complaint-filing.js';
import type { GivenCommand } from '../../src/supervision/complaint-service.js';
import type { StoredComplaint } from '../../src/supervision/complaint-store.js';
import {
  type ComplaintRules,
  createSupervision,
  loadComplaintRules,
  loadDemandRules,
  loadLadder,
  type Supervision,
  supervisionTables,
} from '../../src/supervision/index.js';
import { organisation, person } from '../fixtures/decisions/small-world.js';
import type { Backend } from './databases.js';
import { openUnit, type TestUnit } from './unit.js';

export const HOLDER = 'HOLDER';
export const OPEN = 'ds-open';
export const CONDITIONAL = 'ds-cond';
export type Dataset = typeof OPEN | typeof CONDITIONAL;

const someone = (id: string, role: Role, of: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: of, name: of, creditCode: '', kind: 'authority' },
  roles: [role],
});
export const PEOPLE = {
  visitor: ANONYMOUS,
  someone: someone('someone', 'citizen', 'SOMEONE'),
  other: someone('other', 'citizen', 'OTHER'),
  steward: someone('steward', 'steward', HOLDER),
  reviewer: someone('reviewer', 'reviewer', HOLDER),
  approver: someone('approver', 'approver', 'AUTHORITY'),
  supervisor: someone('supervisor', 'supervisor', 'AUTHORITY'),
} as const;

const names = async (_reader: unknown, datasets: readonly string[]) => new Map(datasets.map((id) => [id, { en: id }]));
const item = (name: string) => ({ name, title: { en: name }, type: 'text', tier: 'open' as const });
const recordOf = (id: Dataset, now: number): DatasetRecord => ({
  ...blankRecord(id, id, HOLDER, now),
  source: 'elsewhere',
  title: { en: id },
  abstract: { en: id },
  tier: id === OPEN ? 'open' : 'conditional',
  tierStatus: 'confirmed',
  state: 'listed',
  items: [item('name'), item('phone')],
  deliveryKinds: ['download'],
  conditions: [{ kind: 'scenario', text: { en: 'Stated' }, evidenceRequired: false }],
  agreementTemplate: 'T',
});

const fixed = <T extends { id: string }>(kind: string, values: readonly T[]) => {
  const fed = values.map((value) => ({ id: value.id, intact: true, value }));
  return {
    kind,
    page: async (_reader: unknown, after: string) => (after === '' ? fed : []),
    named: async (_reader: unknown, ids: readonly string[]) => fed.filter(({ id }) => ids.includes(id)),
  };
};

/** One open dataset, one conditional with a grant on it, those who complain, those who decide, and the decision plane. */
export class ComplainedWorld {
  /** Everything the log was told of complaints, in order. */
  readonly told: RecordedEntry[] = [];

  private constructor(
    readonly test: TestUnit,
    readonly supervision: Supervision,
    readonly grants: Grants,
    readonly decisions: Decisions,
    private readonly catalogue: DatasetService,
  ) {}

  static async open(backend: Backend, change: (rules: ComplaintRules) => ComplaintRules = (rules) => rules) {
    const test = await openUnit(backend);
    const { ids, reactions } = test;
    const grants = createGrants({ ids, surroundings: nowhere, reactions });
    const supervision = createSupervision({
      ids,
      reactions,
      ladder: loadLadder('policies'),
      // Every day counts: the calendar has tests of its own.
      calendar: {
        after: (start, limit) => new Date(Date.parse(start) + limit * 86_400_000).toISOString().slice(0, 10),
      },
      grants,
      applications: new RestrictionClosing({ openBy: async () => [] } as never),
      demands: loadDemandRules('policies'),
      complaints: change(loadComplaintRules('policies')),
      files: {
        types: [],
        find: async (_reader, id) => (id.startsWith('file') ? { organisation: 'SOMEONE', name: id } : null),
        use: async () => undefined,
        content: async () => ok({ body: '' }),
      },
      catalogue: { datasets: datasetStore, holding: new HoldService(datasetStore) },
      surroundings: {
        organisation: async (_reader, id) => ({ id, parent: null, kind: 'enterprise', name: { zh: id } }),
        openness: async (reader, id) => {
          const found = await datasetStore.find(reader, id);
          if (found === null) return null;
          const standing = found.state === 'listed' ? 'open' : found.state === 'suspended' ? 'closed' : 'hidden';
          return { holder: found.publisher, standing, items: ['name', 'phone'], distributions: ['file'] };
        },
        isHolder: async () => true,
        names,
      },
    });
    const catalogue = new DatasetService({
      ids,
      store: datasetStore,
      agreements: agreementStore,
      publishers: { names: async () => new Map() } as never,
      judge: {} as never,
      kinds: new Map(),
    });
    const decisions = await decisionsOn(test, grants);
    const world = new ComplainedWorld(test, supervision, grants, decisions, catalogue);
    reactions.on(COMPLAINT_EVENTS, async (_tx, entries) => {
      world.told.push(...entries);
      return ok(undefined);
    });
    await world.begin();
    return world;
  }

  private async begin(): Promise<void> {
    await this.test.follower.begin();
    await this.run(async (tx) => {
      for (const id of [OPEN, CONDITIONAL] as const) {
        await datasetStore.insert(tx, [recordOf(id, tx.now)]);
        tx.append({ event: 'dataset.created', subject: { kind: 'dataset', id }, actor: SYSTEM, data: {} });
      }
      return ok(undefined);
    });
    await this.tell('application.approved', 'application', 'APP', RULING);
    const signed = { template: 'T', version: 1, hash: 'h', datasets: [{ dataset: CONDITIONAL }] };
    await this.tell('application.agreement-accepted', 'application', 'APP', signed);
    await this.decisions.load();
  }

  async close(): Promise<void> {
    await this.decisions.close();
    await this.test.close();
  }

  async run<T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<T> {
    const done = await this.test.unit.run(work);
    if (!done.ok) throw new Error(`${done.error.code}: ${done.error.detail ?? ''}`);
    return done.value;
  }

  tell(event: string, kind: string, id: string, data: object, lock: string | null = null): Promise<void> {
    return this.run(async (tx) => {
      if (lock !== null) await tx.lock('dataset', [lock]);
      tx.append({ event, subject: { kind, id }, actor: SYSTEM, data: { ...data } });
      return ok(undefined);
    });
  }

  file(by: Principal, request: Partial<ComplaintRequest> = {}): Promise<Result<StoredComplaint>> {
    const full = { ...REQUEST, ...request } as ComplaintRequest;
    return this.test.unit.run((tx) => this.supervision.complaints.file(tx, by, full));
  }

  give(by: Principal, id: string, command: GivenCommand, seen: number | null = null): Promise<Result<StoredComplaint>> {
    return this.test.unit.run((tx) => this.supervision.complaints.command(tx, by, id, seen, command));
  }

  publish(id: Dataset, command: DatasetCommand): Promise<Result<DatasetRecord>> {
    return this.test.unit.run((tx) => this.catalogue.command(tx, PEOPLE.steward, id, null, command));
  }

  /** An officer confirms an assessment that is made now. */
  assess(dataset: Dataset, assessment = this.test.ids.next()): Promise<void> {
    return this.tell('assessment.confirmed', 'assessment', assessment, { dataset }, dataset);
  }

  record(id: Dataset): Promise<DatasetRecord> {
    return this.test.unit.read(async (reader) => {
      const found = await datasetStore.find(reader, id);
      if (found === null) throw new Error(`no ${id}`);
      return found;
    });
  }

  async complaints(): Promise<readonly StoredComplaint[]> {
    const { store } = this.supervision.complaints.deps;
    return (await this.test.unit.read((reader) => store.list(reader, { everything: true }, {}, 1000, null))).items;
  }

  /** The reason of the decision on a download, by everyone of the open data, by its grant's organisation of the other. */
  reason(id: Dataset, items: readonly string[] | null = null): string {
    const subject = id === OPEN ? {} : { subjectType: 'organisation', subjectId: 'org-1' };
    return this.decisions.ask({ ...subject, resourceId: id, items, action: 'download', purpose: 'research' }).reason;
  }

  async faults(): Promise<readonly AuditFault[]> {
    const tables = [...grantTables, ...supervisionTables, ...catalogueTables];
    return (await this.test.unit.read((reader) => verifyLog(reader, tables))).faults;
  }
}

const COMPLAINT_EVENTS = [
  'filed',
  'suspended',
  'lift-proposed',
  'lifted',
  'verified',
  'answered',
  'treated',
  'reopened',
  'taken-back',
  'release-proposed',
  'release-declined',
  'released',
  'overdue',
].map((name) => `complaint.${name}`);

const RULING = {
  applicant: 'org-1',
  holder: HOLDER,
  number: 'A-1',
  purpose: 'research',
  scenario: 's',
  members: [],
  datasets: [
    {
      dataset: CONDITIONAL,
      items: [],
      delivery: 'download',
      period: { from: '2026-12-01', to: '2036-12-31' },
      quota: null,
      terms: [],
    },
  ],
};

const REQUEST = {
  about: 'rights',
  dataset: OPEN,
  fault: null,
  right: 'privacy',
  items: [],
  distribution: null,
  reason: 'My telephone number 13800138000 is in it',
  evidence: 'letter 7',
  attachments: [],
  onBehalfOf: null,
} as const;

const decisionsOn = (test: TestUnit, grants: Grants): Promise<Decisions> =>
  createDecisions({
    ...test,
    policies: 'policies',
    publicUrl: null,
    issuer: 'https://tiergate.example.org',
    stalenessBound: 2000,
    keptDays: 730,
    credentials: { verify: () => null },
    permits: { sign: () => '' },
    grants,
    feeds: {
      organisations: fixed('organisation', [organisation('org-1')]),
      people: fixed('person', [person('person-1', ['org-1'])]),
      datasets: productFeeds().datasets,
      agreements: {
        kind: 'agreement',
        page: async (_reader, after) =>
          after === '' ? [{ id: 'a', intact: true, value: { template: 'T', version: 1 } }] : [],
        named: async () => [],
      },
      sanctions: fixed('sanction', []),
    },
    alarm: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
