import { POD_CODE_MAP } from '../domain/data-json/code-map.js';
import { readDataJsonRecord } from '../domain/data-json/read-record.js';
import type { Importer } from './importer.js';
import { JsonEntries } from './json-entries.js';

/** Project Open Data v1.1 (DCAT-US 1.1): `{"dataset": [ … ]}`. */
export const dataJsonImporter: Importer = {
  format: 'data-json',
  profiles: [POD_CODE_MAP],
  revision: 2,
  open: () => new JsonEntries('dataset'),
  read: readDataJsonRecord,
};
