import { openApplications, type RestrictionClosing } from '../applications/index.js';
import type { Catalogue } from '../catalogue/index.js';
import type { Grants } from '../grants/index.js';
import type { Ids } from '../kernel/ids.js';
import type { Reactions, Reader } from '../persistence/index.js';
import { ComplaintEffects } from './complaint-effects.js';
import { ComplaintService } from './complaint-service.js';
import { DemandService } from './demand-service.js';
import type { Complaint } from './domain/complaint.js';
import type { ComplaintRules } from './domain/complaint-rules.js';
import type { DemandRules } from './domain/demand.js';
import type { Ladder } from './domain/ladder.js';
import { Measures } from './measures.js';
import { SanctionService } from './sanction-service.js';
import { DatabaseComplaintStore } from './store/database-complaint-store.js';
import { DatabaseDemandStore } from './store/database-demand-store.js';
import { DatabaseSanctionStore } from './store/database-sanction-store.js';
import { DatabaseViolationStore } from './store/database-violation-store.js';
import { SupervisionClock } from './supervision-clock.js';
import type { ComplaintFiles, SupervisionSurroundings, WorkingDays } from './supervision-ports.js';
import { ViolationService } from './violation-service.js';

export interface SupervisionGround {
  readonly ids: Ids;
  readonly ladder: Ladder;
  readonly demands: DemandRules;
  readonly complaints: ComplaintRules;
  readonly calendar: WorkingDays;
  readonly grants: Pick<Grants, 'store' | 'service'>;
  readonly applications: RestrictionClosing;
  readonly surroundings: SupervisionSurroundings;
  readonly files: ComplaintFiles;
  /** The catalogue's records, and how it lets data rest. */
  readonly catalogue: Pick<Catalogue, 'datasets' | 'holding'>;
  readonly reactions: Pick<Reactions, 'on'>;
}

/** Builds the slice and subscribes it to grants that come into being while a measure is in force. */
export function createSupervision(ground: SupervisionGround) {
  const { ids, ladder, calendar, grants, applications, surroundings, reactions } = ground;
  const store = new DatabaseViolationStore();
  const measures = new Measures(new DatabaseSanctionStore(), grants, applications, ids, {
    kinds: ladder.byPeopleOnly,
    surroundings,
  });
  const service = new ViolationService({ ladder, calendar, store, measures, grants, surroundings });
  const demands = new DemandService({
    rules: ground.demands,
    calendar,
    ids,
    surroundings,
    store: new DatabaseDemandStore(),
  });
  const complaints = complaintsOf(ground);
  const sanctions = new SanctionService(measures, surroundings);
  reactions.on(['assessment.confirmed', 'assessment.overridden'], (tx, entries) => complaints.assessed(tx, entries));
  reactions.on('grant.created', (tx, entries) => sanctions.grantsCreated(tx, entries));
  return {
    store,
    measures,
    service,
    sanctions,
    demands,
    complaints,
    clock: new SupervisionClock(ladder, store, measures, service),
    views: {
      store,
      sanctions: measures.store,
      surroundings,
      grants,
      demands: demands.deps.store,
      complaints: complaints.deps.store,
    },
  };
}

function complaintsOf({ ids, complaints: rules, calendar, surroundings, files, catalogue, grants }: SupervisionGround) {
  const store = new DatabaseComplaintStore();
  const { datasets, holding } = catalogue;
  const concerned = async (reader: Reader, { dataset, holder }: Pick<Complaint, 'dataset' | 'holder'>) => {
    const live = await grants.store.liveOf(reader, 'dataset', dataset);
    const open = await openApplications(reader, [{ id: dataset, publisher: holder }]);
    return [
      ...live.map(({ grant }) => grant.approval.organisation),
      ...(open.get(dataset) ?? []).map(({ application }) => application.applicant),
    ];
  };
  const effects = new ComplaintEffects({ rules, store, datasets, holding });
  return new ComplaintService({ rules, calendar, store, files, ids, surroundings, effects, concerned });
}

export type Supervision = ReturnType<typeof createSupervision>;
