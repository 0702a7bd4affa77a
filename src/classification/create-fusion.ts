import { hostname } from 'node:os';
import type { Ids } from '../kernel/ids.js';
import { Spool, type UnitOfWork } from '../persistence/index.js';
import type { DatasetPort } from './dataset-port.js';
import { markOf } from './files/assess-content.js';
import type { Joined } from './fusion/fusion-job.js';
import { FusionKnowledge } from './fusion/fusion-knowledge.js';
import { FusionQueries } from './fusion/fusion-queries.js';
import { fuseInProcess } from './fusion/fusion-reader.js';
import { FusionService } from './fusion/fusion-service.js';
import type { Packs } from './packs/load.js';
import type { Sampling } from './samples/sampling.js';
import type { Turns } from './samples/turns.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';
import { databaseFusionStore } from './store/database-fusion-store.js';

/** What datasets tell together: comparing them, what came of it, and what is known without any file. */
export interface Fusing {
  readonly service: FusionService;
  readonly queries: FusionQueries;
  readonly knowledge: FusionKnowledge;
}

interface FusingDeps {
  readonly ids: Ids;
  readonly unit: UnitOfWork;
  readonly packs: Packs;
  readonly datasets: DatasetPort;
  readonly sampling: Sampling;
}

/** The secrecy marks of every pack in force: the files may be of datasets under several. */
const marksOf = (packs: Packs): string | null => {
  const patterns = packs.inForce.flatMap((compiled) => markOf(compiled)?.source ?? []);
  return patterns.length === 0 ? null : patterns.map((pattern) => `(?:${pattern})`).join('|');
};

export function fusingOf({ ids, unit, packs, datasets, sampling }: FusingDeps, turns: Turns, joined: Joined): Fusing {
  const knowledge = new FusionKnowledge(databaseAssessmentStore, databaseFusionStore, packs);
  const { spool, fuse = fuseInProcess, budget, alone, onFault } = sampling;
  const service = new FusionService({
    ids,
    unit,
    datasets,
    knowledge,
    turns,
    joined,
    fuse,
    budget,
    alone,
    onFault,
    fusions: databaseFusionStore,
    mark: () => marksOf(packs),
    spool: new Spool(spool, 'fusion'),
    host: hostname(),
    processId: process.pid,
  });
  return { service, knowledge, queries: new FusionQueries(databaseFusionStore, datasets, knowledge, service) };
}
