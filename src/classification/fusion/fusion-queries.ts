import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import type { Text } from '../../kernel/text.js';
import type { Reader } from '../../persistence/index.js';
import type { DatasetPort } from '../dataset-port.js';
import type { FusionAssessment } from '../domain/fusion-assessment.js';
import type { FusionFilter, FusionStore } from '../fusion-store.js';
import type { SampleProgress } from '../samples/file-job.js';
import type { FusionKnowledge } from './fusion-knowledge.js';
import { maySeeFusion, ownBody } from './fusion-sight.js';

/** A fusion assessment with the names of its datasets, and how far it is where this instance works on it. */
export interface SeenFusion {
  readonly fusion: FusionAssessment;
  readonly titles: ReadonlyMap<Id, Text>;
  /** The assessments that explain the tiers of its datasets now. */
  readonly now: ReadonlyMap<Id, Id>;
  readonly progress: SampleProgress | null;
}

/** Who joins files here. */
interface Workshop {
  progressOf(id: Id): SampleProgress | null;
}

/** Read models over what datasets tell together. */
export class FusionQueries {
  constructor(
    private readonly store: FusionStore,
    private readonly datasets: DatasetPort,
    private readonly knowledge: Pick<FusionKnowledge, 'current'>,
    private readonly workshop: Workshop,
  ) {}

  async find(reader: Reader, principal: Principal, id: Id): Promise<SeenFusion | null> {
    const fusion = await this.store.find(reader, id);
    if (fusion === null || !maySeeFusion(principal, fusion)) return null;
    const [seen] = await this.seen(reader, [fusion]);
    return seen ?? null;
  }

  /** Newest first, only what the caller may see. */
  async list(
    reader: Reader,
    principal: Principal,
    asked: FusionFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly fusions: readonly SeenFusion[]; readonly total: number }> {
    const own = ownBody(principal);
    const { fusions, total } = await this.store.list(reader, own === null ? asked : { ...asked, publisher: own }, page);
    return { fusions: await this.seen(reader, fusions), total };
  }

  private async seen(reader: Reader, fusions: readonly FusionAssessment[]): Promise<SeenFusion[]> {
    const ids = new Set(fusions.flatMap(({ datasets }) => datasets.map(({ dataset }) => dataset)));
    const records = await this.datasets.findMany(reader, [...ids]);
    const titles = new Map<Id, Text>(records.map(({ id, title }) => [id, title]));
    const rows = await this.knowledge.current(reader, [...ids]);
    const now = new Map<Id, Id>([...rows].map(([dataset, { id }]) => [dataset, id]));
    return fusions.map((fusion) => ({ fusion, titles, now, progress: this.workshop.progressOf(fusion.id) }));
  }
}
