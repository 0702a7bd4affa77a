import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { dayOf, endOfDay, type Instant, startOfDay } from '../../kernel/time.js';
import { type EvidenceEvent, evidenceEvent } from './events.js';
import type { Evidence, EvidenceState, Filing } from './evidence.js';

export const EVIDENCE_COMMANDS = ['verify', 'reject', 'withdraw', 'strike-out'] as const;
export type EvidenceCommandName = (typeof EVIDENCE_COMMANDS)[number];
export type EvidenceCommand =
  | { readonly name: 'verify'; readonly remark: string | null }
  | { readonly name: 'withdraw'; readonly reason: string | null }
  | { readonly name: 'reject' | 'strike-out'; readonly reason: string };

/** What a filing is held against, read and locked before it. */
export interface FilingFacts {
  readonly now: Instant;
  /** Whether the kind of condition exists and asks for evidence. */
  readonly kindAsks: boolean;
  /** Everything the organisation has on file for this kind. */
  readonly onFile: readonly Evidence[];
  /** The hash of the document it names; null where it names none, or none of its own. */
  readonly sha256: string | null;
}

const faulty = (code: Refusal['code'], pointer: string, detail: string, extra?: Refusal['extra']): Result<never> =>
  err(refusal(code, detail, { errors: [{ code, pointer, detail }], ...(extra && { extra }) }));

/** Evidence as an organisation files it: of a known kind, not over, not on file already, with a document of its own. */
export function file(
  filing: Omit<Filing, 'sha256'>,
  organisation: Id,
  by: Id,
  facts: FilingFacts,
): Result<EvidenceEvent> {
  const { kind, validFrom, validUntil, attachment, replaces } = filing;
  const { now, kindAsks, onFile, sha256 } = facts;
  if (!kindAsks) return faulty('evidence-kind', '/kind', `No condition of a kind ${kind} asks for evidence.`);
  if (validUntil !== null && validUntil < dayOf(now))
    return faulty('evidence-lapsed', '/validUntil', `It ended on ${validUntil}.`);
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    return faulty('invalid-period', '/validUntil', `It ends before ${validFrom}.`);
  if (attachment !== null && sha256 === null)
    return faulty('unknown-attachment', '/attachment', `You have no attachment ${attachment}.`);
  const old = onFile.find(({ id }) => id === replaces);
  if (replaces !== null && (old === undefined || !['verified', 'lapsed'].includes(old.state)))
    return faulty('evidence-not-replaceable', '/replaces', `There is no ${kind} ${replaces} that could be renewed.`);
  const same = onFile.find((one) => isOpen(one.state) && isSamePaper(one, filing));
  if (same !== undefined)
    return faulty('evidence-on-file', '/reference', `It is on file as ${same.id}.`, {
      linked: { evidence: same.id, href: `/api/evidence/${same.id}` },
    });
  return ok(evidenceEvent('evidence.filed', by, now, { ...filing, sha256, organisation }));
}

const isOpen = (state: EvidenceState): boolean => state === 'filed' || state === 'verified';
const isSamePaper = (one: Filing, other: Omit<Filing, 'sha256'>): boolean =>
  one.issuer === other.issuer && one.reference === other.reference && one.validUntil === other.validUntil;

/** The states a command is possible in; `allowedCommands` and the server ask the same question. */
const POSSIBLE: Readonly<Record<EvidenceCommandName, readonly EvidenceState[]>> = {
  verify: ['filed'],
  reject: ['filed'],
  withdraw: ['filed', 'verified'],
  'strike-out': ['verified'],
};

/** Time that has run out is not waited for: what is over is neither verified nor struck out. */
export const isPossible = (evidence: Evidence, name: EvidenceCommandName, now: Instant): boolean =>
  POSSIBLE[name].includes(evidence.state) && !isOver(evidence, now);

const isOver = ({ validUntil }: Filing, now: Instant): boolean => validUntil !== null && now >= endOfDay(validUntil);
const hasBegun = ({ validFrom }: Filing, now: Instant): boolean => validFrom === null || now >= startOfDay(validFrom);

export function decide(evidence: Evidence, command: EvidenceCommand, by: Id, now: Instant): Result<EvidenceEvent> {
  if (!isPossible(evidence, command.name, now)) {
    const state = isOver(evidence, now) && isOpen(evidence.state) ? 'over' : evidence.state;
    return err(refusal('evidence-state', `The evidence is ${state}; ${command.name} is not possible now.`));
  }
  switch (command.name) {
    case 'verify':
      return ok(
        evidenceEvent('evidence.verified', by, now, { remark: command.remark, counts: hasBegun(evidence, now) }),
      );
    case 'reject':
      return ok(evidenceEvent('evidence.rejected', by, now, { reason: command.reason }));
    case 'withdraw':
      return ok(evidenceEvent('evidence.withdrawn', by, now, { reason: command.reason }));
    case 'strike-out':
      return ok(evidenceEvent('evidence.struck-out', by, now, { reason: command.reason }));
  }
}

/** What time does to it: an end beats a beginning that is due with it. */
export function letTimeAct(evidence: Evidence, by: Id, now: Instant): EvidenceEvent | null {
  if (!isOpen(evidence.state)) return null;
  if (isOver(evidence, now)) return evidenceEvent('evidence.lapsed', by, now, {});
  const begins = evidence.state === 'verified' && evidence.countsSince === null && hasBegun(evidence, now);
  return begins ? evidenceEvent('evidence.began', by, now, {}) : null;
}

/** The one that comes to count takes the place of the one it renews. */
export function replaced(old: Evidence | null, by: Evidence, now: Instant): EvidenceEvent | null {
  if (old === null || old.state !== 'verified' || by.countsSince === null) return null;
  return evidenceEvent('evidence.replaced', by.judged?.by ?? by.filedBy, now, { with: by.id });
}
