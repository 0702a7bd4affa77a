import type { Route } from '../http/index.js';
import type { Ids } from '../kernel/ids.js';
import type { Follower } from '../log/index.js';
import type { Reactions, UnitOfWork } from '../persistence/index.js';
import type { AssessmentService } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { objectionRoutes, tierFiling } from './http/objection-routes.js';
import { reevaluationRoutes } from './http/reevaluation-routes.js';
import { rulePackRoutes } from './http/rule-pack-routes.js';
import { ObjectionQueries } from './objection-queries.js';
import { ObjectionService } from './objection-service.js';
import { type DistrustedPack, PackKeeper } from './pack-keeper.js';
import type { Packs } from './packs/load.js';
import { PackSealer } from './packs/seal.js';
import { ReevaluationClock } from './reevaluation-clock.js';
import { ReevaluationService } from './reevaluation-service.js';
import { LateUpdateClock, type LatePort } from './late-update-clock.js';
import type { AnswersPort } from './rehearsal-job.js';
import type { PeopleNames } from './people-names.js';
import { RehearsalService } from './rehearsal-service.js';
import type { RestingPort } from './resting-port.js';
import { RulePackService } from './rule-pack-service.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';
import { databaseObjectionStore } from './store/database-objection-store.js';
import { databaseReevaluationStore } from './store/database-reevaluation-store.js';
import { databaseRehearsalStore } from './store/database-rehearsal-store.js';
import { databaseRulePackStore } from './store/database-rule-pack-store.js';
import { ObjectionRow, objectionTable } from './store/objection-row.js';
import { ReevaluationRow, reevaluationTable } from './store/reevaluation-row.js';
import { RehearsalChangeRow, RehearsalRow, rehearsalTable } from './store/rehearsal-row.js';
import { RulePackRow, rulePackTable } from './store/rule-pack-row.js';
import type { TierJudgeOfPacks } from './tier-judge.js';
import type { BodyNames } from './worksheets/worksheet-service.js';

/** What governing stands on, beside the slice itself. */
export interface GoverningGround {
  readonly unit: UnitOfWork;
  readonly follower?: Pick<Follower, 'subscribe'>;
  /** The product's secret: published packs are sealed with a key derived from it. */
  readonly secret: string;
  readonly answers: AnswersPort;
  readonly alarm: (pack: DistrustedPack) => void;
  readonly onFault: (error: unknown) => void;
}

export interface GoverningDeps extends GoverningGround {
  readonly ids: Ids;
  readonly packs: Packs;
  readonly judge: TierJudgeOfPacks;
  readonly service: AssessmentService;
  readonly names: BodyNames;
  readonly people: PeopleNames;
  readonly calendar: LatePort;
  readonly datasets: DatasetPort;
  readonly resting: RestingPort;
  readonly reactions: Pick<Reactions, 'on'> | undefined;
}

/** Packs as governed law, and tiers that are looked at again. */
export interface Governing {
  readonly keeper: PackKeeper;
  readonly releases: RulePackService;
  readonly rehearsing: RehearsalService;
  readonly reviews: ReevaluationService;
  readonly objections: ObjectionService;
  readonly objected: ObjectionQueries;
  readonly clock: ReevaluationClock;
  readonly late: LateUpdateClock;
  readonly packs: Packs;
  readonly people: PeopleNames;
}

export function createGoverning(deps: GoverningDeps): Governing {
  const { ids, packs, judge, datasets, resting, unit, follower, alarm, reactions } = deps;
  const sealer = new PackSealer(deps.secret);
  const [store, rehearsals] = [databaseRulePackStore, databaseRehearsalStore];
  const assessments = databaseAssessmentStore;
  const keeper = new PackKeeper({ packs, store, sealer, unit, alarm, ...(follower === undefined ? {} : { follower }) });
  const rehearsing = new RehearsalService({
    unit,
    store: rehearsals,
    assessments,
    datasets,
    resting,
    answers: deps.answers,
    root: packs.root,
    releases: store,
    packs,
    ids,
    onFault: deps.onFault,
  });
  const reviews = new ReevaluationService(databaseReevaluationStore, datasets, packs, databaseObjectionStore);
  reactions?.on(['assessment.confirmed', 'assessment.overridden'], (tx, entries) => reviews.ruled(tx, entries));
  reactions?.on('assessment.returned', (tx, entries) => reviews.returned(tx, entries));
  reactions?.on('dataset.changed', (tx, entries) => reviews.edited(tx, entries));
  const reviewing = databaseReevaluationStore;
  return {
    keeper,
    packs,
    people: deps.people,
    releases: new RulePackService(store, rehearsals, packs, sealer, ids),
    rehearsing,
    reviews,
    ...objecting(deps, reviews),
    clock: new ReevaluationClock({ store: reviewing, assessments, datasets, judge, packs }),
    late: new LateUpdateClock({ calendar: deps.calendar, datasets, reviews, store: reviewing }),
  };
}

function objecting({ datasets, service, ids, names }: GoverningDeps, reviews: ReevaluationService) {
  const [store, assessments] = [databaseObjectionStore, databaseAssessmentStore];
  return {
    objections: new ObjectionService({ store, datasets, assessments, service, reviews, ids, names }),
    objected: new ObjectionQueries(store, datasets, assessments, names),
  };
}

export const governingRoutes = ({ releases, rehearsing, reviews, packs, people, ...slice }: Governing): Route[] => [
  ...rulePackRoutes({
    service: releases,
    store: databaseRulePackStore,
    rehearsing,
    rehearsals: databaseRehearsalStore,
    packs,
    people,
    reviews: databaseReevaluationStore,
  }),
  ...reevaluationRoutes(reviews),
  ...objectionRoutes(slice.objections, slice.objected),
];

/** Objections to tiers, for where all objections are filed. */
export const tierFilingOf = ({ objections, objected }: Governing) => tierFiling(objections, objected);

export const governingEntities = [RulePackRow, RehearsalRow, RehearsalChangeRow, ReevaluationRow, ObjectionRow];
export const governingTables = [rulePackTable, rehearsalTable, reevaluationTable, objectionTable];
