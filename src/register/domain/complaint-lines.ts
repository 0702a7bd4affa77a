import type { Id } from '../../kernel/ids.js';
import { addDays, type Day } from '../../kernel/time.js';
import { inCompany } from './publication.js';
import { lastDayOf, type Quarter, quarterOf, quartersBetween } from './quarter.js';

/** An objection to the quality of data, or a complaint about rights, as far as it is counted. */
export interface CountedComplaint {
  readonly about: 'quality' | 'rights';
  readonly holder: Id;
  /** The organisation behind it, or the person; a visitor's is its own. */
  readonly behind: Id;
  readonly filedOn: Day;
  /** The last day for the answer to an objection. */
  readonly due: Day;
  readonly answer: { readonly on: Day; readonly outcome: 'mended' | 'not-accepted'; readonly days: number } | null;
  /** Answered, ruled on or taken back. */
  readonly endedOn: Day | null;
}

/** An objection to quality in the quarter of its answer; `undecided`: overdue and open at the end of the quarter. */
export interface QualityLine {
  readonly quarter: Quarter;
  readonly holder: Id;
  readonly outcome: 'mended' | 'not-accepted' | 'undecided';
  readonly days: number | null;
  readonly inTime: boolean;
}

/** A complaint about rights in the quarter in which it was filed, and nothing else of it. */
export interface RightsLine {
  readonly quarter: Quarter;
  readonly holder: Id | null;
}

export interface ComplaintLines {
  readonly quality: readonly QualityLine[];
  readonly rights: readonly RightsLine[];
}

const answered = ({ holder, due, answer }: CountedComplaint, until: Day): QualityLine[] => {
  if (answer === null || answer.on > until) return [];
  const { on, outcome, days } = answer;
  return [{ quarter: quarterOf(on), holder, outcome, days, inTime: on <= due }];
};

const unanswered = ({ holder, due, endedOn }: CountedComplaint, upTo: Quarter, today: Day): QualityLine[] => {
  if (due >= today) return [];
  return quartersBetween(quarterOf(addDays(due, 1)), upTo)
    .filter((quarter) => endedOn === null || endedOn > lastDayOf(quarter))
    .map((quarter) => ({ quarter, holder, outcome: 'undecided', days: null, inTime: false }));
};

/**
 * What is told of complaints up to a quarter. What is answered of objections to quality is public as it is; of
 * complaints about rights only how many there are, and that only where so many different people stand behind them.
 */
export function complaintLines(
  complaints: readonly CountedComplaint[],
  upTo: Quarter,
  least: number,
  /** In a quarter that goes on; one that is over is looked at after its end. */
  today: Day = addDays(lastDayOf(upTo), 1),
): ComplaintLines {
  const about = (kind: CountedComplaint['about']) => complaints.filter((one) => one.about === kind);
  const filed = about('rights')
    .map(({ holder, behind, filedOn }) => ({ quarter: quarterOf(filedOn), holder, behind }))
    .filter(({ quarter }) => quarter <= upTo);
  return {
    quality: about('quality').flatMap((one) => [...answered(one, lastDayOf(upTo)), ...unanswered(one, upTo, today)]),
    rights: inCompany<'holder', (typeof filed)[number], RightsLine>(filed, least, {
      steps: [['holder'], []],
      whoOf: ({ behind }) => behind,
      told: ({ quarter, holder }, traits) => ({ quarter, holder: traits.length === 0 ? null : holder }),
    }),
  };
}
