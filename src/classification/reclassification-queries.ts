import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import type { DatasetPort } from './dataset-port.js';
import type { Impact } from './domain/impact.js';
import { seesReclassifications } from './reclassification-service.js';
import type { ReclassificationFilter, ReclassificationRow, ReclassificationStore } from './reclassification-store.js';
import type { RestingPort } from './resting-port.js';

/** Names of what an impact list mentions by id. */
export interface Named {
  readonly organisations: ReadonlyMap<Id, Text>;
  readonly datasets: ReadonlyMap<Id, Text>;
}

/** Changes of tier that happened, for those who may see them. */
export class ReclassificationQueries {
  constructor(
    private readonly store: ReclassificationStore,
    private readonly datasets: DatasetPort,
    private readonly resting: RestingPort,
  ) {}

  async find(reader: Reader, principal: Principal, id: Id): Promise<ReclassificationRow | null> {
    const row = await this.store.find(reader, id);
    return row === null || !seesReclassifications(principal, row.publisher) ? null : row;
  }

  async list(
    reader: Reader,
    principal: Principal,
    asked: ReclassificationFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: ReclassificationRow[]; total: number }> {
    const own = seesReclassifications(principal, '') ? {} : { publisher: principal.organisation?.id ?? 'nobody' };
    return this.store.list(reader, { ...asked, ...own }, page);
  }

  async named(reader: Reader, impacts: readonly Impact[], datasets: readonly Id[]): Promise<Named> {
    const organisations = impacts.flatMap(({ grants, applications }) => [
      ...grants.map(({ organisation }) => organisation),
      ...applications.map(({ applicant }) => applicant),
    ]);
    const records = await this.datasets.findMany(reader, [...new Set(datasets)]);
    return {
      organisations: await this.resting.names(reader, [...new Set(organisations)]),
      datasets: new Map(records.map(({ id, title }) => [id, title])),
    };
  }
}
