import { type Actor, SYSTEM } from '../../kernel/principal.js';
import type { Id } from '../../kernel/ids.js';
import { ok } from '../../kernel/result.js';
import type { Spool, Transaction, UnitOfWork } from '../../persistence/index.js';
import { gone } from '../domain/imported.js';
import type { CodeMap } from '../domain/source-record.js';
import { applyChunk, type ChunkDeps, type ReadEntry, readEntries, tellGone } from './import-chunk.js';
import type { Importer, RawEntry } from './importer.js';
import { importerOf } from './importers.js';
import { type ImportCounts, type ImportFailure, type ImportIssue, type ImportRun, NO_COUNTS } from './import-run.js';
import type { ImportStore } from './import-store.js';
import { BrokenFile } from './json-entries.js';

export interface JobDeps extends ChunkDeps {
  readonly imports: ImportStore;
  readonly spool: Spool;
  readonly unit: UnitOfWork;
}

/** Records a transaction. */
const CHUNK = 500;
/** Bytes of the file after which a chunk is taken even when it holds fewer records: memory is bounded by it. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** Issues kept of one import; the count goes on. */
export const MAX_ISSUES = 10_000;

const NOTHING_WITHDRAWN: ImportIssue = {
  identifier: '',
  code: 'nothing-withdrawn',
  detail: 'an entry could not be read, so records that seem to be missing are kept as they are',
};

/** Another instance has taken the import over. */
class TakenOver extends Error {}

/**
 * One import being worked through, in chunks of one transaction each, with the counts in the same transaction: after a
 * crash it goes on at the next chunk. Records the source no longer has are withdrawn at the end, and only when the whole
 * file was read, every entry of it. Only this job writes the run, so a version that moved by itself means that somebody
 * else works on it.
 */
export class ImportJob {
  private version: number;
  private readonly seen = new Set<string>();
  private stopping = false;
  /** Any record that seems gone may be the one that could not be read. */
  private someUnreadable = false;

  constructor(
    private readonly deps: JobDeps,
    private readonly run: ImportRun,
  ) {
    this.version = run.version;
  }

  /** Stops after the present chunk. */
  stop(): void {
    this.stopping = true;
  }

  /** Works to the end. A fault of ours ends the import as failed, so that its source is not blocked, and is thrown. */
  async work(): Promise<void> {
    try {
      if (!(await this.readFile())) return;
      if (!this.someUnreadable) await this.withdrawGone();
      await this.end('done', null, this.someUnreadable ? [NOTHING_WITHDRAWN] : []);
    } catch (error) {
      if (error instanceof TakenOver) return;
      const failure = failureOf(error);
      await this.end('failed', failure, [{ identifier: '', code: failure.code, detail: failure.detail }]);
      if (!(error instanceof BrokenFile)) throw error;
    } finally {
      if (this.ended) await this.deps.spool.drop(this.run.id);
    }
  }
  private ended = false;

  /** False when it was asked to stop before the end. */
  private async readFile(): Promise<boolean> {
    const importer = importerOf(this.run.format) as Importer;
    const map = importer.profiles.find(({ code }) => code === this.run.profile) as CodeMap;
    const reader = importer.open();
    let row = 0;
    let bytes = 0;
    let pending: RawEntry[] = [];
    const flush = async (): Promise<void> => {
      const raws = pending.splice(0, CHUNK);
      this.someUnreadable ||= raws.some(({ unreadable }) => unreadable !== undefined);
      const entries = readEntries(importer, map, raws, row + 1, this.seen);
      const skipped = Math.min(raws.length, Math.max(0, this.run.counts.read - row));
      row += raws.length;
      if (skipped < raws.length) await this.chunk(map, entries.slice(skipped));
    };
    for await (const piece of this.deps.spool.read(this.run.id)) {
      pending = pending.concat(reader.write(piece));
      bytes += piece.length;
      while (pending.length >= CHUNK || (bytes >= CHUNK_BYTES && pending.length > 0)) {
        if (this.stopping) return false;
        await flush();
        bytes = 0;
      }
    }
    reader.end();
    if (pending.length > 0) await flush();
    if (row === 0) throw new BrokenFile('no-dataset-list', 0, 'the list is empty; nothing was changed');
    return true;
  }

  private chunk(map: CodeMap, entries: readonly ReadEntry[]): Promise<void> {
    return this.step(async (tx, run) => {
      const outcome = await applyChunk(tx, this.deps, run.source, map, entries, this.actor);
      await this.keepIssues(tx, run, outcome.issues);
      const counts = added(run.counts, outcome.counts);
      const next = await this.deps.imports.update(tx, { ...run, state: 'running', counts, heartbeatAt: tx.now });
      this.tell(tx, 'import.progressed', { read: counts.read });
      outcome.tell();
      return next;
    });
  }

  private async withdrawGone(): Promise<void> {
    const { unit, store } = this.deps;
    let after = '';
    for (;;) {
      const batch = await unit.read((reader) => store.scanSource(reader, this.run.source, after, CHUNK));
      const missing = batch.filter(({ identifier }) => !this.seen.has(identifier)).map((one) => one.id);
      if (missing.length > 0) await this.step((tx, run) => this.withdraw(tx, run, missing));
      const last = batch.at(-1);
      if (last === undefined || batch.length < CHUNK) return;
      after = last.id;
    }
  }

  private async withdraw(tx: Transaction, run: ImportRun, ids: readonly Id[]): Promise<ImportRun> {
    await tx.lock('dataset', ids);
    const found = await this.deps.store.findMany(tx, ids);
    const present = found.filter(({ state }) => state !== 'withdrawn');
    for (const record of present) {
      await this.deps.store.update(tx, gone(record, tx.now));
      tellGone(tx, record, this.actor);
    }
    const counts = { ...run.counts, withdrawn: run.counts.withdrawn + present.length };
    const next = await this.deps.imports.update(tx, { ...run, counts, heartbeatAt: tx.now });
    this.tell(tx, 'import.progressed', { withdrawn: counts.withdrawn });
    return next;
  }

  private async end(
    state: 'done' | 'failed',
    failure: ImportFailure | null,
    told: readonly ImportIssue[],
  ): Promise<void> {
    await this.step(async (tx, run) => {
      await this.keepIssues(tx, run, told);
      const counts = { ...run.counts, issues: run.counts.issues + told.length };
      const next = await this.deps.imports.update(tx, { ...run, state, failure, counts, heartbeatAt: tx.now });
      this.tell(tx, state === 'done' ? 'import.done' : 'import.failed', { ...counts });
      return next;
    });
    this.ended = true;
  }

  private async keepIssues(tx: Transaction, run: ImportRun, issues: readonly ImportIssue[]): Promise<void> {
    const room = Math.max(0, MAX_ISSUES - run.counts.issues);
    await this.deps.imports.addIssues(tx, run.id, run.counts.issues, issues.slice(0, room));
  }

  /** One transaction on the import as it stands now; `work` gives it back as it leaves it. */
  private async step(work: (tx: Transaction, run: ImportRun) => Promise<ImportRun>): Promise<void> {
    const outcome = await this.deps.unit.run(async (tx) => {
      const run = await this.deps.imports.find(tx, this.run.id);
      if (run === null || run.version !== this.version) throw new TakenOver(`import ${this.run.id}`);
      return ok(await work(tx, run));
    });
    if (!outcome.ok)
      throw new Error(`import ${this.run.id}: ${outcome.error.code} ${outcome.error.detail ?? ''}`.trimEnd());
    this.version = outcome.value.version;
  }

  private get actor(): Actor {
    return this.run.startedBy === SYSTEM.id ? SYSTEM : { kind: 'person', id: this.run.startedBy };
  }

  private tell(tx: Transaction, event: string, data: Readonly<Record<string, unknown>>): void {
    const { id, source } = this.run;
    tx.append({ event, subject: { kind: 'import', id }, actor: this.actor, data: { source, ...data } });
  }
}

/** What may be told of why it failed: the file's fault in full, of ours only that there was one. */
const failureOf = (error: unknown): ImportFailure =>
  error instanceof BrokenFile
    ? { code: error.code, detail: error.message, offset: error.offset }
    : { code: 'internal-error', detail: 'a fault of ours; what was read before is kept', offset: null };

function added(a: ImportCounts, b: ImportCounts): ImportCounts {
  const keys = Object.keys(NO_COUNTS) as (keyof ImportCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as ImportCounts;
}
