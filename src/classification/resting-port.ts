import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import type { OpenApplication, RestingGrant } from './domain/impact.js';

/** What applications and grants tell of a dataset whose tier changes; composed in `app.ts`. */
export interface RestingPort {
  /** Live grants by the dataset they rest on, each list in order of id. */
  grants(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<Id, readonly RestingGrant[]>>;
  /** Applications that are drafts or not closed, by the dataset they name, each list in order of id. */
  applications(
    reader: Reader,
    datasets: readonly { readonly id: Id; readonly publisher: Id }[],
  ): Promise<ReadonlyMap<Id, readonly OpenApplication[]>>;
  /** Names of organisations, for screens. */
  names(reader: Reader, organisations: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
}

/** Nothing rests on anything: for a classification that runs by itself. */
export const NOTHING_RESTS: RestingPort = {
  grants: async () => new Map(),
  applications: async () => new Map(),
  names: async () => new Map(),
};
