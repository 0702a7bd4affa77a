import { staleEtag } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import { accountsOf, type Actor, actorOf, type Principal, standsForBearer, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Reader, RecordedEntry, Transaction, UnitOfWork } from '../persistence/index.js';
import { type ComplaintEffects } from './complaint-effects.js';
import { ComplaintFiling, type ComplaintRequest, type FilingDeps } from './complaint-filing.js';
import { seesComplaint } from './complaint-sight.js';
import type { StoredComplaint } from './complaint-store.js';
import { type Complaint, type ComplaintEvent, evolve, type Finding, type RIGHTS_OUTCOMES } from './domain/complaint.js';
import {
  barOf,
  COMPLAINT_COMMANDS,
  type ComplaintCommand,
  type ComplaintCommandName,
  type ComplaintFacts,
  decide,
  overdue,
  reopened,
} from './domain/complaint-decide.js';

export interface ComplaintDeps extends FilingDeps {
  readonly effects: ComplaintEffects;
  /** Organisations with live grants on a dataset, or open requests for it. */
  readonly concerned: (reader: Reader, complaint: Pick<Complaint, 'dataset' | 'holder'>) => Promise<readonly Id[]>;
}

/** A command as it is given, before days and ids are put in. */
export type GivenCommand =
  | Exclude<ComplaintCommand, { name: 'report-finding' | 'rule' | 'treat' }>
  | { readonly name: 'report-finding'; readonly finding: Finding; readonly remark: string }
  | {
      readonly name: 'rule';
      readonly outcome: (typeof RIGHTS_OUTCOMES)[number];
      readonly text: string;
      readonly items: readonly string[] | null;
      readonly manifestly: boolean;
    }
  | { readonly name: 'treat'; readonly text: string };

const CHUNK = 100;

/**
 * Objections to the quality of data and complaints about rights. Load → decide → write → tell the log, under the lock of
 * the dataset: complaints about one dataset, and what becomes of it, stand in one line.
 */
export class ComplaintService {
  private readonly filing: ComplaintFiling;

  constructor(readonly deps: ComplaintDeps) {
    this.filing = new ComplaintFiling(deps);
  }

  async file(tx: Transaction, principal: Principal, request: ComplaintRequest): Promise<Result<StoredComplaint>> {
    const taken = await this.filing.take(tx, principal, request);
    if (!taken.ok) return taken;
    const complaint = evolve(this.deps.ids.next(), null, taken.value);
    await this.deps.store.insert(tx, complaint);
    const actor = concealed(complaint, actorOf(principal));
    tell(tx, complaint, taken.value, actor);
    for (const file of complaint.attachments) await this.deps.files.use(tx, complaint.id, file);
    await this.deps.effects.follow(tx, complaint, taken.value, actor);
    return ok({ complaint, version: 1 });
  }

  async command(
    tx: Transaction,
    principal: Principal,
    id: Id,
    ifMatch: number | null,
    given: GivenCommand,
  ): Promise<Result<StoredComplaint>> {
    const stored = await this.locked(tx, id);
    if (stored === null || !seesComplaint(principal, stored.complaint)) return err(refusal('not-found'));
    const facts = await this.factsOf(tx, principal, stored.complaint);
    const bar = barOf(stored.complaint, given.name, facts);
    if (bar?.code === 'forbidden') return err(bar);
    if (ifMatch !== null && ifMatch !== stored.version) return err(staleEtag(stored.version));
    const unknown = await this.unknownItem(tx, stored.complaint, given);
    if (unknown !== null) return err(unknown);
    const event = decide(stored.complaint, this.completed(given, tx.now), facts);
    if (!event.ok) return event;
    const own = given.name === 'take-back';
    const actor = own ? concealed(stored.complaint, actorOf(principal)) : actorOf(principal);
    return ok(await this.write(tx, stored, event.value, actor));
  }

  /** What a decision about it rests on, for this caller. */
  async factsOf(reader: Reader, principal: Principal, complaint: Complaint): Promise<ComplaintFacts> {
    const { id, organisation, roles } = principal;
    const caller = { person: id, accounts: accountsOf(principal), organisation: organisation?.id ?? null, roles };
    const decides = complaint.about === 'rights' && roles.some((role) => role === 'approver' || role === 'supervisor');
    const sides = decides ? await this.sidesOf(reader, principal, complaint) : [];
    return { now: reader.now, caller, sides, bearsName: await this.bearsName(reader, principal, complaint) };
  }

  /** Whether whoever complained did so as a natural person of the caller's name. */
  private async bearsName(reader: Reader, principal: Principal, { organisation }: Complaint): Promise<boolean> {
    if (organisation === null || organisation === principal.organisation?.id) return false;
    const own = await this.deps.surroundings.organisation(reader, organisation);
    return own !== null && standsForBearer(own, principal.name);
  }

  /** What the server would accept from this caller now. */
  async allowed(reader: Reader, principal: Principal, complaint: Complaint): Promise<ComplaintCommandName[]> {
    const facts = await this.factsOf(reader, principal, complaint);
    return COMPLAINT_COMMANDS.filter((name) => barOf(complaint, name, facts) === null);
  }

  /** Tells once of each complaint whose due day has passed. Returns how many. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    for (let total = 0; ; ) {
      let told = 0;
      for (const id of await unit.read((reader) => this.deps.store.due(reader, dayOf(reader.now), CHUNK))) {
        const done = await unit.run(async (tx) => ok(await this.tellOverdue(tx, id)));
        if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
        told += done.value;
      }
      total += told;
      if (told === 0) return total;
    }
  }

  /** Reaction: a tier was confirmed. Data that was treated before it was assessed is opened again. */
  async assessed(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    for (const { subject, data, actor } of entries) {
      const { dataset } = data as { readonly dataset: Id };
      for (const stored of await this.deps.store.openOn(tx, dataset)) {
        const event = reopened(stored.complaint, subject.id, tx.now);
        if (event !== null) await this.write(tx, stored, event, actor);
      }
    }
    return ok(undefined);
  }

  private async tellOverdue(tx: Transaction, id: Id): Promise<number> {
    const stored = await this.locked(tx, id);
    const event = stored === null ? null : overdue(stored.complaint, tx.now);
    if (stored === null || event === null) return 0;
    await this.write(tx, stored, event, SYSTEM);
    return 1;
  }

  /** The complaint as it stands once its dataset is locked. */
  private async locked(tx: Transaction, id: Id): Promise<StoredComplaint | null> {
    const before = await this.deps.store.find(tx, id);
    if (before === null) return null;
    await tx.lock('dataset', [before.complaint.dataset]);
    return this.deps.store.find(tx, id);
  }

  private async write(
    tx: Transaction,
    before: StoredComplaint,
    event: ComplaintEvent,
    actor: Actor,
  ): Promise<StoredComplaint> {
    const next = evolve(before.complaint.id, before.complaint, event);
    const after = await this.deps.store.update(tx, before, next);
    tell(tx, after.complaint, event, actor);
    if (event.event !== 'complaint.overdue') await this.deps.effects.follow(tx, after.complaint, event, actor);
    return after;
  }

  private completed(given: GivenCommand, now: number): ComplaintCommand {
    const { calendar, rules, ids } = this.deps;
    const within = ({ days }: { readonly days: number }) => calendar.after(dayOf(now), days);
    if (given.name === 'report-finding') return { ...given, due: within(rules.rights.decide) };
    if (given.name === 'rule') return { ...given, due: within(rules.rights.treat) };
    return given.name === 'treat' ? { ...given, mark: ids.next() } : given;
  }

  private async unknownItem(reader: Reader, { dataset }: Complaint, given: GivenCommand) {
    if (given.name !== 'rule' || given.items === null) return null;
    const known = (await this.deps.surroundings.openness(reader, dataset))?.items ?? [];
    const at = given.items.findIndex((item) => !known.includes(item));
    const detail = 'The dataset has no such item.';
    const errors = [{ code: 'unknown-item', pointer: `/items/${at}`, detail }];
    return at < 0 ? null : refusal('unknown-item', detail, { errors });
  }

  /**
   * The complainant's side, and those who have or ask for the data, each with those above it; the caller's own body where
   * a natural person among them bears the caller's name.
   */
  private async sidesOf(reader: Reader, { name, organisation }: Principal, complaint: Complaint): Promise<Id[]> {
    const { surroundings, concerned } = this.deps;
    const own = complaint.organisation === null ? [] : [complaint.organisation];
    const sides = new Set<Id>([...own, ...(await concerned(reader, complaint))]);
    for (const id of sides) {
      const side = await surroundings.organisation(reader, id);
      if (side === null) continue;
      if (side.parent !== null) sides.add(side.parent);
      if (organisation !== null && standsForBearer(side, name)) sides.add(organisation.id);
    }
    return [...sides];
  }
}

/** Who complains about their rights is named in the complaint, for those who decide, and nowhere else. */
const concealed = ({ about }: Complaint, actor: Actor): Actor =>
  about === 'rights' ? { kind: 'anonymous', id: 'anonymous' } : actor;

/** The log tells what happened; what people wrote, and who they are, stands in the row only. */
function tell(tx: Transaction, complaint: Complaint, { event, data }: ComplaintEvent, actor: Actor): void {
  const { id, about, number, dataset, holder } = complaint;
  const told = Object.fromEntries(Object.entries(data).filter(([name]) => TOLD.has(name)));
  tx.append({ event, subject: { kind: 'complaint', id }, actor, data: { about, number, dataset, holder, ...told } });
}

const TOLD: ReadonlySet<string> = new Set([
  'fault',
  'right',
  'items',
  'distribution',
  'due',
  'suspends',
  'finding',
  'outcome',
  'mendedOn',
  'manifestly',
  'assessment',
]);
