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
  type Reply,
  type Route,
  readForm,
  replyOf,
  UPLOAD_LIMIT,
  validateBody,
} from '../../http/index.js';
import type { Readable } from 'node:stream';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Kept } from '../../persistence/index.js';
import { namesGiven } from '../files/names-given.js';
import type { SampleQueries } from '../samples/sample-queries.js';
import type { Arrived, SampleService } from '../samples/sample-service.js';
import { AssessmentBody } from './assessment-responses.js';
import { SampleFields, SampleListQuery, SamplePageBody } from './sample-shapes.js';
import { assessmentToCome, sampleView } from './sample-view.js';

const TAG = 'Classification';

export interface SampleParts {
  readonly samples: SampleService;
  readonly sampleQueries: SampleQueries;
}

type Keep = (file: Readable, limit: number) => Promise<Kept>;

/** The file and the fields of the form; the file goes to `keep` as it arrives. */
async function received({ body, headers }: Call<Readable>, keep: Keep): Promise<Result<Arrived>> {
  const parts = { file: 'sample', files: 1, fields: ['header', 'quasi'] };
  const form = await readForm(body, headers, parts, (file) => keep(file, UPLOAD_LIMIT));
  if (!form.ok) return form;
  const fields = validateBody(SampleFields, Object.fromEntries(form.value.fields));
  const [kept] = form.value.files.values();
  if (kept === undefined) return err(refusal('invalid-form'));
  if (!fields.ok) return fields;
  const { header, quasi = '' } = fields.value;
  return ok({ kept, header: header !== 'none', quasiIdentifiers: namesGiven(quasi) });
}

/** Takes a sample in; the answer names the assessment to come. */
export async function takeSample(samples: SampleService, call: Call<Readable>): Promise<Result<Reply>> {
  const key = idempotencyKeyOf(call.headers);
  const dataset = call.params['id'] ?? '';
  if (!key.ok) return key;
  const keyed = key.value === null ? null : { key: key.value, path: `/api/datasets/${dataset}/assessments` };
  const started = await samples.start({ principal: call.principal, dataset, keyed }, (keep) => received(call, keep));
  if (!started.ok) {
    call.body.resume();
    return started;
  }
  const { id, replayed } = started.value;
  const headers = {
    location: `/api/assessments/${id}`,
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
  };
  return replyOf({ id }, { status: 202, headers });
}

/** Routes of uploaded files beside the upload itself. */
export const sampleRoutes = ({ samples, sampleQueries }: SampleParts): Route[] => [
  query<SampleListQuery>({
    path: '/api/samples',
    permission: 'assessment.read',
    summary: 'Files sent for assessment, newest first: how far they are, what became of them',
    tag: TAG,
    query: SampleListQuery,
    response: SamplePageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...filter } = plain(call.query);
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const page = { offset: offset.value, limit };
      const { samples: seen, total } = await sampleQueries.list(reader, call.principal, filter, page);
      const items = seen.map((one) => sampleView(one, call.language));
      return replyOf(pageOf(items, offset.value, total));
    },
  }),
  command({
    path: '/api/assessments/:id/commands/cancel',
    permission: 'assessment.create',
    summary: 'Cancel the assessment of a file; the file is deleted',
    tag: TAG,
    ifMatch: true,
    response: AssessmentBody,
    handler: async (call, tx) => {
      const fits = ({ version }: { readonly version: number }) => matchVersion(call.ifMatch, version);
      const sample = await samples.cancel(tx, call.principal, call.params['id'] ?? '', fits);
      if (!sample.ok) return sample;
      const seen = await sampleQueries.find(tx, call.principal, sample.value.id);
      return seen === null
        ? notFound()
        : replyOf(assessmentToCome(seen, call.language, true), { version: sample.value.version });
    },
  }),
];
