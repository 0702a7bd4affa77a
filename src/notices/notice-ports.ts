import type { Application } from '../applications/index.js';
import type { Grant } from '../grants/index.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import type { Sanction, Violation } from '../supervision/index.js';
import type { NoticeSubject } from './domain/notice.js';

/** What notices ask of the slices whose acts they tell; filled in the composition. */
export interface NoticeSurroundings {
  application(reader: Reader, id: Id): Promise<Application | null>;
  grant(reader: Reader, id: Id): Promise<Grant | null>;
  grantsOf(reader: Reader, application: Id): Promise<readonly Grant[]>;
  violation(reader: Reader, id: Id): Promise<Violation | null>;
  sanction(reader: Reader, id: Id): Promise<Sanction | null>;
  organisation(reader: Reader, id: Id): Promise<{ readonly name: Text; readonly creditCode: string | null } | null>;
  datasetTitle(reader: Reader, id: Id): Promise<Text | null>;
  /** The authority that rules on cases and supervises. */
  authority(reader: Reader): Promise<Id | null>;
  violationKind(kind: Violation['kind']): Text;
  /** What a coded reason of a refusal says, what would make it approvable, and the article it rests on. */
  refusalReason(code: string): RefusalWords | null;
}

export interface RefusalWords {
  readonly text: Text;
  readonly remedy: Text;
  readonly article: { readonly text: Text; readonly verified: boolean } | null;
}

/** Who may see the pages that notices belong to; each slice answers for its own. */
export interface NoticeSight {
  sees(reader: Reader, principal: Principal, kind: NoticeSubject, id: Id): Promise<boolean>;
  /** Whether they may see what is held against the use of a grant. */
  heldAgainst(principal: Principal, grant: Grant): boolean;
  /** The kinds of pages of which they see every one. */
  all(principal: Principal): readonly NoticeSubject[];
}
