import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';

/*
 * The few column kinds of the product. Every column states its type (decorator metadata is off). Code holds instants as
 * milliseconds; tables hold `datetime(3)` in UTC. The migrations, not these, decide lengths and collation.
 */
const instant: ValueTransformer = {
  to: (value: number | null | undefined) => (value === null || value === undefined ? value : new Date(value)),
  from: (value: Date | string | null) => (value === null || value === undefined ? null : new Date(value).getTime()),
};
const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null || value === undefined ? null : JSON.parse(value)),
};
const wholeNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null || value === undefined ? null : Number(value)),
};
const flag: ValueTransformer = {
  to: (value: boolean | null | undefined) => (value === null || value === undefined ? value : value ? 1 : 0),
  from: (value: number | boolean | null) => (value === null || value === undefined ? null : Boolean(value)),
};

/** The primary key: a ULID, `char(26)`. */
export const IdColumn = () => PrimaryColumn({ type: 'varchar', length: 26 });
/** A short code, an id of something else, a day, a hash; binary collation, never padded. */
export const CodeColumn = (length = 64) => Column({ type: 'varchar', length });
export const NullableCodeColumn = (length = 64) => Column({ type: 'varchar', length, nullable: true });
/** Text of people. */
export const TextColumn = () => Column({ type: 'text' });
export const NullableTextColumn = () => Column({ type: 'text', nullable: true });
export const JsonColumn = () => Column({ type: 'text', transformer: json });
export const NullableJsonColumn = () => Column({ type: 'text', nullable: true, transformer: json });
export const InstantColumn = () => Column({ type: 'datetime', precision: 3, transformer: instant });
export const NullableInstantColumn = () =>
  Column({ type: 'datetime', precision: 3, nullable: true, transformer: instant });
/** A whole number below 2^53. */
export const IntColumn = () => Column({ type: 'bigint', transformer: wholeNumber });
export const NullableIntColumn = () => Column({ type: 'bigint', nullable: true, transformer: wholeNumber });
export const FlagColumn = () => Column({ type: 'tinyint', transformer: flag });
/** The version of a row: starts at 1, one more with every change; the ETag of the resource. */
export const VersionColumn = IntColumn;
