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
