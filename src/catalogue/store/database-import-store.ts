import { In } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { ImportCounts, ImportIssue, ImportRun, ImportState } from '../import/import-run.js';
import type { CatalogueSource, ImportStore } from '../import/import-store.js';
import { ImportIssueRow, ImportRow, importTable, SourceRow, sourceTable } from './catalogue-rows.js';

const CHUNK = 200;
const isOpen = (state: ImportState): boolean => state === 'queued' || state === 'running';

const rowOf = (run: ImportRun): ImportRow => ({
  id: run.id,
  version: run.version,
  source: run.source,
  format: run.format,
  profile: run.profile,
  state: run.state,
  open_key: isOpen(run.state) ? run.source : null,
  started_by: run.startedBy,
  counts: { ...run.counts },
  failure: run.failure,
  created_at: run.createdAt,
  heartbeat_at: run.heartbeatAt,
});
const runOf = (row: ImportRow): ImportRun => ({
  id: row.id,
  version: row.version,
  source: row.source,
  format: row.format,
  profile: row.profile,
  state: row.state as ImportState,
  startedBy: row.started_by,
  counts: row.counts as unknown as ImportCounts,
  failure: row.failure,
  createdAt: row.created_at,
  heartbeatAt: row.heartbeat_at,
});

/** Imports in either database. */
export class DatabaseImportStore implements ImportStore {
  async find(reader: Reader, id: Id): Promise<ImportRun | null> {
    const row = await importTable.find(reader, id);
    return row === null ? null : runOf(row);
  }

  async open(reader: Reader): Promise<readonly ImportRun[]> {
    const rows = await reader.manager.find(ImportRow, {
      where: { state: In(['queued', 'running']) },
      order: { id: 'ASC' },
    });
    return rows.map(runOf);
  }

  async isRunning(reader: Reader, source: string): Promise<boolean> {
    return reader.manager.existsBy(ImportRow, { open_key: source });
  }

  async insert(tx: Transaction, run: ImportRun): Promise<void> {
    await importTable.insert(tx, [rowOf(run)]);
  }

  async update(tx: Transaction, run: ImportRun): Promise<ImportRun> {
    return runOf(await importTable.update(tx, rowOf(run)));
  }

  async addIssues(tx: Transaction, id: Id, before: number, issues: readonly ImportIssue[]): Promise<void> {
    const rows = issues.map((issue, at) => ({
      import_id: id,
      seq: before + at + 1,
      identifier: issue.identifier.slice(0, 255),
      code: issue.code,
      detail: issue.detail,
    }));
    for (let start = 0; start < rows.length; start += CHUNK)
      await tx.manager.insert(ImportIssueRow, rows.slice(start, start + CHUNK));
  }

  async issues(reader: Reader, id: Id, limit: number): Promise<readonly ImportIssue[]> {
    const rows = await reader.manager.find(ImportIssueRow, {
      where: { import_id: id },
      order: { seq: 'ASC' },
      take: limit,
    });
    return rows.map(({ identifier, code, detail }) => ({ identifier, code, detail }));
  }

  async sourceByCode(reader: Reader, code: string): Promise<CatalogueSource | null> {
    return reader.manager.findOneBy(SourceRow, { code });
  }

  async insertSource(tx: Transaction, source: CatalogueSource): Promise<void> {
    await sourceTable.insert(tx, [{ ...source, version: 1, created_at: tx.now }]);
  }
}
