import { etagOf } from '../../kernel/etag.js';
import { type Language, textIn } from '../../kernel/text.js';
import { isoOf } from '../../kernel/time.js';
import { type ExactFusion, type FusionFailure, isCurrent } from '../domain/fusion-assessment.js';
import type { Fusion } from '../domain/risk/fusion.js';
import type { SharedIdentifiers } from '../domain/risk/shared-identifiers.js';
import type { KnownPair } from '../fusion/fusion-knowledge.js';
import type { SeenFusion } from '../fusion/fusion-queries.js';
import { remedyOfFailure } from '../samples/failure-texts.js';
import type {
  ExactFusionBody,
  FusionBody,
  FusionFailureBody,
  FusionFiguresBody,
  FusionPairBody,
} from './fusion-shapes.js';

function figuresView({ status: _status, shared, leftOut, ...rest }: Fusion): FusionFiguresBody {
  return { ...rest, columns: shared.map((one) => ({ ...one })), leftOut: leftOut.map((one) => ({ ...one })) };
}

const exactView = ({ fusion, at, figures }: ExactFusion, current: boolean): ExactFusionBody => ({
  fusion,
  assessedAt: isoOf(at),
  current,
  figures: figures.status === 'assessed' ? figuresView(figures) : null,
  reason: figures.status === 'assessed' ? null : figures.reason,
});

function sharedView(shared: SharedIdentifiers): Pick<FusionPairBody, 'status' | 'basis' | 'reason' | 'shared'> {
  if (shared.status !== 'assessed') return { status: 'not-assessed', basis: null, reason: shared.reason, shared: [] };
  const copies = shared.shared.map(({ first, second, ...rest }) => ({
    ...rest,
    first: [...first],
    second: [...second],
  }));
  return { status: copies.length > 0 ? 'shared' : 'nothing-shared', basis: shared.basis, reason: null, shared: copies };
}

/** Two datasets as the API shows what is known of them together. */
export const pairView = ({ first, second, shared, exact }: KnownPair): FusionPairBody => ({
  first,
  second,
  ...sharedView(shared),
  exact: exact === null ? null : exactView(exact, exact.current),
});

const failureView = (failure: FusionFailure | null, language: Language): FusionFailureBody | null =>
  failure === null
    ? null
    : {
        code: failure.code,
        detail: failure.detail,
        remedy: textIn(remedyOfFailure(failure.code), language),
        dataset: failure.dataset ?? null,
      };

export function fusionView(
  { fusion, titles, now, progress }: SeenFusion,
  language: Language,
  mayCancel: boolean,
): FusionBody {
  const { id, state, datasets, pairs, bytes, failure, submittedBy, createdAt, endedAt, version } = fusion;
  return {
    id,
    state,
    datasets: datasets.map((one) => ({ ...one, datasetTitle: { ...titles.get(one.dataset) } })),
    pairs: pairs.map(({ exact, ...pair }) => {
      const current = isCurrent(fusion, [pair.first, pair.second], now);
      return pairView({ ...pair, exact: exact === null ? null : { ...exact, current } });
    }),
    bytes,
    progress: state === 'running' ? progress : null,
    failure: failureView(failure, language),
    submittedBy,
    allowedCommands: mayCancel && state === 'running' ? ['cancel'] : [],
    createdAt: isoOf(createdAt),
    endedAt: endedAt === null ? null : isoOf(endedAt),
    etag: etagOf(version),
  };
}
