import type { Ids } from '../kernel/ids.js';
import type { Follower } from '../log/index.js';
import { type Reactions, Spool, type Table, type UnitOfWork } from '../persistence/index.js';
import { AgreementService } from './agreement-service.js';
import { DatasetService } from './dataset-service.js';
import type { ConditionKind } from './domain/conditions.js';
import type { DatasetRecord } from './domain/dataset.js';
import type { Judgement } from './domain/facts.js';
import { evolve } from './domain/lifecycle.js';
import { HoldService } from './hold-service.js';
import { ImportService } from './import/import-service.js';
import type { PublisherPort } from './publisher-port.js';
import { SearchService } from './search-service.js';
import {
  AgreementRow,
  agreementTable,
  DatasetRow,
  datasetTable,
  ImportIssueRow,
  ImportRow,
  importTable,
  SourceRow,
  sourceTable,
} from './store/catalogue-rows.js';
import { DatabaseAgreementStore } from './store/database-agreement-store.js';
import { DatabaseDatasetStore } from './store/database-dataset-store.js';
import { DatabaseImportStore } from './store/database-import-store.js';
import { databaseTombstoneStore } from './store/database-tombstone-store.js';
import { TombstoneRow, tombstoneTable } from './store/tombstone-row.js';
import type { TierJudge } from './tier-judge.js';
import { EXPOSING, TombstoneKeeper } from './tombstone-keeper.js';
import { UpdateCalendar } from './update-calendar.js';

export interface CatalogueDeps {
  readonly ids: Ids;
  readonly unit: UnitOfWork;
  readonly follower: Follower;
  readonly publishers: PublisherPort;
  readonly judge: TierJudge;
  readonly kinds: ReadonlyMap<string, ConditionKind>;
  /** Folder for uploaded catalogues until they are imported. */
  readonly spool: string;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  /** The address of this server, without a slash at the end. */
  readonly base: string;
  readonly contactEmail: string;
  readonly onFault: (error: unknown) => void;
  /** Left out where nothing public ever changes. */
  readonly reactions?: Pick<Reactions, 'on'>;
}

/** The stores alone, for who is built before the slice: they hold no state. */
export const datasetStore = new DatabaseDatasetStore();
export const agreementStore = new DatabaseAgreementStore();

/** The record under a verdict; the seeds and the importers of other slices go the same way. */
export const judgedRecord = (record: DatasetRecord, judgement: Judgement): DatasetRecord =>
  evolve(record, { event: 'dataset.judged', judgement });

/** Builds the slice. Call `begin` after the follower has begun: it fills the search and goes on with open imports. */
export function createCatalogue(deps: CatalogueDeps) {
  const datasets = datasetStore;
  const agreements = agreementStore;
  const calendar = new UpdateCalendar();
  const search = new SearchService(datasets, deps.publishers, calendar);
  search.follow(deps.unit, deps.follower);
  const tombstones = databaseTombstoneStore;
  const keeper = new TombstoneKeeper(tombstones, datasets);
  deps.reactions?.on(EXPOSING, (tx, entries) => keeper.changed(tx, entries));
  const parts = { ...deps, store: datasets, agreements };
  const imports = new DatabaseImportStore();
  const importing = new ImportService({ ...parts, imports, spool: new Spool(deps.spool, 'import') });
  return {
    datasets,
    agreements,
    search,
    calendar,
    kinds: deps.kinds,
    revision: () => deps.follower.position,
    publishers: deps.publishers,
    service: new DatasetService(parts),
    holding: new HoldService(datasets),
    agreementService: new AgreementService(deps.ids, agreements),
    imports,
    tombstones,
    importing,
    exporting: {
      unit: deps.unit,
      store: datasets,
      publishers: deps.publishers,
      base: deps.base,
      contactEmail: deps.contactEmail,
    },
    begin: async (): Promise<void> => {
      await search.fill(deps.unit);
      await importing.recover();
    },
  };
}
export type Catalogue = ReturnType<typeof createCatalogue>;

export const catalogueEntities = [DatasetRow, AgreementRow, SourceRow, ImportRow, ImportIssueRow, TombstoneRow];
// oxlint-disable-next-line typescript/no-explicit-any -- rows of every kind
export const catalogueTables: readonly Table<any>[] = [
  datasetTable,
  agreementTable,
  sourceTable,
  importTable,
  tombstoneTable,
];
