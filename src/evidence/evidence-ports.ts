import type { Reply } from '../http/index.js';
import type { Id } from '../kernel/ids.js';
import type { Named } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Reader, Transaction } from '../persistence/index.js';

/** What evidence asks of identity. */
export interface EvidenceOrganisations {
  organisation(reader: Reader, id: Id): Promise<(Named & { readonly parent: Id | null }) | null>;
  names(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
}

/** A document of an organisation. */
export interface EvidenceFile {
  readonly id: Id;
  readonly organisation: Id;
  readonly name: string;
  readonly sha256: string;
}

/** What evidence asks of applications, where documents are kept. */
export interface EvidenceFiles {
  /** Media types that documents come in. */
  readonly types: readonly string[];
  find(reader: Reader, id: Id): Promise<EvidenceFile | null>;
  /** From now on the file is kept as long as the evidence. */
  use(tx: Transaction, evidence: Id, file: Id): Promise<void>;
  content(reader: Reader, id: Id): Promise<Result<Reply>>;
}

/** A live grant that rests on evidence of its organisation. */
export interface RestingGrant {
  readonly id: Id;
  readonly dataset: Id;
  readonly datasetTitle: Text | null;
  readonly state: string;
}

/** What evidence shows of grants. */
export interface EvidenceGrants {
  resting(reader: Reader, organisation: Id, evidence: Id): Promise<readonly RestingGrant[]>;
}
