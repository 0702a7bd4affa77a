import type { Principal } from '../../kernel/principal.js';
import type { FeedView } from '../change-feed.js';
import { NO_QUESTION, type Question } from '../domain/question.js';
import { type AccessAnswer, type AccessRequest, jsonAnswer, problemAnswer } from './message.js';
import type { AccessDeps } from './ports.js';

/** The longest a portal waits for news, in seconds; shorter than proxies wait for an answer. */
export const LONGEST_WAIT = 25;
/** Waiting requests of one portal, and of all. */
const MOST_OF_ONE = 16;
const MOST_OF_ALL = 1000;

/** `GET /access/v1/changes?after=`: what a cache of answers must forget. Waits until there is something, or for `wait`. */
export class Changes {
  private readonly waiting = new Map<string, number>();
  private all = 0;

  constructor(private readonly deps: AccessDeps) {}

  async told(request: AccessRequest, asker: Principal): Promise<AccessAnswer> {
    if (asker.kind !== 'portal') return problemAnswer(request, 'forbidden');
    const asked = readWish(request.query);
    if (typeof asked === 'string')
      return problemAnswer(request, 'invalid-query', {
        errors: [{ pointer: asked, code: 'invalid', detail: 'must be a whole number in its range, given once' }],
      });
    const own = this.waiting.get(asker.id) ?? 0;
    if (own >= MOST_OF_ONE || this.all >= MOST_OF_ALL)
      return problemAnswer(request, 'unavailable', { headers: { 'retry-after': '1' } });
    this.waiting.set(asker.id, own + 1);
    this.all += 1;
    try {
      return jsonAnswer(200, JSON.stringify(await this.news(request, asker, asked)));
    } finally {
      this.all -= 1;
      const left = (this.waiting.get(asker.id) ?? 1) - 1;
      if (left > 0) this.waiting.set(asker.id, left);
      else this.waiting.delete(asker.id);
    }
  }

  private async news(request: AccessRequest, asker: Principal, { after, wait }: Wish): Promise<FeedView> {
    const { changes } = this.deps;
    const isTold = (subject: Pick<Question, 'subjectType' | 'subjectId'>): boolean =>
      this.deps.serves(asker, { ...NO_QUESTION, ...subject });
    const until = performance.now() + wait * 1000;
    const gone = wait > 0 ? request.gone?.() : undefined;
    for (;;) {
      const news = changes.since(after, isTold);
      const left = until - performance.now();
      if (news.changes.length > 0 || news.resync) return news;
      if (left <= 0 || changes.isReleased || gone?.aborted === true) return settled(after, news);
      if ((await changes.next(left, gone)) === 'forget') return { ...news, resync: true };
    }
  }
}

/** The last word to whoever waited in vain: a position that is still ahead of ours is not one of this history. */
const settled = (after: number | null, news: FeedView): FeedView =>
  after !== null && after > news.revision ? { ...news, resync: true } : news;

interface Wish {
  /** Null asks where the feed is now. */
  readonly after: number | null;
  readonly wait: number;
}

/** The name of a parameter that is not in order, or what is asked for. */
function readWish(query: string): Wish | string {
  const given = new URLSearchParams(query);
  const whole = (name: string, most: number): number | null | undefined => {
    const values = given.getAll(name);
    if (values.length === 0) return null;
    const value = /^\d{1,15}$/.test(values[0] ?? '') && values.length === 1 ? Number(values[0]) : Number.NaN;
    return value <= most ? value : undefined;
  };
  const unknown = [...given.keys()].find((name) => name !== 'after' && name !== 'wait');
  if (unknown !== undefined) return unknown;
  const after = whole('after', Number.MAX_SAFE_INTEGER);
  const wait = whole('wait', LONGEST_WAIT);
  if (after === undefined) return 'after';
  if (wait === undefined) return 'wait';
  return { after, wait: wait ?? LONGEST_WAIT };
}
