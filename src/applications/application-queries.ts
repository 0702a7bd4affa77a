import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Language } from '../kernel/text.js';
import { type Day, dayOf } from '../kernel/time.js';
import { eachOnce, type Reader } from '../persistence/index.js';
import { candidatesOf } from './application-candidates.js';
import { type Concerned, concernedBy } from './concerned.js';
import type { Changed } from './application-service.js';
import type { ApplicationFilter, ApplicationStore, Place, Sight, StoredApplication } from './application-store.js';
import { summariesOf, type ViewPorts, viewOf } from './application-view.js';
import type { Application } from './domain/application.js';
import { nextDue } from './domain/deadlines.js';
import { isApplicantView, mightSee, sees } from './domain/separation.js';
import { callerOf, type FactsLoader } from './facts-loader.js';

/** Who reads, in which language. */
export interface Reading {
  readonly principal: Principal;
  readonly language: Language;
}

/** Read models of applications, for screens and for other slices. */
export class ApplicationQueries {
  private readonly cases = eachOnce(['application'], 'case', async (reader: Reader, ids) =>
    (await this.store.findMany(reader, ids)).map(({ application }) => application),
  );

  constructor(
    private readonly ports: ViewPorts,
    private readonly store: ApplicationStore,
    private readonly facts: FactsLoader,
  ) {}

  /** The application as the system keeps it; for other slices, which answer for who may see what they show of it. */
  async application(reader: Reader, id: Id): Promise<Application | null> {
    return (await this.cases(reader, [id]))[0] ?? null;
  }

  /** Reads these cases together: whom they concern is asked next. */
  async foresee(reader: Reader, ids: readonly Id[]): Promise<void> {
    await this.cases(reader, ids);
  }

  /** A case with the officers it concerns now; null where there is none. For what tells people of it. */
  async concerned(reader: Reader, id: Id): Promise<Concerned | null> {
    const application = await this.application(reader, id);
    return application && concernedBy(this.ports.rules, this.facts, reader, application);
  }

  /** Cases whose clock runs out between two days, in order of id. */
  dueBetween = (reader: Reader, from: Day, to: Day, after: Id, limit: number): Promise<readonly Id[]> =>
    this.store.dueBetween(reader, from, to, after, limit);

  /** The next day of a case and whose it is; null where no clock runs. */
  async nextDay(reader: Reader, id: Id): Promise<{ readonly day: Day; readonly correction: boolean } | null> {
    const application = (await this.store.find(reader, id))?.application;
    const day = application === undefined ? null : nextDue(application.deadlines, dayOf(reader.now));
    return day === null ? null : { day, correction: application?.state === 'needs-correction' };
  }

  /** The case page: what this caller may see of it, or the same refusal as for an id that does not exist. */
  async page(reader: Reader, { principal, language }: Reading, id: Id) {
    const seen = await this.seen(reader, principal, id);
    if (!seen.ok) return seen;
    const { stored, facts } = seen.value;
    const events = await this.store.history(reader, id);
    return ok({ view: await viewOf(this.ports, reader, stored, facts, events, language), version: stored.version });
  }

  /** The case for who judges or supervises it, not with the applicant's eyes; for what its applicant is not told. */
  async reviewed(reader: Reader, principal: Principal, id: Id): Promise<Result<StoredApplication>> {
    const seen = await this.seen(reader, principal, id);
    if (!seen.ok) return seen;
    const { stored, facts } = seen.value;
    return isApplicantView(stored.application, facts) ? err(refusal('not-found')) : ok(stored);
  }

  /** Those of these cases that this caller judges or supervises, in order of id. */
  async reviewedAmong(reader: Reader, principal: Principal, ids: readonly Id[]): Promise<readonly Application[]> {
    const { rules } = this.ports;
    const found = (await this.store.findMany(reader, ids))
      .map(({ application }) => application)
      .filter((application) => mightSee(rules, application, callerOf(principal)));
    const sightings = await this.facts.sightings(reader, principal, found);
    return found.filter((application, at) => {
      const sighting = sightings[at];
      return sighting !== undefined && sees(rules, application, sighting) && !isApplicantView(application, sighting);
    });
  }

  /** Whether this caller sees the case at all; for what belongs to it and is read apart. */
  async visible(reader: Reader, principal: Principal, id: Id): Promise<Result<null>> {
    const seen = await this.seen(reader, principal, id);
    return seen.ok ? ok(null) : seen;
  }

  /** Whom this caller can name in a command of the case now. */
  async candidates(reader: Reader, principal: Principal, id: Id) {
    const seen = await this.seen(reader, principal, id);
    if (!seen.ok) return seen;
    return ok(await candidatesOf(this.ports, reader, seen.value.stored.application, seen.value.facts));
  }

  private async seen(reader: Reader, principal: Principal, id: Id) {
    const stored = await this.store.find(reader, id);
    const { rules } = this.ports;
    if (stored === null || !mightSee(rules, stored.application, callerOf(principal))) return err(refusal('not-found'));
    const facts = await this.facts.of(reader, principal, stored.application);
    return sees(rules, stored.application, facts) ? ok({ stored, facts }) : err(refusal('not-found'));
  }

  /** The same page as the answer to a command, whose own events are not in the log yet. */
  async changed(reader: Reader, { principal, language }: Reading, { stored, events }: Changed) {
    const facts = await this.facts.of(reader, principal, stored.application);
    const before = await this.store.history(reader, stored.application.id);
    const view = await viewOf(this.ports, reader, stored, facts, [...before, ...events], language);
    return { view, version: stored.version };
  }

  async list(
    reader: Reader,
    { principal, language }: Reading,
    filter: ApplicationFilter,
    limit: number,
    after: Place | null,
  ) {
    const sight = await this.sightOf(reader, principal);
    const listed = await this.store.list(reader, sight, filter, limit, after);
    return summariesOf(this.ports, reader, listed, language);
  }

  /** How many of them there are. */
  async count(reader: Reader, { principal }: Pick<Reading, 'principal'>, filter: ApplicationFilter): Promise<number> {
    return this.store.count(reader, await this.sightOf(reader, principal), filter);
  }

  /** The newest request of the organisation for a dataset that is submitted and open; for the dataset page's next step. */
  async underWay(reader: Reader, organisation: Id, dataset: Id): Promise<Id | null> {
    const open = await this.store.openOf(reader, organisation, dataset);
    return open.find(({ application }) => application.state !== 'draft')?.application.id ?? null;
  }

  private async sightOf(reader: Reader, principal: Principal): Promise<Sight> {
    const { kind, id: person, organisation, memberOf, roles } = principal;
    const { readers, stages } = this.ports.rules.workflow.source;
    if (kind !== 'person') return { person, organisation: null, roles: [], readsAll: false, reviews: false };
    const authority = await this.ports.identity.authority(reader);
    const rules = roles.includes(stages.authority.role) && organisation?.id === authority;
    return {
      person,
      organisation: organisation?.id ?? null,
      memberOf,
      roles,
      readsAll: rules || readers.some((role) => roles.includes(role)),
      reviews: roles.includes(stages.holder.role),
    };
  }
}

export type ApplicationPage = Extract<Awaited<ReturnType<ApplicationQueries['page']>>, { ok: true }>['value'];
export type ApplicationSummary = Awaited<ReturnType<ApplicationQueries['list']>>[number];
