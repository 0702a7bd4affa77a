import type { Principal } from '../kernel/principal.js';
import { type Day, dayOf } from '../kernel/time.js';
import type { DecisionSink, TakenDecision } from './access/ports.js';
import { AT, factsOf } from './domain/facts.js';
import { unpack } from './domain/packed.js';
import type { Question } from './domain/question.js';

/** A decision as it is kept. */
export interface RecordedDecision {
  readonly id: string;
  readonly at: number;
  readonly askerKind: Principal['kind'];
  readonly asker: string;
  readonly permit: boolean;
  readonly row: string;
  readonly reason: string;
  readonly tier: string;
  readonly policyVersion: string;
  readonly revision: number;
  readonly low: number;
  readonly high: number;
  readonly organisation: string | null;
  readonly person: string | null;
  readonly dataset: string | null;
  readonly grant: string | null;
  readonly validUntil: number;
  readonly question: Question;
}

export interface CountOf {
  readonly day: Day;
  readonly tier: string;
  readonly reason: string;
  readonly count: number;
}

export interface DecisionStore {
  write(records: readonly RecordedDecision[], counts: readonly CountOf[]): Promise<void>;
  find(id: string): Promise<RecordedDecision | null>;
}

/** A crash loses at most what came in since the last flush: this long, and this many. */
export const FLUSH_EVERY = 500;
const FLUSH_AT = 1000;
/** Above this the database does not keep up; what cannot be kept is counted as lost and said in the metrics. */
const MOST_WAITING = 200_000;
const TIER_NAMES = ['unknown', 'open', 'conditional', 'restricted'];

/**
 * Takes decisions without waiting and writes them in batches. Decisions about conditional and restricted data are kept
 * whole; all decisions are counted by day, tier and reason. Loss bound after a kill: what came in within FLUSH_EVERY.
 */
export class DecisionBook implements DecisionSink {
  private waiting: RecordedDecision[] = [];
  private counts = new Map<string, CountOf>();
  private day: { from: number; to: number; day: Day } = { from: 0, to: 0, day: '' };
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** Records dropped because the database did not keep up. */
  lost = 0;

  constructor(
    private readonly store: DecisionStore,
    private readonly onFault: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_EVERY);
    this.timer.unref();
  }

  get backlog(): number {
    return this.waiting.length;
  }

  take(decision: TakenDecision): void {
    const reason = decision.policy.rows[decision.outcome.row]?.reason ?? 'no-rule';
    const tier = TIER_NAMES[unpack(decision.outcome.low, decision.outcome.high)[AT.tier] ?? 0] ?? 'unknown';
    this.count(this.dayAt(decision.at), tier, reason);
    if (tier === 'open') return;
    if (this.waiting.length >= MOST_WAITING) {
      this.lost += 1;
      return;
    }
    this.waiting.push(recordOf(decision, tier, reason));
    if (this.waiting.length === FLUSH_AT) void this.flush();
  }

  /** The record, also when it has not been written yet. */
  async find(id: string): Promise<RecordedDecision | null> {
    return this.waiting.find((record) => record.id === id) ?? this.store.find(id);
  }

  /** Writes what is waiting; callers at the same time share one writing. A failed batch stays and is tried again. */
  flush(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.flush();
    await this.flush();
  }

  private async writeAll(): Promise<void> {
    const batch = this.waiting.slice(0, 5000);
    const counts = this.counts;
    if (batch.length === 0 && counts.size === 0) return;
    this.counts = new Map();
    try {
      await this.store.write(batch, [...counts.values()]);
      this.waiting = this.waiting.slice(batch.length);
    } catch (error) {
      for (const { day, tier, reason, count } of counts.values()) this.count(day, tier, reason, count);
      this.onFault(error);
    }
  }

  private count(day: Day, tier: string, reason: string, more = 1): void {
    const key = `${day} ${tier} ${reason}`;
    this.counts.set(key, { day, tier, reason, count: (this.counts.get(key)?.count ?? 0) + more });
  }

  /** The day of an instant, worked out once a minute at most. */
  private dayAt(at: number): Day {
    if (at < this.day.from || at >= this.day.to)
      this.day = { from: at, to: at - (at % 60_000) + 60_000, day: dayOf(at) };
    return this.day.day;
  }
}

function recordOf(
  { id, at, asker, question, outcome, grant, policy, revision }: TakenDecision,
  tier: string,
  reason: string,
): RecordedDecision {
  return {
    id,
    at,
    askerKind: asker.kind,
    asker: asker.id,
    permit: outcome.permit,
    row: policy.rows[outcome.row]?.id ?? '',
    reason,
    tier,
    policyVersion: policy.version,
    revision,
    low: outcome.low,
    high: outcome.high,
    organisation: outcome.organisation?.id ?? null,
    person: outcome.person ?? null,
    dataset: outcome.dataset?.id ?? null,
    grant,
    validUntil: outcome.validUntil,
    question,
  };
}

export const factsOfRecord = (record: Pick<RecordedDecision, 'low' | 'high'>) =>
  factsOf(unpack(record.low, record.high));
