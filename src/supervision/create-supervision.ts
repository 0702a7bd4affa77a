import type { RestrictionClosing } from '../applications/index.js';
import type { Grants } from '../grants/index.js';
import type { Ids } from '../kernel/ids.js';
import type { Reactions } from '../persistence/index.js';
import { DemandService } from './demand-service.js';
import type { DemandRules } from './domain/demand.js';
import type { Ladder } from './domain/ladder.js';
import { Measures } from './measures.js';
import { SanctionService } from './sanction-service.js';
import { DatabaseDemandStore } from './store/database-demand-store.js';
import { DatabaseSanctionStore } from './store/database-sanction-store.js';
import { DatabaseViolationStore } from './store/database-violation-store.js';
import { SupervisionClock } from './supervision-clock.js';
import type { SupervisionSurroundings, WorkingDays } from './supervision-ports.js';
import { ViolationService } from './violation-service.js';

export interface SupervisionGround {
  readonly ids: Ids;
  readonly ladder: Ladder;
  readonly demands: DemandRules;
  readonly calendar: WorkingDays;
  readonly grants: Pick<Grants, 'store' | 'service'>;
  readonly applications: RestrictionClosing;
  readonly surroundings: SupervisionSurroundings;
  readonly reactions: Pick<Reactions, 'on'>;
}

/** Builds the slice and subscribes it to grants that come into being while a measure is in force. */
export function createSupervision(ground: SupervisionGround) {
  const { ids, ladder, calendar, grants, applications, surroundings, reactions } = ground;
  const store = new DatabaseViolationStore();
  const measures = new Measures(new DatabaseSanctionStore(), grants, applications, ids);
  const service = new ViolationService({ ladder, calendar, store, measures, grants, surroundings });
  const demands = new DemandService({
    rules: ground.demands,
    calendar,
    ids,
    surroundings,
    store: new DatabaseDemandStore(),
  });
  const sanctions = new SanctionService(measures, surroundings);
  reactions.on('grant.created', (tx, entries) => sanctions.grantsCreated(tx, entries));
  return {
    store,
    measures,
    service,
    sanctions,
    demands,
    clock: new SupervisionClock(ladder, store, measures, service),
    views: { store, sanctions: measures.store, surroundings, grants, demands: demands.deps.store },
  };
}
export type Supervision = ReturnType<typeof createSupervision>;
