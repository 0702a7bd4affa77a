import { Entity } from 'typeorm';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { Application } from '../domain/application.js';

/** An application: `body` is the fold of its events; the other columns repeat what lists ask for. */
@Entity('applications')
export class ApplicationRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  /** `sharing` between public bodies; null where data is to be opened. */
  @NullableCodeColumn(16) kind!: 'sharing' | null;
  @NullableCodeColumn(32) number!: string | null;
  @CodeColumn(32) state!: string;
  @NullableCodeColumn(16) stage!: string | null;
  @CodeColumn(26) applicant!: string;
  @CodeColumn(26) holder!: string;
  @NullableCodeColumn(26) assignee!: string | null;
  @NullableCodeColumn() bundle!: string | null;
  /** Whose turn it is. */
  @NullableCodeColumn(32) turn_role!: string | null;
  @NullableCodeColumn(26) turn_organisation!: string | null;
  /** Whom a stage passed to; they go on seeing the case. */
  @NullableCodeColumn(32) substitute_role!: string | null;
  @NullableCodeColumn(26) substitute_organisation!: string | null;
  /** The due day that presses next, of the clocks that run. */
  @NullableCodeColumn(10) due!: string | null;
  /** The first day on which time does something to the case by itself. */
  @NullableCodeColumn(10) acts_on!: string | null;
  /** Hash of what makes two requests the same: holder, items, category, project. */
  @CodeColumn() similarity!: string;
  @InstantColumn() created_at!: number;
  @NullableInstantColumn() submitted_at!: number | null;
  @JsonColumn() body!: Application;
}

export const applicationTable = new Table<ApplicationRow>('application', ApplicationRow);
