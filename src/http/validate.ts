import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { pointerName } from '../kernel/pointer.js';
import { type FieldFault, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { faultsRefusal } from './json-body.js';
import { FORBIDDEN_KEYS } from './json-scan.js';
import type { Shape } from './route.js';

const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};
const MAX_FAULTS = 50;

/** A body as an instance of its class, or every fault with a JSON Pointer. */
export function validateBody<T>(shape: Shape<T> | undefined, value: unknown): Result<T> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return err(
      refusal('invalid-body', undefined, {
        errors: [{ pointer: '', code: 'is-object', detail: 'must be a JSON object' }],
      }),
    );
  }
  if (shape === undefined) {
    const unknown = unknownFields(Object.keys(value), '/');
    return unknown.length > 0 ? err(faultsRefusal(unknown)) : ok(undefined as T);
  }
  const instance = plainToInstance(shape as new () => object, value, { exposeDefaultValues: true });
  const faults = validateSync(instance, STRICT).flatMap((fault) => faultsOf(fault, '/'));
  return faults.length > 0 ? err(faultsRefusal(faults.slice(0, MAX_FAULTS))) : ok(instance as T);
}

/** Query parameters as an instance of their class; none may be unknown or repeated. */
export function validateQuery<T>(shape: Shape<T> | undefined, search: URLSearchParams): Result<T> {
  const given = new Map(search);
  const faults = [...given].flatMap(([name, value]) => parameterFaults(name, value, search.getAll(name).length));
  if (shape === undefined) faults.push(...unknownFields([...given.keys()], '?'));
  const instance =
    shape && plainToInstance(shape as new () => object, Object.fromEntries(given), { exposeDefaultValues: true });
  if (instance !== undefined) faults.push(...validateSync(instance, STRICT).flatMap((fault) => faultsOf(fault, '?')));
  return faults.length > 0 ? err(refusal('invalid-query', undefined, { errors: faults })) : ok(instance as T);
}

/** What is wrong with a parameter whatever it means. A replacement character stands where the bytes were no UTF-8. */
function parameterFaults(name: string, value: string, times: number): FieldFault[] {
  const pointer = `?${name}`;
  return [
    ...(times > 1 ? [{ pointer, code: 'repeated', detail: 'is given more than once' }] : []),
    ...(/[\0\ufffd]/.test(value) ? [{ pointer, code: 'bad-unicode', detail: 'contains NUL or broken Unicode' }] : []),
    ...(FORBIDDEN_KEYS.has(name) ? [{ pointer, code: 'unknown-field', detail: 'is not a parameter' }] : []),
  ];
}

const unknownFields = (names: readonly string[], mark: string): FieldFault[] =>
  names.map((name) => ({ pointer: `${mark}${name}`, code: 'unknown-field', detail: 'nothing is expected here' }));

/** `above` ends where the name of the field begins. */
function faultsOf(error: ValidationError, above: string): FieldFault[] {
  const pointer = `${above}${pointerName(error.property)}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, detail]) => ({
    pointer,
    code: codeOf(name),
    detail,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${pointer}/`))];
}

/** `isString` → `is-string`; the whitelist's own name → `unknown-field`. */
const codeOf = (constraint: string): string =>
  constraint === 'whitelistValidation' || constraint === 'unknownValue'
    ? 'unknown-field'
    : constraint.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
