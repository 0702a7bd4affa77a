import type { Principal } from '../../kernel/principal.js';
import type { Clock, Instant } from '../../kernel/time.js';
import type { ChangeFeed } from '../change-feed.js';
import type { Outcome } from '../domain/decide.js';
import type { AccessPolicy } from '../domain/policy.js';
import type { Question } from '../domain/question.js';
import type { World } from '../domain/world.js';
import type { Result } from '../../kernel/result.js';

/** Verifies what a request carries. Synchronous when the exact credential was verified before and is not revoked. */
export interface CredentialVerifier {
  /** Null when there is no credential; `invalid` when there is one that does not hold. */
  verify(authorization: string | undefined, apiKey: string | undefined): Verified | Promise<Verified>;
}
export type Verified = Principal | null | 'invalid';

/** Makes this instance's world as new as the log: one poll within a short time. Resolves when it is or cannot be. */
export interface Freshness {
  /** Tells the world which position it reflects and when that was last confirmed; called before every decision. */
  mark(world: World, now: Instant): void;
  /**
   * Gives the head of the log, read after the call where `minRevision` is not reached: no revision above it exists, and
   * what a caller demands is capped there. Infinity when the log could not be read in time.
   */
  confirm(minRevision: number): Promise<number>;
}

export interface DecisionSink {
  /** Takes a decision for the record without waiting; open data of a dataset that is open is only counted. */
  take(decision: TakenDecision): void;
}

export interface TakenDecision {
  readonly id: string;
  readonly at: Instant;
  readonly asker: Principal;
  readonly question: Question;
  readonly outcome: Outcome;
  readonly policy: AccessPolicy;
  readonly revision: number;
}

/** What a portal says it served. */
export interface DeliveryReport {
  readonly evaluationId: string;
  readonly dataset: string;
  readonly distribution: string | null;
  readonly grant: string | null;
  readonly bytes: number | null;
  readonly portal: string;
}

export interface DeliveryBook {
  /** Durable when it resolves; the same evaluation and distribution again changes nothing. */
  record(report: DeliveryReport): Promise<Result<{ id: string; grantDeliveries: number | null; repeated: boolean }>>;
}

/** What a decision rested on, while it is on record. */
export interface DecisionRecords {
  find(id: string): Promise<KnownDecision | null>;
}
export interface KnownDecision {
  readonly asker: string;
  readonly askerKind: Principal['kind'];
  readonly dataset: string | null;
  readonly grant: string | null;
  readonly question: Question;
}

/** Signs what a portal may rely on without asking again. */
export interface PermitSigner {
  sign(permit: PermitContent): string;
}
export interface PermitContent {
  /** The portal it is for. */
  readonly audience: string;
  readonly subject: string;
  readonly evaluationId: string;
  readonly issuedAt: Instant;
  readonly lifetimeSeconds: number;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface AccessDeps {
  readonly world: World;
  /** The policy in force, read once per request so that one answer never mixes versions. */
  readonly policy: () => AccessPolicy;
  readonly clock: Clock;
  readonly credentials: CredentialVerifier;
  readonly freshness: Freshness;
  readonly sink: DecisionSink;
  /** Is told of what failed inside; the asker is not. */
  readonly onFault: (error: unknown) => void;
  readonly deliveries: DeliveryBook;
  /** Whether a portal is registered for the subject of a question. */
  readonly serves: (portal: Principal, question: Question) => boolean;
  readonly urlPatterns: readonly UrlPattern[];
  readonly publicUrl: string | null;
  /** The `iss` of the product's own tokens. */
  readonly issuer: string;
  readonly decisions: DecisionRecords;
  readonly permits: PermitSigner;
  readonly changes: Pick<ChangeFeed, 'since' | 'next' | 'isReleased'>;
}

/** `/files/{distribution}` or `/files/annual.csv` with a fixed distribution; the first that fits decides. */
export interface UrlPattern {
  readonly pattern: string;
  readonly action: 'download' | 'api' | 'sandbox';
  readonly distribution?: string;
}
