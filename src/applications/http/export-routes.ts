import { setImmediate as breathe } from 'node:timers/promises';
import { type Call, plain, query, type Reply, type Route } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { dayOf, instantOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import { CSV, csvOf, papersAreBusy, paperOf, PDF } from '../../sheets/index.js';
import type { ApplicationSummary, ApplicationQueries } from '../application-queries.js';
import type { Place } from '../application-store.js';
import { type CaseFile, caseFileOf } from '../case-file.js';
import { caseSheet, caseTable } from '../case-sheet.js';
import { queueTable } from '../queue-sheet.js';
import { QueueTableQuery } from './application-requests.js';

export interface ExportRouteDeps {
  readonly queries: ApplicationQueries;
}

const TAG = 'Applications';
const READ = 'application.read';
/** Rows that are read at once, and in all: a list beyond it is for the API, and the table says so. */
const PART = 500;
const MOST = 20_000;

const asFile = (name: string, contentType: string, content: Pick<Reply, 'body' | 'stream'>): Result<Reply> =>
  ok({
    ...content,
    contentType,
    headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store' },
  });

interface Format {
  readonly extension: 'json' | 'csv' | 'pdf';
  readonly produces: string;
  readonly summary: string;
  readonly write: (file: CaseFile, language: Call['language']) => Pick<Reply, 'body' | 'stream'>;
  readonly isBusy?: () => boolean;
}

const FORMATS: readonly Format[] = [
  {
    extension: 'json',
    produces: 'application/json',
    summary: 'The application as you may see it, with the hash of its content',
    write: (file) => ({ body: JSON.stringify(file, null, 2) }),
  },
  {
    extension: 'csv',
    produces: CSV,
    summary: 'The same as a table; no cell begins a formula',
    write: (file, language) => ({ stream: csvOf(caseTable(file, language)) }),
  },
  {
    extension: 'pdf',
    produces: PDF,
    summary: 'The same on paper, with the day ledgers and the hash of the content',
    write: (file, language) => ({ stream: paperOf(caseSheet(file, language)) }),
    isBusy: papersAreBusy,
  },
];

const caseExport = ({ queries }: ExportRouteDeps, format: Format): Route =>
  query({
    path: `/api/applications/:id/case.${format.extension}`,
    permission: READ,
    tag: TAG,
    summary: format.summary,
    produces: format.produces,
    handler: async (call, reader) => {
      const found = await queries.page(reader, call, call.params['id'] ?? '');
      if (!found.ok) return found;
      if (format.isBusy?.() === true) return err(refusal('unavailable'));
      const { view } = found.value;
      const file = caseFileOf(view, dayOf(call.now));
      const name = `${view.number ?? view.id}.${format.extension}`;
      const type = format.produces === PDF ? PDF : `${format.produces}; charset=utf-8`;
      return asFile(name, type, format.write(file, call.language));
    },
  });

/** The list row by row, read on from the last one of the part before, up to `MOST`. */
async function wholeList(queries: ApplicationQueries, call: Call<undefined, QueueTableQuery>, reader: Reader) {
  const filter = { ...plain(call.query), today: dayOf(call.now) };
  const byDate = filter.queue === 'due' || filter.queue === 'overdue';
  const total = await queries.count(reader, call, filter);
  const items: ApplicationSummary[] = [];
  for (let after: Place | null = null; items.length < MOST; await breathe()) {
    const part: ApplicationSummary[] = await queries.list(reader, call, filter, PART, after);
    items.push(...part);
    const last = part.at(-1);
    if (last === undefined || part.length < PART) break;
    after = { key: byDate ? (last.due ?? '') : String(instantOf(last.createdAt)), id: last.id };
  }
  return { items, total };
}

const queueExport = ({ queries }: ExportRouteDeps): Route =>
  query<QueueTableQuery>({
    path: '/api/applications/queue.csv',
    permission: READ,
    tag: TAG,
    summary: 'Applications you may see as a table, in the order of their list',
    query: QueueTableQuery,
    produces: CSV,
    handler: async (call, reader) => {
      const list = await wholeList(queries, call, reader);
      return asFile('queue.csv', `${CSV}; charset=utf-8`, { stream: csvOf(queueTable(list, call.language)) });
    },
  });

/** Cases and lists that leave the product, each as its reader may see it. Mounted before `/api/applications/:id`. */
export const exportRoutes = (deps: ExportRouteDeps): Route[] => [
  queueExport(deps),
  ...FORMATS.map((format) => caseExport(deps, format)),
];
