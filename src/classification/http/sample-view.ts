import { etagOf } from '../../kernel/etag.js';
import { type Language, textIn } from '../../kernel/text.js';
import { isoOf } from '../../kernel/time.js';
import { type Content, doubtsOf } from '../domain/content.js';
import type { Sample } from '../domain/sample.js';
import { remedyOfFailure } from '../samples/failure-texts.js';
import type { SeenSample } from '../samples/sample-queries.js';
import type { AssessmentBody } from './assessment-responses.js';
import type { ContentBody, SampleBody, SampleFailureBody } from './sample-shapes.js';

export function contentView(content: Content | undefined): ContentBody | null {
  if (content === undefined) return null;
  const { risk: _risk, lowering: _lowering, claimed: _claimed, columns, ...rest } = content;
  const verified = content.origin === 'sample' ? 'yes' : 'no';
  return { ...rest, verified, doubts: doubtsOf(content), columns: columns.map((column) => ({ ...column })) };
}

const failureView = ({ failure }: Sample, language: Language): SampleFailureBody | null =>
  failure === null ? null : { ...failure, remedy: textIn(failure.remedy ?? remedyOfFailure(failure.code), language) };

export const sampleView = ({ sample, datasetTitle, progress }: SeenSample, language: Language): SampleBody => ({
  id: sample.id,
  dataset: sample.dataset,
  datasetTitle,
  state: sample.state,
  bytes: sample.bytes,
  progress: sample.state === 'running' ? progress : null,
  failure: failureView(sample, language),
  createdAt: isoOf(sample.createdAt),
  endedAt: sample.endedAt === null ? null : isoOf(sample.endedAt),
  etag: etagOf(sample.version),
});

/** A sample under the address of its assessment, as long as there is none: it says so instead of guessing. */
export function assessmentToCome(seen: SeenSample, language: Language, mayCancel: boolean): AssessmentBody {
  const { sample, datasetTitle, progress } = seen;
  return {
    id: sample.id,
    dataset: sample.dataset,
    datasetTitle,
    publisher: sample.publisher,
    state: sample.state,
    verdict: null,
    items: [],
    risk: { status: 'not-assessed', reason: 'no-content' },
    rules: [],
    issues: [],
    lowering: [],
    content: null,
    progress: sample.state === 'running' ? progress : null,
    failure: failureView(sample, language),
    proposal: null,
    decision: null,
    allowedCommands: mayCancel && sample.state === 'running' ? ['cancel'] : [],
    group: '',
    replayHash: '',
    createdAt: isoOf(sample.createdAt),
    decidedAt: null,
    etag: etagOf(sample.version),
  };
}
