import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { policiesFolder } from './folder.js';

const checks = new Map<string, ValidateFunction>();

/** The check of a JSON Schema of `policies/schemas/classification`, compiled at its first use; tests hold it against its own. */
export function schemaCheck<T>(name: string): ValidateFunction<T> {
  const known = checks.get(name);
  if (known !== undefined) return known as ValidateFunction<T>;
  const path = join(policiesFolder(), 'schemas', 'classification', `${name}.schema.json`);
  const ajv = new Ajv2020({ strict: true, strictTypes: false, validateSchema: false });
  const check = ajv.compile<T>(JSON.parse(readFileSync(path, 'utf8')) as object);
  checks.set(name, check);
  return check;
}
