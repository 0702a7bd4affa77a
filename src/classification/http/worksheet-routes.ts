import { IsIn, IsInt, IsString, MaxLength } from 'class-validator';
import { ListOf, NullOr, Optional, query, type Route, replyOf, upload } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import { type Language, textIn } from '../../kernel/text.js';
import { TIERS } from '../../kernel/tier.js';
import { papersAreBusy, paperOf, PDF, type Sheet, workbooksAreBusy, XLSX, xlsxOf } from '../../sheets/index.js';
import { textsOfRow } from '../worksheets/row-texts.js';
import type { RowOutcome, WorksheetService } from '../worksheets/worksheet-service.js';

const TAG = 'Classification';
const PATH = '/api/assessments/worksheet';

export class WorksheetQuery {
  /** Only of this body; a steward's own in any case. */
  @Optional() @IsString() @MaxLength(26) publisher?: string;
}

/** What became of one row of a worksheet. */
export class WorksheetRowBody {
  /** As the spreadsheet counts. */
  @IsInt() row!: number;
  @IsString() dataset!: string;
  @IsIn(['proposed', 'blank', 'refused']) outcome!: string;
  @NullOr(TIERS) tier!: string | null;
  /** The assessment that holds the proposal. */
  @NullOr('string') assessment!: string | null;
  @NullOr('string') code!: string | null;
  @NullOr('string') title!: string | null;
  @NullOr('string') remedy!: string | null;
}

export class WorksheetReportBody {
  @IsInt() proposed!: number;
  @IsInt() blank!: number;
  @IsInt() refused!: number;
  @ListOf(() => WorksheetRowBody) rows!: WorksheetRowBody[];
}

function rowView(row: RowOutcome, language: Language): WorksheetRowBody {
  const texts = row.code === null ? null : textsOfRow(row.code);
  return {
    ...row,
    title: texts === null ? null : textIn(texts.title, language),
    remedy: texts === null ? null : textIn(texts.remedy, language),
  };
}

function reportOf(rows: readonly RowOutcome[], language: Language): WorksheetReportBody {
  const count = (outcome: RowOutcome['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    proposed: count('proposed'),
    blank: count('blank'),
    refused: count('refused'),
    rows: rows.map((row) => rowView(row, language)),
  };
}

const workbook = (name: string, sheet: Sheet) =>
  workbooksAreBusy()
    ? err(refusal('unavailable'))
    : ok({
        contentType: XLSX,
        headers: { 'content-disposition': `attachment; filename="${name}"` },
        stream: xlsxOf(sheet),
      });

/** Worksheets out and in. */
export const worksheetRoutes = (worksheets: WorksheetService): Route[] => [
  query<WorksheetQuery>({
    path: PATH,
    permission: 'assessment.read',
    summary: 'What waits for a decision, as a workbook to be filled in',
    tag: TAG,
    query: WorksheetQuery,
    produces: XLSX,
    handler: async ({ principal, query: { publisher }, language }) =>
      workbook('tiergate-worksheet.xlsx', worksheets.sheet(principal, publisher, language)),
  }),
  query<WorksheetQuery>({
    path: '/api/assessments/grading-sheet.xlsx',
    permission: 'assessment.read',
    summary: 'Tier and grounds of every data item of a body, as a workbook for signature',
    tag: TAG,
    query: WorksheetQuery,
    produces: XLSX,
    handler: async ({ principal, query: { publisher }, language }) =>
      workbook('grading-sheet.xlsx', worksheets.grading(principal, publisher, language)),
  }),
  query<WorksheetQuery>({
    path: '/api/assessments/grading-sheet.pdf',
    permission: 'assessment.read',
    summary: 'The grading sheet on paper, with a place to sign',
    tag: TAG,
    query: WorksheetQuery,
    produces: PDF,
    handler: async ({ principal, query: { publisher }, language }) =>
      papersAreBusy()
        ? err(refusal('unavailable'))
        : ok({
            contentType: PDF,
            headers: { 'content-disposition': 'attachment; filename="grading-sheet.pdf"' },
            stream: paperOf(worksheets.grading(principal, publisher, language)),
          }),
  }),
  upload({
    path: PATH,
    permission: 'tier.propose',
    summary: 'A worksheet that was filled in: every row becomes a proposal, or says why not',
    tag: TAG,
    contentTypes: [XLSX, 'application/octet-stream'],
    response: WorksheetReportBody,
    handler: async (call) => {
      const rows = await worksheets.take(call.principal, call.body);
      return rows.ok ? replyOf(reportOf(rows.value, call.language)) : rows;
    },
  }),
];
