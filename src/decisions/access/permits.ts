import type { Principal } from '../../kernel/principal.js';
import { type Language, type Text, textIn } from '../../kernel/text.js';
import { type Instant, isoOf } from '../../kernel/time.js';
import { freshnessOf, lapseOf, type Outcome } from '../domain/decide.js';
import { CODE } from '../domain/facts.js';
import type { Question } from '../domain/question.js';
import type { World } from '../domain/world.js';
import { mustCut, obligationsOf } from './answer-writer.js';
import type { Evaluation } from './evaluate.js';
import type { Judge, Judgement } from './judge.js';
import { type AccessAnswer, type AccessRequest, jsonAnswer, languageOf, problemAnswer } from './message.js';
import type { AccessDeps } from './ports.js';

/** After a revocation a portal may serve on a permit for no longer than this. */
export const LONGEST_PERMIT = 300_000;
const SECOND = 1000;

/** Why there is no permit. */
export const WITHHELD = {
  denied: { en: 'The decision is a deny.', zh: '判定为不可，不签发许可。' },
  'not-in-terms': {
    en: 'The terms of this dataset do not allow serving without asking each time.',
    zh: '该数据的开放条件不允许离线提供，须逐次询问。',
  },
  quota: {
    en: 'The grant has a quota: each delivery is asked for.',
    zh: '数据使用权限有次数限额，须逐次询问。',
  },
  stale: {
    en: 'The log could not be confirmed just now; ask again.',
    zh: '暂时无法确认日志为最新，请稍后重试。',
  },
  lapsing: { en: 'The grant changes within the second.', zh: '数据使用权限即将变化，请逐次询问。' },
} as const satisfies Record<string, Text>;
export type WithheldCode = keyof typeof WITHHELD;

/** `POST /access/v1/permits`: a decision that holds without asking again, signed, for a few minutes. */
export class Permits {
  constructor(
    private readonly deps: AccessDeps,
    private readonly judge: Judge,
    private readonly evaluation: Evaluation,
  ) {}

  issue(request: AccessRequest, asker: Principal, body: unknown): AccessAnswer | Promise<AccessAnswer> {
    if (asker.kind !== 'portal') return problemAnswer(request, 'forbidden');
    return this.evaluation.one(request, asker, body, (question) => this.answer(request, asker, question));
  }

  private answer(request: AccessRequest, asker: Principal, question: Question): AccessAnswer {
    const { world } = this.deps;
    const language = languageOf(request);
    const at = this.judge.instant();
    let judged: Judgement | undefined;
    let end: Instant | WithheldCode = 'denied';
    const until = (outcome: Outcome): Instant => {
      end = asker.unconfirmed === true && outcome.permit ? 'stale' : endOf(outcome, world, at);
      return typeof end === 'number' ? end : outcome.validUntil;
    };
    const evaluation = this.judge.body((into) => {
      judged = this.judge.answer(into, asker, question, language, at, until);
    });
    const told =
      judged === undefined || typeof end === 'string'
        ? {
            permit: null,
            expiresAt: null,
            withheld: { code: end, text: textIn(WITHHELD[end as WithheldCode], language) },
          }
        : { permit: this.sign(asker, question, judged, language, at, end), expiresAt: isoOf(end) };
    const rest = JSON.stringify({ audience: asker.id, ...told }).slice(1);
    return jsonAnswer(200, `{"evaluation":${evaluation.toString()},${rest}`);
  }

  private sign(
    asker: Principal,
    question: Question,
    { outcome, policy, evaluationId }: Judgement,
    language: Language,
    at: Instant,
    end: Instant,
  ): string {
    const { world } = this.deps;
    const { subjectType, subjectId, issuer, organisation, resourceType, resourceId, items, action } = question;
    return this.deps.permits.sign({
      audience: asker.id,
      subject: subjectId,
      evaluationId,
      issuedAt: at,
      lifetimeSeconds: Math.floor(end / SECOND) - Math.floor(at / SECOND),
      claims: {
        subject: { type: subjectType, id: subjectId, issuer, organisation },
        resource: { type: resourceType, id: resourceId },
        dataset: outcome.dataset?.id,
        items,
        action,
        purpose: outcome.purpose,
        grant: outcome.grant < 0 ? null : world.grants.idOf(outcome.grant),
        reason: policy.rows[outcome.row]?.reason,
        obligations: obligationsOf(question, outcome, world, policy, language),
        revision: world.revision,
        policyVersion: policy.version,
      },
    });
  }
}

/** Until when a permit holds, in whole seconds; or why there is none. */
function endOf(outcome: Outcome, world: World, now: Instant): Instant | WithheldCode {
  if (!outcome.permit) return 'denied';
  if (outcome.tier !== CODE.tier.open && outcome.dataset?.offline !== true) return 'not-in-terms';
  // Whoever asks nobody would not learn that access ended.
  if (mustCut(outcome)) return 'not-in-terms';
  if (outcome.grant >= 0 && world.grants.hasQuota(outcome.grant)) return 'quota';
  if (freshnessOf(world, now, 0) !== CODE.freshness.fresh) return 'stale';
  const end = Math.min(now + LONGEST_PERMIT, lapseOf(outcome.grant, world, now));
  const whole = Math.floor(end / SECOND) * SECOND;
  return whole - now < SECOND ? 'lapsing' : whole;
}
