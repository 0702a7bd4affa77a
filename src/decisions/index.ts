import type { RequestListener } from 'node:http';
import type { Grants } from '../grants/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import type { Clock, Instant } from '../kernel/time.js';
import type { Follower } from '../log/index.js';
import type { Reader, UnitOfWork } from '../persistence/index.js';
import { AccessCore, isAccessPath } from './access/core.js';
import { isServed } from './access/may-ask.js';
import type { AccessDeps, CredentialVerifier, PermitSigner } from './access/ports.js';
import { serveAccess } from './access/raw-adapter.js';
import { ChangeFeed } from './change-feed.js';
import { DecisionBook } from './decision-book.js';
import { fillHref, hrefTemplate } from './domain/href.js';
import { decide, type Outcome } from './domain/decide.js';
import type { AccessPolicy } from './domain/policy.js';
import { NO_QUESTION, type Question } from './domain/question.js';
import { World } from './domain/world.js';
import { Explanations } from './explanations.js';
import { followerFreshness } from './follower-freshness.js';
import { grantFeed } from './grant-feed.js';
import { IndexFile, type KeptWorld } from './index-file.js';
import { PolicyInForce, readPolicySource } from './policy-loader.js';
import { DatabaseDecisionStore, DatabaseDeliveryBook } from './store/database-decision-store.js';
import { DatabaseDeliveryCounts } from './store/delivery-counts.js';
import { DecisionUseRow, DecisionRow, DeliveryRow, deliveryTable, PortalUseRow } from './store/decision-rows.js';
import { rehearseAnswers, type RehearsedAnswers, type Standpoint } from './rehearsed-decisions.js';
import { databaseAnswersStore } from './store/database-answers-store.js';
import { databaseUsageStore } from './store/database-usage-store.js';
import { UsageQueries } from './usage.js';
import { readUrlPatterns } from './url-patterns.js';
import { WorldKeeper, type WorldFeeds } from './world-keeper.js';

export { deliveriesUnder } from './store/delivery-counts.js';

export interface DecisionDeps {
  readonly unit: UnitOfWork;
  readonly follower: Follower;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policies: string;
  readonly publicUrl: string | null;
  readonly issuer: string;
  /** How long without confirming the log before conditional and restricted data are denied (ms). */
  readonly stalenessBound: number;
  /** For how many days decisions are kept whole. */
  readonly keptDays: number;
  readonly credentials: CredentialVerifier;
  readonly permits: PermitSigner;
  readonly grants: Grants;
  readonly feeds: Omit<WorldFeeds, 'grants'>;
  /** A row differs from what the log says of it. */
  readonly alarm: (kind: string, id: string) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Decisions {
  readonly world: World;
  readonly policies: PolicyInForce;
  readonly explanations: Explanations;
  readonly usage: UsageQueries;
  readonly book: DecisionBook;
  readonly core: AccessCore;
  /** The same pure decision in process, for other slices; nothing is recorded. */
  ask(question: Partial<Question>): Asked;
  /** Loads the world, or takes up what was kept; call between `follower.begin()` and the first request. */
  load(kept?: KeptWorld | null): Promise<'kept' | 'read'>;
  /** The world as it is, to be taken up at the next start; null while anything in it is doubtful. */
  keep(): KeptWorld | null;
  /** What recorded answers since an instant would have been with datasets at these tiers. */
  rehearse(reader: Reader, tiers: ReadonlyMap<Id, Standpoint>, since: Instant): Promise<readonly RehearsedAnswers[]>;
  /** Lets go of whole decisions that were kept long enough; what is counted stays. */
  forgetOld(): Promise<void>;
  /** A row was found to be other than the log says: nothing that rests on it is permitted. */
  distrust(kind: string, id: string): void;
  /** Puts the access plane in front of another listener. */
  inFrontOf(next: RequestListener): RequestListener;
  /** Answers whoever waits for changes, now and from now on at once. */
  release(): void;
  close(): Promise<void>;
}

export interface Asked {
  readonly permit: boolean;
  readonly reason: string;
  readonly nextStep: string;
  readonly href: string | undefined;
  readonly grant: string | null;
}

export async function createDecisions(deps: DecisionDeps): Promise<Decisions> {
  const { unit, follower, clock } = deps;
  const world = new World();
  world.stalenessBound = deps.stalenessBound;
  const policies = await PolicyInForce.start(await readPolicySource(deps.policies));
  const policy = (): AccessPolicy => policies.current;
  const deliveries = new DatabaseDeliveryBook(unit, deps.ids);
  const store = new DatabaseDecisionStore(unit);
  const book = new DecisionBook(store, world, deps.onFault);
  const changes = new ChangeFeed(follower, world);
  const keeper = new WorldKeeper({
    world,
    feeds: { ...deps.feeds, grants: grantFeed(deps.grants.store, 'grant') },
    usage: new DatabaseDeliveryCounts(),
    follower,
    read: (work) => unit.read(work),
    alarm: deps.alarm,
    changes,
  });
  const freshness = followerFreshness(follower);
  const access: AccessDeps = {
    ...deps,
    world,
    serves: (portal, question) => isServed(portal, question, world),
    policy,
    freshness,
    sink: book,
    deliveries,
    urlPatterns: await readUrlPatterns(deps.policies),
    decisions: { find: (id) => unit.read((reader) => book.find(reader, id)) },
    changes,
  };
  const core = new AccessCore(access);
  return {
    world,
    policies,
    explanations: new Explanations(access, book),
    usage: new UsageQueries({ world, policy, clock, store: databaseUsageStore }),
    book,
    core,
    ask: (question) => {
      const now = clock.now();
      freshness.mark(world, now);
      return askedOf(decide({ ...NO_QUESTION, ...question }, world, policy(), now), world, policy());
    },
    load: async (kept = null) => {
      const how = await keeper.begin(kept, follower.position);
      changes.begin();
      book.start();
      return how;
    },
    keep: () => keeper.keep(follower.position),
    rehearse: (reader, tiers, since) => rehearseAnswers(reader, databaseAnswersStore, policy(), tiers, since),
    forgetOld: () => store.forget(clock.now() - deps.keptDays * DAY),
    distrust: (kind, id) => keeper.distrust(kind, id),
    inFrontOf: (next) => accessFirst(core, next),
    release: () => changes.release(),
    close: () => book.close(),
  };
}

const accessFirst =
  (core: AccessCore, next: RequestListener): RequestListener =>
  (message, response) => {
    const path = (message.url ?? '/').split('?', 1)[0] ?? '/';
    if (isAccessPath(path)) serveAccess(core, message, response);
    else next(message, response);
  };

const DAY = 86_400_000;

function askedOf(outcome: Outcome, world: World, policy: AccessPolicy): Asked {
  const row = policy.rows[outcome.row];
  const nextStep = row?.nextStep ?? 'none';
  const href = policy.vocabulary.nextSteps[nextStep]?.href;
  return {
    permit: outcome.permit,
    reason: row?.reason ?? 'no-rule',
    nextStep,
    href: href === undefined ? undefined : fillHref(hrefTemplate(href), outcome, world),
    grant: outcome.grant < 0 ? null : world.grants.idOf(outcome.grant),
  };
}

export const decisionEntities = [DecisionRow, DecisionUseRow, DeliveryRow, PortalUseRow];
export const decisionTables = [deliveryTable];

export type { CredentialVerifier, PermitSigner, Verified } from './access/ports.js';
export type { Question } from './domain/question.js';
export { accessServed, wordsOf } from './http/access-served.js';
export { decisionRoutes } from './http/decision-routes.js';
export { loadPolicy, PolicyInForce, readPolicySource } from './policy-loader.js';
export { EXPORT_MODEL } from './domain/policy-lines.js';
export { productFeeds, worldEntities } from './product-feeds.js';
export { type JudgedCase, judgeCase, readOperatorCases } from './operator-cases.js';
export { IndexFile, type KeptWorld };
export { exportLines, readWorld } from './read-world.js';
export { tableFeed } from './table-feed.js';
export type { AgreementFacts, Feed, Fed } from './world-feed.js';
export type { WorldFeeds } from './world-keeper.js';
