import { dataJsonExporter } from './data-json-exporter.js';
import type { Exporter } from './exporter.js';
import { openingListExporter, openingListPaper } from './opening-list-exporter.js';

/** Every format the public catalogue leaves in; a new one is one line here. */
export const exporters: readonly Exporter[] = [dataJsonExporter, openingListExporter, openingListPaper];
export const exporterOf = (name: string): Exporter | undefined => exporters.find((one) => one.name === name);
