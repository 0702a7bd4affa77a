import { offsetOf, pageOf, plain, query, replyOf, type Route } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import type { Reader } from '../../persistence/index.js';
import { CSV, csvOf, papersAreBusy, paperOf, PDF, type Sheet } from '../../sheets/index.js';
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
import { statisticsSheet } from '../statistics-sheet.js';
import { StatisticsBody } from './statistics-shapes.js';

export interface RegisterRouteDeps {
  readonly readings: RegisterReadings;
  readonly views: ViewDeps;
}

const TAG = 'Register and statistics';

/** A form in which a table leaves: its rows as text, or all of it on paper. */
interface Form {
  readonly extension: 'csv' | 'pdf';
  readonly produces: string;
  readonly summary: string;
  readonly write: (sheet: Sheet) => AsyncGenerator<string | Uint8Array>;
  readonly isBusy: () => boolean;
}
const FORMS: readonly Form[] = [
  {
    extension: 'csv',
    produces: CSV,
    summary: 'as a table; no cell begins a formula',
    write: csvOf,
    isBusy: () => false,
  },
  { extension: 'pdf', produces: PDF, summary: 'on paper', write: paperOf, isBusy: papersAreBusy },
];

const saved = (name: string, { extension, produces, write }: Form, sheet: Sheet) => ({
  contentType: produces === PDF ? PDF : `${produces}; charset=utf-8`,
  headers: { 'content-disposition': `attachment; filename="${name}.${extension}"` },
  stream: write(sheet),
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

const table = ({ readings, views }: RegisterRouteDeps, form: Form): Route =>
  query<RegisterTableQuery>({
    path: `/api/register.${form.extension}`,
    permission: 'register.read',
    summary: `The same ${form.summary}`,
    tag: TAG,
    query: RegisterTableQuery,
    produces: form.produces,
    handler: async ({ query: filter, language }, reader) => {
      if (form.isBusy()) return err(refusal('unavailable'));
      const { entries } = await readings.toEveryone(reader, plain(filter));
      const sheet = registerTable(entries, await viewOfEntries(views, reader, entries), language);
      return ok(saved('register', form, sheet));
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
      const sheet = complaintTable(await complaintsView(views, reader, told.complaints), language);
      return ok({
        contentType: `${CSV}; charset=utf-8`,
        headers: { 'content-disposition': 'attachment; filename="complaints.csv"' },
        stream: csvOf(sheet),
      });
    },
  });

/** The statistics as everyone is told them, or as officers are. */
interface Told {
  readonly path: string;
  readonly permission: string;
  readonly summary: string;
  readonly sight: 'public' | 'full';
  readonly counted: 'countedForEveryone' | 'countedForOfficers';
}
const TOLD: readonly Told[] = [
  {
    path: '/api/statistics',
    permission: 'statistics.read',
    summary: 'How long rulings take, how they end, what is made of the data: counted from the public register',
    sight: 'public',
    counted: 'countedForEveryone',
  },
  {
    path: '/api/statistics/full',
    permission: 'statistics.read-full',
    summary: 'The same of all cases, to this moment and with nothing hidden; for officers of the authority',
    sight: 'full',
    counted: 'countedForOfficers',
  },
];

const viewOf = async (
  { readings, views }: RegisterRouteDeps,
  { sight, counted }: Told,
  reader: Reader,
  filter: object,
) => statisticsView(views, reader, await readings[counted](reader, plain(filter)), sight);

const statistics = (deps: RegisterRouteDeps, told: Told): Route =>
  query<StatisticsQuery>({
    path: told.path,
    permission: told.permission,
    summary: told.summary,
    tag: TAG,
    query: StatisticsQuery,
    response: StatisticsBody,
    handler: async ({ query: filter }, reader) => replyOf(await viewOf(deps, told, reader, filter)),
  });

const statisticsSaved = (deps: RegisterRouteDeps, told: Told, form: Form): Route =>
  query<StatisticsQuery>({
    path: `${told.path}.${form.extension}`,
    permission: told.permission,
    summary: `The statistics ${told.sight === 'full' ? 'of all cases ' : ''}${form.summary}`,
    tag: TAG,
    query: StatisticsQuery,
    produces: form.produces,
    handler: async ({ query: filter, language }, reader) => {
      if (form.isBusy()) return err(refusal('unavailable'));
      const sheet = statisticsSheet(await viewOf(deps, told, reader, filter), language, filter.period);
      return ok(saved('statistics', form, sheet));
    },
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
  ...FORMS.map((form) => table(deps, form)),
  ...TOLD.map((told) => statistics(deps, told)),
  ...TOLD.flatMap((told) => FORMS.map((form) => statisticsSaved(deps, told, form))),
  complaints(deps),
  judging(deps),
];
