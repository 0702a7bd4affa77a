import { staleEtag } from '../kernel/etag.js';
import type { Id, Ids } from '../kernel/ids.js';
import { actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { AttachmentStore } from './attachment-store.js';
import { type ApplicationStore, type Placing, placingOf, type StoredApplication } from './application-store.js';
import type { Application, ApplicationRequest, Succession } from './domain/application.js';
import type { Command } from './domain/commands.js';
import { decide, editBar } from './domain/decide.js';
import { copyOf, type DraftBasis, draftOf } from './domain/draft.js';
import { UNNUMBERED } from './domain/decide-applicant.js';
import type { ApplicationEvent, DataOf } from './domain/events.js';
import { evolve } from './domain/evolve.js';
import { documentsOf } from './domain/proofs.js';
import type { Facts, Rules } from './domain/facts.js';
import { mightSee, sees } from './domain/separation.js';
import { kindBar } from './domain/sharing.js';
import { openingBar, requestOf } from './domain/succession.js';
import { numberOf, waitingFor } from './domain/turn.js';
import { callerOf, type FactsLoader, type Matter } from './facts-loader.js';

/** Who gives a command, and the version of the application it was based on. */
export interface Given {
  readonly principal: Principal;
  readonly ifMatch: number | null;
}

/** An application after a command, with the events that are not yet in the log. */
export interface Changed {
  readonly stored: StoredApplication;
  readonly events: readonly ApplicationEvent[];
}

/** Load, decide, write, tell the log: one transaction for each command, premises locked before the application. */
export class ApplicationService {
  constructor(
    private readonly rules: Rules,
    private readonly store: ApplicationStore,
    private readonly facts: FactsLoader,
    private readonly ids: Ids,
    private readonly attachments: Pick<AttachmentStore, 'use'>,
  ) {}

  /** A new draft of the caller's organisation; of a kind of its own between public bodies. */
  async create(
    tx: Transaction,
    principal: Principal,
    request: ApplicationRequest,
    kind?: 'sharing',
  ): Promise<Result<Changed>> {
    const applicant = principal.organisation?.id;
    const roles = this.rules.workflow.source.applicant.handler;
    if (
      principal.kind !== 'person' ||
      applicant === undefined ||
      !roles.some((role) => principal.roles.includes(role))
    ) {
      return err(refusal('cannot-apply'));
    }
    const stopped = kindBar(this.rules, kind, principal.organisation?.kind ?? 'person');
    if (stopped !== null) return err(stopped);
    const asking = { applicant, request, ...kindOf({ kind }) };
    await this.facts.publishPromise(tx, asking);
    await this.lockPremises(tx, await this.facts.matterOf(tx, asking));
    const facts = await this.facts.about(tx, principal, await this.facts.matterOf(tx, asking));
    if (!facts.applicant.active) return err(refusal('applicant-suspended'));
    const basis = draftOf(request, facts);
    return basis.ok ? this.begin(tx, principal, facts, basis.value, kindOf({ kind })) : basis;
  }

  /**
   * The draft that renews or amends a grant, with what was granted in it. The caller has looked whether they may; the
   * grant is locked from here on, so that of two such applications there is one.
   */
  async succeed(tx: Transaction, principal: Principal, succeeds: Succession): Promise<Result<Changed>> {
    const found = await this.facts.before(tx, succeeds.grant);
    if (found === null) return err(refusal('not-found'));
    const { organisation, application } = found;
    const earlier = (await this.store.find(tx, application))?.application.request;
    if (earlier === undefined) return err(refusal('not-found'));
    const asked = requestOf(succeeds, found, earlier, [], dayOf(tx.now));
    const asking = { applicant: organisation, request: asked, succeeds, ...kindOf(found) };
    await this.lockPremises(tx, await this.facts.matterOf(tx, asking));
    await tx.lock('grant', [succeeds.grant]);
    const matter = await this.facts.matterOf(tx, asking);
    const facts = await this.facts.about(tx, principal, matter);
    const stopped = this.beginningBar(succeeds, facts);
    if (stopped !== null) return err(stopped);
    const request = requestOf(succeeds, found, earlier, facts.unknownMembers, dayOf(tx.now));
    const basis = draftOf(request, { ...facts, unknownMembers: [] });
    return basis.ok ? this.begin(tx, principal, facts, basis.value, { succeeds, ...kindOf(found) }) : basis;
  }

  /** Whether that would be accepted now. */
  async couldSucceed(reader: Reader, principal: Principal, succeeds: Succession): Promise<boolean> {
    const found = await this.facts.before(reader, succeeds.grant);
    const earlier = found === null ? null : await this.store.find(reader, found.application);
    if (found === null || earlier === null) return false;
    const asked = requestOf(succeeds, found, earlier.application.request, [], dayOf(reader.now));
    const asking = { applicant: found.organisation, request: asked, succeeds, ...kindOf(found) };
    const matter = await this.facts.matterOf(reader, asking);
    const facts = await this.facts.about(reader, principal, matter);
    return this.beginningBar(succeeds, facts) === null && draftOf(asked, { ...facts, unknownMembers: [] }).ok;
  }

  private beginningBar({ kind }: Succession, facts: Facts): Refusal | null {
    if (!facts.applicant.active) return refusal('applicant-suspended');
    const { predecessor } = facts;
    return predecessor === null ? refusal('not-found') : openingBar(this.rules, kind, predecessor, facts.now);
  }

  /** What is asked for, written anew: the draft, or the application sent back for correction. */
  async change(tx: Transaction, given: Given, id: Id, patch: Partial<ApplicationRequest>): Promise<Result<Changed>> {
    const before = await this.glimpse(tx, given, id);
    if (before === null) return err(refusal('not-found'));
    const { applicant } = before.application;
    const asking = { applicant, request: { ...before.application.request, ...patch }, ...kindOf(before.application) };
    await this.lockPremises(tx, await this.facts.matterOf(tx, asking), { matter: before.application });
    await tx.lock('application', [id]);
    const stored = await this.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    const known = await this.facts.of(tx, given.principal, stored.application);
    const stopped = seen(this.rules, stored, known, given) ?? editBar(this.rules, stored.application, known);
    if (stopped !== null) return err(stopped);
    const request = { ...stored.application.request, ...patch };
    const matter = await this.facts.matterOf(tx, { ...stored.application, request });
    const facts = await this.facts.about(tx, given.principal, matter);
    const basis = draftOf(request, facts, stored.application.number === null ? null : stored.application.holder);
    if (!basis.ok) return basis;
    const event: ApplicationEvent = {
      event: 'application.changed',
      by: given.principal.id,
      at: tx.now,
      data: basis.value,
    };
    return this.write(tx, given.principal, stored, [event], facts);
  }

  /** Any command of the table; `copy-as-new` gives the new draft. */
  async command(tx: Transaction, given: Given, id: Id, command: Command): Promise<Result<Changed>> {
    const before = await this.glimpse(tx, given, id);
    if (before === null) return err(refusal('not-found'));
    const document = command.name === 'accept-agreement' ? command.body.document : undefined;
    await this.lockPremises(tx, before.application, { documents: document === undefined ? [] : [document] });
    await tx.lock('application', [id]);
    // Held to the end, so that nobody suspends or ends the grant while another one takes its place.
    const { succeeds } = before.application;
    await tx.lock('grant', succeeds === undefined ? [] : [succeeds.grant]);
    const stored = await this.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    const facts = await this.facts.of(tx, given.principal, stored.application);
    const stopped = seen(this.rules, stored, facts, given);
    if (stopped !== null) return err(stopped);
    const named = await this.named(tx, command, stored.application);
    const outcome = decide(this.rules, stored.application, command, { ...facts, ...named });
    if (!outcome.ok) return outcome;
    if (command.name === 'copy-as-new') return this.copy(tx, given.principal, stored.application, facts);
    const events = await this.numbered(tx, outcome.value);
    return this.write(tx, given.principal, stored, events, facts);
  }

  /** Whom or what a command names beside the case. */
  private async named(tx: Transaction, command: Command, { applicant }: Application) {
    if (command.name === 'add-member') return { newMember: await this.facts.person(tx, command.body.subject) };
    const document = command.name === 'accept-agreement' ? command.body.document : undefined;
    if (document === undefined) return {};
    return { document: await this.facts.document(tx, applicant, document) };
  }

  /** The application before anything is locked; null for whoever cannot see it under any circumstances. */
  private async glimpse(tx: Transaction, { principal }: Given, id: Id): Promise<StoredApplication | null> {
    const found = await this.store.find(tx, id);
    return found !== null && mightSee(this.rules, found.application, callerOf(principal)) ? found : null;
  }

  /** Premises first, in the one order: organisations, datasets, the agreement; shared, for they are only read. */
  private async lockPremises(
    tx: Transaction,
    matter: Matter,
    also: { readonly matter?: Matter; readonly documents?: readonly Id[] } = {},
  ): Promise<void> {
    const organisations = await this.facts.organisationsOf(tx, matter);
    await tx.lock(
      'organisation',
      also.matter === undefined ? organisations : [...organisations, also.matter.holder],
      'share',
    );
    await tx.lock(
      'dataset',
      matter.request.datasets.map(({ dataset }) => dataset),
      'share',
    );
    await tx.lock('agreement', await this.facts.agreementsOf(tx, matter), 'share');
    // Held, so that no file is thrown away while a request or a signature comes to name it.
    await tx.lock('attachment', [...(matter.request.attachments ?? []), ...(also.documents ?? [])], 'share');
  }

  private async copy(tx: Transaction, principal: Principal, old: Application, facts: Facts): Promise<Result<Changed>> {
    const basis = copyOf(old, facts);
    return basis.ok ? this.begin(tx, principal, facts, basis.value, { copiedFrom: old.id, ...kindOf(old) }) : basis;
  }

  private async begin(
    tx: Transaction,
    principal: Principal,
    facts: Facts,
    basis: DraftBasis,
    from: Pick<DataOf<'application.created'>, 'copiedFrom' | 'succeeds' | 'kind'> = {},
  ): Promise<Result<Changed>> {
    const id = this.ids.next();
    const data = { applicant: facts.applicant.id, ...basis, ...from };
    const event: ApplicationEvent = { event: 'application.created', by: principal.id, at: tx.now, data };
    const application = evolve(id, null, event);
    const placing = this.placing(application, facts);
    await this.store.insert(tx, application, placing);
    await this.attachments.use(tx, id, documentsOf(application, facts));
    tell(tx, principal, id, [event]);
    return ok({ stored: { application, version: 1, turn: placing.turn }, events: [event] });
  }

  private async write(
    tx: Transaction,
    principal: Principal,
    before: StoredApplication,
    events: readonly ApplicationEvent[],
    facts: Facts,
  ): Promise<Result<Changed>> {
    const { id } = before.application;
    const next = events.reduce((state, event) => evolve(id, state, event), before.application);
    const stored = await this.store.update(tx, before, next, this.placing(next, facts));
    if (next.request !== before.application.request || next.sealed !== before.application.sealed)
      await this.attachments.use(tx, id, documentsOf(next, facts));
    tell(tx, principal, id, events);
    return ok({ stored, events });
  }

  private placing(application: Application, facts: Facts): Placing {
    return placingOf(application, waitingFor(this.rules, application, facts), dayOf(facts.now));
  }

  /** Gives a submission its number: taken inside this transaction, so that a refused one leaves no gap. */
  private async numbered(tx: Transaction, events: readonly ApplicationEvent[]): Promise<readonly ApplicationEvent[]> {
    if (!events.some(isUnnumbered)) return events;
    const year = Number(dayOf(tx.now).slice(0, 4));
    const number = numberOf(year, await this.store.nextNumber(tx, year));
    return events.map((event) =>
      isUnnumbered(event) ? ({ ...event, data: { ...event.data, number } } as ApplicationEvent) : event,
    );
  }
}

/** The submission, and a ruling that comes with it. */
const isUnnumbered = ({ data }: ApplicationEvent): boolean => 'number' in data && data.number === UNNUMBERED;

const kindOf = ({ kind }: { readonly kind?: 'sharing' | undefined }) => (kind === undefined ? {} : { kind });

/** Absent for whoever may not see it; stale for whoever looked at an older version. */
function seen(rules: Rules, stored: StoredApplication, facts: Facts, { ifMatch }: Given): Refusal | null {
  if (!sees(rules, stored.application, facts)) return refusal('not-found');
  return ifMatch === null || ifMatch === stored.version ? null : staleEtag(stored.version);
}

function tell(tx: Transaction, principal: Principal, id: Id, events: readonly ApplicationEvent[]): void {
  for (const { event, by, data } of events) {
    const actor = by === SYSTEM.id ? SYSTEM : actorOf(principal);
    tx.append({ event, subject: { kind: 'application', id }, actor, data: data as unknown as Record<string, unknown> });
  }
}
