import { monotonicFactory } from 'ulid';
import type { App } from '../../src/app.js';
import { type ApplicationRow, applicationTable } from '../../src/applications/store/application-row.js';
import { GrantRow, grantTable } from '../../src/grants/store/grant-row.js';
import type { OrganisationRow } from '../../src/identity/store/identity-rows.js';
import { organisationTable } from '../../src/identity/store/identity-tables.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { entries, LogJournal } from '../../src/log/index.js';
import { type NewEntry, Reactions, type Transaction, UnitOfWork } from '../../src/persistence/index.js';
import type { Cases, Stage } from '../../test/support/cases.js';

/** A city of the brief: 40 bodies that hold data, 300 enterprises that ask for it. */
const HOLDERS = 40;
const APPLICANTS = 300;
/** Entries of the log that a case leaves. */
const ENTRIES = 24;
const PART = 200;
const HOUR = 3_600_000;

/** Of a hundred cases: most are over, few are under way. */
const STAGES: readonly (readonly [Stage, number])[] = [
  ['concluded', 78],
  ['refused', 14],
  ['draft', 3],
  ['approved', 1],
  ['authority', 1],
  ['claimed', 1],
  ['holder', 1],
  ['submitted', 1],
];

interface Model {
  readonly row: ApplicationRow;
  readonly grants: readonly GrantRow[];
  readonly told: readonly NewEntry[];
}

/** A case that people of the demo walked over HTTP to this stage, with all it left. */
async function modelOf({ unit }: App, cases: Cases, stage: Stage): Promise<Model> {
  const path = await cases.at(stage);
  const id = path.slice(path.lastIndexOf('/') + 1);
  return unit.read(async (reader) => {
    const row = await applicationTable.find(reader, id);
    if (row === null) throw new Error(`no case at ${path}`);
    const grants = await reader.manager.find(GrantRow, { where: { application: id } });
    const told = await entries(reader, { after: 0, limit: 500, subject: { kind: 'application', id } });
    return { row, grants, told: told.map(({ event, subject, actor, data }) => ({ event, subject, actor, data })) };
  });
}

/** The same value with some texts in it exchanged, however deep they stand. */
function exchanged<Value>(value: Value, texts: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return (texts.get(value) ?? value) as Value;
  if (Array.isArray(value)) return value.map((one) => exchanged(one, texts)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exchanged(inner, texts)])) as Value;
}

/** What `ENTRIES` of a case are: its own, and remarks of those who work on it until there are as many. */
function toldOf(model: Model, id: string, texts: ReadonlyMap<string, string>): readonly NewEntry[] {
  const own = model.told.map((entry) => exchanged(entry, texts));
  const subject = { kind: 'application', id };
  const actor = own.at(-1)?.actor;
  if (actor === undefined || model.row.state === 'draft') return own;
  const remark = { event: 'application.remarked', subject, actor, data: { text: '已核对材料清单', private: true } };
  return [...own, ...Array.from({ length: Math.max(0, ENTRIES - own.length) }, () => remark)];
}

/** Who and what a copy is about, in place of the model's. */
interface Exchanged {
  readonly applicant: string;
  readonly holder: string;
  readonly dataset?: string | undefined;
}

export interface City {
  readonly cases: number;
  readonly entries: number;
}

/** Puts cases into the product as their commands would have left them: rows, grants, and every entry of the log. */
export class MadeUpCases {
  private readonly next = monotonicFactory();
  private readonly unit: UnitOfWork;
  private readonly others: string[] = [];
  private readonly holders: string[] = [];

  private constructor(
    app: App,
    private readonly models: ReadonlyMap<Stage, Model>,
  ) {
    // Nothing reacts: what would is copied as it was left, grants too.
    const journal = new LogJournal(() => Promise.resolve());
    this.unit = new UnitOfWork(app.database, journal, new Reactions(), { now: () => Date.now() });
  }

  static async of(app: App, cases: Cases): Promise<MadeUpCases> {
    const models = new Map<Stage, Model>();
    for (const [stage] of STAGES) models.set(stage, await modelOf(app, cases, stage));
    const made = new MadeUpCases(app, models);
    await made.found();
    return made;
  }

  /**
   * So many cases of the whole city, over two years: one in 300 is of each enterprise, one in 40 at each holder. On the
   * dataset of the model, or on each of these in turn.
   */
  async fill(count: number, datasets: readonly string[] = []): Promise<City> {
    const plan = STAGES.flatMap(([stage, share]) => Array.from({ length: share }, () => stage));
    return this.put(count, (n) => ({
      stage: plan[(n * 37) % plan.length] ?? 'draft',
      applicant: this.others[n % APPLICANTS] ?? '',
      holder: this.holders[n % HOLDERS] ?? '',
      dataset: datasets[n % datasets.length],
    }));
  }

  /** So many cases that wait at the desk of the first holder's reviewer. */
  waiting(count: number): Promise<City> {
    return this.put(count, (n) => ({
      stage: 'holder',
      applicant: this.others[n % APPLICANTS] ?? '',
      holder: this.holders[0] ?? '',
    }));
  }

  private async put(count: number, one: (n: number) => { stage: Stage } & Exchanged): Promise<City> {
    let told = 0;
    for (let from = 0; from < count; from += PART)
      await this.unit.run(async (tx) => {
        for (let n = from; n < Math.min(count, from + PART); n += 1) {
          const { stage, ...parties } = one(n);
          const model = this.models.get(stage);
          if (model !== undefined) told += await this.copy(tx, model, parties, count - n);
        }
        return ok(undefined);
      });
    return { cases: count, entries: told };
  }

  /** Founds the enterprises and bodies: the demo's own stand among them as one of many. */
  private async found(): Promise<void> {
    const { row } = this.models.get('concluded') as Model;
    await this.unit.run(async (tx) => {
      const [applicant, holder] = await organisationTable.findMany(tx, [row.applicant, row.holder]);
      if (applicant === undefined || holder === undefined) throw new Error('the demo has neither applicant nor holder');
      const again = (model: OrganisationRow, n: number): OrganisationRow => ({
        ...model,
        id: this.next(),
        name: { zh: `${model.name.zh ?? ''}${n}`, en: `${model.name.en ?? ''} ${n}` },
        creditCode: `Z${String(n).padStart(3, '0')}${this.next().slice(-14)}`,
      });
      const [applying, holding] = applicant.kind === 'enterprise' ? [applicant, holder] : [holder, applicant];
      const enterprises = Array.from({ length: APPLICANTS - 1 }, (_, n) => again(applying, n + 1));
      const bodies = Array.from({ length: HOLDERS - 1 }, (_, n) => again(holding, n + 1));
      await organisationTable.insert(tx, [...enterprises, ...bodies]);
      this.others.push(row.applicant, ...enterprises.map(({ id }) => id));
      this.holders.push(row.holder, ...bodies.map(({ id }) => id));
      tx.append({
        event: 'organisation.registered',
        subject: { kind: 'organisation', id: holder.id },
        actor: SYSTEM,
        data: {},
      });
      return ok(undefined);
    });
  }

  private async copy(
    tx: Transaction,
    model: Model,
    { applicant, holder, dataset }: Exchanged,
    hoursAgo: number,
  ): Promise<number> {
    const { row, grants } = model;
    const id = this.next();
    const number = row.number === null ? null : `B${id.slice(-20)}`;
    const texts = new Map([
      [row.id, id],
      [row.applicant, applicant],
      [row.holder, holder],
      ...(dataset === undefined ? [] : ([[row.body.request.datasets[0]?.dataset ?? '', dataset]] as const)),
      ...(row.number === null || number === null ? [] : ([[row.number, number]] as const)),
      ...grants.map((grant) => [grant.id, this.next()] as const),
    ]);
    const earlier = Math.round(hoursAgo / 6) * HOUR;
    const copied = exchanged(row, texts);
    await applicationTable.insert(tx, [
      {
        ...copied,
        version: 1,
        created_at: row.created_at - earlier,
        submitted_at: row.submitted_at === null ? null : row.submitted_at - earlier,
        similarity: id,
        body: { ...copied.body, createdAt: row.created_at - earlier },
      },
    ]);
    await grantTable.insert(
      tx,
      grants.map((grant) => ({ ...exchanged(grant, texts), version: 1 })),
    );
    const all = toldOf(model, id, texts);
    for (const entry of all) tx.append(entry);
    return all.length;
  }
}
