import type { Concerned } from '../applications/index.js';
import type { Evidence } from '../evidence/index.js';
import type { Grant } from '../grants/index.js';
import type { Id } from '../kernel/ids.js';
import type { Role } from '../kernel/roles.js';
import type { Text } from '../kernel/text.js';
import type { Tier } from '../kernel/tier.js';
import type { Day, Instant } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { GrantDays } from './domain/near.js';
import type { Complaint, Demand, Sanction, Violation } from '../supervision/index.js';

/** What notifications ask of the slices whose events they tell; filled in the composition. */
export interface ToldSurroundings {
  /** Reads these cases together, before each is asked for. */
  foresee(reader: Reader, cases: readonly Id[]): Promise<void>;
  application(reader: Reader, id: Id): Promise<Concerned | null>;
  grant(reader: Reader, id: Id): Promise<Grant | null>;
  violation(reader: Reader, id: Id): Promise<Violation | null>;
  sanction(reader: Reader, id: Id): Promise<Sanction | null>;
  demand(reader: Reader, id: Id): Promise<Demand | null>;
  evidence(reader: Reader, id: Id): Promise<Evidence | null>;
  assessment(reader: Reader, id: Id): Promise<ToldProposal | null>;
  objection(reader: Reader, id: Id): Promise<ToldObjection | null>;
  /** Everyone of an organisation whose account is not switched off, also while the organisation is suspended. */
  peopleOf(reader: Reader, organisation: Id): Promise<readonly Id[]>;
  /** What a kind of condition is called (`policies/condition-kinds.yaml`). */
  conditionKind(kind: string): Text;
  complaint(reader: Reader, id: Id): Promise<Complaint | null>;
  /** Everyone whose post carries the role, deputies included; of one organisation, or of all. */
  inRole(reader: Reader, role: Role, organisation: Id | null): Promise<readonly Id[]>;
  /** Those of them who can sign in and act for the organisation. */
  staffAmong(reader: Reader, people: readonly Id[], organisation: Id): Promise<readonly Id[]>;
  datasetTitle(reader: Reader, id: Id): Promise<Text | null>;
  organisationName(reader: Reader, id: Id): Promise<Text | null>;
  /** What a kind of violation is called (`policies/ladder.yaml`). */
  violationKind(kind: Violation['kind']): Text;
}

/** A tier that somebody proposed, as far as it is told. */
export interface ToldProposal {
  readonly id: Id;
  readonly dataset: Id;
  readonly publisher: Id;
  readonly proposer: Id;
  /** Who brought what it rests on, where nobody but the engine proposed it. */
  readonly bringers: readonly Id[];
  readonly wanted: Tier;
}

/** An objection to a tier, as far as it is told. */
export interface ToldObjection {
  readonly id: Id;
  readonly dataset: Id;
  readonly publisher: Id;
  readonly organisation: Id;
  readonly objector: Id;
  readonly wanted: Tier;
}

/** Where days that are near are found. Pages are in order of id, after an id. */
export interface NearSource {
  /** Cases whose clock runs out between two days, both inclusive. */
  casesDue(reader: Reader, from: Day, to: Day, after: Id, limit: number): Promise<readonly Id[]>;
  /** The next day of a case, and whether it is the applicant's to correct; null where no clock runs. */
  caseDue(reader: Reader, id: Id): Promise<{ readonly day: Day; readonly correction: boolean } | null>;
  /** Grants that time changes before an instant. */
  grantsDue(reader: Reader, before: Instant, after: Id, limit: number): Promise<readonly Id[]>;
  /** Evidence that counts and that time changes before an instant. */
  evidenceDue(reader: Reader, before: Instant, after: Id, limit: number): Promise<readonly Id[]>;
  /** The last day of evidence that stands for its kind and has nothing to follow it; null otherwise. */
  evidenceEnd(reader: Reader, id: Id): Promise<Day | null>;
  /** The days of a grant; null where there is none of that id. */
  grantDue(reader: Reader, id: Id): Promise<GrantDays | null>;
}

/** Where the notice is that was issued for an event; null where none was. Answers in the order asked. */
export interface NoticeLinks {
  of(
    reader: Reader,
    told: readonly { readonly cause: string; readonly about: Id; readonly at: Instant }[],
  ): Promise<readonly (NoticeLink | null)[]>;
}
export interface NoticeLink {
  readonly id: Id;
  readonly number: string;
  readonly href: string;
}
