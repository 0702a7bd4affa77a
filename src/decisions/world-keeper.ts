import type { IndexableGrant } from '../grants/index.js';
import type { ChangedRow, Follower } from '../log/index.js';
import type { Reader } from '../persistence/index.js';
import { STATE, type StateCode } from './domain/indexed-grant.js';
import { deliveryBit, purposeBit } from './domain/bits.js';
import type { SanctionFacts } from './domain/restrictions.js';
import type { DatasetFacts } from './domain/dataset-entry.js';
import type { OrganisationFacts, PersonFacts } from './domain/party-facts.js';
import type { World } from './domain/world.js';
import type { KeptWorld } from './index-file.js';
import type { ChangedKey, ChangeFeed } from './change-feed.js';
import type { AgreementFacts, Fed, Feed } from './world-feed.js';

type Plain<T> = Omit<T, 'intact'>;
type Readable<T> = Fed<T> & { readonly value: T };
type Take<T> = (fed: Readable<T>) => void;
/** Whose answers a row of this kind bears on. */
type KeyOf<T> = (value: T) => ChangedKey;
const EVERYTHING: ChangedKey = {};

export interface WorldFeeds {
  readonly organisations: Feed<Plain<OrganisationFacts>>;
  readonly people: Feed<Plain<PersonFacts>>;
  readonly datasets: Feed<Plain<DatasetFacts>>;
  readonly agreements: Feed<AgreementFacts>;
  readonly sanctions: Feed<Plain<SanctionFacts>>;
  readonly grants: Feed<IndexableGrant>;
}

/** Deliveries already made under grants, for those with a quota. */
export interface UsageSource {
  readonly kind: string;
  counts(reader: Reader): Promise<ReadonlyMap<string, number>>;
  /** Current counts of the grants these deliveries belong to. */
  countsOf(reader: Reader, deliveries: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface KeeperDeps {
  readonly world: World;
  readonly feeds: WorldFeeds;
  readonly usage: UsageSource;
  readonly follower: Pick<Follower, 'subscribe'>;
  readonly read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>;
  /** A row differs from the log, or is gone: somebody changed the database behind our back. */
  readonly alarm: (kind: string, id: string) => void;
  /** Told whose answers may be other ones now. */
  readonly changes: Pick<ChangeFeed, 'note' | 'reset'>;
}

const PAGE = 500;
/** Alarms remembered so as not to raise them twice; beyond that a row may be told of again. */
const MOST_ALARMED = 10_000;
const STATES: Readonly<Record<IndexableGrant['state'], StateCode>> = {
  pending: STATE.pending,
  active: STATE.active,
  limited: STATE.limited,
  suspended: STATE.suspended,
  revoked: STATE.revoked,
  expired: STATE.ended,
  relinquished: STATE.ended,
};

/**
 * Keeps the world equal to the database: loads it whole once, then follows the log. A row says only "this key has
 * changed"; it is read again, held against the log, and taken in. A row that cannot be proven denies.
 */
export class WorldKeeper {
  private readonly alarmed = new Set<string>();
  private readonly agreements = new Map<string, AgreementFacts>();

  constructor(private readonly deps: KeeperDeps) {
    const { feeds, follower } = deps;
    this.watch(follower, feeds.organisations, this.organisation, ({ id }) => ({ organisation: id }));
    this.watch(follower, feeds.people, this.person, ({ id }) => ({ person: id }));
    this.watch(follower, feeds.datasets, this.dataset, ({ id }) => ({ dataset: id }));
    this.watch(follower, feeds.agreements, this.agreement, () => EVERYTHING);
    this.watch(follower, feeds.sanctions, this.sanction, ({ organisation }) => ({ organisation }));
    this.watch(follower, feeds.grants, this.grant, ({ organisation, dataset }) => ({ organisation, dataset }));
    follower.subscribe([deps.usage.kind], (changes) => this.followUsage(changes));
  }

  /** What there is, to be taken up at the next start; null while anything is doubtful. */
  keep(revision: number): KeptWorld | null {
    if (this.alarmed.size > 0) return null;
    return { revision, agreements: [...this.agreements], world: this.deps.world.pack() };
  }

  /**
   * Takes up what was kept at this position of the log, or loads everything. Call after the follower has taken its
   * position, so that nothing in between is missed.
   */
  async begin(kept: KeptWorld | null, position: number): Promise<'kept' | 'read'> {
    if (kept?.revision !== position) {
      await this.load();
      return 'read';
    }
    for (const [id, agreement] of kept.agreements) this.agreements.set(id, agreement);
    this.deps.world.take(kept.world);
    return 'kept';
  }

  async load(): Promise<void> {
    const { feeds, usage, read, world } = this.deps;
    await this.loadAll(feeds.organisations, this.organisation);
    await this.loadAll(feeds.people, this.person);
    await this.loadAll(feeds.datasets, this.dataset);
    await this.loadAll(feeds.agreements, this.agreement);
    await this.loadAll(feeds.sanctions, this.sanction);
    await this.loadAll(feeds.grants, this.grant);
    for (const [grant, count] of await read((reader) => usage.counts(reader))) world.grants.setUsage(grant, count);
  }

  private async loadAll<T>(feed: Feed<T>, take: Take<T>): Promise<void> {
    for (let after = ''; ; ) {
      const page = await this.deps.read((reader) => feed.page(reader, after, PAGE));
      for (const fed of page) this.taken(feed.kind, fed, take);
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  private watch<T>(follower: KeeperDeps['follower'], feed: Feed<T>, take: Take<T>, keyOf: KeyOf<T>): void {
    follower.subscribe([feed.kind], (changes) => this.follow(feed, changes, take, keyOf));
  }

  private async follow<T>(
    feed: Feed<T>,
    changes: readonly ChangedRow[],
    take: Take<T>,
    keyOf: KeyOf<T>,
  ): Promise<void> {
    const positions = new Map(changes.map(({ id, position }) => [id, position]));
    const ids = [...positions.keys()];
    for (let start = 0; start < ids.length; start += PAGE) {
      const wanted = ids.slice(start, start + PAGE);
      const rows = await this.deps.read((reader) => feed.named(reader, wanted));
      const known = new Map<string, ChangedKey>();
      for (const fed of rows) {
        this.taken(feed.kind, fed, take);
        if (fed.intact && fed.value !== null) known.set(fed.id, keyOf(fed.value));
      }
      const present = new Set(rows.map(({ id }) => id));
      for (const id of wanted) {
        if (!present.has(id)) this.distrust(feed.kind, id);
        this.deps.changes.note(known.get(id) ?? EVERYTHING, positions.get(id) as number);
      }
    }
  }

  private taken<T>(kind: string, { id, intact, value }: Fed<T>, take: Take<T>): void {
    if (value === null) return this.distrust(kind, id);
    if (intact) this.alarmed.delete(`${kind} ${id}`);
    else this.raise(kind, id);
    take({ id, intact, value });
  }

  /**
   * A row was found to be other than the log says, or gone: nothing that rests on it is permitted until a logged change
   * of it is followed. A row put right by hand stays distrusted until then, or until a start finds it as the log says.
   */
  distrust(kind: string, id: string): void {
    const { world, feeds } = this.deps;
    if (kind === feeds.grants.kind) world.grants.distrust(id);
    if (kind === feeds.organisations.kind) world.distrustOrganisation(id);
    if (kind === feeds.people.kind) world.distrustPerson(id);
    if (kind === feeds.datasets.kind) world.distrustDataset(id);
    if (kind === feeds.sanctions.kind) world.distrustSanction(id);
    const agreement = kind === feeds.agreements.kind ? this.agreements.get(id) : undefined;
    if (agreement !== undefined) world.distrustAgreement(agreement.template, String(agreement.version));
    this.deps.changes.reset();
    this.raise(kind, id);
  }

  /** Once per row, until it is as it should be again. */
  private raise(kind: string, id: string): void {
    const name = `${kind} ${id}`;
    if (this.alarmed.has(name)) return;
    if (this.alarmed.size < MOST_ALARMED) this.alarmed.add(name);
    this.deps.alarm(kind, id);
  }

  private async followUsage(changes: readonly ChangedRow[]): Promise<void> {
    const { usage, read, world } = this.deps;
    const counts = await read((reader) =>
      usage.countsOf(
        reader,
        changes.map(({ id }) => id),
      ),
    );
    // They come in the order of their positions.
    const { position } = changes.at(-1) as ChangedRow;
    for (const [grant, count] of counts) {
      world.grants.setUsage(grant, count);
      const row = world.grants.find(grant);
      if (row >= 0 && world.grants.hasQuota(row)) this.deps.changes.note(this.pairOf(row), position);
    }
  }

  private pairOf(row: number): ChangedKey {
    const { grants, organisations, datasets } = this.deps.world;
    const { records } = grants;
    return {
      organisation: organisations.idOf(records.organisation(row)),
      dataset: datasets.idOf(records.dataset(row)),
    };
  }

  private readonly organisation = ({ value, intact }: Readable<Plain<OrganisationFacts>>): void =>
    this.deps.world.putOrganisation({ ...value, intact });

  private readonly person = ({ value, intact }: Readable<Plain<PersonFacts>>): void =>
    this.deps.world.putPerson({ ...value, intact });

  private readonly dataset = ({ value, intact }: Readable<Plain<DatasetFacts>>): void =>
    this.deps.world.putDataset({ ...value, intact });

  private readonly sanction = ({ value, intact }: Readable<Plain<SanctionFacts>>): void =>
    this.deps.world.putSanction({ ...value, intact });

  /** An agreement version that differs from the log never becomes the current one. */
  private readonly agreement = ({ id, value, intact }: Readable<AgreementFacts>): void => {
    const { world } = this.deps;
    this.agreements.set(id, value);
    const current = Number(world.currentAgreement(value.template) ?? 0);
    if (intact && value.version > current) world.setCurrentAgreement(value.template, String(value.version));
  };

  private readonly grant = ({ value, intact }: Readable<IndexableGrant>): void => {
    const { world } = this.deps;
    const { agreement } = value;
    world.grants.put({
      id: value.id,
      version: value.version,
      organisation: world.organisations.numberOf(value.organisation),
      dataset: world.datasets.numberOf(value.dataset),
      start: value.startsAt,
      end: value.endsAt,
      conditionsUntil: value.conditionsUntil ?? Number.POSITIVE_INFINITY,
      items: world.itemSetNumber(value.items),
      agreement: agreement === null ? 0 : world.agreementNumber(agreement.template, String(agreement.version)),
      atHolder: value.atHolder,
      purposes: purposeBit(value.purpose),
      deliveries: deliveryBit(value.delivery),
      state: STATES[value.state],
      sharing: value.kind === 'sharing',
      intact,
      ...(value.members.length === 0 ? {} : { members: value.members }),
      ...(value.quota === null ? {} : { quota: value.quota }),
    });
  };
}
