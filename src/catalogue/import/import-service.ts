import type { Readable } from 'node:stream';
import type { Id } from '../../kernel/ids.js';
import { actorOf, type Principal, SYSTEM } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { Underway } from '../../kernel/underway.js';
import { TooLarge, type Transaction } from '../../persistence/index.js';
import type { CodeMap } from '../domain/source-record.js';
import { ImportJob, type JobDeps } from './import-job.js';
import type { Importer } from './importer.js';
import { importerOf, importers } from './importers.js';
import { type ImportRun, NO_COUNTS } from './import-run.js';

export interface ImportDeps extends JobDeps {
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
}

export interface ImportRequest {
  readonly format: string;
  readonly source: string;
  readonly profile: string | undefined;
}

/** An import of another instance that has not moved for so long is taken over. */
const STALE = 60_000;
/** An upload that nobody wrote to for so long is no longer being sent. */
const SENT = 3_600_000;

/** Takes foreign catalogues in: the upload is kept on disk, answered, and worked through afterwards. */
export class ImportService {
  private readonly working = new Underway<ImportJob>();
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
    try {
      const queued = await this.deps.unit.run((tx) => this.queue(tx, id, request, chosen.value.map, principal));
      if (queued.ok) this.work(queued.value);
      return queued;
    } finally {
      if (!this.working.has(id)) await this.deps.spool.drop(id);
    }
  }

  /**
   * Goes on with what a crash or a stop left open; what cannot be gone on with is marked failed, and uploads that belong
   * to no open import are thrown away. Call at start, and now and then: another instance may have ended in the middle.
   */
  async recover(): Promise<void> {
    const { unit, imports, spool, alone } = this.deps;
    const open = await unit.read((reader) => imports.open(reader));
    const now = await unit.read(async (reader) => reader.now);
    for (const run of open) {
      if (this.stopping || this.working.has(run.id)) continue;
      if (!alone && now - run.heartbeatAt < STALE) continue;
      const mine = await this.takeOver(run);
      if (mine === null) continue;
      if (await spool.has(run.id)) this.work(mine);
      else await this.giveUp(mine);
    }
    await spool.sweep(new Set(open.map(({ id }) => id)), now, SENT);
  }

  /** Resolves when nothing is being imported here; for tests and for a graceful stop. */
  settled(): Promise<void> {
    return this.working.settled();
  }

  /** Stops after the present chunk; `recover` goes on. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.working.stop();
    await this.settled();
  }

  private async queue(
    tx: Transaction,
    id: Id,
    { source, format }: ImportRequest,
    { code: profile }: CodeMap,
    principal: Principal,
  ): Promise<Result<ImportRun>> {
    const { imports, ids } = this.deps;
    if (await imports.isRunning(tx, source)) return err(refusal('import-running'));
    const known = await imports.sourceByCode(tx, source);
    if (known === null) await imports.insertSource(tx, { id: ids.next(), code: source, format, profile });
    const run: ImportRun = {
      id,
      version: 1,
      source,
      format,
      profile,
      state: 'queued',
      startedBy: principal.id,
      counts: NO_COUNTS,
      failure: null,
      createdAt: tx.now,
      heartbeatAt: tx.now,
    };
    await imports.insert(tx, run);
    const subject = { kind: 'import', id };
    tx.append({ event: 'import.queued', subject, actor: actorOf(principal), data: { format, source } });
    return ok(run);
  }

  private work(run: ImportRun): void {
    const job = new ImportJob(this.deps, run);
    const ending = job.work().catch((error: unknown) => this.deps.onFault(error));
    this.working.add(run.id, job, ending);
  }

  /** The run with a new version, which ends whatever else works on it; `null` where somebody else was faster. */
  private async takeOver({ id, version }: ImportRun): Promise<ImportRun | null> {
    const taken = await this.change(id, version, (run) => run, 'import.resumed');
    return taken.ok ? taken.value : null;
  }

  private async giveUp({ id, version }: ImportRun): Promise<void> {
    const detail = 'the instance that ran it has ended and its file is gone; send the file again';
    const failure = { code: 'interrupted', detail, offset: null };
    await this.change(id, version, (run) => ({ ...run, state: 'failed', failure }), 'import.failed');
  }

  private change(
    id: Id,
    version: number,
    change: (run: ImportRun) => ImportRun,
    event: string,
  ): Promise<Result<ImportRun>> {
    return this.deps.unit.run(async (tx) => {
      const run = await this.deps.imports.find(tx, id);
      if (run === null || run.version !== version) return err(refusal('import-running'));
      const next = await this.deps.imports.update(tx, { ...change(run), heartbeatAt: tx.now });
      const { source } = run;
      tx.append({ event, subject: { kind: 'import', id }, actor: SYSTEM, data: { source } });
      return ok(next);
    });
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
