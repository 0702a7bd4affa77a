import type { Principal } from '../../kernel/principal.js';
import { type Instant, isoOf } from '../../kernel/time.js';
import type { Language } from '../../kernel/text.js';
import { decide, freshnessOf, type Outcome } from '../domain/decide.js';
import { CODE } from '../domain/facts.js';
import type { AccessPolicy } from '../domain/policy.js';
import type { Question } from '../domain/question.js';
import { AnswerBytes } from './answer-bytes.js';
import { AnswerWriter } from './answer-writer.js';
import { aboutNothing, isConcealed } from './concealed.js';
import { EvaluationIds } from './evaluation-ids.js';
import type { Answer } from './message.js';
import type { AccessDeps } from './ports.js';

export interface Judgement {
  readonly outcome: Outcome;
  readonly policy: AccessPolicy;
  readonly evaluationId: string;
}

/** Asks the pure core, names the decision and hands it to the record. One for all ways of asking. */
export class Judge {
  private readonly ids = new EvaluationIds();
  private readonly bytes = new AnswerBytes();
  private writer: AnswerWriter;
  private lastInstant = Number.NaN;
  private lastIso = '';

  constructor(private readonly deps: AccessDeps) {
    this.writer = new AnswerWriter(deps.policy());
  }

  /** True when the world is as new as the question needs; otherwise confirm first. */
  isFresh(minRevision: number): boolean {
    const now = this.deps.clock.now();
    this.deps.freshness.mark(this.deps.world, now);
    return freshnessOf(this.deps.world, now, minRevision) === CODE.freshness.fresh;
  }

  /**
   * Answers at once in a fresh world; otherwise after one confirmation, and then as fresh as the world then is. A
   * revision above the head does not exist: what is demanded is capped there.
   */
  whenFresh(minRevision: number, answer: (most: number) => Answer): Answer {
    return this.isFresh(minRevision)
      ? answer(Number.POSITIVE_INFINITY)
      : this.deps.freshness.confirm(minRevision).then(answer);
  }

  /** The instant at which a request is decided, with the world marked for it: one for all items of a batch. */
  instant(): Instant {
    const at = this.deps.clock.now();
    this.deps.freshness.mark(this.deps.world, at);
    return at;
  }

  /** @param until how long what is told holds, where that is longer than the answer says; for the record */
  judge(asker: Principal, question: Question, at: Instant, until?: (outcome: Outcome) => Instant): Judgement {
    const { world, sink } = this.deps;
    const policy = this.deps.policy();
    const asked = underOwn(asker, question);
    const outcome = this.conclude(asker, asked, at, policy);
    const id = this.ids.next(at);
    const held = until === undefined ? outcome : { ...outcome, validUntil: until(outcome) };
    sink.take({ id, at, asker, question: asked, outcome: held, policy, revision: world.revision });
    return { outcome, policy, evaluationId: id };
  }

  /**
   * The decision itself on a question as it stands, not recorded: what checks and searches alike rest on. Machines are
   * judged: they search nothing.
   */
  conclude(asker: Principal, question: Question, at: Instant, policy = this.deps.policy()): Outcome {
    const { world } = this.deps;
    const isConfirmed = asker.unconfirmed !== true;
    const told = decide(question, world, policy, at, isConfirmed);
    return isConcealed(asker, told, world) ? decide(aboutNothing(question), world, policy, at, isConfirmed) : told;
  }

  /** The AuthZEN answer, added to what is being written. */
  answer(
    into: AnswerBytes,
    asker: Principal,
    question: Question,
    language: Language,
    at: Instant,
    until?: (outcome: Outcome) => Instant,
  ): Judgement {
    const judged = this.judge(asker, question, at, until);
    const { outcome, policy, evaluationId } = judged;
    const frame = { evaluationId, validUntil: this.iso(outcome.validUntil) };
    this.writerOf(policy).write(into, question, outcome, this.deps.world, frame, language);
    return judged;
  }

  /** A question that is none is never permitted. */
  fault(into: AnswerBytes, pointer: string, detail: string, language: Language): false {
    this.writerOf(this.deps.policy()).writeFault(into, pointer, detail, language);
    return false;
  }

  /** A body written at once, without waiting in between: the memory it is put together in is used again and again. */
  body(write: (into: AnswerBytes) => void): Buffer {
    this.bytes.clear();
    write(this.bytes);
    return this.bytes.take();
  }

  private writerOf(policy: AccessPolicy): AnswerWriter {
    if (this.writer.policy !== policy) this.writer = new AnswerWriter(policy);
    return this.writer;
  }

  private iso(at: number): string {
    if (at !== this.lastInstant) {
      this.lastInstant = at;
      this.lastIso = isoOf(at);
    }
    return this.lastIso;
  }
}

/** What a machine asks with a key of a grant is asked for under that grant alone. */
const underOwn = ({ grant }: Principal, question: Question): Question =>
  grant === undefined ? question : { ...question, grant };

/** The question with what it demands of the revision capped at what there is. */
export const capped = (question: Question, most: number): Question =>
  question.minRevision <= most ? question : { ...question, minRevision: most };
