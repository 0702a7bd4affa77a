import { Entity } from 'typeorm';
import type { Purpose } from '../../kernel/purpose.js';
import type { Text } from '../../kernel/text.js';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  Table,
  VersionColumn,
} from '../../persistence/index.js';
import type { FormField } from '../domain/form.js';

/** A published version of a purpose's form; `is_current` marks the one in force. */
@Entity('application_forms')
export class FormRow {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(32) purpose!: Purpose;
  @IntColumn() number!: number;
  @FlagColumn() is_current!: boolean;
  @FlagColumn() obligatory!: boolean;
  @JsonColumn() title!: Text;
  @JsonColumn() fields!: readonly FormField[];
  @InstantColumn() published_at!: number;
}

export const formTable = new Table<FormRow>('form', FormRow);
