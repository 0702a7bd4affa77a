import type { KeyUse } from '../grants/index.js';
import type { Reader } from '../persistence/index.js';
import type { Principal } from '../kernel/principal.js';
import { grouped } from '../kernel/grouped.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { addDays, type Clock, type Day, dayOf, isoOf } from '../kernel/time.js';
import type { CountOf } from './decision-tally.js';
import type { PortalCount } from './portal-tally.js';
import type { AccessPolicy } from './domain/policy.js';
import type { World } from './domain/world.js';
import { isOverseer } from './overseers.js';

/** Days shown where no first one is named. */
const USUAL_DAYS = 30;
const MOST_DATASETS = 100;
/** A year at a time: each day holds a line for each dataset, reason and tier. */
const MOST_DAYS = 366;

export interface UsageAsked {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly publisher?: string | undefined;
  readonly dataset?: string | undefined;
}

/** Days, both of them too, and whose data; null for all of it. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
  readonly datasets: readonly string[] | null;
}

/** Decisions about a dataset (none: ''). */
export interface DatasetTally extends Tally {
  readonly dataset: string;
}

/** Sums of decisions and deliveries, made where they are kept. */
export interface UsageStore {
  /** Decisions about whatever dataset, by day, tier, reason and outcome. */
  outcomes(reader: Reader, span: Span): Promise<readonly Omit<CountOf, 'dataset'>[]>;
  /** The most asked for; `undecided` are the reasons that only say that it could not be decided. */
  asked(reader: Reader, span: Span, undecided: readonly string[], most: number): Promise<readonly DatasetTally[]>;
  /** What portals asked with which key, over these days. */
  byPortal(reader: Reader, from: Day, to: Day): Promise<readonly Omit<PortalCount, 'day'>[]>;
  /** What was asked with these keys of grants since that day. */
  byKey(
    reader: Reader,
    keys: readonly string[],
    from: Day,
  ): Promise<readonly Pick<PortalCount, 'credential' | 'permit' | 'count' | 'lastAt'>[]>;
  /** Deliveries by dataset. */
  deliveries(reader: Reader, span: Span): Promise<ReadonlyMap<string, number>>;
}

export interface Tally {
  readonly permitted: number;
  readonly denied: number;
  /** Of the denied, those that only could not be decided. */
  readonly undecided: number;
}
export interface Usage extends Tally {
  readonly from: Day;
  readonly to: Day;
  readonly publisher: string | null;
  readonly delivered: number;
  readonly reasons: readonly { readonly reason: string; readonly permit: boolean; readonly count: number }[];
  readonly tiers: readonly ({ readonly tier: string } & Tally)[];
  readonly days: readonly ({ readonly day: Day } & Tally)[];
  /** The most asked for, at most a hundred; `dataset` is null for questions about nothing that is known. */
  readonly datasets: readonly ({
    readonly dataset: string | null;
    readonly identifier: string | null;
    readonly delivered: number;
  } & Tally)[];
}

/** What a portal asked: how it ended and why, and which of its keys asked last when. */
export interface PortalUsage extends Tally {
  readonly portal: string;
  readonly lastAskedAt: string;
  readonly reasons: Usage['reasons'];
  readonly keys: readonly { readonly key: string; readonly lastAskedAt: string }[];
}

/** How often data was asked for, permitted and denied, and why: a holder sees its own, the overseers all. */
export class UsageQueries {
  constructor(
    private readonly deps: {
      readonly world: World;
      readonly policy: () => AccessPolicy;
      readonly clock: Clock;
      readonly store: UsageStore;
    },
  ) {}

  async of(reader: Reader, caller: Principal, asked: UsageAsked): Promise<Result<Usage>> {
    const { clock, store } = this.deps;
    const to = asked.to ?? dayOf(clock.now());
    const from = asked.from ?? addDays(to, 1 - USUAL_DAYS);
    if (from > to || addDays(from, MOST_DAYS) <= to)
      return err(refusal('invalid-query', `\`from\` must not be after \`to\`, nor ${MOST_DAYS} days before it.`));
    const publisher = isOverseer(caller) ? (asked.publisher ?? null) : (caller.organisation?.id ?? '');
    if (asked.publisher !== undefined && asked.publisher !== publisher) return err(refusal('forbidden'));
    if (asked.publisher !== undefined && this.deps.world.organisations.get(asked.publisher) === undefined)
      return err(refusal('not-found'));
    const datasets = this.within(publisher, asked.dataset);
    if (asked.dataset !== undefined && datasets?.length === 0) return err(refusal('not-found'));
    const span = { from, to, datasets };
    const counts = await store.outcomes(reader, span);
    const delivered = await store.deliveries(reader, span);
    return ok({
      from,
      to,
      publisher,
      ...this.tally(counts),
      delivered: [...delivered.values()].reduce((sum, one) => sum + one, 0),
      reasons: reasonsOf(counts),
      tiers: byKey(counts, ({ tier }) => tier).map(([tier, of]) => ({ tier, ...this.tally(of) })),
      days: byKey(counts, ({ day }) => day).map(([day, of]) => ({ day, ...this.tally(of) })),
      datasets: this.named(await store.asked(reader, span, this.undecided(), MOST_DATASETS), delivered),
    });
  }

  /** What each portal asked in the last thirty days; one that asked nothing is not among them. */
  async ofPortals(
    reader: Reader,
  ): Promise<{ readonly from: Day; readonly to: Day; readonly items: readonly PortalUsage[] }> {
    const to = dayOf(this.deps.clock.now());
    const from = addDays(to, 1 - USUAL_DAYS);
    const counts = await this.deps.store.byPortal(reader, from, to);
    const items = byKey(counts, ({ portal }) => portal).map(([portal, of]) => ({
      portal,
      lastAskedAt: lastOf(of),
      ...this.tally(of),
      reasons: reasonsOf(of),
      keys: byKey(of, ({ credential }) => credential).map(([key, those]) => ({ key, lastAskedAt: lastOf(those) })),
    }));
    return { from, to, items };
  }

  /** What was asked with these keys of grants in the last thirty days; one that asked nothing is not among them. */
  async ofKeys(reader: Reader, keys: readonly string[]): Promise<ReadonlyMap<string, KeyUse>> {
    const from = addDays(dayOf(this.deps.clock.now()), 1 - USUAL_DAYS);
    const counts = keys.length === 0 ? [] : await this.deps.store.byKey(reader, keys, from);
    const sum = (of: typeof counts, permit: boolean) =>
      of.reduce((total, one) => (one.permit === permit ? total + one.count : total), 0);
    return new Map(
      byKey(counts, ({ credential }) => credential).map(([key, of]) => [
        key,
        { lastAskedAt: lastOf(of), permitted: sum(of, true), denied: sum(of, false) },
      ]),
    );
  }

  /** Ids of the datasets that count; null where all do. */
  private within(publisher: string | null, dataset: string | undefined): readonly string[] | null {
    const { world } = this.deps;
    const fits = (one: { readonly publisher: string } | undefined) =>
      one !== undefined && (publisher === null || one.publisher === publisher);
    if (dataset !== undefined) return fits(world.datasets.get(dataset)) ? [dataset] : [];
    if (publisher === null) return null;
    return [...world.datasets.values()].filter(fits).map(({ id }) => id);
  }

  private undecided(): string[] {
    const { reasons } = this.deps.policy().vocabulary;
    return Object.keys(reasons).filter((reason) => reasons[reason]?.undecided === true);
  }

  private tally(counts: readonly Ended[]): Tally {
    const undecided = new Set(this.undecided());
    const sum = (of: (one: Ended) => boolean) =>
      counts.reduce((total, one) => (of(one) ? total + one.count : total), 0);
    return {
      permitted: sum(({ permit }) => permit),
      denied: sum(({ permit }) => !permit),
      undecided: sum(({ reason }) => undecided.has(reason)),
    };
  }

  /** The most asked for, then what was only delivered. */
  private named(asked: readonly DatasetTally[], delivered: ReadonlyMap<string, number>): Usage['datasets'] {
    const known = new Set(asked.map(({ dataset }) => dataset));
    const others = [...delivered.keys()].filter((dataset) => !known.has(dataset));
    return [...asked, ...others.map((dataset) => ({ dataset, permitted: 0, denied: 0, undecided: 0 }))]
      .slice(0, MOST_DATASETS)
      .map(({ dataset, ...tally }) => ({
        dataset: dataset === '' ? null : dataset,
        identifier: this.deps.world.datasets.get(dataset)?.identifier ?? null,
        delivered: delivered.get(dataset) ?? 0,
        ...tally,
      }));
  }
}

/** So many decisions that ended in this way. */
type Ended = Pick<CountOf, 'reason' | 'permit' | 'count'>;

const byKey = <One>(counts: readonly One[], keyOf: (one: One) => string): [string, readonly One[]][] =>
  [...grouped(counts, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));

const lastOf = (of: readonly Pick<PortalCount, 'lastAt'>[]): string =>
  isoOf(Math.max(...of.map(({ lastAt }) => lastAt)));

const reasonsOf = (counts: readonly Ended[]): Usage['reasons'] =>
  byKey(counts, ({ reason, permit }) => `${reason} ${permit}`)
    .map(([, of]) => {
      const { reason, permit } = of[0] as Ended;
      return { reason, permit, count: of.reduce((sum, { count }) => sum + count, 0) };
    })
    .sort((a, b) => b.count - a.count);
