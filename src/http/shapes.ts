import { Allow, IsOptional, IsString } from 'class-validator';
import { both, Described } from './fields.js';
import type { Shape } from './route.js';

/** For the classes of answers, which nobody validates at run time: they say what the API document says. */

type Scalar = 'string' | 'integer' | 'number' | 'boolean';

/** A value of a JSON type, one of a closed list, or an object of another class; or `null`. It is never left out. */
export const NullOr = (kind: Scalar | readonly string[] | Shape<unknown>): PropertyDecorator => {
  if (typeof kind === 'string') return both(Allow(), Described({ type: [kind, 'null'] as never }));
  if (typeof kind === 'function')
    return both(Allow(), Described({ anyOf: [{ $ref: `#/components/schemas/${kind.name}` }, { type: 'null' }] }));
  return both(Allow(), Described({ enum: [...kind, null] }));
};

/** One of a closed list that the API document holds under this name. */
export const WordOf = (name: string): PropertyDecorator =>
  both(Allow(), Described({ $ref: `#/components/schemas/${name}` }));

/** An object with any names, whose values are each one of a closed list. */
export const MapOf = (values: readonly string[]): PropertyDecorator =>
  both(Allow(), Described({ type: 'object', additionalProperties: { enum: [...values] } }));

/** A list whose elements are each of one of these classes. */
export const ListOfEither = (...shapes: readonly Shape<unknown>[]): PropertyDecorator =>
  both(
    Allow(),
    Described({
      type: 'array',
      items: { anyOf: shapes.map(({ name }) => ({ $ref: `#/components/schemas/${name}` })) },
    }),
  );

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
