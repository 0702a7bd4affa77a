import type { Id } from '../kernel/ids.js';
import type { Execution } from '../kernel/execution.js';
import type { OrganisationKind } from '../kernel/principal.js';
import type { Delivery } from '../kernel/purpose.js';
import type { Role } from '../kernel/roles.js';
import type { Text } from '../kernel/text.js';
import type { Tier, Views } from '../kernel/tier.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { SharedRecord } from './domain/sharing.js';
import type { DatasetFacts, EvidenceFacts, Predecessor, ProvedFacts } from './domain/facts.js';

export interface OrganisationView {
  readonly id: Id;
  readonly name: Text;
  readonly creditCode: string | null;
  readonly kind: OrganisationKind;
  readonly state: 'active' | 'suspended';
  readonly parent: Id | null;
}

export interface DatasetView extends SharedRecord {
  readonly id: Id;
  readonly title: Text;
  readonly publisher: Id;
  readonly state: DatasetFacts['state'];
  readonly views?: Views | undefined;
  readonly items: readonly { readonly name: string; readonly tier: Tier }[];
  readonly deliveryKinds: readonly Delivery[];
  readonly conditions: DatasetFacts['conditions'];
  readonly agreementTemplate: Id | null;
  readonly listedWhenRestricted: boolean;
}

export interface PersonView {
  readonly id: Id;
  readonly name: string;
  readonly organisation: Id;
  readonly state: 'active' | 'off';
}

export interface SeatsView {
  readonly id: Id;
  readonly roles: ReadonlyMap<Role, readonly { readonly person: Id; readonly deputyOf?: Id }[]>;
}

/** What applications ask of identity. */
export interface IdentityPort {
  organisation(reader: Reader, id: Id): Promise<OrganisationView | null>;
  /** Those of these that there are, in one question. */
  organisations(reader: Reader, ids: readonly Id[]): Promise<readonly OrganisationView[]>;
  person(reader: Reader, id: Id): Promise<PersonView | null>;
  people(reader: Reader, ids: readonly Id[]): Promise<readonly PersonView[]>;
  /** Everyone of an organisation who can sign in. */
  staff(reader: Reader, organisation: Id): Promise<readonly PersonView[]>;
  /** Everyone whose post carries a role in these organisations, by role, deputies included. */
  seats(reader: Reader, organisations: readonly Id[]): Promise<readonly SeatsView[]>;
  /** The public-data authority, where the second stage and the substitutes sit. */
  authority(reader: Reader): Promise<Id | null>;
}

export interface AgreementView {
  readonly id: Id;
  readonly version: number;
  readonly hash: string;
  /** Absent: by the signatory's acceptance alone. */
  readonly execution?: Execution;
}

/** The promise of a body that asks another one for data, as the policies word it. */
export interface PromiseSource {
  readonly template: Id;
  readonly title: Text;
  readonly text: Text;
}

/** What applications ask of the catalogue. */
export interface CataloguePort {
  datasets(reader: Reader, ids: readonly Id[]): Promise<readonly DatasetView[]>;
  /** The version of a template that is in force; `id` is its row, which is locked before it is signed. */
  currentAgreement(reader: Reader, template: Id): Promise<AgreementView | null>;
  /** Publishes the promise between bodies as its version 1, where no version of it is in force; absent: it never is. */
  publishPromise?(tx: Transaction, promise: PromiseSource): Promise<void>;
  /** Where a version can be read. */
  agreementHref(template: Id, version: number): string;
}

/** A restriction of use of an organisation (限制使用): for these datasets, or for all where none is named. */
export interface Restriction {
  readonly datasets: readonly Id[];
  readonly until: Instant;
}

/** What applications ask of supervision; filled from downstream. */
export interface RestrictionPort {
  /** Those in force now. */
  of(reader: Reader, organisation: Id): Promise<readonly Restriction[]>;
}

export const NO_RESTRICTIONS: RestrictionPort = { of: () => Promise.resolve([]) };

/** What applications ask of the evidence of organisations. */
export interface EvidencePort {
  /** What the organisation has filed or verified, and the named ones of its own, whatever became of them. */
  of(reader: Reader, organisation: Id, named: readonly Id[]): Promise<readonly EvidenceFacts[]>;
  /** What it has to show for each kind of condition now. */
  proved(reader: Reader, organisation: Id): Promise<ReadonlyMap<string, ProvedFacts>>;
}

export const NO_EVIDENCE: EvidencePort = { of: () => Promise.resolve([]), proved: () => Promise.resolve(new Map()) };

/** What applications show of grants; filled from downstream. */
export interface GrantPort {
  ofApplication(reader: Reader, application: Id): Promise<readonly { readonly id: Id }[]>;
  /** A grant that an application renews or amends. */
  predecessor(reader: Reader, grant: Id): Promise<Predecessor | null>;
}

export const NO_GRANTS: GrantPort = {
  ofApplication: () => Promise.resolve([]),
  predecessor: () => Promise.resolve(null),
};
