import type { Application } from '../applications/index.js';
import type { Id } from '../kernel/ids.js';
import type { Tier } from '../kernel/tier.js';
import type { Day } from '../kernel/time.js';
import { isOverturning } from '../kernel/proceeding.js';
import type { Matter } from '../register/index.js';
import { type Narrowing, narrowingOf } from './domain/narrowing.js';
import { lastOfEach } from './domain/practice.js';
import type { Ruling } from '../kernel/ruling.js';
import type { Later } from './similar-case-ports.js';

/** How one dataset of an earlier case ended. */
export interface EndedDataset {
  readonly dataset: Id;
  /** Whether the case at hand asks for it, too. */
  readonly alsoAsked: boolean;
  readonly ruling: Ruling;
  /** The tier it was ruled on under. */
  readonly tier: Tier | null;
  readonly narrowing: Narrowing | null;
}

/** How an earlier case ended, and what came of it. */
export interface EndedCase {
  readonly number: string | null;
  readonly ruledOn: Day | null;
  /** Working days it took, and how many there were. */
  readonly days: number | null;
  readonly limit: number | null;
  readonly late: boolean;
  readonly datasets: readonly EndedDataset[];
  readonly reasons: readonly string[];
  /** It answered another version of the form, or none where this one answers one. */
  readonly otherForm: boolean;
  readonly later: readonly Later[];
}

function endedDataset(now: Application, { request, outcomes }: Application, matter: Matter): EndedDataset[] {
  const { dataset, ruling, tier } = matter;
  if (ruling === null) return [];
  const asked = request.datasets.find((one) => one.dataset === dataset);
  const given = outcomes.find((one) => one.dataset === dataset);
  const { delivery, period } = request;
  return [
    {
      dataset,
      alsoAsked: now.request.datasets.some((one) => one.dataset === dataset),
      ruling,
      tier,
      narrowing:
        ruling === 'approved-in-part' && asked !== undefined && given !== undefined
          ? narrowingOf({ items: asked.items, delivery, period }, given)
          : null,
    },
  ];
}

const REVIEWS = { upheld: 'refusal-upheld', reopened: 'refusal-reopened' } as const;

/** What became of the refusals of a case, each review once. */
function reviewsOf(matters: readonly Matter[]): Later[] {
  const asked = matters.flatMap(({ appeal }) => appeal ?? []);
  const once = new Map(asked.map((appeal) => [appeal.askedOn, appeal]));
  return [...once.values()].map(({ askedOn, outcome, decidedOn }) => ({
    what: outcome === null ? 'review-asked' : REVIEWS[outcome],
    on: decidedOn ?? askedOn,
    cause: null,
  }));
}

/** What was filed elsewhere against its rulings, each once however many datasets there are. */
function contestedBy(matters: readonly Matter[]): Later[] {
  const filed = new Map(
    matters.flatMap(({ round, proceedings = [] }) =>
      proceedings.map((one) => [`${round} ${one.kind} ${one.recordedOn} ${one.outcome}`, one] as const),
    ),
  );
  return [...filed.values()].map(({ outcome, recordedOn, endedOn }) =>
    outcome !== null && isOverturning(outcome)
      ? { what: 'ruling-overturned', on: endedOn ?? recordedOn, cause: null }
      : { what: 'ruling-contested', on: recordedOn, cause: null },
  );
}

const formOf = ({ request }: Application): Id | null => request.form?.id ?? null;

/** A case as it ended in its last round; `matters` are all of it. */
export function endedCase(
  now: Application,
  earlier: Application,
  matters: readonly Matter[],
  later: readonly Later[],
): EndedCase {
  const ruled = matters.filter(({ ruling }) => ruling !== null);
  const [last] = lastOfEach(ruled);
  const own = ruled.filter(({ round }) => round === last?.round);
  const { category } = earlier.request.purpose;
  return {
    number: earlier.number,
    ruledOn: last?.ruledOn ?? null,
    days: last?.days ?? null,
    limit: last?.limit ?? null,
    late: last?.late ?? false,
    datasets: own.flatMap((matter) => endedDataset(now, earlier, matter)).sort(askedFirst),
    reasons: [...new Set(own.flatMap(({ reasons }) => reasons))],
    otherForm: category === now.request.purpose.category && formOf(earlier) !== formOf(now),
    later: [...reviewsOf(matters), ...contestedBy(matters), ...later].sort(byDay),
  };
}

const byDay = (a: Later, b: Later): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

const askedFirst = (a: EndedDataset, b: EndedDataset): number =>
  Number(b.alsoAsked) - Number(a.alsoAsked) || (a.dataset < b.dataset ? -1 : 1);
