import type { GrantEvent } from '../grants/index.js';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import { type Day, dayOf } from '../kernel/time.js';
import { toldOf, headPosition, touchedSubjects } from '../log/index.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { Use } from './domain/matter.js';
import { closedOn } from './domain/quarter.js';
import { mattersOf } from './matters-of-case.js';
import type { RegisterSources } from './register-ports.js';
import type { Cursor, GrantOfMatter, RegisterStore } from './register-store.js';

/** Entries that are followed in one transaction; others wait no longer for it than for a command. */
const PART = 300;
const EVENTS_OF_A_GRANT = 2000;

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
    const ids = (kind: string): Id[] => [...new Set(touched.filter((one) => one.kind === kind).map(({ id }) => id))];
    for (const id of ids('application')) await this.countCase(tx, id);
    for (const id of ids('grant')) await this.countGrant(tx, id);
    const last = touched.at(-1);
    const more = last !== undefined && touched.length === PART;
    const reached: Cursor = more
      ? { position: last.position, completeUntil: last.at }
      : { position: head, completeUntil: tx.now };
    if (isNews(before, reached)) await this.store.moveCursor(tx, before, reached);
    return more;
  }

  /** Field and kind of applicant stay as they were when the case was first counted: what was published does not change. */
  private async countCase(tx: Transaction, id: Id): Promise<void> {
    const events = await this.sources.history(tx, id);
    const created = events[0];
    if (created?.event !== 'application.created') return;
    const known = await this.store.ofCase(tx, id);
    const fields = new Map(known.map(({ dataset, field }) => [dataset, field] as const));
    const applicantKind = known[0]?.applicantKind ?? (await this.sources.kindOf(tx, created.data.applicant));
    const asked = events.flatMap((one) => ('request' in one.data ? one.data.request.datasets : []));
    const unknown = [...new Set(asked.map(({ dataset }) => dataset))].filter((dataset) => !fields.has(dataset));
    for (const [dataset, field] of await this.sources.fieldsOf(tx, unknown)) fields.set(dataset, field);
    const fieldOf = (dataset: Id): Field | null => fields.get(dataset) ?? null;
    const matters = mattersOf(id, events, { calendar: this.sources.calendar, applicantKind, fieldOf });
    if (matters.length > 0 || known.length > 0) await this.store.replaceCase(tx, id, matters);
  }

  private async countGrant(tx: Transaction, id: Id): Promise<void> {
    const subject = { kind: 'grant', id };
    const told = (await toldOf(tx, subject, { after: 0, limit: EVENTS_OF_A_GRANT })) as unknown as GrantEvent[];
    const counted = grantOfMatter(id, told);
    if (counted !== null) await this.store.replaceGrant(tx, counted);
  }

  private async countCatalogue(tx: Transaction): Promise<void> {
    const countedOn = dayOf(tx.now);
    const quarter = closedOn(countedOn);
    await this.store.keepSnapshot(tx, { quarter, countedOn, counts: this.sources.catalogue() });
    this.countedCatalogue = quarter;
  }
}

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
