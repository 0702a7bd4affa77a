import { offsetOf, pageOf, plain, query, replyOf, type Route } from '../../http/index.js';
import { ok } from '../../kernel/result.js';
import { CSV, csvOf } from '../../sheets/index.js';
import type { RegisterReadings } from '../register-readings.js';
import { complaintTable, registerTable } from '../register-table.js';
import { complaintsView, judgingView, statisticsView, type ViewDeps, viewOfEntries } from '../register-views.js';
import {
  ComplaintTableQuery,
  RegisterPage,
  RegisterQuery,
  RegisterTableQuery,
  StatisticsQuery,
} from './register-shapes.js';
import { JudgingBody, JudgingQuery } from './judging-shapes.js';
import { StatisticsBody } from './statistics-shapes.js';

export interface RegisterRouteDeps {
  readonly readings: RegisterReadings;
  readonly views: ViewDeps;
}

const TAG = 'Register and statistics';

const saved = (name: string, table: Parameters<typeof csvOf>[0]) => ({
  contentType: `${CSV}; charset=utf-8`,
  headers: { 'content-disposition': `attachment; filename="${name}"` },
  stream: csvOf(table),
});

const list = ({ readings, views }: RegisterRouteDeps): Route =>
  query<RegisterQuery>({
    path: '/api/register',
    permission: 'register.read',
    summary: 'Rulings of quarters that are over, newest quarter first, without who applied; for everyone',
    tag: TAG,
    query: RegisterQuery,
    response: RegisterPage,
    handler: async ({ query: { limit, pageToken, ...filter } }, reader) => {
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const { upTo, entries } = await readings.toEveryone(reader, plain(filter));
      const page = entries.slice(offset.value, offset.value + limit);
      const items = page.map(await viewOfEntries(views, reader, page));
      const { leastApplicants } = views.rules;
      return replyOf({ ...pageOf(items, offset.value, entries.length), upTo, leastApplicants });
    },
  });

const table = ({ readings, views }: RegisterRouteDeps): Route =>
  query<RegisterTableQuery>({
    path: '/api/register.csv',
    permission: 'register.read',
    summary: 'The same as a table; no cell begins a formula',
    tag: TAG,
    query: RegisterTableQuery,
    produces: CSV,
    handler: async ({ query: filter, language }, reader) => {
      const { entries } = await readings.toEveryone(reader, plain(filter));
      return ok(saved('register.csv', registerTable(entries, await viewOfEntries(views, reader, entries), language)));
    },
  });

const complaints = ({ readings, views }: RegisterRouteDeps): Route =>
  query<ComplaintTableQuery>({
    path: '/api/statistics/complaints.csv',
    permission: 'statistics.read',
    summary: 'Objections to quality and complaints about rights by quarter and holder, as a table; for everyone',
    tag: TAG,
    query: ComplaintTableQuery,
    produces: CSV,
    handler: async ({ query: filter, language }, reader) => {
      const told = await readings.toEveryone(reader, plain(filter));
      return ok(
        saved('complaints.csv', complaintTable(await complaintsView(views, reader, told.complaints), language)),
      );
    },
  });

const statistics = ({ readings, views }: RegisterRouteDeps): Route =>
  query<StatisticsQuery>({
    path: '/api/statistics',
    permission: 'statistics.read',
    summary: 'How long rulings take, how they end, what is made of the data: counted from the public register',
    tag: TAG,
    query: StatisticsQuery,
    response: StatisticsBody,
    handler: async ({ query: filter }, reader) =>
      replyOf(await statisticsView(views, reader, await readings.countedForEveryone(reader, plain(filter)), 'public')),
  });

const fullStatistics = ({ readings, views }: RegisterRouteDeps): Route =>
  query<StatisticsQuery>({
    path: '/api/statistics/full',
    permission: 'statistics.read-full',
    summary: 'The same of all cases, to this moment and with nothing hidden; for officers of the authority',
    tag: TAG,
    query: StatisticsQuery,
    response: StatisticsBody,
    handler: async ({ query: filter }, reader) =>
      replyOf(await statisticsView(views, reader, await readings.countedForOfficers(reader, plain(filter)), 'full')),
  });

const judging = ({ readings, views }: RegisterRouteDeps): Route =>
  query<JudgingQuery>({
    path: '/api/statistics/judging',
    permission: 'statistics.read-judging',
    summary: 'How the people of each desk judge comparable cases, with what chance explains; never public',
    tag: TAG,
    query: JudgingQuery,
    response: JudgingBody,
    handler: async ({ query: { period }, principal }, reader) =>
      replyOf(await judgingView(views, reader, readings, { principal, period })),
  });

/** The public register of rulings, and what is counted. */
export const registerRoutes = (deps: RegisterRouteDeps): Route[] => [
  list(deps),
  table(deps),
  statistics(deps),
  fullStatistics(deps),
  complaints(deps),
  judging(deps),
];
