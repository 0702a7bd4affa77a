import { dataJsonImporter } from './data-json-importer.js';
import type { Importer } from './importer.js';

/** Every format that can be imported; a new one is one line here. */
export const importers: readonly Importer[] = [dataJsonImporter];

export const importerOf = (format: string): Importer | undefined => importers.find((one) => one.format === format);
