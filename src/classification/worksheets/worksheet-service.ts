import type { Readable } from 'node:stream';
import type { DatasetRecord } from '../../catalogue/index.js';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import type { ProblemCode } from '../../kernel/problems/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Language, type Text, textIn } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import { type Reader, type Spool, TooLarge, type UnitOfWork } from '../../persistence/index.js';
import type { Sheet } from '../../sheets/index.js';
import { type AssessmentService, maySee } from '../assessment-service.js';
import type { AssessmentRow, AssessmentStore } from '../assessment-store.js';
import type { DatasetPort } from '../dataset-port.js';
import { namedAs, readRow, type RowFault, type RowWish, WORKSHEET_ROWS, type WrittenRow } from '../domain/worksheet.js';
import { gradingSheet } from './grading-sheet.js';
import { isWorksheetFault, readWorksheet } from './read-worksheet.js';
import { type WorksheetEntry, worksheetOf } from './worksheet-sheet.js';

/** Names of bodies by id. */
export type BodyNames = (reader: Reader, ids: readonly Id[]) => Promise<ReadonlyMap<Id, Text>>;

export interface WorksheetDeps {
  readonly unit: UnitOfWork;
  readonly ids: Ids;
  readonly store: AssessmentStore;
  readonly datasets: DatasetPort;
  readonly service: AssessmentService;
  readonly spool: Spool;
  /** For the column of publishers. */
  readonly names: BodyNames;
}

/** What became of one row: a proposal, nothing because nothing was filled in, or a code why not. */
export interface RowOutcome {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly dataset: string;
  readonly outcome: 'proposed' | 'blank' | 'refused';
  readonly tier: Tier | null;
  readonly assessment: string | null;
  readonly code: ProblemCode | RowFault | 'mixed-row' | 'stale-row' | null;
}

/** Bytes of a worksheet that comes back; two thousand rows take a tenth of it. */
export const WORKSHEET_BYTES = 8 * 1024 * 1024;
const BATCH = 200;
/** No worksheet is read for so long. */
const LEFT = 120_000;

/** Worksheets: what waits for a decision goes out as a workbook, is filled in, and comes back as proposals. */
export class WorksheetService {
  constructor(private readonly deps: WorksheetDeps) {}

  /** What waits for a decision and the caller may see, to be filled in. */
  sheet(principal: Principal, publisher: Id | undefined, language: Language): Sheet {
    return worksheetOf(this.entries(this.whose(principal, publisher), language), language);
  }

  /** Every data item of a body with its tier and grounds, for the head's signature. */
  grading(principal: Principal, publisher: Id | undefined, language: Language): Sheet {
    return gradingSheet(this.graded(this.whose(principal, publisher), language), language);
  }

  /** Stewards get their own body's, whatever they ask for. */
  private whose(principal: Principal, publisher: Id | undefined): Id | undefined {
    return maySee(principal, '') ? publisher : (principal.organisation?.id ?? 'nobody');
  }

  /** Reads a worksheet that came back and tries its rows one by one, each in a transaction of its own. */
  async take(principal: Principal, upload: Readable): Promise<Result<readonly RowOutcome[]>> {
    const rows = await this.read(upload);
    if (!rows.ok) return rows;
    const seen = new Set<string>();
    const outcomes: RowOutcome[] = [];
    for (const row of rows.value) {
      const read = readRow(row, seen);
      const outcome = { row: row.number, dataset: row.cells[0] ?? '', tier: null, assessment: null, code: null };
      if (read.kind === 'blank') outcomes.push({ ...outcome, outcome: 'blank' });
      else if (read.kind === 'fault') outcomes.push({ ...outcome, outcome: 'refused', code: read.code });
      else {
        seen.add(read.wish.dataset);
        outcomes.push({ ...outcome, tier: read.wish.tier, ...(await this.propose(principal, read.wish)) });
      }
    }
    return ok(outcomes);
  }

  /** Deletes what a crash left of worksheets that were being read. */
  async sweep(): Promise<void> {
    const now = await this.deps.unit.read(async (reader) => reader.now);
    await this.deps.spool.sweep(new Set(), now, LEFT);
  }

  private async read(upload: Readable): Promise<Result<readonly WrittenRow[]>> {
    const { spool, ids } = this.deps;
    const id = ids.next();
    try {
      await spool.keep(id, upload, WORKSHEET_BYTES);
      const rows = await readWorksheet(spool.path(id));
      return isWorksheetFault(rows) ? err(refusal(rows)) : ok(rows);
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('too-large', `at most ${WORKSHEET_BYTES} bytes`));
      throw error;
    } finally {
      await spool.drop(id);
    }
  }

  private async propose(
    principal: Principal,
    { dataset, version, assessment, named, tier, reason, legalBasis }: RowWish,
  ): Promise<Pick<RowOutcome, 'outcome' | 'assessment' | 'code'>> {
    const refused = (code: RowOutcome['code']) => ({ outcome: 'refused', assessment: null, code }) as const;
    const proposal = {
      tier,
      ...(reason === '' ? {} : { reason }),
      ...(legalBasis === '' ? {} : { legalBasis }),
    };
    let isMixed = false;
    const outcome = await this.deps.unit.run(async (tx) => {
      await tx.lock('dataset', [dataset]);
      const [open] = await this.deps.store.open(tx, [dataset]);
      const fits = (record: DatasetRecord): Result<void> => {
        const isSame = record.version === version && open?.id === assessment;
        isMixed = isSame && named !== namedAs(record.identifier, record.title.zh, record.title.en);
        return isSame && !isMixed ? ok(undefined) : err(refusal('stale-etag'));
      };
      return this.deps.service.proposeTier(tx, principal, dataset, proposal, fits);
    });
    if (outcome.ok) return { outcome: 'proposed', assessment: outcome.value.id, code: null };
    if (outcome.error.code !== 'stale-etag') return refused(outcome.error.code);
    return refused(isMixed ? 'mixed-row' : 'stale-row');
  }

  private async *entries(publisher: Id | undefined, language: Language): AsyncGenerator<WorksheetEntry> {
    const filter = { state: 'proposed', ...(publisher === undefined ? {} : { publisher }) } as const;
    for (let offset = 0; offset < WORKSHEET_ROWS; offset += BATCH) {
      const batch = await this.deps.unit.read(async (reader) => {
        const { rows } = await this.deps.store.list(reader, filter, { offset, limit: BATCH });
        return { entries: await this.joined(reader, rows, language), last: rows.length < BATCH };
      });
      yield* batch.entries;
      if (batch.last) return;
    }
  }

  private async *graded(publisher: Id | undefined, language: Language): AsyncGenerator<WorksheetEntry> {
    for (let after = ''; ; ) {
      const batch = await this.deps.unit.read(async (reader) => {
        const rows = await this.deps.store.scanCurrent(reader, publisher, after, BATCH);
        return { entries: await this.joined(reader, rows, language), last: rows.at(-1), size: rows.length };
      });
      yield* batch.entries;
      if (batch.last === undefined || batch.size < BATCH) return;
      after = batch.last.dataset;
    }
  }

  private async joined(reader: Reader, rows: readonly AssessmentRow[], language: Language): Promise<WorksheetEntry[]> {
    const records = await this.deps.datasets.findMany(
      reader,
      rows.map(({ dataset }) => dataset),
    );
    const byId = new Map(records.map((record) => [record.id, record]));
    const names = await this.deps.names(reader, [...new Set(rows.map(({ publisher }) => publisher))]);
    return rows.flatMap((row) => {
      const record = byId.get(row.dataset);
      const publisher = textIn(names.get(row.publisher) ?? {}, language) || row.publisher;
      return record === undefined ? [] : [{ record, row, publisher }];
    });
  }
}
