import type { Id } from '../../kernel/ids.js';
import {
  PROCEEDING_KINDS,
  PROCEEDING_OUTCOMES,
  type ProceedingKind,
  type ProceedingOutcome,
} from '../../kernel/proceeding.js';
import type { Matter, MatterProceeding } from './matter.js';
import { inCompany } from './publication.js';
import { lastDayOf, type Quarter, quarterOf } from './quarter.js';

/** A proceeding, with the holder and the applicant of its case. */
export interface CountedProceeding extends MatterProceeding {
  readonly holder: Id;
  readonly applicant: Id;
}

/** A proceeding in the quarter in which it went on record; `null` of the outcome: it is open. */
export interface ProceedingLine {
  readonly quarter: Quarter;
  readonly holder: Id | null;
  readonly kind: ProceedingKind;
  readonly outcome: ProceedingOutcome | null;
}

/** Each once, however many datasets its case asks for; the matters of a case stand together. */
export function countedProceedings(matters: readonly Matter[]): CountedProceeding[] {
  const rounds = new Map(matters.map((one) => [`${one.application} ${one.round}`, one]));
  return [...rounds.values()].flatMap(({ holder, applicant, proceedings = [] }) =>
    proceedings.map((one) => ({ ...one, holder, applicant })),
  );
}

/**
 * What is told of proceedings up to a quarter: judgments are public elsewhere and name their parties, so that no line of
 * the register says that there was one. They are counted by kind, and only where so many different applicants stand
 * behind a number.
 */
export function proceedingLines(found: readonly CountedProceeding[], upTo: Quarter, least: number): ProceedingLine[] {
  const day = lastDayOf(upTo);
  const recorded = found
    .filter(({ recordedOn }) => recordedOn <= day)
    .map(({ kind, holder, applicant, recordedOn, outcome, endedOn }) => ({
      quarter: quarterOf(recordedOn),
      kind,
      holder,
      applicant,
      outcome: endedOn !== null && endedOn <= day ? outcome : null,
    }));
  return inCompany<'holder' | 'kind', (typeof recorded)[number], ProceedingLine>(recorded, least, {
    steps: [['holder', 'kind'], ['kind']],
    whoOf: ({ applicant }) => applicant,
    told: ({ quarter, kind, holder, outcome }, traits) => ({
      quarter,
      kind,
      outcome,
      holder: traits.includes('holder') ? holder : null,
    }),
  });
}

export interface ProceedingFigures {
  readonly kind: ProceedingKind;
  readonly recorded: number;
  readonly open: number;
  readonly outcomes: readonly { readonly outcome: ProceedingOutcome; readonly count: number }[];
}

/** How many of each kind, and how they ended. */
export const proceedingFigures = (lines: readonly ProceedingLine[]): ProceedingFigures[] =>
  PROCEEDING_KINDS.map((kind) => {
    const own = lines.filter((line) => line.kind === kind);
    const ended = (outcome: ProceedingOutcome | null): number => own.filter((line) => line.outcome === outcome).length;
    return {
      kind,
      recorded: own.length,
      open: ended(null),
      outcomes: PROCEEDING_OUTCOMES.map((outcome) => ({ outcome, count: ended(outcome) })),
    };
  });
