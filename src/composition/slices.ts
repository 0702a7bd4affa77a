import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Applications,
  type Calendar,
  attachmentStore,
  createApplications,
  loadRules,
  watchDesks,
  watchTiers,
} from '../applications/index.js';
import { RouteGuard } from '../casbin/index.js';
import {
  agreementStore,
  type Catalogue,
  createCatalogue,
  datasetStore,
  loadConditionKinds,
} from '../catalogue/index.js';
import {
  type Classification,
  createClassification,
  createJudge,
  requirePacks,
  type Sampling,
} from '../classification/index.js';
import { type Colleagues, createColleagues } from '../colleagues/index.js';
import type { Config } from '../config/index.js';
import { createDecisions, type Decisions, deliveriesUnder, productFeeds } from '../decisions/index.js';
import {
  type CaseFusion,
  createCaseFusion,
  createDirectory,
  createSimilarCases,
  type DatasetDirectory,
  type SimilarCasesOfCase,
} from '../directory/index.js';
import { createGrants, type Grants } from '../grants/index.js';
import { createEvidence, type EvidenceViews } from '../evidence/index.js';
import { createIdentity, DEMO_PASSWORD_COST, type Identity } from '../identity/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Clock, dayOf } from '../kernel/time.js';
import type { Follower } from '../log/index.js';
import { faultFields, type Logger, type Metrics } from '../operations/index.js';
import type { Reactions, Reader, UnitOfWork } from '../persistence/index.js';
import type { Register } from '../register/index.js';
import { countDecisions } from './decision-metrics.js';
import { governingOf } from './governing.js';
import { learningOf } from './learning.js';
import { kindsOf, registerOf } from './register-sources.js';
import {
  catalogueForApplications,
  evidenceForApplications,
  filesForEvidence,
  grantsForApplications,
  grantsForEvidence,
  identityForApplications,
  restrictionsForApplications,
  publishersOf,
  restingOn,
  surroundingsOfGrants,
  surroundingsOfSupervision,
} from './ports.js';
import type { Notices } from '../notices/index.js';
import { createNotifications, loadNotificationTable, type Notifications } from '../notifications/index.js';
import { noticesOf } from './noticing.js';
import { mailSurroundings, nearSource, toldSurroundings } from './notifying.js';
import {
  createSupervision,
  loadComplaintRules,
  loadDemandRules,
  loadLadder,
  type Supervision,
  type SupervisionGround,
} from '../supervision/index.js';
import { permitSignerOf, verifierOf } from './verifier.js';

/** What every slice stands on. */
export interface Ground {
  readonly config: Config;
  readonly secret: string;
  readonly policies: string;
  /** The address people use, without a slash at its end. */
  readonly base: string;
  readonly unit: UnitOfWork;
  readonly follower: Follower;
  readonly reactions: Reactions;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export interface Slices {
  readonly identity: Identity;
  readonly colleagues: Colleagues;
  readonly catalogue: Catalogue;
  readonly judge: ReturnType<typeof createJudge>;
  readonly classification: Classification;
  readonly learning: ReturnType<typeof learningOf>;
  readonly evidence: EvidenceViews;
  readonly applications: Applications;
  readonly grants: Grants;
  readonly supervision: Supervision;
  readonly register: Register;
  readonly decisions: Decisions;
  readonly directory: DatasetDirectory;
  readonly caseFusion: CaseFusion;
  readonly similarCases: SimilarCasesOfCase;
  readonly notices: Notices;
  readonly notifications: Notifications;
}

/** Filled once the routes are known; until then nothing is permitted. */
export interface Guarding {
  guard: RouteGuard | null;
}

/** The catalogue's records, for slices that look at them and no further. */
const DOCUMENTS = { datasets: datasetStore, agreements: agreementStore };

/** Names of bodies and of people, for those who may see what they did. */
const namesFrom = (identity: Identity) => ({
  names: publishersOf(identity).names,
  people: (reader: Reader, people: readonly Id[]) => identity.people.findMany(reader, people),
});

/** Builds every slice in its order and fills what one needs of a later one. */
export async function buildSlices(ground: Ground, guarding: Guarding): Promise<Slices> {
  const { unit, reactions, ids, policies } = ground;
  const identity = identityOf(ground, guarding);
  const colleagues = createColleagues({ ...ground, identity });
  const packs = requirePacks(policies);
  const judge = createJudge(ids, packs);
  const catalogue = catalogueOf(ground, identity, judge);
  const governing = governingOf(ground);
  const classification = createClassification({
    ids,
    unit,
    packs,
    judge,
    datasets: datasetStore,
    reactions,
    resting: restingOn(identity),
    sampling: samplingOf(ground),
    ...namesFrom(identity),
    calendar: catalogue.calendar,
    governing: governing.ground,
  });
  const evidence = evidenceOn(ground, identity);
  const forApplications = groundOfApplications(ground, { identity, evidence, catalogue });
  watchDesks(forApplications, reactions);
  watchTiers(forApplications, reactions);
  const grants = grantsOn(ground, identity, { documents: DOCUMENTS, evidence, classification });
  const applications = createApplications({ ids, ...forApplications, grants: grantsForApplications(grants) });
  const ladder = loadLadder(policies);
  const calendar = calendarOf(ground, forApplications.rules);
  const watched = { ladder, calendar, grants, applications: applications.restricting, catalogue };
  const supervision = supervisionOf(ground, identity, watched);
  // Last: who is told is judged by what everything else made of the event.
  const acting = { identity, evidence, applications, grants, supervision, ladder };
  const notifications = notificationsOf(ground, acting, colleagues);
  const notices = noticesOf(ground, { ...acting, datasets: datasetStore });
  const decisions = await buildDecisions(ground, identity, grants);
  governing.decided(decisions);
  countDecisions(ground.metrics, decisions);
  const sources = { catalogue, classification, applications, grants };
  const register = registerOf(policies, { applications, catalogue, identity, supervision });
  return {
    identity,
    colleagues,
    catalogue,
    judge,
    classification,
    learning: learningOf(ground, { classification, judge }),
    evidence,
    applications,
    grants,
    supervision,
    register,
    decisions,
    directory: createDirectory({ ...sources, decisions }),
    caseFusion: createCaseFusion(sources),
    similarCases: createSimilarCases({ ...sources, supervision, register, kindsOf: kindsOf(identity) }),
    notices,
    notifications,
  };
}

const notificationsOf = (
  { config, base, secret, ids, reactions, policies }: Ground,
  told: Omit<Parameters<typeof toldSurroundings>[0], 'datasets'>,
  colleagues: Colleagues,
): Notifications => {
  const sources = { ...told, datasets: datasetStore };
  const table = loadNotificationTable(policies);
  return createNotifications({
    ids,
    reactions,
    table,
    surroundings: toldSurroundings(sources),
    near: nearSource(sources),
    mail: {
      smtpUrl: config.smtpUrl ?? null,
      folder: config.mailFolder,
      from: config.mailFrom,
      base,
      secret,
      surroundings: mailSurroundings({ ...sources, colleagues, base }),
    },
  });
};

/** Grants follow the evidence of their organisation and what the packs say of their dataset. */
const grantsOn = (
  { ids, reactions }: Ground,
  identity: Identity,
  {
    documents,
    evidence,
    classification,
  }: {
    readonly documents: Parameters<typeof surroundingsOfGrants>[0];
    readonly evidence: EvidenceViews;
    readonly classification: Classification;
  },
): Grants =>
  createGrants({
    ids,
    reactions,
    surroundings: surroundingsOfGrants(documents, identity),
    evidence: evidence.service,
    deliveries: deliveriesUnder,
    fate: (tx, dataset, from, to) => classification.reclassifications.fate(tx, dataset, from, to),
  });

/** Days run into a year without an arrangement as provisional ones: whoever runs the product is to see it come. */
function calendarOf({ metrics, clock }: Ground, rules: ReturnType<typeof loadRules>): Calendar {
  const { calendar } = rules.clock;
  metrics.gauge(
    'tiergate_calendar_days_left',
    'Days from today for which the national calendar is published',
    () => calendar.publishedAfter(dayOf(clock.now())),
    'min',
  );
  return calendar;
}

/** What applications stand on; what they need of later slices is put in beside it. */
const groundOfApplications = (
  ground: Ground,
  { identity, evidence, catalogue }: { identity: Identity; evidence: EvidenceViews; catalogue: Catalogue },
) => ({
  rules: loadRules(ground.policies),
  identity: identityForApplications(identity),
  catalogue: catalogueForApplications(catalogue),
  restrictions: restrictionsForApplications,
  evidence: evidenceForApplications(evidence),
  ...uploadsOf(ground),
});

const evidenceOn = ({ ids, policies }: Ground, identity: Identity): EvidenceViews =>
  createEvidence({
    ids,
    kinds: loadConditionKinds(policies),
    files: filesForEvidence(attachmentStore),
    organisations: {
      organisation: (reader, id) => identity.organisations.find(reader, id),
      names: publishersOf(identity).names,
    },
    grants: grantsForEvidence({ datasets: datasetStore }),
  });

const supervisionOf = (
  { ids, reactions, policies }: Ground,
  identity: Identity,
  watched: Pick<SupervisionGround, 'ladder' | 'calendar' | 'grants' | 'applications' | 'catalogue'>,
): Supervision =>
  createSupervision({
    ids,
    reactions,
    demands: loadDemandRules(policies),
    complaints: loadComplaintRules(policies),
    files: filesForEvidence(attachmentStore),
    surroundings: surroundingsOfSupervision({ datasets: datasetStore }, identity),
    ...watched,
  });

function catalogueOf(ground: Ground, identity: Identity, judge: ReturnType<typeof createJudge>): Catalogue {
  const { config, unit, follower, reactions, ids, log, policies } = ground;
  return createCatalogue({
    ids,
    unit,
    follower,
    reactions,
    judge,
    publishers: publishersOf(identity),
    kinds: loadConditionKinds(policies),
    spool: config.spool,
    alone: config.databaseUrl.startsWith('sqlite:'),
    base: ground.base,
    contactEmail: config.contactEmail,
    onFault: (error) => log.error('import failed', faultFields(error)),
  });
}

function identityOf(ground: Ground, guarding: Guarding): Identity {
  const { config, unit, follower, clock, ids, log } = ground;
  return createIdentity({
    unit,
    clock,
    ids,
    follower,
    secret: ground.secret,
    issuer: ground.base,
    staleness: config.staleness,
    secureCookies: ground.base.startsWith('https:'),
    ...(config.mode === 'demo' ? { passwordCost: DEMO_PASSWORD_COST } : {}),
    onFault: (error) => log.error('signing keys could not be loaded', faultFields(error)),
    permissionsOf: (principal) => guarding.guard?.permissionsOf(principal) ?? [],
  });
}

const uploadsOf = ({ config }: Ground) => ({ spool: config.spool, scanner: config.scanner ?? null });

const samplingOf = ({ config, log }: Ground): Sampling => ({
  spool: config.spool,
  budget: config.sampleBudget,
  alone: config.databaseUrl.startsWith('sqlite:'),
  onFault: (error) => log.error('a sample could not be assessed', faultFields(error)),
});

function buildDecisions(ground: Ground, identity: Identity, grants: Grants): Promise<Decisions> {
  const { log, metrics } = ground;
  let tampered = 0;
  metrics.gauge(
    'tiergate_tampered_rows',
    'Rows found different from what the log says since the start',
    () => tampered,
  );
  return createDecisions({
    ...ground,
    publicUrl: ground.config.publicUrl ?? null,
    issuer: ground.base,
    stalenessBound: ground.config.staleness,
    keptDays: ground.config.decisionsKept,
    credentials: verifierOf(identity.credentials),
    permits: permitSignerOf(identity.tokens, ground.base),
    grants,
    feeds: productFeeds(),
    alarm: (kind, id) => {
      tampered += 1;
      log.error('a row differs from the log and is not believed', { kind, id });
    },
    onFault: (error) => log.error('a decision failed, or could not be recorded', faultFields(error)),
  });
}

/** The route guard over the permissions of these routes. */
export function loadGuard(policies: string, permissions: Iterable<string>, log: Logger): Promise<RouteGuard> {
  const text = (name: string): string => readFileSync(join(policies, name), 'utf8');
  return RouteGuard.load({
    model: text('routes.model.conf'),
    policy: text('routes.csv'),
    permissions,
    onError: (error) => log.error('the route guard failed; denied', faultFields(error)),
  });
}
