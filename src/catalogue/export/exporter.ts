import type { Language } from '../../kernel/text.js';
import type { UnitOfWork } from '../../persistence/index.js';
import type { DatasetStore } from '../dataset-store.js';
import type { PublisherPort } from '../publisher-port.js';

/** What an exporter works from. */
export interface ExportSource {
  readonly unit: UnitOfWork;
  readonly store: DatasetStore;
  readonly publishers: PublisherPort;
  /** The address of this server, without a slash at the end. */
  readonly base: string;
  readonly contactEmail: string;
}

/** One format the public catalogue leaves in. A new one is a file like `data-json-exporter.ts` and a line in `exporters.ts`. */
export interface Exporter {
  /** Last segment of its address. */
  readonly name: string;
  readonly contentType: string;
  /** So much of it is under way that one more had better come later. */
  readonly isBusy?: () => boolean;
  /** The same catalogue gives the same bytes. */
  write(source: ExportSource, language: Language): AsyncIterable<string | Uint8Array>;
}
