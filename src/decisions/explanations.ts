import type { Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type Instant, isoOf } from '../kernel/time.js';
import type { UnitOfWork } from '../persistence/index.js';
import { aboutNothing, isConcealed } from './access/concealed.js';
import { mayAsk } from './access/may-ask.js';
import { onRecord } from './access/on-record.js';
import type { AccessDeps } from './access/ports.js';
import type { DecisionBook, RecordedDecision } from './decision-book.js';
import { isByItems } from './domain/dataset-entry.js';
import { decide } from './domain/decide.js';
import { explain } from './domain/explain.js';
import { isOverseer } from './overseers.js';
import { QuestionFault, readQuestion, withOwnIssuer } from './domain/question.js';

/** Says how a decision came about: a recorded one, or one asked for now. */
export class Explanations {
  constructor(
    private readonly deps: Pick<AccessDeps, 'world' | 'policy' | 'clock' | 'freshness' | 'serves' | 'issuer'>,
    private readonly book: DecisionBook,
  ) {}

  /** A recorded decision with its facts, and what the policy in force says of the same facts. */
  async ofRecord(unit: UnitOfWork, caller: Principal, id: string): Promise<Result<Record<string, unknown>>> {
    const find = (one: string) => unit.read((reader) => this.book.find(reader, one));
    const record = await onRecord(find, this.deps.clock, id);
    if (record === null || !this.maySee(caller, record)) return err(refusal('not-found'));
    const policy = this.deps.policy();
    const explained = explain(record.low, record.high, policy);
    const permit = explained.row.effect === 'allow';
    return ok({
      id: record.id,
      at: isoOf(record.at),
      decision: record.permit,
      reason: record.reason,
      row: record.row,
      tier: record.tier,
      ...(record.byItems && { tierItems: record.question.items }),
      asker: { kind: record.askerKind, id: record.asker },
      question: record.question,
      organisation: record.organisation,
      dataset: record.dataset,
      grant: record.grant,
      policyVersion: record.policyVersion,
      revision: record.revision,
      validUntil: isoOf(record.validUntil),
      facts: explained.facts,
      wouldChange: explained.wouldChange,
      replay: {
        policyVersion: policy.version,
        samePolicy: policy.version === record.policyVersion,
        decision: permit,
        row: explained.row.id,
        agrees: permit === record.permit && explained.row.id === record.row,
      },
    });
  }

  /** The same for a question: decided in the world as it is, at the time named or now. Nothing is recorded. */
  ofQuestion(
    caller: Principal,
    asked: { subject: unknown; action: unknown; resource: unknown; context: unknown },
    at: Instant | null,
  ): Result<Record<string, unknown>> {
    const read = readQuestion(asked.subject, asked.action, asked.resource, asked.context);
    if (read instanceof QuestionFault) {
      const { pointer, detail } = read;
      return err(refusal('invalid-body', undefined, { errors: [{ pointer, code: 'invalid', detail }] }));
    }
    const question = withOwnIssuer(read, this.deps.issuer);
    const now = this.deps.clock.now();
    this.deps.freshness.mark(this.deps.world, at ?? now);
    const policy = this.deps.policy();
    const told = decide(question, this.deps.world, policy, at ?? now);
    const concealed = isConcealed(caller, told, this.deps.world);
    const outcome = concealed ? decide(aboutNothing(question), this.deps.world, policy, at ?? now) : told;
    this.deps.freshness.mark(this.deps.world, now);
    const allowed =
      isOverseer(caller) || mayAsk(caller, question, this.deps.serves) || this.reviews(caller, told.dataset?.id);
    if (!allowed) return err(refusal('not-your-subject'));
    const explained = explain(outcome.low, outcome.high, policy);
    return ok({
      decision: outcome.permit,
      at: isoOf(at ?? now),
      reason: explained.row.reason,
      ...explained,
      grant: outcome.grant < 0 ? null : this.deps.world.grants.idOf(outcome.grant),
      purpose: outcome.purpose,
      ...(isByItems(question, outcome.dataset) && { tierItems: question.items }),
      policyVersion: policy.version,
      revision: this.deps.world.revision,
    });
  }

  /** The holder's reviewers see what concerns the data of their body. */
  private reviews({ roles, organisation }: Principal, dataset: string | null | undefined): boolean {
    const publisher = this.deps.world.datasets.get(dataset ?? '')?.publisher;
    return publisher !== undefined && organisation?.id === publisher && roles.includes('reviewer');
  }

  /** Who asked, who it was about, who reviews for the holder, and the overseers of the authority. */
  private maySee(caller: Principal, record: RecordedDecision): boolean {
    if (isOverseer(caller) || this.reviews(caller, record.dataset)) return true;
    if (caller.kind === record.askerKind && caller.id === record.asker) return caller.kind !== 'anonymous';
    if (caller.kind !== 'person') return false;
    return (
      caller.id === record.person || (record.organisation !== null && caller.organisation?.id === record.organisation)
    );
  }
}
