import { ValidateBy, ValidateIf } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { isDay } from '../kernel/time.js';

/** May be left out; unlike `@IsOptional` it does not let `null` pass. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** A day that exists, `YYYY-MM-DD`. */
export function IsCalendarDay(): PropertyDecorator {
  const check = ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && isDay(value),
      defaultMessage: () => '$property must be a day that exists, YYYY-MM-DD',
    },
  });
  const schema = JSONSchema({ type: 'string', format: 'date' });
  return (target, property) => {
    check(target, property);
    schema(target as object, property as string);
  };
}

/** A text that says something: not empty, not only blanks. */
export function IsSaid(longest = 4000): PropertyDecorator {
  const check = ValidateBy({
    name: 'isSaid',
    validator: {
      validate: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= longest,
      defaultMessage: () => `$property must be a text of 1 to ${longest} characters`,
    },
  });
  const schema = JSONSchema({ type: 'string', minLength: 1, maxLength: longest });
  return (target, property) => {
    check(target, property);
    schema(target as object, property as string);
  };
}

/** Plain data of a validated body: no class instances, no members that were left out. */
export const plain = <T>(body: T): T => JSON.parse(JSON.stringify(body)) as T;
