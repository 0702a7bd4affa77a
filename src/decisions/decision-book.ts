import type { Principal } from '../kernel/principal.js';
import type { DecisionSink, TakenDecision } from './access/ports.js';
import { type CountOf, DecisionTally } from './decision-tally.js';
import { type PortalCount, PortalTally } from './portal-tally.js';
import { isByItems } from './domain/dataset-entry.js';
import { CODE, FACTS, factsOf } from './domain/facts.js';
import { unpack } from './domain/packed.js';
import type { Question } from './domain/question.js';
import { portion } from './portion.js';
import type { Reader } from '../persistence/index.js';

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
  /** Whether the tier is that of the items asked for, in place of their dataset's. */
  readonly byItems: boolean;
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

/** Names grants by their row in the index, and datasets by their number: neither is ever given to another one. */
type Names = Readonly<Record<'grants' | 'datasets', { idOf(number: number): string }>>;

const TIER_NAMES = FACTS.tier;

export interface DecisionStore {
  write(
    records: readonly RecordedDecision[],
    counts: readonly CountOf[],
    portals: readonly PortalCount[],
  ): Promise<void>;
  find(reader: Reader, id: string): Promise<RecordedDecision | null>;
}

/** A crash loses at most what came in since the last flush. */
export const FLUSH_EVERY = 500;
const FLUSH_AT = 1000;
/** Above this the database does not keep up; what cannot be kept is counted as lost and said in the metrics. */
export const MOST_WAITING = 200_000;
const BATCH = 1000;
/** Text of one writing, so that it ends in time however large the questions are. */
const CHARACTERS = 4_000_000;
/**
 * Takes decisions without waiting and writes them in batches. Decisions about conditional and restricted data, and about
 * open items of such data, are kept whole; all decisions are counted by day, dataset, tier, reason and outcome. Loss bound after a kill: what came in within
 * FLUSH_EVERY, and what was just being written.
 */
export class DecisionBook implements DecisionSink {
  private waiting: TakenDecision[] = [];
  private readonly tally: DecisionTally;
  private readonly portals = new PortalTally();
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** Records dropped because the database did not keep up. */
  lost = 0;
  /** Decisions since the start: denials, then permits, of each tier. */
  private readonly totals = new Float64Array(2 * TIER_NAMES.length);

  constructor(
    private readonly store: DecisionStore,
    private readonly names: Names,
    private readonly onFault: (error: unknown) => void,
  ) {
    this.tally = new DecisionTally((number) => names.datasets.idOf(number));
  }

  start(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_EVERY);
    this.timer.unref();
  }

  get backlog(): number {
    return this.waiting.length;
  }

  /** How many decisions were taken since the start, by tier and outcome. */
  taken(): { readonly tier: string; readonly permit: boolean; readonly count: number }[] {
    return [...this.totals].map((count, place) => ({
      tier: TIER_NAMES[place >> 1] ?? 'unknown',
      permit: (place & 1) === 1,
      count,
    }));
  }

  take(decision: TakenDecision): void {
    const { tier, permit, dataset } = decision.outcome;
    const place = 2 * tier + Number(permit);
    this.totals[place] = (this.totals[place] as number) + 1;
    this.tally.add(decision);
    this.portals.add(decision);
    if (tier === CODE.tier.open && !isByItems(decision.question, dataset)) return;
    if (this.waiting.length >= MOST_WAITING) {
      this.lost += 1;
      return;
    }
    if (this.waiting.push(decision) === FLUSH_AT) void this.flush();
  }

  /** The record, also when it has not been written yet. */
  async find(reader: Reader, id: string): Promise<RecordedDecision | null> {
    const waiting = this.waiting.find((decision) => decision.id === id);
    return waiting === undefined ? this.store.find(reader, id) : recordOf(waiting, this.names);
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
    this.timer = null;
    await this.flush();
    if (this.waiting.length > 0) await this.flush();
  }

  private async writeAll(): Promise<void> {
    const batch = [...this.waiting];
    const counts = this.tally.take();
    const portals = this.portals.take();
    if (batch.length === 0 && counts.length === 0) return;
    let written = 0;
    try {
      do {
        const next = portion(batch, written, BATCH, CHARACTERS);
        const records = next.map((decision) => recordOf(decision, this.names));
        await this.store.write(records, written === 0 ? counts : [], written === 0 ? portals : []);
        written += next.length;
      } while (written < batch.length);
    } catch (error) {
      if (written === 0) {
        this.tally.giveBack(counts);
        this.portals.giveBack(portals);
      }
      this.onFault(error);
    }
    this.waiting = this.waiting.slice(written);
  }
}

function recordOf(
  { id, at, asker, question, outcome, policy, revision }: TakenDecision,
  { grants }: Names,
): RecordedDecision {
  return {
    id,
    at,
    askerKind: asker.kind,
    asker: asker.id,
    permit: outcome.permit,
    row: policy.rows[outcome.row]?.id ?? '',
    reason: policy.rows[outcome.row]?.reason ?? 'no-rule',
    tier: TIER_NAMES[outcome.tier] ?? 'unknown',
    byItems: isByItems(question, outcome.dataset),
    policyVersion: policy.version,
    revision,
    low: outcome.low,
    high: outcome.high,
    organisation: outcome.organisation?.id ?? null,
    person: outcome.person ?? null,
    dataset: outcome.dataset?.id ?? null,
    grant: outcome.grant < 0 ? null : grants.idOf(outcome.grant),
    validUntil: outcome.validUntil,
    question,
  };
}

export const factsOfRecord = (record: Pick<RecordedDecision, 'low' | 'high'>) =>
  factsOf(unpack(record.low, record.high));
