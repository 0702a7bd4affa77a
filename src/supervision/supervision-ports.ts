import type { Reply } from '../http/index.js';
import type { Id } from '../kernel/ids.js';
import type { Named } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Day } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';

/** What supervision asks of identity and of the catalogue; filled in the composition. */
export interface SupervisionSurroundings {
  organisation(reader: Reader, id: Id): Promise<(Named & { readonly id: Id; readonly parent: Id | null }) | null>;
  /** A dataset by its id; null where there is none. */
  openness(reader: Reader, id: Id): Promise<Openness | null>;
  /** Whether an organisation may hold public data. */
  isHolder(reader: Reader, id: Id): Promise<boolean>;
  /** Names of datasets and organisations, each kind read at once; what does not exist is absent. */
  names(reader: Reader, datasets: readonly Id[], organisations: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
}

/** What supervision asks of applications, where files are kept. */
export interface ComplaintFiles {
  readonly types: readonly string[];
  find(reader: Reader, id: Id): Promise<{ readonly organisation: Id; readonly name: string } | null>;
  /** From now on the file is kept as long as the complaint. */
  use(tx: Transaction, complaint: Id, file: Id): Promise<void>;
  content(reader: Reader, id: Id): Promise<Result<Reply>>;
}

/** How a dataset stands for someone who asks for it: usable on the usual way, closed, or not theirs to know of. */
export interface Openness {
  readonly holder: Id;
  readonly standing: 'open' | 'closed' | 'hidden';
  /** Names of its items, ids of its distributions. */
  readonly items: readonly string[];
  readonly distributions: readonly Id[];
}

/** Working days of the national calendar. */
export interface WorkingDays {
  after(start: Day, limit: number): Day;
}
