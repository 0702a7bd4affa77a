import type { ApplicationEvent } from '../applications/index.js';
import type { GrantEvent } from '../grants/index.js';
import { grouped } from '../kernel/grouped.js';
import type { Id } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import { type Day, dayOf } from '../kernel/time.js';
import { headPosition, toldOfEach, touchedSubjects } from '../log/index.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { Use } from './domain/matter.js';
import { closedOn } from './domain/quarter.js';
import { mattersOf } from './matters-of-case.js';
import type { RegisterSources } from './register-ports.js';
import type { Cursor, GrantOfMatter, RegisterStore } from './register-store.js';

/** Entries that are followed in one transaction; others wait no longer for it than for a command. */
const PART = 300;
/** What is counted of a grant. */
const GRANT_EVENTS = ['grant.created', 'grant.activated', 'grant.use-reported'] as const;

/**
 * Keeps what is counted of cases in step with the log: every case and grant to which something happened is counted anew
 * from all its events. Two instances do not get in each other's way: one of them moves the cursor, the other begins again.
 */
export class RegisterKeeper {
  /** The newest quarter whose counts of the catalogue are known to be kept. */
  private countedCatalogue = '';

  constructor(
    private readonly store: RegisterStore,
    private readonly sources: RegisterSources,
  ) {}

  /** Follows the log to its end, and keeps the counts of the catalogue for a quarter that is over. */
  async letTimeAct(unit: UnitOfWork): Promise<void> {
    for (let more = true; more; ) {
      const outcome = await unit.run(async (tx) => ok(await this.follow(tx)));
      more = outcome.ok && outcome.value;
    }
    if (this.countedCatalogue !== closedOn(dayOf(await unit.read(async ({ now }) => now))))
      await unit.run(async (tx) => ok(await this.countCatalogue(tx)));
  }

  /** Whether there is more to follow. */
  private async follow(tx: Transaction): Promise<boolean> {
    const before = await this.store.cursor(tx);
    const head = await headPosition(tx);
    const touched = await touchedSubjects(tx, before?.position ?? 0, PART);
    const ids = (kind: string): Id[] => distinct(touched.flatMap((one) => (one.kind === kind ? one.id : [])));
    await this.countCases(tx, ids('application'));
    await this.countGrants(tx, ids('grant'));
    const last = touched.at(-1);
    const more = last !== undefined && touched.length === PART;
    const reached: Cursor = more
      ? { position: last.position, completeUntil: last.at }
      : { position: head, completeUntil: tx.now };
    if (isNews(before, reached)) await this.store.moveCursor(tx, before, reached);
    return more;
  }

  private async countCases(tx: Transaction, ids: readonly Id[]): Promise<void> {
    const cases = [...(await this.sources.histories(tx, ids))].flatMap(([id, events]) => toldCase(id, events) ?? []);
    const known = await this.knownOf(tx, cases);
    const matters = cases.flatMap(({ id, events, applicant }) => {
      const { calendar } = this.sources;
      const applicantKind = known.kind(id, applicant);
      return mattersOf(id, events, { calendar, applicantKind, fieldOf: (dataset) => known.field(id, dataset) });
    });
    await this.store.replaceCases(tx, known.counted, matters);
  }

  /** Field and kind of applicant stay as they were when the case was first counted: what was published does not change. */
  private async knownOf(tx: Transaction, cases: readonly ToldCase[]) {
    const ids = cases.map(({ id }) => id);
    const before = grouped(await this.store.ofCases(tx, ids), ({ application }) => application);
    const matterBefore = (id: Id, dataset: Id) => before.get(id)?.find((one) => one.dataset === dataset);
    const newApplicants = cases.flatMap(({ id, applicant }) => (before.has(id) ? [] : applicant));
    const newDatasets = cases.flatMap(({ id, datasets }) => datasets.filter((dataset) => !matterBefore(id, dataset)));
    const kinds = await this.sources.kindsOf(tx, distinct(newApplicants));
    const fields = await this.sources.fieldsOf(tx, distinct(newDatasets));
    return {
      counted: [...before.keys()],
      kind: (id: Id, applicant: Id) => before.get(id)?.[0]?.applicantKind ?? kinds.get(applicant) ?? 'enterprise',
      field: (id: Id, dataset: Id) => matterBefore(id, dataset)?.field ?? fields.get(dataset) ?? null,
    };
  }

  private async countGrants(tx: Transaction, ids: readonly Id[]): Promise<void> {
    const told = await toldOfEach(tx, 'grant', ids, GRANT_EVENTS);
    const counted = [...told].flatMap(([id, events]) => grantOfMatter(id, events as unknown as GrantEvent[]) ?? []);
    await this.store.replaceGrants(tx, counted);
  }

  private async countCatalogue(tx: Transaction): Promise<void> {
    const countedOn = dayOf(tx.now);
    const quarter = closedOn(countedOn);
    await this.store.keepSnapshot(tx, { quarter, countedOn, counts: this.sources.catalogue() });
    this.countedCatalogue = quarter;
  }
}

interface ToldCase {
  readonly id: Id;
  readonly applicant: Id;
  /** Every dataset that was asked for at any time. */
  readonly datasets: readonly Id[];
  readonly events: readonly ApplicationEvent[];
}

/** Null where the log does not say how the case began. */
function toldCase(id: Id, events: readonly ApplicationEvent[]): ToldCase | null {
  const [created] = events;
  if (created?.event !== 'application.created') return null;
  const asked = events.flatMap((one) => ('request' in one.data ? one.data.request.datasets : []));
  return { id, applicant: created.data.applicant, datasets: distinct(asked.map(({ dataset }) => dataset)), events };
}

const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** At rest the cursor is moved once a day, not at every look. */
const isNews = (before: Cursor | null, reached: Cursor): boolean =>
  before === null ||
  before.position !== reached.position ||
  dayOf(before.completeUntil) !== dayOf(reached.completeUntil);

/** What is counted of a grant: from the day its agreement was accepted. */
function grantOfMatter(grant: Id, events: readonly GrantEvent[]): GrantOfMatter | null {
  const created = events.find((one) => one.event === 'grant.created');
  const begun = events.find((one) => one.event === 'grant.activated');
  if (created?.event !== 'grant.created' || begun === undefined) return null;
  const { application, dataset } = created.data.approval;
  const uses = events.flatMap((one) => (one.event === 'grant.use-reported' ? [useOf(one.data, dayOf(one.at))] : []));
  return { grant, application, dataset, begunOn: dayOf(begun.at), uses };
}

const useOf = (
  { products, publish = false }: { readonly products: readonly string[]; readonly publish?: boolean },
  on: Day,
): Use => ({ on, products: products.length, named: publish ? products : [] });
