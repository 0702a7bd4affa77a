import type { Question } from './questions.js';
import { mustCount, type Verdict } from './verdicts.js';

/** What changed, as `GET /access/v1/changes` says it; a member that is absent stands for all. */
export interface Change {
  readonly subject?: { readonly type: string; readonly id: string };
  readonly dataset?: string;
  readonly distributions?: readonly string[];
}

interface Entry {
  readonly question: Question;
  readonly verdict: Verdict;
  /** By the monotonic clock (ms). */
  readonly until: number;
}

/** Never longer than this, whatever an answer says (ms). */
const LONGEST = 5000;
const MOST = 10_000;

/**
 * Answers that still hold: until their `validUntil`, or until the feed says that they may be other ones. A permit that
 * asks for its delivery to be counted is used once, since a delivery is known by the decision it rests on.
 */
export class AnswerCache {
  private readonly entries = new Map<string, Entry>();
  /** Answers of an earlier revision came before what the feed told last. */
  private revision = 0;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  find(key: string): Verdict | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.until > this.clock()) return entry?.verdict;
    this.entries.delete(key);
    return undefined;
  }

  /** @param askedAt by the monotonic clock, before the question was sent: what an answer may live is counted from there */
  keep(key: string, question: Question, verdict: Verdict, now: number, askedAt: number): void {
    if (verdict.kind === 'undecided' || verdict.revision < this.revision) return;
    if (verdict.kind === 'permit' && mustCount(verdict)) return;
    const life = Math.min(Date.parse(verdict.validUntil) - now, LONGEST);
    if (this.entries.size >= MOST) this.entries.clear();
    if (life > 0) this.entries.set(key, { question, verdict, until: askedAt + life });
  }

  /** Forgets what a change may bear on; everything where that is not known. */
  forget(revision: number, changes: readonly Change[], everything: boolean): void {
    if (everything || changes.length > 0) this.revision = everything ? revision : Math.max(this.revision, revision);
    if (everything) return this.entries.clear();
    for (const [key, { question }] of this.entries)
      if (changes.some((change) => mayTouch(change, question))) this.entries.delete(key);
  }
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** False only where both are named by ids of Tiergate, and differ: another name may mean the same. */
export const mayTouch = (change: Change, question: Question): boolean =>
  mayBeSubject(change, question.subject) && mayBeResource(change, question.resource);

function mayBeSubject({ subject }: Change, asked: Question['subject']): boolean {
  if (subject === undefined) return true;
  if (asked.type === 'anonymous') return false;
  const named = asked.type === subject.type ? asked.id : asked.properties?.organisation;
  if (asked.type === 'organisation' && subject.type === 'user') return false;
  return named === undefined || asked.properties?.issuer !== undefined || !ULID.test(named) || named === subject.id;
}

function mayBeResource({ dataset, distributions }: Change, asked: Question['resource']): boolean {
  if (dataset === undefined || !ULID.test(asked.id) || asked.properties?.publisher !== undefined) return true;
  return asked.type === 'dataset' ? asked.id === dataset : (distributions?.includes(asked.id) ?? true);
}
