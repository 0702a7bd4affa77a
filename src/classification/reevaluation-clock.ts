import { setImmediate as breathe } from 'node:timers/promises';
import type { DatasetRecord } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { CAUTIOUS, governanceOf } from './domain/governance.js';
import type { Governance } from './domain/pack.js';
import { nextReview } from './domain/reevaluation.js';
import type { Packs } from './packs/load.js';
import { Reassessment, type ReassessmentDeps } from './reassessment.js';
import type { Outdated, ReevaluationRow } from './reevaluation-store.js';

export interface ReevaluationClockDeps extends ReassessmentDeps {
  readonly packs: Packs;
}

/** Datasets in one transaction: the log's head is held and other writers wait no longer than for these. */
const CHUNK = 200;
/** How long it is believed that nothing is left to be done of what needs a look through all assessments. */
const REST = 600_000;

/** What a look through all of them came to: it is not through where another instance is at it. */
interface Look {
  readonly changed: number;
  readonly isThrough: boolean;
}

/**
 * Time and new rules as actors: reviews fall due, and after a pack was published every tier is assessed anew by it. Each
 * dataset is locked and looked at again before anything happens, so that with several instances it happens once. Who
 * finds that another instance did the part it was about to do leaves the rest to that one until the next round.
 */
export class ReevaluationClock {
  /** What was found to be done, and when; by pack and version, or `schedule`. */
  private readonly done = new Map<string, Instant>();
  private readonly reassessment: Reassessment;
  /** Ends when what was asked for before has been done. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: ReevaluationClockDeps) {
    this.reassessment = new Reassessment(deps);
  }

  /**
   * Does what is due now, one call after the other: a round of time, and what begins at once because rules were
   * published. Returns how many datasets it changed something for.
   */
  letTimeAct(unit: UnitOfWork): Promise<number> {
    const done = this.turn.then(() => this.act(unit));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async act(unit: UnitOfWork): Promise<number> {
    const scheduled = await this.unlessDone(unit, 'schedule', () => this.schedule(unit));
    let assessed = 0;
    for (const { pack } of this.deps.packs.inForce)
      assessed += await this.unlessDone(unit, `${pack.id}/${pack.version}`, () =>
        this.assessAnew(unit, { pack: pack.id, version: pack.version }),
      );
    return scheduled + assessed + (await this.fallDue(unit));
  }

  /** Looking for what is left reads every assessment, so it is not done in every round. */
  private async unlessDone(unit: UnitOfWork, what: string, work: () => Promise<Look>): Promise<number> {
    const now = await unit.read(async (reader) => reader.now);
    const before = this.done.get(what);
    if (before !== undefined && now - before < REST && now >= before) return 0;
    const { changed, isThrough } = await work();
    if (isThrough) this.done.set(what, now);
    return changed;
  }

  /** Gives every dataset that has a tier the day on which a person looks at it again. */
  private schedule(unit: UnitOfWork): Promise<Look> {
    return this.throughAll(
      unit,
      (after) => (reader) => this.deps.store.unscheduled(reader, after, CHUNK),
      async (tx, ids) => {
        const known = new Set((await this.deps.store.findMany(tx, ids)).map(({ id }) => id));
        const records = (await this.deps.datasets.findMany(tx, ids)).filter(({ id }) => !known.has(id));
        const decided = new Map(
          (await this.deps.assessments.current(tx, ids)).map((row) => [row.dataset, row.decided_at]),
        );
        await this.deps.store.insert(
          tx,
          records.map((record) => this.scheduled(record, decided.get(record.id) ?? record.createdAt, tx.now)),
        );
        const [first] = records;
        if (first !== undefined) tell(tx, 'review.scheduled', first.id, { datasets: records.length });
        return records.length;
      },
    );
  }

  /** Never in the past at first: whoever installs the product does not begin with every dataset overdue. */
  private scheduled({ id, publisher, pack, tier }: DatasetRecord, lookedAt: Instant, now: Instant): ReevaluationRow {
    const governance = this.governance(pack);
    const due = nextReview(governance, tier, lookedAt);
    const due_at = due > now ? due : nextReview(governance, tier, now);
    return { id, version: 1, publisher, state: 'scheduled', cause: 'schedule', note: null, due_at, since: null };
  }

  /** Runs the newest rules over every tier that older ones gave. */
  private assessAnew(unit: UnitOfWork, outdated: Outdated): Promise<Look> {
    return this.throughAll(
      unit,
      (after) => (reader) => this.deps.store.behind(reader, outdated, after, CHUNK),
      (tx, ids) => this.reassessment.of(tx, ids, outdated),
    );
  }

  /** Reviews whose day has come stand in the queue from now on. */
  private async fallDue(unit: UnitOfWork): Promise<number> {
    for (let total = 0; ; ) {
      const ids = await unit.read(async (reader) => {
        const filter = { state: 'scheduled', until: reader.now } as const;
        return (await this.deps.store.list(reader, filter, { offset: 0, limit: CHUNK })).rows.map(({ id }) => id);
      });
      const done = ids.length === 0 ? 0 : await this.part(unit, (tx) => this.putDue(tx, ids));
      if (done === 0) return total;
      total += done;
    }
  }

  private async putDue(tx: Transaction, ids: readonly Id[]): Promise<number> {
    const rows = (await this.deps.store.findMany(tx, ids)).filter(
      ({ state, due_at }) => state === 'scheduled' && due_at <= tx.now,
    );
    await this.deps.store.change(tx, rows, { state: 'due', since: tx.now });
    for (const { id, cause } of rows)
      tx.append({ event: 'review.due', subject: { kind: 'dataset', id }, actor: SYSTEM, data: { cause } }, [
        { kind: 'reevaluation', id },
      ]);
    return rows.length;
  }

  /** Round after round until one changes nothing; what an instance left that was killed is found by the next. */
  private async throughAll(
    unit: UnitOfWork,
    find: (after: Id) => (reader: Reader) => Promise<Id[]>,
    work: (tx: Transaction, ids: readonly Id[]) => Promise<number>,
  ): Promise<Look> {
    for (let total = 0; ; ) {
      const { changed, isThrough } = await this.round(unit, find, work);
      total += changed;
      if (changed === 0 || !isThrough) return { changed: total, isThrough };
    }
  }

  /** Part by part in order of id, a transaction each: what is behind is not looked through again. */
  private async round(
    unit: UnitOfWork,
    find: (after: Id) => (reader: Reader) => Promise<Id[]>,
    work: (tx: Transaction, ids: readonly Id[]) => Promise<number>,
  ): Promise<Look> {
    for (let [changed, after] = [0, '']; ; ) {
      const part = await unit.read(find(after));
      const last = part.at(-1);
      if (last === undefined) return { changed, isThrough: true };
      const done = await this.part(unit, (tx) => work(tx, part));
      // What another instance did is found no more; what nobody can assess still is.
      if (done === 0 && (await unit.read(find(after)))[0] !== part[0]) return { changed, isThrough: false };
      [changed, after] = [changed + done, last];
    }
  }

  private async part(unit: UnitOfWork, work: (tx: Transaction) => Promise<number>): Promise<number> {
    const done = await unit.run(async (tx) => ok(await work(tx)));
    await breathe();
    if (!done.ok) throw new Error(`a review was refused: ${done.error.code}`);
    return done.value;
  }

  private governance(pack: string): Governance {
    const compiled = this.deps.packs.current(pack);
    return compiled === null ? CAUTIOUS : governanceOf(compiled.pack);
  }
}

export function tell(
  tx: Transaction,
  event: string,
  dataset: Id,
  data: Readonly<Record<string, unknown>>,
  actor = SYSTEM,
): void {
  tx.append({ event, subject: { kind: 'dataset', id: dataset }, actor, data });
}
