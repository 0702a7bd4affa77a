import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { Entity } from 'typeorm';
import { monotonicFactory } from 'ulid';
import exceljs from 'exceljs';
import request from 'supertest';
import { type DatasetRecord, factsOf } from '../../../src/catalogue/index.js';
import {
  type Classification,
  classificationEntities,
  classificationRoutes,
  createClassification,
  createJudge,
  type DatasetPort,
  type GoverningGround,
  learningEntities,
  requirePacks,
  type Sampling,
} from '../../../src/classification/index.js';
import type { FusionReader } from '../../../src/classification/fusion/fusion-reader.js';
import type { SampleReader } from '../../../src/classification/samples/sample-reader.js';
import { expressApp } from '../../../src/http/index.js';
import { ANONYMOUS, type Principal, SYSTEM } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import type { Role } from '../../../src/kernel/roles.js';
import { LogJournal, logEntities } from '../../../src/log/index.js';
import {
  type Database,
  IdColumn,
  IdempotencyRecord,
  JsonColumn,
  migrations,
  openDatabase,
  Reactions,
  Table,
  UnitOfWork,
  VersionColumn,
} from '../../../src/persistence/index.js';
import { migration } from '../../../src/persistence/migrations/dialect.js';
import { answerBytes } from '../answer-bytes.js';
import { printedPages, printedText } from '../read-pdf.js';
import type { Backend } from '../databases.js';

/** A catalogue of one table: enough to lock, read and write records. */
@Entity('datasets')
class PlainDataset {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @JsonColumn() body!: DatasetRecord;
}
const plainDatasets = new Table<PlainDataset>('dataset', PlainDataset);
const Premises = migration(
  '9000',
  'Premises',
  (sql) =>
    sql.createTable('datasets', 'id varchar(26) NOT NULL PRIMARY KEY, version bigint NOT NULL, body longtext NOT NULL'),
  (sql) => sql.dropTable('datasets'),
);

const recordOf = (row: PlainDataset): DatasetRecord => ({ ...row.body, id: row.id, version: row.version });

export const datasetPort: DatasetPort = {
  find: async (reader, id) => {
    const row = await plainDatasets.find(reader, id);
    return row === null ? null : recordOf(row);
  },
  findMany: async (reader, ids) => (await plainDatasets.findMany(reader, ids)).map(recordOf),
  scan: async (reader, after, limit) => (await plainDatasets.scan(reader, after, limit)).map(recordOf),
  count: (reader) => reader.manager.count(PlainDataset),
  update: async (tx, record) =>
    recordOf(await plainDatasets.update(tx, { id: record.id, version: record.version, body: record })),
  updateMany: async (tx, records) =>
    (
      await plainDatasets.updateMany(
        tx,
        records.map((record) => ({ id: record.id, version: record.version, body: record })),
      )
    ).map(recordOf),
};

const PEOPLE: Readonly<Record<string, { role: Role; organisation: string }>> = {
  steward: { role: 'steward', organisation: 'transport' },
  'steward-health': { role: 'steward', organisation: 'health' },
  officer: { role: 'officer', organisation: 'authority' },
  'officer-2': { role: 'officer', organisation: 'authority' },
  auditor: { role: 'auditor', organisation: 'authority' },
  reviewer: { role: 'reviewer', organisation: 'transport' },
  'reviewer-health': { role: 'reviewer', organisation: 'health' },
  approver: { role: 'approver', organisation: 'authority' },
};

export function principalOf(id: string): Principal {
  const person = PEOPLE[id];
  if (person === undefined) return ANONYMOUS;
  const { role, organisation } = person;
  const named = { id: organisation, name: organisation, creditCode: '', kind: 'public-body' as const };
  return { kind: 'person', id, name: id, organisation: named, roles: [role] };
}

/** A reader that reads on until it is stopped. */
export const untilStopped: SampleReader = (_task, { signal }) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true }));

/** Joins files until it is stopped. */
export const neverFused: FusionReader = (_task, { signal }) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true }));

/** A record as the catalogue would hold it, before it was judged. */
export const draft = (id: string, more: Partial<DatasetRecord> = {}): DatasetRecord => ({
  id,
  version: 1,
  identifier: id,
  source: 'local',
  publisher: 'transport',
  title: { zh: '公园绿地名录' },
  abstract: {},
  keywords: [],
  field: null,
  declaredTier: 'open',
  tier: 'restricted',
  tierStatus: 'pending-review',
  securityLevel: null,
  sharingTier: 'unconditional',
  sharingCondition: null,
  legalBasis: null,
  items: ['名称', '地址'].map((name) => ({ name, title: { zh: name }, type: 'string', tier: 'restricted' })),
  distributions: [],
  deliveryKinds: ['download'],
  conditions: [],
  agreementTemplate: null,
  updateFrequency: 'yearly',
  lastUpdated: null,
  nextUpdateDue: null,
  state: 'listed',
  notices: [],
  listedWhenRestricted: false,
  nationalRegistrationCode: null,
  pack: 'cn-shanghai',
  sourceFacts: { declaredCode: null, rights: null, licence: null, kept: {}, hash: null },
  createdAt: 0,
  changedAt: 0,
  ...more,
});

/** Reviews and packs as governed acts, with nothing decided yet. */
const governingOn = (unit: UnitOfWork): GoverningGround => ({
  unit,
  secret: 'a secret of the tests',
  answers: { rehearse: async () => [] } as unknown as GoverningGround['answers'],
  alarm: (pack) => console.error(pack),
  onFault: (error) => console.error(error),
});

const NEEDED = /Log|Idempotency|Classification|Samples|Governance/;
const isNeeded = (one: Function): boolean => NEEDED.test(new (one as new () => { name: string })().name);

/** Classification on a database of its own, over a small catalogue and the HTTP edge. */
export class ClassificationPlatform {
  private constructor(
    readonly database: Database,
    readonly unit: UnitOfWork,
    readonly classification: Classification,
    readonly judge: ReturnType<typeof createJudge>,
    readonly app: Express,
    readonly clock: { now: number },
    /** Folder of the files that are being read. */
    readonly spool: string,
    private readonly dispose: () => Promise<void>,
  ) {}

  static async open(
    backend: Backend,
    permitted: () => boolean = () => true,
    sampling: Partial<Sampling> = {},
    governed = false,
  ): Promise<ClassificationPlatform> {
    const place = await backend.fresh();
    const spool = mkdtempSync(join(tmpdir(), 'tiergate-samples-'));
    const database = await openDatabase(place.url, {
      entities: [IdempotencyRecord, ...logEntities, ...classificationEntities, ...learningEntities, PlainDataset],
      migrations: [...migrations.filter(isNeeded), Premises],
    });
    await database.migrate();
    const clock = { now: Date.parse('2026-12-01T02:00:00Z') };
    const ticking = { now: () => clock.now };
    const reactions = new Reactions();
    const unit = new UnitOfWork(database, new LogJournal(async () => {}), reactions, ticking);
    const next = monotonicFactory();
    const ids = { next: () => next() };
    const packs = requirePacks();
    const judge = createJudge(ids, packs);
    const classification = createClassification({
      ids,
      unit,
      packs,
      judge,
      datasets: datasetPort,
      sampling: { spool, budget: 60_000, alone: true, onFault: (error) => console.error(error), ...sampling },
      ...(governed ? { reactions, governing: governingOn(unit) } : {}),
    });
    const app = expressApp(
      {
        unit,
        clock: ticking,
        ids,
        authenticate: async (headers) => ok(principalOf(headers.authorization ?? '')),
        permits: permitted,
        observe: () => {},
        log: { info: () => {}, warn: () => {}, error: (message, fields) => console.error(message, fields) },
      },
      { routes: classificationRoutes(classification), plain: [] },
    );
    const dispose = async (): Promise<void> => {
      await classification.samples.stop();
      await classification.fusing.service.stop();
      await database.close();
      rmSync(spool, { recursive: true, force: true });
      await place.dispose();
    };
    return new ClassificationPlatform(database, unit, classification, judge, app, clock, spool, dispose);
  }

  /** Judges records and writes them as the catalogue does, in one transaction; gives them back as stored. */
  async put(...drafts: readonly DatasetRecord[]): Promise<DatasetRecord[]> {
    const outcome = await this.unit.run(async (tx) => {
      await tx.lock(
        'dataset',
        drafts.map(({ id }) => id),
      );
      const judged = await this.judge.judge(tx, drafts.map(factsOf));
      for (const [index, record] of drafts.entries()) {
        const judgement = judged[index];
        if (judgement === undefined || judgement.refused !== undefined) continue;
        const before = await plainDatasets.find(tx, record.id);
        const items = record.items.map((item, at) => ({ ...item, tier: judgement.itemTiers[at] ?? judgement.tier }));
        const body = { ...record, items, tier: judgement.tier, tierStatus: judgement.tierStatus };
        if (before === null) await plainDatasets.insert(tx, [{ id: record.id, version: 1, body }]);
        else await plainDatasets.update(tx, { ...before, body });
      }
      tx.append({
        event: 'dataset.changed',
        subject: { kind: 'dataset', id: drafts[0]?.id ?? '' },
        actor: SYSTEM,
        data: {},
      });
      return ok(undefined);
    });
    if (!outcome.ok) throw new Error(outcome.error.code);
    const records: DatasetRecord[] = [];
    for (const { id } of drafts) records.push(await this.dataset(id));
    return records;
  }

  async dataset(id: string): Promise<DatasetRecord> {
    const record = await this.unit.read((reader) => datasetPort.find(reader, id));
    return record ?? draft(id, { version: 0 });
  }

  get(who: string, path: string): request.Test {
    return request(this.app).get(path).set('authorization', who);
  }

  post(who: string, path: string, body: object, ifMatch?: number): request.Test {
    const call = request(this.app).post(path).set('authorization', who);
    return (ifMatch === undefined ? call : call.set('if-match', `"${ifMatch}"`)).send(body);
  }

  /** Sends a file as the console does. */
  sample(who: string, dataset: string, file: string | Buffer, more: Readonly<Record<string, string>> = {}) {
    const call = request(this.app).post(`/api/datasets/${dataset}/assessments`).set('authorization', who);
    const { key, ...fields } = more;
    if (key !== undefined) void call.set('idempotency-key', key);
    for (const [name, value] of Object.entries(fields)) void call.field(name, value);
    return call.attach('sample', Buffer.from(file), 'table.csv');
  }

  /** Sends files to be joined, each under the id of its dataset. */
  fuse(
    who: string,
    files: Readonly<Record<string, string | Buffer>>,
    { key, datasets = Object.keys(files).join(',') }: { readonly key?: string; readonly datasets?: string } = {},
  ) {
    const call = request(this.app).post('/api/fusion/assessments').set('authorization', who);
    if (key !== undefined) void call.set('idempotency-key', key);
    void call.field('datasets', datasets);
    for (const [name, file] of Object.entries(files)) void call.attach(name, Buffer.from(file), 'table.csv');
    return call;
  }

  /** The worksheet as somebody opens it. */
  async workbook(who: string, search = '', name = 'worksheet'): Promise<exceljs.Workbook> {
    const { body, status } = await this.get(who, `/api/assessments/${name}${search}`)
      .set('accept-language', 'zh-CN')
      .buffer()
      .parse(answerBytes);
    if (status !== 200) throw new Error(`answered ${status}`);
    const book = new exceljs.Workbook();
    await book.xlsx.load(body);
    return book;
  }

  /** The grading sheet on paper, as the text of its pages without spaces. */
  async paper(who: string): Promise<string[]> {
    const call = this.get(who, '/api/assessments/grading-sheet.pdf').set('accept-language', 'zh-CN');
    const { body, status } = await call.buffer().parse(answerBytes);
    if (status !== 200) throw new Error(`answered ${status}`);
    return printedText(await printedPages(body));
  }

  worksheet(who: string, file: Buffer): request.Test {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const call = request(this.app).post('/api/assessments/worksheet').set('authorization', who);
    return call
      .set('content-type', type)
      .serialize((body) => body)
      .send(file as never);
  }

  /** The assessments of a dataset, newest first, as an officer sees them. */
  async assessments(dataset: string, state?: string): Promise<request.Response['body'][]> {
    const filter = state === undefined ? '' : `&state=${state}`;
    const { body } = await this.get('officer', `/api/assessments?dataset=${dataset}&limit=100${filter}`);
    return body.items;
  }

  close(): Promise<void> {
    return this.dispose();
  }
}
