import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyFile } from '../../../src/classification/files/classify-file.js';
import type { ClassifyOptions } from '../../../src/classification/files/classify-options.js';
import type { FileAssessment, FileRefusal } from '../../../src/classification/files/report.js';
import { mobile, personName, residentId } from './identifiers.js';

/** Files of a folder that is there as long as the tests around, and what becomes of them. */
export function classifiedFiles() {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-classify-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  return {
    at,
    save: (name: string, content: string | Uint8Array): string => {
      writeFileSync(at(name), content);
      return at(name);
    },
    assessed: async (path: string, options: ClassifyOptions = {}): Promise<FileAssessment> => {
      const report = await classifyFile(path, options);
      if (report.kind === 'refused') throw new Error(`${report.code}: ${report.detail}`);
      return report;
    },
    refused: async (path: string, options: ClassifyOptions = {}): Promise<FileRefusal> => {
      const report = await classifyFile(path, options);
      if (report.kind !== 'refused') throw new Error('it was assessed');
      return report;
    },
  };
}

export const peopleOf = (random: Parameters<typeof personName>[0]): string[][] =>
  Array.from({ length: 200 }, () => [personName(random), mobile(random), residentId(random)]);

export const table = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  rows.map((row) => row.join(delimiter)).join('\r\n');
