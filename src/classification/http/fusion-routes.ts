import type { Readable } from 'node:stream';
import {
  type Call,
  command,
  idempotencyKeyOf,
  matchVersion,
  notFound,
  offsetOf,
  pageOf,
  plain,
  query,
  readForm,
  type Reply,
  replyOf,
  type Route,
  validateBody,
} from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Fusing } from '../create-fusion.js';
import { MOST_FUSED } from '../domain/fusion-assessment.js';
import type { ArrivedFiles, KeepFile } from '../fusion/fusion-service.js';
import {
  FusionBody,
  FusionFields,
  FusionListQuery,
  FusionPageBody,
  FusionRequest,
  FusionStartedBody,
} from './fusion-shapes.js';
import { fusionView } from './fusion-view.js';

const TAG = 'Classification';
const PATH = '/api/fusion/assessments';

/** The roles that may cancel: those that may begin. */
const mayCancel = ({ principal: { roles } }: Call<unknown, unknown>): boolean =>
  roles.some((role) => ['steward', 'officer', 'reviewer', 'approver'].includes(role));

const namedOnce = (datasets: readonly string[]): Result<readonly string[]> =>
  new Set(datasets).size === datasets.length ? ok(datasets) : err(refusal('same-dataset'));

/** The files of the form, each under the id of its dataset; `datasets` names them all, also those without a file. */
async function received({ body, headers }: Call<Readable>, keep: KeepFile): Promise<Result<ArrivedFiles>> {
  const form = await readForm(body, headers, { files: MOST_FUSED, fields: ['datasets'] }, keep);
  if (!form.ok) return form;
  const fields = validateBody(FusionFields, Object.fromEntries(form.value.fields));
  if (!fields.ok) return fields;
  const named = validateBody(FusionRequest, { datasets: fields.value.datasets.split(',') });
  if (!named.ok) return named;
  const datasets = namedOnce(named.value.datasets);
  if (!datasets.ok) return datasets;
  const { files } = form.value;
  if ([...files.keys()].some((name) => !datasets.value.includes(name)))
    return err(refusal('invalid-form', 'a file comes under a name that is none of the datasets'));
  if (files.size < 2) return err(refusal('invalid-form', 'send files of two datasets at least, or their ids as JSON'));
  return ok({ datasets: datasets.value, files });
}

async function takeFiles({ service }: Fusing, call: Call<Readable>): Promise<Result<Reply>> {
  const key = idempotencyKeyOf(call.headers);
  if (!key.ok) return key;
  const keyed = key.value === null ? null : { key: key.value, path: PATH };
  const started = await service.start({ principal: call.principal, keyed }, (keep) => received(call, keep));
  if (!started.ok) {
    call.body.resume();
    return started;
  }
  const { id, replayed } = started.value;
  const headers = { location: `${PATH}/${id}`, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) };
  return replyOf({ id }, { status: 202, headers });
}

/** What datasets tell together. */
export const fusionRoutes = (fusing: Fusing): Route[] => [
  command<FusionRequest>({
    path: PATH,
    permission: 'fusion.assess',
    summary: 'Compare datasets that somebody may hold together: by their assessments, or by a file of each',
    tag: TAG,
    body: FusionRequest,
    response: FusionStartedBody,
    status: 202,
    handler: async (call, tx) => {
      const datasets = namedOnce(call.body.datasets);
      if (!datasets.ok) return datasets;
      const fusion = await fusing.service.compare(tx, call.principal, datasets.value);
      if (!fusion.ok) return fusion;
      const { id } = fusion.value;
      return replyOf({ id }, { status: 202, headers: { location: `${PATH}/${id}` } });
    },
    upload: { contentTypes: ['multipart/form-data'], handler: (call) => takeFiles(fusing, call) },
  }),
  ...readingFusions(fusing),
  command({
    path: `${PATH}/:id/commands/cancel`,
    permission: 'fusion.assess',
    summary: 'Cancel a fusion assessment; its files are deleted',
    tag: TAG,
    ifMatch: true,
    response: FusionBody,
    handler: async (call, tx) => {
      const fits = ({ version }: { readonly version: number }) => matchVersion(call.ifMatch, version);
      const cancelled = await fusing.service.cancel(tx, call.principal, call.params['id'] ?? '', fits);
      if (!cancelled.ok) return cancelled;
      const { id, version } = cancelled.value;
      const seen = await fusing.queries.find(tx, call.principal, id);
      return seen === null ? notFound() : replyOf(fusionView(seen, call.language, true), { version });
    },
  }),
];

const readingFusions = ({ queries }: Fusing): Route[] => [
  query<FusionListQuery>({
    path: PATH,
    permission: 'fusion.read',
    summary: 'Fusion assessments of datasets you may see, newest first',
    tag: TAG,
    query: FusionListQuery,
    response: FusionPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...filter } = plain(call.query);
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const page = { offset: offset.value, limit };
      const { fusions, total } = await queries.list(reader, call.principal, filter, page);
      const items = fusions.map((one) => fusionView(one, call.language, mayCancel(call)));
      return replyOf(pageOf(items, offset.value, total));
    },
  }),
  query({
    path: `${PATH}/:id`,
    permission: 'fusion.read',
    summary: 'What datasets tell together: what they share, and exact figures where files of both were joined',
    tag: TAG,
    response: FusionBody,
    handler: async (call, reader) => {
      const seen = await queries.find(reader, call.principal, call.params['id'] ?? '');
      if (seen === null) return notFound();
      return replyOf(fusionView(seen, call.language, mayCancel(call)), { version: seen.fusion.version });
    },
  }),
];
