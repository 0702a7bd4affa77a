import type { Principal } from '../../kernel/principal.js';
import type { Language } from '../../kernel/text.js';
import {
  isObject,
  NO_OBJECT,
  type Question,
  QuestionFault,
  readQuestion,
  charactersOf,
  withOwnIssuer,
} from '../domain/question.js';
import { fragment } from './answer-bytes.js';
import { capped, type Judge } from './judge.js';
import { mayAsk } from './may-ask.js';
import {
  type AccessAnswer,
  type AccessRequest,
  type Answer,
  invalidBody,
  jsonAnswer,
  languageOf,
  problemAnswer,
} from './message.js';
import type { AccessDeps } from './ports.js';
import type { Turns } from './turns.js';

type Json = Readonly<Record<string, unknown>>;

export const EVALUATIONS_PATH = '/access/v1/evaluations';
export const LARGEST_BATCH = 1000;
/** Questions answered in one turn of the event loop: others wait that long for theirs. */
const AT_A_TURN = 100;
/** Items that all questions of a batch name together: each stands in its answer and its record, the default's too. */
export const MOST_ITEMS_OF_A_BATCH = 10_000;
/** Characters that all questions of a batch hold together: with defaults no batch may say more than one written out. */
export const MOST_TEXT_OF_A_BATCH = 1024 * 1024;
const BATCH_START = fragment('{"evaluations":[');
const COMMA = fragment(',');
const BATCH_END = fragment(']}');
export const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;
type Semantic = (typeof SEMANTICS)[number];

/** `POST /access/v1/evaluation` and `/access/v1/evaluations` (AuthZEN 1.0 §6 and §7). */
export class Evaluation {
  constructor(
    private readonly deps: AccessDeps,
    private readonly judge: Judge,
    private readonly turns: Turns,
  ) {}

  single(request: AccessRequest, asker: Principal, body: unknown): Answer {
    return this.one(request, asker, body, (question) => {
      const instant = this.judge.instant();
      const written = this.judge.body((into) => {
        this.judge.answer(into, asker, question, languageOf(request), instant);
      });
      return jsonAnswer(200, written);
    });
  }

  /** Reads one question, and has it answered where the asker may ask it, in a world that is as fresh as it can be. */
  one(request: AccessRequest, asker: Principal, body: unknown, answer: (question: Question) => AccessAnswer): Answer {
    if (!isObject(body)) return invalidBody(request, NO_OBJECT);
    const question = this.question(body, {});
    if (question instanceof QuestionFault) return invalidBody(request, question);
    if (!mayAsk(asker, question, this.deps.serves)) return problemAnswer(request, 'not-your-subject');
    return this.judge.whenFresh(question.minRevision, (head) => answer(capped(question, head)));
  }

  batch(request: AccessRequest, asker: Principal, body: unknown): Answer {
    if (!isObject(body)) return invalidBody(request, NO_OBJECT);
    const { evaluations } = body;
    if (evaluations === undefined) return this.single(request, asker, body);
    if (!Array.isArray(evaluations)) return invalidBody(request, new QuestionFault('/evaluations', 'must be an array'));
    if (evaluations.length === 0) return this.single(request, asker, body);
    if (evaluations.length > LARGEST_BATCH) return problemAnswer(request, 'batch-too-large');
    const semantic = semanticOf(body);
    if (semantic instanceof QuestionFault) return invalidBody(request, semantic);
    const questions = evaluations.map((item: unknown) => this.question(body, item));
    if (
      questions.some((question) => !(question instanceof QuestionFault) && !mayAsk(asker, question, this.deps.serves))
    ) {
      return problemAnswer(request, 'not-your-subject');
    }
    const large = tooMuch(questions);
    if (large !== null) return invalidBody(request, large);
    const minRevision = questions.reduce(
      (most, item) => ('minRevision' in item ? Math.max(most, item.minRevision) : most),
      0,
    );
    return this.judge.whenFresh(minRevision, (head) =>
      this.answers(
        request,
        asker,
        questions.map((item) => (item instanceof QuestionFault ? item : capped(item, head))),
        semantic,
      ),
    );
  }

  /** Top-level members are defaults; an item's own member replaces the default wholly. */
  private question(body: Json, item: unknown): Question | QuestionFault {
    if (!isObject(item)) return NO_OBJECT;
    const pick = (name: string): unknown => (item[name] === undefined ? body[name] : item[name]);
    const question = readQuestion(pick('subject'), pick('action'), pick('resource'), pick('context'));
    return question instanceof QuestionFault ? question : withOwnIssuer(question, this.deps.issuer);
  }

  private answers(
    request: AccessRequest,
    asker: Principal,
    questions: readonly (Question | QuestionFault)[],
    semantic: Semantic,
  ): Answer {
    const language = languageOf(request);
    const partFrom = (from: number): Part => this.part(asker, questions, from, semantic, language);
    const first = partFrom(0);
    return first.next === null ? jsonAnswer(200, first.bytes) : this.inTurns(first, partFrom);
  }

  private async inTurns(first: Part, partFrom: (from: number) => Part): Promise<AccessAnswer> {
    const parts = [first.bytes];
    for (let { next } = first; next !== null; ) {
      await this.turns.turn();
      const part = partFrom(next);
      parts.push(part.bytes);
      next = part.next;
    }
    return jsonAnswer(200, Buffer.concat(parts));
  }

  /** Decided at one instant; other parts of the batch at theirs. */
  private part(
    asker: Principal,
    questions: readonly (Question | QuestionFault)[],
    from: number,
    semantic: Semantic,
    language: Language,
  ): Part {
    const instant = this.judge.instant();
    const end = Math.min(from + AT_A_TURN, questions.length);
    let next = end < questions.length ? end : null;
    const bytes = this.judge.body((into) => {
      if (from === 0) into.put(BATCH_START);
      for (let at = from; at < end; at++) {
        const question = questions[at] as Question | QuestionFault;
        if (at > 0) into.put(COMMA);
        const permit =
          question instanceof QuestionFault
            ? this.judge.fault(into, question.pointer, question.detail, language)
            : this.judge.answer(into, asker, question, language, instant).outcome.permit;
        if (!isEnough(semantic, permit)) continue;
        next = null;
        break;
      }
      if (next === null) into.put(BATCH_END);
    });
    return { bytes, next };
  }
}

/** Some answers of a batch, and from which question on it goes on; null where it does not. */
interface Part {
  readonly bytes: Buffer;
  readonly next: number | null;
}

const isEnough = (semantic: Semantic, permit: boolean): boolean =>
  (semantic === 'deny_on_first_deny' && !permit) || (semantic === 'permit_on_first_permit' && permit);

/** Defaults stand in each question's record: what they are multiplied to is bounded, and not only what was sent. */
function tooMuch(questions: readonly (Question | QuestionFault)[]): QuestionFault | null {
  let [items, text] = [0, 0];
  for (const question of questions) {
    if (question instanceof QuestionFault) continue;
    items += question.items?.length ?? 0;
    text += charactersOf(question);
  }
  if (items > MOST_ITEMS_OF_A_BATCH)
    return new QuestionFault('/evaluations', `must name at most ${MOST_ITEMS_OF_A_BATCH} items together`);
  return text <= MOST_TEXT_OF_A_BATCH
    ? null
    : new QuestionFault(
        '/evaluations',
        `must hold at most ${MOST_TEXT_OF_A_BATCH} characters, defaults counted in each`,
      );
}

function semanticOf(body: Json): Semantic | QuestionFault {
  const { options } = body;
  if (options === undefined) return 'execute_all';
  if (!isObject(options)) return new QuestionFault('/options', 'must be an object');
  const asked = options['evaluations_semantic'] ?? 'execute_all';
  return (
    SEMANTICS.find((semantic) => semantic === asked) ??
    new QuestionFault('/options/evaluations_semantic', `must be one of ${SEMANTICS.join(', ')}`)
  );
}
