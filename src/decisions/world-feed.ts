import type { Reader } from '../persistence/index.js';

/** One row as the world takes it in; `intact` is false when it is not the newest one the log names. */
export interface Fed<T> {
  readonly id: string;
  readonly intact: boolean;
  /** Null where a hand left what cannot be read. */
  readonly value: T | null;
}

/** Where one kind of fact comes from: read in pages at start, then row by row as the log names them. */
export interface Feed<T> {
  /** The word the log uses for these rows. */
  readonly kind: string;
  page(reader: Reader, after: string, limit: number): Promise<readonly Fed<T>[]>;
  /** The named rows; an id whose row is gone is absent. */
  named(reader: Reader, ids: readonly string[]): Promise<readonly Fed<T>[]>;
}

/** An agreement template's version as the catalogue publishes it; the newest one is current. */
export interface AgreementFacts {
  readonly template: string;
  readonly version: number;
}
