import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { canonicalJson } from '../kernel/canonical.js';

/*
 * The few column kinds of the product. Every column states its type (decorator metadata is off). Code holds instants as
 * milliseconds; tables hold `datetime(3)` in UTC. The migrations, not these, decide lengths and collation.
 */
const instant: ValueTransformer = {
  to: (value: number | null | undefined) => (value === null || value === undefined ? value : new Date(value)),
  from: (value: Date | string | null) => (value === null || value === undefined ? null : new Date(value).getTime()),
};
export const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null || value === undefined ? null : JSON.parse(value)),
};
/** So that what stands there is what the log hashed; members lose the order they were given in. */
export const canonical: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : canonicalJson(value)),
  from: json.from,
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

/** Columns are named after their property; a property of two words may say its column: `@InstantColumn('created_at')`. */
const called = (name: string | undefined): { name?: string } => (name === undefined ? {} : { name });

/** A short code, an id of something else, a day, a hash; binary collation, never padded. */
export const CodeColumn = (length = 64, name?: string) => Column({ type: 'varchar', length, ...called(name) });
export const NullableCodeColumn = (length = 64, name?: string) =>
  Column({ type: 'varchar', length, nullable: true, ...called(name) });
/** Text of people. */
export const TextColumn = (name?: string) => Column({ type: 'text', ...called(name) });
export const NullableTextColumn = (name?: string) => Column({ type: 'text', nullable: true, ...called(name) });
export const JsonColumn = (name?: string) => Column({ type: 'text', transformer: json, ...called(name) });
/** For tables whose every row is held against the log at a start. */
export const CanonicalJsonColumn = () => Column({ type: 'text', transformer: canonical });
export const NullableJsonColumn = (name?: string) =>
  Column({ type: 'text', nullable: true, transformer: json, ...called(name) });
export const InstantColumn = (name?: string) =>
  Column({ type: 'datetime', precision: 3, transformer: instant, ...called(name) });
export const NullableInstantColumn = (name?: string) =>
  Column({ type: 'datetime', precision: 3, nullable: true, transformer: instant, ...called(name) });
/** A whole number below 2^53. */
export const IntColumn = (name?: string) => Column({ type: 'bigint', transformer: wholeNumber, ...called(name) });
export const NullableIntColumn = (name?: string) =>
  Column({ type: 'bigint', nullable: true, transformer: wholeNumber, ...called(name) });
export const FlagColumn = (name?: string) => Column({ type: 'tinyint', transformer: flag, ...called(name) });
/** The version of a row: starts at 1, one more with every change; the ETag of the resource. */
export const VersionColumn = () => IntColumn();
