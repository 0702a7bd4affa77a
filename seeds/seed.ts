import type { Applications } from '../src/applications/index.js';
import type { DatasetRecord } from '../src/catalogue/index.js';
import type { Identity } from '../src/identity/index.js';
import { SYSTEM } from '../src/kernel/principal.js';
import { ok, type Result } from '../src/kernel/result.js';
import { type Clock, dayOf, type Instant } from '../src/kernel/time.js';
import { entries } from '../src/log/index.js';
import type { Transaction } from '../src/persistence/index.js';
import { seedDatasets } from './datasets.js';
import { type Shelved, writeFiles } from './files.js';
import { ORGANISATIONS } from './organisations.js';
import { DEMO_PASSWORD } from './people.js';
import { type StoryDoors, StoryTeller } from './seed-applications.js';
import { type CatalogueDoor, seedAgreements, seedDatasetChunk } from './seed-catalogue.js';
import { seedComplaints } from './seed-complaints.js';
import { type EvidenceDoors, seedEvidence } from './seed-evidence.js';
import { seedForms } from './seed-forms.js';
import { seedIdentity } from './seed-identity.js';
import { seedSupervision, type SupervisionDoors } from './seed-supervision.js';

/** A clock that can be turned back while the demo's past is told. */
export class SeedClock implements Clock {
  private told: Instant | undefined;

  constructor(private readonly real: Clock) {}

  now(): Instant {
    return this.told ?? this.real.now();
  }

  /** `undefined`: back to the real time. */
  set(at: Instant | undefined): void {
    this.told = at;
  }
}

/** What seeding goes through: the same doors as everybody, with a unit of work of its own whose clock can be set. */
export interface SeedDoors extends Pick<StoryDoors, 'unit'> {
  readonly applications: Pick<Applications, 'service' | 'forms' | 'workflow'>;
  readonly identity: Pick<Identity, 'plant' | 'passwords' | 'organisations'>;
  readonly catalogue: CatalogueDoor;
  /** Left out: nothing on the supervisor's desk, and nobody complains. */
  readonly supervision?: SupervisionDoors['supervision'];
  /** Left out: nobody has filed any. */
  readonly evidence?: EvidenceDoors['evidence'];
  readonly clock: SeedClock;
  /** Folder of the example portal's files. */
  readonly files: string;
  progress(message: string, count: number): void;
}

const DAY = 86_400_000;
/** The catalogue was there some time before enterprise-b asked for anything. */
const PAST = 100 * DAY;
const CHUNK = 400;
/** Each part tells the log when it is done (stories: when they begin), so that an interrupted seeding goes on. */
type Part = 'people' | 'stories' | 'all';
const subjectOf = (part: Part): { kind: string; id: string } => ({ kind: 'demo', id: part });

function isTold({ unit }: SeedDoors, part: Part): Promise<boolean> {
  const query = { after: 0, limit: 1, subject: subjectOf(part) };
  return unit.read(async (reader) => (await entries(reader, query)).length > 0);
}

const isEmpty = async ({ unit, identity }: SeedDoors): Promise<boolean> =>
  (await unit.read((reader) => identity.organisations.firstOfKind(reader, 'authority'))) === null;

const tell = (tx: Transaction, part: Part): void =>
  tx.append({ event: 'demo.seeded', subject: subjectOf(part), actor: SYSTEM, data: { part } }, []);

async function required<T>(doors: SeedDoors, what: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const outcome: Result<T> = await doors.unit.run(async (tx) => ok(await work(tx)));
  if (!outcome.ok) throw new Error(`seeding ${what} was refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

async function people(doors: SeedDoors): Promise<void> {
  if (await isTold(doors, 'people')) return;
  const passwordHash = await doors.identity.passwords.hash(DEMO_PASSWORD);
  await required(doors, 'people', async (tx) => {
    await seedIdentity(tx, doors.identity, passwordHash);
    await seedAgreements(tx, doors.catalogue);
    await seedForms(tx, doors.applications.forms.service);
    tell(tx, 'people');
  });
  doors.progress('seeded organisations, people and agreements', ORGANISATIONS.length);
}

async function datasetChunk(doors: SeedDoors, chunk: readonly DatasetRecord[]): Promise<readonly DatasetRecord[]> {
  const { catalogue, unit } = doors;
  const ids = chunk.map(({ id }) => id);
  const there = await unit.read((reader) => catalogue.datasets.findMany(reader, ids));
  if (there.length > 0) return there;
  return required(doors, 'datasets', (tx) => seedDatasetChunk(tx, catalogue, chunk));
}

async function datasets(doors: SeedDoors, now: Instant): Promise<DatasetRecord[]> {
  const records = seedDatasets(dayOf(now));
  const kept: DatasetRecord[] = [];
  for (let start = 0; start < records.length; start += CHUNK) {
    kept.push(...(await datasetChunk(doors, records.slice(start, start + CHUNK))));
    doors.progress('seeded datasets', kept.length);
  }
  return kept;
}

async function stories(doors: SeedDoors, records: readonly DatasetRecord[], now: Instant): Promise<void> {
  if (await isTold(doors, 'stories')) return;
  await required(doors, 'stories', async (tx) => tell(tx, 'stories'));
  const { unit, applications, catalogue, clock } = doors;
  const teller = new StoryTeller({
    unit,
    applications,
    currentAgreement: (reader, template) => catalogue.agreements.current(reader, template),
    setTime: (at) => clock.set(at),
  });
  doors.progress('seeded applications', await teller.tell(records, now));
  const told = { unit, setTime: (at: Instant) => clock.set(at) };
  if (doors.evidence !== undefined) await seedEvidence({ ...told, evidence: doors.evidence }, now);
  if (doors.supervision === undefined) return;
  const desk = { ...told, supervision: doors.supervision };
  await seedSupervision(desk, records, now);
  await seedComplaints(desk, records, now);
}

const publisherNames = new Map<string, string>(ORGANISATIONS.map(({ id, name }) => [id, name.zh]));

/** Only what came out open or conditional goes on the portal's shelf. */
const shelvedOf = (records: readonly DatasetRecord[]): Shelved[] =>
  records
    .filter(({ tier }) => tier !== 'restricted')
    .flatMap(({ id, publisher, distributions }) =>
      distributions.map((distribution) => ({
        distribution: distribution.id,
        entry: {
          dataset: id,
          action: distribution.kind === 'api' ? ('api' as const) : ('download' as const),
          source: publisherNames.get(publisher) ?? '',
          format: distribution.format === 'CSV' ? ('csv' as const) : ('json' as const),
        },
      })),
    );

/**
 * Fills an empty database with the demo, through the same doors everybody uses: organisations, people, agreements,
 * judged datasets, the applications of enterprise-b at their own times, and the example portal's files. Does nothing
 * where the demo is there already, or somebody else's data; returns whether it seeded.
 */
export async function seedDemo(doors: SeedDoors): Promise<boolean> {
  if (await isTold(doors, 'all')) return false;
  if (!(await isTold(doors, 'people')) && !(await isEmpty(doors))) return false;
  const now = doors.clock.now();
  try {
    doors.clock.set(now - PAST);
    await people(doors);
    const records = await datasets(doors, now);
    await stories(doors, records, now);
    doors.progress('wrote files', writeFiles(doors.files, shelvedOf(records)));
  } finally {
    doors.clock.set(undefined);
  }
  await required(doors, 'the end', async (tx) => tell(tx, 'all'));
  return true;
}
