import { type Day, dayOf } from '../kernel/time.js';
import type { TakenDecision } from './access/ports.js';
import { FACTS } from './domain/facts.js';
import type { AccessPolicy } from './domain/policy.js';

/** How many decisions about a dataset (none: '') ended in this way on a day. */
export interface CountOf {
  readonly day: Day;
  readonly dataset: string;
  readonly tier: string;
  readonly reason: string;
  readonly permit: boolean;
  readonly count: number;
}

const TIERS = FACTS.tier;
/** A day of Asia/Shanghai begins on a full minute, so a minute has one day. */
const MINUTE = 60_000;

/** Counts decisions in plain numbers; words are made when they are taken. */
export class DecisionTally {
  /** By what they count, so that there are never more than the table will have rows. */
  private counts = new Map<string, CountOf>();
  private current: { policy: AccessPolicy; minute: number; numbers: Map<number, number> } | null = null;

  /** @param datasetId id of a dataset by its number in the world. */
  constructor(private readonly datasetId: (number: number) => string) {}

  add({ at, policy, outcome }: TakenDecision): void {
    const minute = Math.floor(at / MINUTE);
    if (this.current === null || this.current.policy !== policy || this.current.minute !== minute)
      this.turn(policy, minute);
    const { numbers } = this.current as { numbers: Map<number, number> };
    const dataset = outcome.dataset === undefined ? 0 : outcome.dataset.index + 1;
    const place = (dataset * policy.rows.length + outcome.row) * TIERS.length + outcome.tier;
    numbers.set(place, (numbers.get(place) ?? 0) + 1);
  }

  take(): CountOf[] {
    if (this.current !== null) this.turn(this.current.policy, this.current.minute);
    const counts = [...this.counts.values()];
    this.counts = new Map();
    return counts;
  }

  /** Counts that could not be written go with the next ones. */
  giveBack(counts: readonly CountOf[]): void {
    for (const one of counts) this.count(one);
  }

  private count(one: CountOf): void {
    const key = [one.day, one.dataset, one.tier, one.reason, one.permit].join(' ');
    const known = this.counts.get(key);
    this.counts.set(key, known === undefined ? one : { ...known, count: known.count + one.count });
  }

  private turn(policy: AccessPolicy, minute: number): void {
    const old = this.current;
    for (const [place, count] of old?.numbers ?? []) {
      const { rows } = (old as { policy: AccessPolicy }).policy;
      const which = Math.floor(place / TIERS.length);
      const row = rows[which % rows.length];
      const dataset = Math.floor(which / rows.length);
      this.count({
        day: dayOf((old as { minute: number }).minute * MINUTE),
        dataset: dataset === 0 ? '' : this.datasetId(dataset - 1),
        tier: TIERS[place % TIERS.length] ?? 'unknown',
        reason: row?.reason ?? 'no-rule',
        permit: row?.effect === 'allow',
        count,
      });
    }
    this.current = { policy, minute, numbers: new Map() };
  }
}
