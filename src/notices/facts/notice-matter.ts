import type { Id } from '../../kernel/ids.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Notice, NoticeFacts } from '../domain/notice.js';
import type { Around } from './around.js';

/** What an act was, as far as its notice says it; `addressee` and `issuer` are named by who issues. */
export interface NoticeMatter extends Pick<Notice, 'about' | 'grant' | 'addressee'> {
  readonly holder: Id | null;
  readonly facts: NoticeFacts;
}

/** Reads the matter of an event as it stands when the whole command is decided; null where nobody is to be notified. */
export type ReadNoticeMatter = (around: Around, entry: RecordedEntry) => Promise<NoticeMatter | null>;
