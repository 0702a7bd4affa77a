import { ValidateIf } from 'class-validator';

/** May be left out; unlike `@IsOptional` it does not let `null` pass. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** Plain data of validated input: no class instances, no members that were left out. */
export const plain = <T>(body: T): Plain<T> => JSON.parse(JSON.stringify(body)) as Plain<T>;

/** What was `undefined` is absent. */
type Plain<T> = T extends object ? { [K in keyof T]: Exclude<T[K], undefined> } : T;
