import { Transform, Type } from 'class-transformer';
import { IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { isDay, isMoment } from '../kernel/time.js';
import type { Shape } from './route.js';

/** Decorators for the fields of requests, where class-validator's own let through what the contract refuses. */

export const both =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** What the API document says of a field, beside what its validators say. */
export const Described = (schema: Parameters<typeof JSONSchema>[0]): PropertyDecorator => {
  const decorate = JSONSchema(schema);
  return (target, property) => decorate(target, property as string);
};

/** May be left out; unlike `@IsOptional` it does not let `null` pass. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** May be left out; `null` takes the value away. */
export const OptionalOrNull = (): PropertyDecorator =>
  both(
    ValidateIf((_object, value) => value !== undefined && value !== null),
    Described(({ type, enum: closed, $ref, ...schema }: { type?: unknown; enum?: unknown[]; $ref?: string }) => ({
      ...schema,
      ...($ref === undefined ? {} : { anyOf: [{ $ref }, { type: 'null' }] }),
      ...(type === undefined || $ref !== undefined ? {} : { type: [type, 'null'] as never }),
      ...(closed === undefined ? {} : { enum: [...closed, null] }),
    })),
  );

/** One object of another class; unlike `@ValidateNested` alone it neither may be missing nor be a list. */
export const Nested = (shape: () => Shape<unknown>): PropertyDecorator =>
  both(IsObject(), ValidateNested(), Type(shape as never));

/** A list of objects of another class; a list inside the list is none. */
export const ListOf = (shape: () => Shape<unknown>): PropertyDecorator =>
  both(IsArray(), IsObject({ each: true }), ValidateNested({ each: true }), Type(shape as never));

/** A query parameter that is a whole number in decimal digits: `Number` would also read `0x10` and ` 5`. */
export const WholeNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );

/** A day that exists, `YYYY-MM-DD`. */
export const IsCalendarDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && isDay(value),
      defaultMessage: () => '$property must be a day that exists, YYYY-MM-DD',
    },
  });

/** A time that exists, RFC 3339 with its offset. */
export const IsMoment = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => typeof value === 'string' && isMoment(value),
      defaultMessage: () => '$property must be a time that exists, with its offset',
    },
  });

/** A text that says something: not empty, not only blanks. */
export const IsSaid = (longest = 4000): PropertyDecorator =>
  ValidateBy({
    name: 'isSaid',
    constraints: [longest],
    validator: {
      validate: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= longest,
      defaultMessage: () => `$property must be a text of 1 to ${longest} characters`,
    },
  });

/** A text in two languages that says something in at least one of them. */
export const HasWords = (): PropertyDecorator =>
  ValidateBy({
    name: 'hasWords',
    validator: {
      validate: (value) => {
        const { zh = '', en = '' } = (value ?? {}) as { zh?: unknown; en?: unknown };
        return [zh, en].some((text) => typeof text === 'string' && text.trim() !== '');
      },
      defaultMessage: () => '$property must hold words, in Chinese or English',
    },
  });

/** How the API document writes these. */
export const fieldSchemas = {
  isDay: { type: 'string', format: 'date' },
  isMoment: { type: 'string', format: 'date-time' },
  isSaid: ({ constraints }: { constraints: readonly unknown[] }) => ({
    type: 'string',
    minLength: 1,
    maxLength: constraints[0],
  }),
};

/** What was `undefined` is absent. */
type Plain<T> = T extends object ? { [K in keyof T]: Exclude<T[K], undefined> } : T;

/** Plain data of validated input: no class instances, no members that were left out. */
export const plain = <T>(body: T): Plain<T> => JSON.parse(JSON.stringify(body)) as Plain<T>;
