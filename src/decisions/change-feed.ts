import type { Follower } from '../log/index.js';
import type { Question } from './domain/question.js';
import type { World } from './domain/world.js';

/** Whose answers may be other ones now; what is absent stands for all of them. */
export interface ChangedKey {
  readonly organisation?: string;
  readonly person?: string;
  readonly dataset?: string;
}

/** A change as portals are told of it: ids of ours, and nothing about them. */
export interface ToldChange {
  readonly subject?: { readonly type: 'organisation' | 'user'; readonly id: string };
  readonly dataset?: string;
  readonly distributions?: readonly string[];
}

export interface FeedView {
  readonly revision: number;
  readonly changes: readonly ToldChange[];
  /** What changed since is not known any more, or is too much to name: forget everything. */
  readonly resync: boolean;
}

interface Change {
  readonly position: number;
  readonly key: ChangedKey;
}
/** Why somebody who waited goes on. */
export type Woken = 'news' | 'forget' | 'time' | 'left';
type Served = (subject: Pick<Question, 'subjectType' | 'subjectId'>) => boolean;

const MOST_KEPT = 10_000;
const MOST_TOLD = 1000;
/** Noted in one step of the follower; beyond that whoever follows forgets everything. */
const MOST_COMING = 50_000;

/**
 * The newest changes of the world, in memory: what the log's follower has taken in, kept up to a number. A position
 * from before that, or from another history, is told to forget everything; so a portal never misses one.
 */
export class ChangeFeed {
  isReleased = false;
  /** In order of their positions, none of them ahead of the follower's. */
  private readonly kept: Change[] = [];
  /** Noted while the follower catches up. */
  private coming: Change[] = [];
  private isTooMuch = false;
  /** Changes up to here are not kept. */
  private floor = 0;
  private readonly waiting = new Set<(woken: Woken) => void>();

  constructor(
    private readonly follower: Pick<Follower, 'position' | 'onAdvance'>,
    private readonly world: World,
  ) {
    follower.onAdvance(() => this.take());
  }

  /** From now on changes are kept; call when the world has been loaded. */
  begin(): void {
    this.floor = this.follower.position;
  }

  note(key: ChangedKey, position: number): void {
    if (this.coming.length < MOST_COMING) this.coming.push({ position, key });
    else this.isTooMuch = true;
  }

  /** Something changed that has no position in the log: whoever waits forgets everything. */
  reset(): void {
    this.wake('forget');
  }

  since(after: number | null, served: Served): FeedView {
    const revision = this.follower.position;
    if (after === null || after < this.floor) return { revision, changes: [], resync: true };
    const news = this.kept.slice(this.firstAfter(after)).map(({ key }) => this.told(key));
    const changes = distinct(news.filter((change) => isServed(change, served)));
    return changes.length > MOST_TOLD ? { revision, changes: [], resync: true } : { revision, changes, resync: false };
  }

  /** Resolves when the world has moved on, when nobody listens any more, or after so many milliseconds. */
  next(milliseconds: number, gone?: AbortSignal): Promise<Woken> {
    return new Promise((resolve) => {
      const done = (woken: Woken): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        gone?.removeEventListener('abort', left);
        resolve(woken);
      };
      const left = (): void => done('left');
      const timer = setTimeout(() => done('time'), milliseconds);
      this.waiting.add(done);
      gone?.addEventListener('abort', left);
    });
  }

  /** Nobody waits any longer: the process is about to end. */
  release(): void {
    this.isReleased = true;
    this.wake('left');
  }

  private take(): void {
    if (this.coming.length === 0) return;
    if (this.isTooMuch) {
      this.kept.length = 0;
      this.floor = this.follower.position;
    } else this.kept.push(...this.coming.sort((a, b) => a.position - b.position));
    this.coming = [];
    this.isTooMuch = false;
    if (this.kept.length > MOST_KEPT) {
      const dropped = this.kept.splice(0, this.kept.length - MOST_KEPT / 2);
      this.floor = dropped.at(-1)?.position ?? this.floor;
    }
    this.wake('news');
  }

  private wake(woken: Woken): void {
    for (const done of this.waiting) done(woken);
  }

  private firstAfter(after: number): number {
    let low = 0;
    let high = this.kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.kept[middle] as Change).position > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private told({ organisation, person, dataset }: ChangedKey): ToldChange {
    const distributions = this.world.datasets.get(dataset ?? '')?.distributions.map(({ id }) => id);
    return {
      ...(organisation === undefined ? {} : { subject: { type: 'organisation', id: organisation } }),
      ...(person === undefined ? {} : { subject: { type: 'user', id: person } }),
      ...(dataset === undefined ? {} : { dataset }),
      ...(distributions === undefined ? {} : { distributions }),
    };
  }
}

const isServed = ({ subject }: ToldChange, served: Served): boolean =>
  subject === undefined || served({ subjectType: subject.type, subjectId: subject.id });

const distinct = (changes: readonly ToldChange[]): ToldChange[] => [
  ...new Map(changes.map((change) => [JSON.stringify(change), change])).values(),
];
