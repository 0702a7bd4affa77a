import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';

const require = createRequire(import.meta.url);
const Draft4 = require('ajv-draft-04').default as typeof import('ajv-draft-04').default;
const formats = require('ajv-formats').default as typeof import('ajv-formats').default;

/** The official Project Open Data v1.1 schema, compiled; the patterns need `unicodeRegExp: false`. */
export function officialCatalogueSchema(folder: string, of = 'catalog'): ValidateFunction {
  const ajv = new (Draft4 as never as new (options: object) => import('ajv').default)({
    unicodeRegExp: false,
    strict: false,
    allErrors: true,
  });
  (formats as never as (ajv: object) => void)(ajv);
  const files = ['catalog', 'dataset', 'distribution', 'organization', 'vcard'];
  const schemas = files.map((name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { id: string });
  for (const schema of schemas) ajv.addSchema(schema);
  const validate = ajv.getSchema(`https://project-open-data.cio.gov/v1.1/schema/${of}.json#`);
  if (validate === undefined) throw new Error('the schema is not there');
  return validate as ValidateFunction;
}
