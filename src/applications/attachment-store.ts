import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Attachment } from './domain/attachment.js';

/**
 * Attachments with their bytes, which lie in pieces in the database: written, backed up and read by every instance
 * together with the cases they belong to.
 */
export interface AttachmentStore {
  find(reader: Reader, id: Id): Promise<Attachment | null>;
  findMany(reader: Reader, ids: readonly Id[]): Promise<readonly Attachment[]>;
  /** The organisation's own file of this name and content; null where it has none. */
  same(reader: Reader, like: Pick<Attachment, 'organisation' | 'sha256' | 'name'>): Promise<Attachment | null>;
  /** Newest first. */
  ofOrganisation(
    reader: Reader,
    organisation: Id,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly items: readonly Attachment[]; readonly total: number }>;
  /** Bytes of everything the organisation keeps. */
  bytesOf(reader: Reader, organisation: Id): Promise<number>;
  insert(tx: Transaction, attachment: Attachment, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** All bytes; null where a piece is missing or they are not those of the row. */
  content(reader: Reader, attachment: Attachment): Promise<Buffer | null>;
  /** From now on the file is kept as long as the case, or the evidence, that names it. */
  use(tx: Transaction, namedBy: Id, ids: readonly Id[]): Promise<void>;
  isUsedBy(reader: Reader, application: Id, id: Id): Promise<boolean>;
  isUsed(reader: Reader, id: Id): Promise<boolean>;
  /** Files older than this that no request ever named, the oldest first. */
  unused(reader: Reader, before: Instant, limit: number): Promise<readonly Id[]>;
  /** The bytes are deleted; that there was a file, and its hash, stays on record. */
  drop(tx: Transaction, id: Id): Promise<void>;
}
