import type { Readable } from 'node:stream';
import type { Id } from '../../kernel/ids.js';
import { type Actor, actorOf, type Principal, SYSTEM } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Transaction, UnitOfWork } from '../../persistence/index.js';
import { gone } from '../domain/imported.js';
import type { CodeMap } from '../domain/source-record.js';
import { applyChunk, type ChunkDeps, readEntries } from './import-chunk.js';
import type { Importer } from './importer.js';
import { importerOf, importers } from './importers.js';
import { type ImportCounts, type ImportFailure, type ImportRun, NO_COUNTS } from './import-run.js';
import type { ImportStore } from './import-store.js';
import { BrokenFile } from './json-entries.js';
import { type Spool, TooLarge } from './spool.js';

export interface ImportDeps extends ChunkDeps {
  readonly imports: ImportStore;
  readonly spool: Spool;
  readonly unit: UnitOfWork;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
}

export interface ImportRequest {
  readonly format: string;
  readonly source: string;
  readonly profile: string | undefined;
}

/** Records a transaction. */
const CHUNK = 500;
/** An import of another instance that has not moved for so long is taken over. */
const STALE = 60_000;
/** Issues kept of one import; the count goes on. */
export const MAX_ISSUES = 10_000;

/**
 * Imports foreign catalogues. The upload is kept on disk, answered, and worked through in chunks of one transaction
 * each, with the counts in the same transaction: after a crash the import goes on at the next chunk. Records the source
 * no longer has are withdrawn at the end, and only when the whole file was read.
 */
export class ImportService {
  private readonly working = new Map<Id, Promise<void>>();
  private stopping = false;

  constructor(private readonly deps: ImportDeps) {}

  async start(
    principal: Principal,
    request: ImportRequest,
    upload: Readable,
    limit: number,
  ): Promise<Result<ImportRun>> {
    const chosen = chosenImporter(request);
    if (!chosen.ok) {
      upload.resume();
      return chosen;
    }
    const id = this.deps.ids.next();
    try {
      await this.deps.spool.keep(id, upload, limit);
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('too-large'));
      throw error;
    }
    const queued = await this.deps.unit.run((tx) => this.queue(tx, id, request, chosen.value.map, principal));
    if (queued.ok) this.work(queued.value);
    else await this.deps.spool.drop(id);
    return queued;
  }

  /** Goes on with what a crash or a stop left open; what cannot be gone on with is marked failed. */
  async recover(): Promise<void> {
    const open = await this.deps.unit.read((reader) => this.deps.imports.open(reader));
    const now = await this.deps.unit.read(async (reader) => reader.now);
    for (const run of open) {
      if (this.working.has(run.id)) continue;
      if (!this.deps.alone && now - run.heartbeatAt < STALE) continue;
      if (await this.deps.spool.has(run.id)) this.work(run);
      else
        await this.fail(run.id, {
          code: 'interrupted',
          detail: 'the instance that ran it has ended and its file is gone; send the file again',
          offset: null,
        });
    }
  }

  /** Resolves when nothing is being imported here; for tests and for a graceful stop. */
  async settled(): Promise<void> {
    while (this.working.size > 0) await Promise.all(this.working.values());
  }

  /** Stops after the present chunk; `recover` goes on. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.settled();
  }

  private async queue(
    tx: Transaction,
    id: Id,
    request: ImportRequest,
    map: CodeMap,
    principal: Principal,
  ): Promise<Result<ImportRun>> {
    const { imports, ids } = this.deps;
    if (await imports.isRunning(tx, request.source)) return err(refusal('import-running'));
    const known = await imports.sourceByCode(tx, request.source);
    if (known === null)
      await imports.insertSource(tx, {
        id: ids.next(),
        code: request.source,
        format: request.format,
        profile: map.code,
      });
    const run: ImportRun = {
      id,
      version: 1,
      source: request.source,
      format: request.format,
      profile: map.code,
      state: 'queued',
      startedBy: principal.id,
      counts: NO_COUNTS,
      failure: null,
      createdAt: tx.now,
      heartbeatAt: tx.now,
    };
    await imports.insert(tx, run);
    this.tell(tx, 'import.queued', run, actorOf(principal), { format: run.format, source: run.source });
    return ok(run);
  }

  private work(run: ImportRun): void {
    const working = this.runToEnd(run)
      .catch((error: unknown) => this.deps.onFault(error))
      .finally(() => this.working.delete(run.id));
    this.working.set(run.id, working);
  }

  private async runToEnd(run: ImportRun): Promise<void> {
    const seen = new Set<string>();
    try {
      const finished = await this.readFile(run, seen);
      if (!finished) return;
      await this.withdrawGone(run.id, run.source, seen);
      await this.end(run.id, 'done', null);
    } catch (error) {
      if (!(error instanceof BrokenFile)) throw error;
      await this.fail(run.id, { code: error.code, detail: error.message, offset: error.offset });
    }
    await this.deps.spool.drop(run.id);
  }

  /** False when it was asked to stop before the end. */
  private async readFile(run: ImportRun, seen: Set<string>): Promise<boolean> {
    const importer = importerOf(run.format) as Importer;
    const map = importer.profiles.find(({ code }) => code === run.profile) as CodeMap;
    const reader = importer.open();
    let done = run.counts.read;
    let row = 0;
    let pending: unknown[] = [];
    const flush = async (): Promise<void> => {
      const raws = pending.splice(0, CHUNK);
      const entries = readEntries(importer, map, raws, row + 1, seen);
      row += raws.length;
      if (row <= done) return;
      const refused = await this.chunk(run.id, map, entries.slice(Math.max(0, raws.length - (row - done))));
      for (const identifier of refused) seen.delete(identifier);
      done = row;
    };
    for await (const bytes of this.deps.spool.read(run.id)) {
      pending = [...pending, ...reader.write(bytes)];
      while (pending.length >= CHUNK) {
        if (this.stopping) return false;
        await flush();
      }
    }
    reader.end();
    if (pending.length > 0) await flush();
    if (row === 0) throw new BrokenFile('no-dataset-list', 0, 'the list is empty; nothing was changed');
    return true;
  }

  private async chunk(id: Id, map: CodeMap, entries: Parameters<typeof applyChunk>[4]): Promise<readonly string[]> {
    return this.step(id, async (tx, run) => {
      const outcome = await applyChunk(tx, this.deps, run.source, map, entries, this.actor(run));
      await this.keepIssues(tx, run, outcome.issues);
      const next = await this.deps.imports.update(tx, {
        ...run,
        state: 'running',
        counts: added(run.counts, outcome.counts),
        heartbeatAt: tx.now,
      });
      this.tell(tx, 'import.progressed', next, this.actor(run), { read: next.counts.read });
      outcome.tell();
      return outcome.refused;
    });
  }

  private async withdrawGone(id: Id, source: string, seen: ReadonlySet<string>): Promise<void> {
    const { unit, store } = this.deps;
    let after = '';
    for (;;) {
      const batch = await unit.read((reader) => store.scanSource(reader, source, after, CHUNK));
      const missing = batch.filter(({ identifier }) => !seen.has(identifier)).map((one) => one.id);
      if (missing.length > 0) await this.step(id, (tx, run) => this.withdraw(tx, run, missing));
      const last = batch.at(-1);
      if (last === undefined || batch.length < CHUNK) return;
      after = last.id;
    }
  }

  private async withdraw(tx: Transaction, run: ImportRun, ids: readonly Id[]): Promise<void> {
    await tx.lock('dataset', ids);
    const found = await this.deps.store.findMany(tx, ids);
    const present = found.filter(({ state }) => state !== 'withdrawn');
    for (const record of present) {
      await this.deps.store.update(tx, gone(record, tx.now));
      const { id, publisher, identifier, source } = record;
      const data = { publisher, identifier, source, reason: 'gone from its source' };
      tx.append({ event: 'dataset.withdrawn', subject: { kind: 'dataset', id }, actor: this.actor(run), data });
    }
    const counts = { ...run.counts, withdrawn: run.counts.withdrawn + present.length };
    const next = await this.deps.imports.update(tx, { ...run, counts, heartbeatAt: tx.now });
    this.tell(tx, 'import.progressed', next, this.actor(run), { withdrawn: counts.withdrawn });
  }

  private async fail(id: Id, failure: ImportFailure): Promise<void> {
    await this.end(id, 'failed', failure);
  }

  private async end(id: Id, state: 'done' | 'failed', failure: ImportFailure | null): Promise<void> {
    await this.step(id, async (tx, run) => {
      const told = failure === null ? [] : [{ identifier: '', code: failure.code, detail: failure.detail }];
      await this.keepIssues(tx, run, told);
      const counts = { ...run.counts, issues: run.counts.issues + told.length };
      const next = await this.deps.imports.update(tx, { ...run, state, failure, counts, heartbeatAt: tx.now });
      this.tell(tx, state === 'done' ? 'import.done' : 'import.failed', next, this.actor(run), { ...counts });
    });
  }

  private async keepIssues(
    tx: Transaction,
    run: ImportRun,
    issues: Parameters<ImportStore['addIssues']>[3],
  ): Promise<void> {
    const room = Math.max(0, MAX_ISSUES - run.counts.issues);
    await this.deps.imports.addIssues(tx, run.id, run.counts.issues, issues.slice(0, room));
  }

  /** One transaction on the import as it stands now. */
  private async step<T>(id: Id, work: (tx: Transaction, run: ImportRun) => Promise<T>): Promise<T> {
    const outcome = await this.deps.unit.run(async (tx) => {
      const run = await this.deps.imports.find(tx, id);
      if (run === null || run.state === 'done' || run.state === 'failed') throw new Error(`import ${id} is not open`);
      return ok(await work(tx, run));
    });
    if (!outcome.ok) throw new Error(`import ${id}: ${outcome.error.code} ${outcome.error.detail ?? ''}`);
    return outcome.value;
  }

  private actor(run: ImportRun): Actor {
    return run.startedBy === SYSTEM.id ? SYSTEM : { kind: 'person', id: run.startedBy };
  }

  private tell(
    tx: Transaction,
    event: string,
    run: ImportRun,
    actor: Actor,
    data: Readonly<Record<string, unknown>>,
  ): void {
    tx.append({ event, subject: { kind: 'import', id: run.id }, actor, data: { source: run.source, ...data } });
  }
}

function chosenImporter({ format, profile }: ImportRequest): Result<{ importer: Importer; map: CodeMap }> {
  const importer = importerOf(format);
  if (importer === undefined)
    return err(refusal('unknown-import-format', `formats: ${importers.map((one) => one.format).join(', ')}`));
  const map = profile === undefined ? importer.profiles[0] : importer.profiles.find(({ code }) => code === profile);
  if (map === undefined)
    return err(
      refusal('unknown-profile', `code maps of ${format}: ${importer.profiles.map(({ code }) => code).join(', ')}`),
    );
  return ok({ importer, map });
}

function added(a: ImportCounts, b: ImportCounts): ImportCounts {
  const keys = Object.keys(NO_COUNTS) as (keyof ImportCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as ImportCounts;
}
