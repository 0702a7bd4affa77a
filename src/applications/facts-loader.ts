import type { Id } from '../kernel/ids.js';
import { type Principal, standsForBearer } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import type { Reader, Transaction } from '../persistence/index.js';
import {
  type AgreementView,
  type CataloguePort,
  type DatasetView,
  type EvidencePort,
  type GrantPort,
  type IdentityPort,
  NO_EVIDENCE,
  NO_GRANTS,
  NO_RESTRICTIONS,
  type OrganisationView,
  type RestrictionPort,
} from './application-ports.js';
import type { ApplicationStore } from './application-store.js';
import type { AttachmentStore } from './attachment-store.js';
import type { AgreementVersion, Application, ApplicationRequest, Stage, Succession } from './domain/application.js';
import type {
  Caller,
  DatasetFacts,
  Desk,
  Facts,
  FormFacts,
  OrganisationFacts,
  Rules,
  Seat,
  Sighting,
} from './domain/facts.js';
import { underSharing } from './domain/sharing.js';
import type { FormStore } from './form-store.js';

/** What facts are about: an application, or a request that is not one yet. */
export interface Matter {
  readonly applicant: Id;
  readonly holder: Id;
  readonly request: ApplicationRequest;
  readonly agreementTemplate: Id | null;
  readonly succeeds?: Succession | undefined;
  /** Between public bodies; absent where data is to be opened. */
  readonly kind?: 'sharing';
}

/** What is asked for and by whom, before it is known of which holder. */
export type Asking = Pick<Matter, 'applicant' | 'request' | 'succeeds' | 'kind'>;

/** Where facts are read. */
export interface FactsDeps {
  readonly rules: Rules;
  readonly identity: IdentityPort;
  readonly catalogue: CataloguePort;
  readonly store: Pick<ApplicationStore, 'similar'>;
  readonly forms: Pick<FormStore, 'find' | 'current'>;
  readonly attachments: Pick<AttachmentStore, 'findMany'>;
  readonly restrictions?: RestrictionPort | undefined;
  readonly evidence?: EvidencePort | undefined;
  readonly grants?: GrantPort | undefined;
}

export const callerOf = (principal: Principal): Caller => ({
  kind: principal.kind,
  id: principal.id,
  organisation: principal.organisation?.id ?? null,
  memberOf: principal.memberOf,
  roles: principal.roles,
});

/** Which tier governs, which conditions and which agreement: by what is asked. The one place that looks at the kind. */
function datasetFacts(
  { publisher, ...dataset }: DatasetView,
  { kind }: Pick<Matter, 'kind'>,
  rules: Rules,
): DatasetFacts {
  const facts = { ...dataset, holder: publisher };
  return kind === undefined ? facts : underSharing(facts, rules.workflow.source.sharing?.promise.template ?? null);
}

/** Reads, inside one transaction or one reading, everything a decision rests on. */
export class FactsLoader {
  constructor(private readonly deps: FactsDeps) {}

  /** Facts about an application, with the open requests that ask for the same while its applicant may still change it. */
  async of(reader: Reader, principal: Principal, application: Application): Promise<Facts> {
    const facts = await this.about(reader, principal, application);
    const editable = application.state === 'draft' || application.state === 'needs-correction';
    return editable ? { ...facts, similar: await this.deps.store.similar(reader, application) } : facts;
  }

  async about(reader: Reader, principal: Principal, matter: Matter): Promise<Facts> {
    const { request, agreementTemplate: template } = matter;
    // Together: what follows asks for them one by one.
    await this.deps.identity.organisations(reader, await this.organisationsOf(reader, matter));
    const ids = [...new Set(request.datasets.map(({ dataset }) => dataset))];
    const found = await this.deps.catalogue.datasets(reader, ids);
    const current = template === null ? null : await this.deps.catalogue.currentAgreement(reader, template);
    return {
      now: reader.now,
      caller: callerOf(principal),
      applicant: await this.applicant(reader, matter.applicant),
      desks: await this.desks(reader, matter),
      datasets: new Map(found.map((dataset) => [dataset.id, datasetFacts(dataset, matter, this.deps.rules)])),
      restrictions: await (this.deps.restrictions ?? NO_RESTRICTIONS).of(reader, matter.applicant),
      unknownMembers: await this.unknownMembers(reader, matter),
      unknownAttachments: await this.unknownAttachments(reader, matter),
      ...(await this.evidence(reader, matter)),
      ...(await this.predecessor(reader, matter)),
      newMember: null,
      document: null,
      agreement: template === null || current === null ? null : versionOf(template, current),
      form: await this.form(reader, matter),
      similar: [],
    };
  }

  /** What says whether somebody sees each of these cases, in their order. */
  async sightings(
    reader: Reader,
    principal: Principal,
    matters: readonly Pick<Matter, 'applicant' | 'holder'>[],
  ): Promise<Sighting[]> {
    await this.together(reader, matters);
    const caller = callerOf(principal);
    const sightings: Sighting[] = [];
    for (const matter of matters)
      sightings.push({
        caller,
        applicant: await this.applicant(reader, matter.applicant),
        desks: await this.desks(reader, matter),
      });
    return sightings;
  }

  /** The holder and agreement of what is asked for; of several holders the first, which the draft then refuses. */
  async matterOf(reader: Reader, asking: Asking): Promise<Matter> {
    const { request } = asking;
    const found = await this.deps.catalogue.datasets(reader, [
      ...new Set(request.datasets.map(({ dataset }) => dataset)),
    ]);
    const first = request.datasets.flatMap(({ dataset }) => found.find(({ id }) => id === dataset) ?? [])[0];
    const seen = first === undefined ? null : datasetFacts(first, asking, this.deps.rules);
    return { ...asking, holder: seen?.holder ?? '', agreementTemplate: seen?.agreementTemplate ?? null };
  }

  /** Sees to it that a promise between bodies is in force before one is asked for. */
  async publishPromise(tx: Transaction, { kind }: Pick<Asking, 'kind'>): Promise<void> {
    const promise = this.deps.rules.workflow.source.sharing?.promise;
    if (kind !== undefined && promise !== undefined) await this.deps.catalogue.publishPromise?.(tx, promise);
  }

  /** A grant that is to be renewed or amended. */
  before(reader: Reader, grant: Id): Promise<Facts['predecessor']> {
    return (this.deps.grants ?? NO_GRANTS).predecessor(reader, grant);
  }

  /** The organisations whose state a decision depends on; locked before it. */
  async organisationsOf(reader: Reader, { applicant, holder }: Pick<Matter, 'applicant' | 'holder'>): Promise<Id[]> {
    const authority = await this.deps.identity.authority(reader);
    return [...new Set([applicant, holder, authority ?? ''])].filter((id) => id !== '');
  }

  /** The person that is to become a member. */
  async person(reader: Reader, id: Id): Promise<Facts['newMember']> {
    const person = await this.deps.identity.person(reader, id);
    return person === null || person.state === 'off' ? null : person;
  }

  /** A document of the applicant's own. */
  async document(reader: Reader, applicant: Id, id: Id): Promise<Facts['document']> {
    const found = await this.deps.attachments.findMany(reader, [id]);
    return found.find(({ organisation }) => organisation === applicant) ?? null;
  }

  /** The row of the agreement in force; locked before it is signed or ruled on. */
  async agreementsOf(reader: Reader, { agreementTemplate }: Pick<Matter, 'agreementTemplate'>): Promise<Id[]> {
    const current =
      agreementTemplate === null ? null : await this.deps.catalogue.currentAgreement(reader, agreementTemplate);
    return current === null ? [] : [current.id];
  }

  /** Forms belong to purposes of opening; what a body promises stands in the agreement it accepts. */
  private async form(reader: Reader, { kind, request: { form, purpose } }: Matter): Promise<FormFacts> {
    if (kind !== undefined) return { current: null, named: null };
    const current = await this.deps.forms.current(reader, purpose.category);
    const named = (form ?? null) === null ? null : await this.deps.forms.find(reader, form?.id ?? '');
    return { current, named };
  }

  private async applicant(reader: Reader, id: Id): Promise<OrganisationFacts> {
    const found = await this.deps.identity.organisation(reader, id);
    if (found === null) return { id, kind: 'enterprise', active: false, parent: null };
    return { id, kind: found.kind, active: found.state === 'active', parent: found.parent };
  }

  /** Asks at once for the organisations and seats that are asked for one by one afterwards. */
  private async together(reader: Reader, matters: readonly Pick<Matter, 'applicant' | 'holder'>[]): Promise<void> {
    const { identity } = this.deps;
    const desks = [...matters.map(({ holder }) => holder), (await identity.authority(reader)) ?? ''];
    const named = new Set([...matters.map(({ applicant }) => applicant), ...desks].filter((id) => id !== ''));
    const active = (await identity.organisations(reader, [...named])).filter(isActive);
    const seated = active.map(({ id }) => id).filter((id) => desks.includes(id));
    await identity.seats(reader, seated);
  }

  /** Thousands of cases may wait at the same two desks. */
  private async desks(
    reader: Reader,
    { holder, applicant }: Pick<Matter, 'applicant' | 'holder'>,
  ): Promise<Record<Stage, Desk>> {
    const found = await this.deps.identity.organisation(reader, applicant);
    const bearer = found?.kind === 'person' ? found : null;
    return reader.known.recall(['organisation', 'post', 'person'], `desks ${holder} ${bearer?.id}`, () =>
      this.desksFor(reader, holder, bearer),
    );
  }

  private async desksFor(reader: Reader, holder: Id, bearer: OrganisationView | null): Promise<Record<Stage, Desk>> {
    const authority = (await this.deps.identity.authority(reader)) ?? '';
    const organisations = { holder, authority };
    const seats = await this.seats(reader, [...new Set([holder, authority])], bearer);
    const desk = (stage: Stage): Desk => {
      const { role, of, substitute } = this.deps.rules.workflow.source.stages[stage];
      return {
        organisation: organisations[of],
        eligible: seats.get(organisations[of])?.get(role) ?? [],
        substituteOrganisation: organisations[substitute.of],
        substitutes: seats.get(organisations[substitute.of])?.get(substitute.role) ?? [],
      };
    };
    return { holder: desk('holder'), authority: desk('authority') };
  }

  private async seats(
    reader: Reader,
    organisations: readonly Id[],
    bearer: OrganisationView | null,
  ): Promise<ReadonlyMap<Id, ReadonlyMap<Role, readonly Seat[]>>> {
    // Nobody acts for a body that is switched off.
    const bodies = (await this.deps.identity.organisations(reader, organisations)).filter(isActive);
    const found = await this.deps.identity.seats(
      reader,
      bodies.map(({ id }) => id),
    );
    const seats = new Map<Id, Map<Role, Seat[]>>();
    for (const { id, roles } of found) {
      const own = new Map<Role, Seat[]>();
      for (const [role, people] of roles) own.set(role, await this.seated(reader, id, people, bearer));
      seats.set(id, own);
    }
    return seats;
  }

  private async seated(
    reader: Reader,
    organisation: Id,
    people: readonly Omit<Seat, 'organisations'>[],
    bearer: OrganisationView | null,
  ): Promise<Seat[]> {
    const seats: Seat[] = [];
    for (const seat of people)
      seats.push({ ...seat, organisations: [organisation, ...(await this.privately(reader, seat.person, bearer))] });
    return seats;
  }

  /** The natural person who asks, where somebody with a post bears their name: nobody rules on a request of their own. */
  private async privately(reader: Reader, person: Id, bearer: OrganisationView | null): Promise<Id[]> {
    if (bearer === null) return [];
    const officer = await this.deps.identity.person(reader, person);
    return standsForBearer(bearer, officer?.name ?? '') ? [bearer.id] : [];
  }

  private async predecessor(reader: Reader, { succeeds }: Matter): Promise<Pick<Facts, 'predecessor' | 'succeeds'>> {
    if (succeeds === undefined) return { predecessor: null, succeeds: null };
    return { predecessor: await (this.deps.grants ?? NO_GRANTS).predecessor(reader, succeeds.grant), succeeds };
  }

  private async evidence(reader: Reader, { applicant, request }: Matter): Promise<Pick<Facts, 'evidence' | 'proved'>> {
    const port = this.deps.evidence ?? NO_EVIDENCE;
    const named = request.evidence.flatMap(({ evidence }) => evidence ?? []);
    return { evidence: await port.of(reader, applicant, named), proved: await port.proved(reader, applicant) };
  }

  private async unknownMembers(reader: Reader, { applicant, request }: Matter): Promise<Id[]> {
    const unknown: Id[] = [];
    for (const member of request.members) {
      const person = await this.person(reader, member);
      if (person?.organisation !== applicant) unknown.push(member);
    }
    return unknown;
  }

  private async unknownAttachments(reader: Reader, { applicant, request }: Matter): Promise<Id[]> {
    const { attachments = [] } = request;
    if (attachments.length === 0) return [];
    const found = await this.deps.attachments.findMany(reader, attachments);
    const own = new Set(found.filter(({ organisation }) => organisation === applicant).map(({ id }) => id));
    return attachments.filter((id) => !own.has(id));
  }
}

const versionOf = (template: Id, { version, hash, execution = 'acceptance' }: AgreementView): AgreementVersion => ({
  template,
  version,
  hash,
  ...(execution === 'acceptance' ? {} : { execution }),
});

const isActive = ({ state }: OrganisationView): boolean => state === 'active';
