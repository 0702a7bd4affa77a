import { createHash } from 'node:crypto';
import { type Call, notFound, query, replyOf, type Route, UPLOAD_LIMIT, upload } from '../../http/index.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import type { Language } from '../../kernel/text.js';
import type { Exporter } from '../export/exporter.js';
import { exporterOf, exporters } from '../export/exporters.js';
import { MAX_ISSUES } from '../import/import-job.js';
import type { ImportIssue, ImportRun } from '../import/import-run.js';
import { remediesOf } from '../import/issue-texts.js';
import type { Catalogue } from '../create-catalogue.js';
import { ImportQuery, ImportResponse, ImportStarted } from './catalogue-shapes.js';

const TAG = 'Catalogue exchange';

/** Catalogues in and out. */
export function exchangeRoutes(catalogue: Catalogue): Route[] {
  const { importing, imports } = catalogue;
  return [
    upload<ImportQuery>({
      path: '/api/catalogue/imports',
      permission: 'catalogue.import',
      summary: 'Bring a foreign catalogue in; the file is worked through after the answer',
      tag: TAG,
      query: ImportQuery,
      contentTypes: ['application/json', 'application/octet-stream', 'text/json'],
      response: ImportStarted,
      status: 202,
      handler: async (call) => {
        const { format, source, profile } = call.query;
        const started = await importing.start(call.principal, { format, source, profile }, call.body, UPLOAD_LIMIT);
        if (!started.ok) return started;
        const { id, state } = started.value;
        return replyOf({ id, state }, { status: 202, headers: { location: `/api/catalogue/imports/${id}` } });
      },
    }),
    query({
      path: '/api/catalogue/imports/:id',
      permission: 'catalogue.import',
      summary: 'How far an import is, and what it has to tell',
      tag: TAG,
      response: ImportResponse,
      handler: async (call, reader) => {
        const run = await imports.find(reader, call.params['id'] ?? '');
        return run === null || !isTheirs(run, call.principal)
          ? notFound()
          : replyOf(viewOf(run, await imports.issues(reader, run.id, MAX_ISSUES), call.language));
      },
    }),
    query({
      path: '/api/catalogue/exports/:name',
      produces: [...new Set(exporters.map(({ contentType }) => contentType.split(';', 1)[0] ?? ''))],
      permission: 'catalogue.export',
      summary: 'The public catalogue in a format of interchange',
      tag: TAG,
      handler: async (call) => exported(catalogue, exporterOf(call.params['name'] ?? ''), call),
    }),
    query({
      path: '/data.json',
      produces: 'application/json',
      permission: 'catalogue.export',
      summary: 'The public catalogue as Project Open Data v1.1',
      tag: TAG,
      handler: async (call) => exported(catalogue, exporterOf('data.json'), call),
    }),
  ];
}

/** The tag is the revision of the log: what everyone may see changes only with it. */
async function exported(catalogue: Catalogue, exporter: Exporter | undefined, call: Call) {
  if (exporter === undefined) return notFound();
  const revision = createHash('sha256')
    .update(`${exporter.name} ${call.language} ${catalogue.revision()}`)
    .digest('base64url')
    .slice(0, 22);
  const etag = `"${revision}"`;
  const headers = { 'cache-control': 'public, max-age=0, must-revalidate', vary: 'accept-language' };
  if (call.headers['if-none-match'] === etag) return ok({ status: 304, etag, headers });
  if (exporter.isBusy?.() === true) return err(refusal('unavailable'));
  const { contentType } = exporter;
  return ok({ contentType, etag, headers, stream: exporter.write(catalogue.exporting, call.language) });
}

/** An import tells of a publisher's faults: whoever began it reads them, and administrators. */
const isTheirs = (run: ImportRun, { id, roles }: Principal): boolean => run.startedBy === id || roles.includes('admin');

function viewOf(run: ImportRun, issues: readonly ImportIssue[], language: Language): ImportResponse {
  const { open, conditional, restricted, issues: issueCount, ...counts } = run.counts;
  return {
    id: run.id,
    state: run.state,
    source: run.source,
    format: run.format,
    profile: run.profile,
    ...counts,
    tiers: { open, conditional, restricted },
    issues: issues.map((issue) => ({ ...issue })),
    issueCount,
    remedies: remediesOf(issues, language),
    ...(run.failure === null ? {} : { failure: run.failure }),
  };
}
