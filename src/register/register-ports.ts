import type { ApplicationEvent, Calendar } from '../applications/index.js';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { OrganisationKind } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import type { CatalogueCounts } from './domain/catalogue-counts.js';
import type { CountedComplaint } from './domain/complaint-lines.js';

/** What the register asks of the slices before it; filled where the product is put together. */
export interface RegisterSources {
  readonly calendar: Calendar;
  histories(reader: Reader, applications: readonly Id[]): Promise<ReadonlyMap<Id, readonly ApplicationEvent[]>>;
  kindsOf(reader: Reader, organisations: readonly Id[]): Promise<ReadonlyMap<Id, OrganisationKind>>;
  fieldsOf(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<Id, Field | null>>;
  /** Every objection to quality and complaint about rights. */
  complaints(reader: Reader): Promise<readonly CountedComplaint[]>;
  /** Titles of those of these datasets that are public now. */
  titles(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
  names(reader: Reader, organisations: readonly Id[]): Promise<ReadonlyMap<Id, Text>>;
  /** Names of people who judge. */
  people(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  /** The catalogue as everyone may see it now. */
  catalogue(): CatalogueCounts;
}
