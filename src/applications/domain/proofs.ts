import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import type { Day } from '../../kernel/time.js';
import type { Application, ApplicationRequest, NamedEvidence } from './application.js';
import type { EvidenceFacts, Facts } from './facts.js';

/** Evidence of the applicant that a proof of the request names; null where it is none of its own for that condition. */
const onFile = ({ condition, evidence }: NamedEvidence, facts: Facts): EvidenceFacts | null =>
  facts.evidence.find(({ id, kind }) => id === evidence && kind === condition) ?? null;

/** Proofs that name evidence of the organisation say what is on file, not what the sender says of it. */
export const asOnFile = (request: ApplicationRequest, facts: Facts): ApplicationRequest => ({
  ...request,
  evidence: request.evidence.map((named) => {
    const found = named.evidence === undefined ? null : onFile(named, facts);
    if (found === null) return named;
    const { id: evidence, kind: condition, reference, issuer, validUntil } = found;
    return { condition, reference, issuer, evidence, ...(validUntil === null ? {} : { validUntil }) };
  }),
});

export const evidenceFaults = ({ evidence }: ApplicationRequest, facts: Facts) =>
  evidence.flatMap((named, at) =>
    named.evidence === undefined || onFile(named, facts) !== null
      ? []
      : [
          {
            code: 'unknown-evidence' as const,
            pointer: `/evidence/${at}/evidence`,
            detail: `You have no evidence ${named.evidence} for ${named.condition}.`,
          },
        ],
  );

/** Whether a proof of the request holds on this day: handed in with it, or on file and not turned down or over. */
function holds(named: NamedEvidence, facts: Facts, today: Day): boolean {
  if (named.validUntil !== undefined && named.validUntil < today) return false;
  return named.evidence === undefined || ['filed', 'verified'].includes(onFile(named, facts)?.state ?? '');
}

/** The kinds of these that nothing proves today: no evidence verified for the organisation, no proof in the request. */
export const unprovedKinds = (
  request: ApplicationRequest,
  kinds: readonly string[],
  facts: Facts,
  today: Day,
): readonly string[] => {
  const named = request.evidence.filter((one) => holds(one, facts, today)).map(({ condition }) => condition);
  return [...new Set(kinds)].filter((kind) => !facts.proved.has(kind) && !named.includes(kind));
};

/**
 * Why a dataset cannot be approved yet: a condition rests on evidence on file that nobody has verified, or on nothing,
 * where it asked for none when the request was sent or what proved it has ended since.
 */
export function unverified({ evidence }: ApplicationRequest, dataset: Id, facts: Facts): Refusal | null {
  const asked = (facts.datasets.get(dataset)?.conditions ?? []).filter((one) => one.evidenceRequired);
  for (const { kind } of asked) {
    const named = evidence.filter(({ condition }) => condition === kind);
    if (facts.proved.has(kind) || named.some((one) => one.evidence === undefined)) continue;
    const [first] = named;
    if (first === undefined) return refusal('evidence-unverified', `Nothing verified on file proves ${kind}.`);
    const state = onFile(first, facts)?.state ?? 'gone';
    return refusal('evidence-unverified', `The evidence ${first.evidence} for ${kind} is ${state}.`);
  }
  return null;
}

/** What proves a condition from the approval on: verified evidence, or else what the request names. */
export function proofOf(
  { evidence }: ApplicationRequest,
  kind: string,
  asks: boolean,
  { proved }: Facts,
): { readonly validUntil: Day | null; readonly evidence?: Id } {
  const verified = asks ? proved.get(kind) : undefined;
  if (verified !== undefined) return { validUntil: verified.validUntil, evidence: verified.evidence };
  const named = evidence.filter(({ condition }) => condition === kind);
  const days = named.flatMap(({ validUntil }) => validUntil ?? []).sort();
  return { validUntil: days.length === named.length ? (days.at(-1) ?? null) : null };
}

/** The documents a case is kept with: those it attaches, those of the evidence it names, sealed agreements. */
export const documentsOf = ({ request, sealed = [] }: Application, facts: Facts): readonly Id[] => {
  const { attachments = [], evidence } = request;
  const proofs = evidence.flatMap((named) => onFile(named, facts)?.attachment ?? []);
  return [...new Set([...attachments, ...proofs, ...sealed])];
};
