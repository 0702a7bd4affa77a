import { Type } from 'class-transformer';
import { Allow, IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { Shape } from './route.js';

/** Decorators for the classes of answers, which nobody validates at run time: they say what the API document says. */

const both =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

const describe = (schema: object): PropertyDecorator => {
  const decorate = JSONSchema(schema as never);
  return (target, property) => decorate(target, property as string);
};

/** One object of another class. */
export const Nested = (shape: () => Shape<unknown>): PropertyDecorator => both(ValidateNested(), Type(shape as never));

/** A list of objects of another class. */
export const ListOf = (shape: () => Shape<unknown>): PropertyDecorator =>
  both(IsArray(), ValidateNested({ each: true }), Type(shape as never));

type Scalar = 'string' | 'integer' | 'number' | 'boolean';

/** A value of a JSON type, one of a closed list, or an object of another class; or `null`. It is never left out. */
export const NullOr = (kind: Scalar | readonly string[] | Shape<unknown>): PropertyDecorator => {
  if (typeof kind === 'string') return both(Allow(), describe({ type: [kind, 'null'] }));
  if (typeof kind === 'function')
    return both(Allow(), describe({ anyOf: [{ $ref: `#/components/schemas/${kind.name}` }, { type: 'null' }] }));
  return both(Allow(), describe({ enum: [...kind, null] }));
};

/** A text in the languages it exists in. */
export class TextBody {
  @IsOptional() @IsString() zh?: string;
  @IsOptional() @IsString() en?: string;
}

/** Something of another chapter, with its name in the caller's language. */
export class NamedBody {
  @IsString() id!: string;
  @IsString() name!: string;
}

/** Days in Asia/Shanghai, both inclusive. */
export class PeriodBody {
  @IsString() from!: string;
  @IsString() to!: string;
}
