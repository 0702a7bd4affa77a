import type { Principal } from '../../kernel/principal.js';
import { type Instant, isoOf } from '../../kernel/time.js';
import type { Language } from '../../kernel/text.js';
import { AnswerWriter } from '../domain/answer.js';
import { decide, freshnessOf, type Outcome } from '../domain/decide.js';
import { CODE } from '../domain/facts.js';
import type { AccessPolicy } from '../domain/policy.js';
import type { Question } from '../domain/question.js';
import { EvaluationIds } from './evaluation-ids.js';
import type { AccessDeps } from './ports.js';

export interface Judgement {
  readonly outcome: Outcome;
  readonly policy: AccessPolicy;
  readonly evaluationId: string;
}

/** Asks the pure core, names the decision and hands it to the record. One for all ways of asking. */
export class Judge {
  private readonly ids: EvaluationIds;
  private writer: AnswerWriter;
  private lastInstant = Number.NaN;
  private lastIso = '';

  constructor(private readonly deps: AccessDeps) {
    this.ids = new EvaluationIds(deps.clock);
    this.writer = new AnswerWriter(deps.policy());
  }

  /** True when the world is as new as the question needs; otherwise confirm first. */
  isFresh(minRevision: number): boolean {
    const now = this.deps.clock.now();
    this.deps.freshness.mark(this.deps.world, now);
    return freshnessOf(this.deps.world, now, minRevision) === CODE.freshness.fresh;
  }

  /** The instant at which a request is decided, with the world marked for it: one for all items of a batch. */
  instant(): Instant {
    const at = this.deps.clock.now();
    this.deps.freshness.mark(this.deps.world, at);
    return at;
  }

  judge(asker: Principal, question: Question, at: Instant): Judgement {
    const { world, sink } = this.deps;
    const policy = this.deps.policy();
    const outcome = decide(question, world, policy, at);
    const id = this.ids.next();
    sink.take({ id, at, asker, question, outcome, policy, revision: world.revision });
    return { outcome, policy, evaluationId: id };
  }

  /** The AuthZEN answer as JSON text. */
  answer(asker: Principal, question: Question, language: Language, at: Instant): string {
    const { outcome, policy, evaluationId } = this.judge(asker, question, at);
    const frame = { evaluationId, validUntil: this.iso(outcome.validUntil) };
    return this.writerOf(policy).write(question, outcome, this.deps.world, frame, language);
  }

  fault(pointer: string, detail: string, language: Language): string {
    return this.writerOf(this.deps.policy()).writeFault(pointer, detail, language);
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
