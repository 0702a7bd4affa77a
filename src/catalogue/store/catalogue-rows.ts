import { Entity, PrimaryColumn } from 'typeorm';
import type { Execution } from '../../kernel/execution.js';
import { type Text, textOf } from '../../kernel/text.js';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableJsonColumn,
  Table,
  TextColumn,
  VersionColumn,
} from '../../persistence/index.js';
import type { DatasetRecord } from '../domain/dataset.js';
import type { ImportFailure } from '../import/import-run.js';

/** A dataset: `body` is the record; the columns beside it are what queries look for, computed from it at every write. */
@Entity('datasets')
export class DatasetRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  /** Who gives the identifier: the source of an imported record, the publisher of a local one. */
  @CodeColumn(64) origin!: string;
  @CodeColumn(255) identifier!: string;
  @CodeColumn(64) source!: string;
  @CodeColumn(26) publisher!: string;
  @CodeColumn(16) state!: string;
  @CodeColumn(16) tier!: string;
  @JsonColumn() body!: Omit<DatasetRecord, 'version'>;
}

/** A published version of an agreement template. `number` is the version people accept; `is_current` marks the newest. */
@Entity('agreements')
export class AgreementRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) template!: string;
  @IntColumn() number!: number;
  @FlagColumn() is_current!: boolean;
  @JsonColumn() title!: Text;
  @JsonColumn() text!: Text;
  @CodeColumn(64) hash!: string;
  /** Null where the signatory's acceptance alone concludes it. */
  @NullableCodeColumn(32) execution!: Exclude<Execution, 'acceptance'> | null;
  @InstantColumn() published_at!: number;
}

/** Where foreign records come from. */
@Entity('catalogue_sources')
export class SourceRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(64) code!: string;
  @CodeColumn(32) format!: string;
  @CodeColumn(64) profile!: string;
  @InstantColumn() created_at!: number;
}

/** One run of an importer. `open_key` is the source while it runs: two runs of one source exclude each other. */
@Entity('catalogue_imports')
export class ImportRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(64) source!: string;
  @CodeColumn(32) format!: string;
  @CodeColumn(64) profile!: string;
  @CodeColumn(16) state!: string;
  @NullableCodeColumn(64) open_key!: string | null;
  @CodeColumn(26) started_by!: string;
  @JsonColumn() counts!: Readonly<Record<string, number>>;
  @NullableJsonColumn() failure!: ImportFailure | null;
  @InstantColumn() created_at!: number;
  @InstantColumn() heartbeat_at!: number;
}

/** What an import has to tell about single records; for people, so outside the log. */
@Entity('catalogue_import_issues')
export class ImportIssueRow {
  @PrimaryColumn({ type: 'varchar', length: 26 }) import_id!: string;
  @PrimaryColumn({ type: 'bigint' }) seq!: number;
  @CodeColumn(255) identifier!: string;
  @CodeColumn(64) code!: string;
  @TextColumn() detail!: string;
}

export const datasetTable = new Table<DatasetRow>('dataset', DatasetRow);
export const agreementTable = new Table<AgreementRow>('agreement', AgreementRow);
export const sourceTable = new Table<SourceRow>('source', SourceRow);
export const importTable = new Table<ImportRow>('import', ImportRow);

/** The record a row holds. Rows of before 2026-11-28 have these two texts in one language. */
export const recordOf = ({ id, version, body }: DatasetRow): DatasetRecord => ({
  ...body,
  sharingCondition: inLanguages(body.sharingCondition),
  legalBasis: inLanguages(body.legalBasis),
  id,
  version,
});
const inLanguages = (stored: Text | string | null): Text | null =>
  typeof stored === 'string' ? textOf(stored) : stored;
