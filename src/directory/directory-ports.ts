import type { DatasetRecord, Distribution } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Day } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';

/** What the decision plane says about a caller and a dataset, or one distribution of it. */
export interface Advice {
  readonly permit: boolean;
  readonly nextStep: { readonly code: string; readonly href?: string };
}

/** Port to the decision plane: pages and checks come from the same decision. */
export type Decide = (principal: Principal, record: DatasetRecord, distribution: Distribution | null) => Advice;

/** The request of an organisation for a dataset that is submitted and not yet ruled on; filled by applications. */
export type UnderWay = (reader: Reader, organisation: Id, dataset: Id) => Promise<Id | null>;

/** Whether a grant of the organisation rests on the dataset and has not ended; filled by grants. */
export type HoldsGrant = (reader: Reader, organisation: Id, dataset: Id) => Promise<boolean>;

/** Why a dataset has its tier; filled by classification. */
export interface ReasonsPort {
  latest(
    reader: Reader,
    datasets: readonly Id[],
  ): Promise<
    ReadonlyMap<
      Id,
      readonly { readonly rule: string; readonly text: Text; readonly source: Text; readonly verified: boolean }[]
    >
  >;
}

/** What an organisation has to show for each kind of condition; filled by evidence. */
export interface EvidencePort {
  standings(
    reader: Reader,
    organisation: Id,
  ): Promise<ReadonlyMap<string, { readonly evidence: Id; readonly validUntil: Day | null }>>;
}

/** How long an application for conditional data may take, in working days; filled from the deadlines of applications. */
export interface DurationPort {
  /** The sum of the limits that run on the holder's and the authority's side. */
  readonly limit: number;
}
