/** What must be done with what is served. */
export interface Obligation {
  readonly type: string;
  /** Of `attribute`: whom to name. */
  readonly source?: string;
  /** Of `mask`: the only items that may leave. */
  readonly keep?: readonly string[];
}

export interface Reason {
  readonly code: string;
  readonly text: string;
}

/**
 * What a portal does with an answer: serve, say no (403), or say that it could not be decided (503). Nothing else can
 * come of asking, whatever happens on the way.
 */
export type Verdict = Permit | Deny | Undecided;
export interface Permit {
  readonly kind: 'permit';
  readonly reason: Reason;
  readonly obligations: readonly Obligation[];
  readonly evaluationId: string;
  readonly grant: string | null;
  readonly purpose: string | null;
  readonly revision: number;
  /** RFC 3339. */
  readonly validUntil: string;
}
export interface Deny {
  readonly kind: 'deny';
  readonly reason: Reason;
  readonly nextStep: { readonly code: string; readonly href?: string } | null;
  /** Where only some of the items are covered: those that may be asked for alone. */
  readonly covered: readonly string[] | null;
  readonly evaluationId: string;
  readonly revision: number;
  readonly validUntil: string;
}
export interface Undecided {
  readonly kind: 'undecided';
  readonly reason: Reason;
}

export const undecided = (code: string, text: string): Undecided => ({ kind: 'undecided', reason: { code, text } });

/** The obligations a portal knows how to carry out, unless it says otherwise; `cut` is for those that stream. */
export const KNOWN_OBLIGATIONS: readonly string[] = ['attribute', 'log', 'count', 'mask'];

/** Clocks may differ by this much (ms); an answer further off is not believed. */
export const SKEW = 30_000;
/** No answer of Tiergate holds longer (ms). */
const LONGEST = 60_000;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const malformed = (what: string): Undecided => undecided('malformed-answer', `The answer is not understood: ${what}.`);

/** Reads an evaluation. Whatever is not as documented is no permit: it is "could not be decided". */
export function readVerdict(answer: unknown, known: ReadonlySet<string>, now: number): Verdict {
  if (!isObject(answer) || typeof answer['decision'] !== 'boolean') return malformed('decision');
  const { decision, context } = answer;
  if (!isObject(context) || !isObject(context['reason'])) return malformed('context');
  const reason = { code: textOf(context['reason']['code']), text: textOf(context['reason']['text']) };
  if (reason.code === '') return malformed('reason');
  if (context['reason']['undecided'] === true) return { kind: 'undecided', reason };
  const { evaluationId, revision, validUntil } = context;
  if (typeof evaluationId !== 'string' || evaluationId === '') return malformed('evaluationId');
  if (!Number.isSafeInteger(revision)) return malformed('revision');
  const end = Date.parse(textOf(validUntil));
  if (Number.isNaN(end)) return malformed('validUntil');
  if (end < now - SKEW || end > now + LONGEST + SKEW)
    return undecided('clock-skew', 'The clocks of the portal and of Tiergate are too far apart.');
  const frame = { reason, evaluationId, revision: revision as number, validUntil: validUntil as string };
  return decision === true ? permitOf(frame, context, known) : denyOf(frame, context);
}

type Frame = Pick<Permit, 'reason' | 'evaluationId' | 'revision' | 'validUntil'>;

function permitOf(frame: Frame, context: Json, known: ReadonlySet<string>): Verdict {
  const obligations = obligationsOf(context['obligations'], known);
  if (!Array.isArray(obligations)) return obligations as Undecided;
  const { grant, purpose } = context;
  return { kind: 'permit', ...frame, obligations, grant: textOf(grant) || null, purpose: textOf(purpose) || null };
}

/** The obligations, all of them known and complete; or why they cannot be carried out. */
export function obligationsOf(given: unknown, known: ReadonlySet<string>): readonly Obligation[] | Undecided {
  if (given === undefined) return [];
  if (!Array.isArray(given) || !given.every(isObject)) return malformed('obligations');
  for (const { type, keep } of given) {
    if (typeof type !== 'string' || !known.has(type))
      return undecided('unknown-obligation', 'The permit carries an obligation that this portal does not know.');
    if (type === 'mask' && !(Array.isArray(keep) && keep.every((item) => typeof item === 'string')))
      return malformed('mask');
  }
  return given as unknown as readonly Obligation[];
}

function denyOf(frame: Frame, { nextStep, items }: Json): Deny {
  const covered = isObject(items) && Array.isArray(items['covered']) ? items['covered'] : null;
  return {
    kind: 'deny',
    ...frame,
    nextStep: isObject(nextStep) && typeof nextStep['code'] === 'string' ? (nextStep as { code: string }) : null,
    covered: covered?.every((item) => typeof item === 'string') === true ? covered : null,
  };
}

/** The items that may leave, where a permit is for some; null where it is for all. */
export const keptItems = ({ obligations }: Permit): readonly string[] | null =>
  obligations.find(({ type }) => type === 'mask')?.keep ?? null;

/** Whom to name as the source. */
export const sourceOf = ({ obligations }: Permit): string | undefined =>
  obligations.find(({ type }) => type === 'attribute')?.source;

export const mustCut = ({ obligations }: Permit): boolean => obligations.some(({ type }) => type === 'cut');

export const mustCount = ({ obligations }: Permit): boolean => obligations.some(({ type }) => type === 'count');
