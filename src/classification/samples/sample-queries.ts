import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import type { Text } from '../../kernel/text.js';
import type { Reader } from '../../persistence/index.js';
import { maySee } from '../assessment-service.js';
import type { DatasetPort } from '../dataset-port.js';
import type { Sample } from '../domain/sample.js';
import type { SampleFilter, SampleStore } from '../sample-store.js';
import type { SampleProgress } from './file-job.js';

/** A sample with the dataset's name, and how far it is where this instance works on it. */
export interface SeenSample {
  readonly sample: Sample;
  readonly datasetTitle: Text;
  readonly progress: SampleProgress | null;
}

/** Who works on samples here. */
interface Workshop {
  progressOf(id: Id): SampleProgress | null;
}

/** Read models over uploaded files and what became of them. */
export class SampleQueries {
  constructor(
    private readonly store: SampleStore,
    private readonly datasets: DatasetPort,
    private readonly workshop: Workshop,
  ) {}

  async find(reader: Reader, principal: Principal, id: Id): Promise<SeenSample | null> {
    const sample = await this.store.find(reader, id);
    if (sample === null || !maySee(principal, sample.publisher)) return null;
    const record = await this.datasets.find(reader, sample.dataset);
    return this.seen(sample, record?.title ?? {});
  }

  /** Newest first, only what the caller may see. */
  async list(
    reader: Reader,
    principal: Principal,
    asked: SampleFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly samples: readonly SeenSample[]; readonly total: number }> {
    const own = maySee(principal, '') ? {} : { publisher: principal.organisation?.id ?? 'nobody' };
    const { samples, total } = await this.store.list(reader, { ...asked, ...own }, page);
    const records = await this.datasets.findMany(
      reader,
      samples.map(({ dataset }) => dataset),
    );
    const titles = new Map(records.map(({ id, title }) => [id, title]));
    return { samples: samples.map((sample) => this.seen(sample, titles.get(sample.dataset) ?? {})), total };
  }

  private seen(sample: Sample, datasetTitle: Text): SeenSample {
    return { sample, datasetTitle, progress: this.workshop.progressOf(sample.id) };
  }
}
