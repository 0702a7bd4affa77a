import { IsArray, IsBoolean, IsIn, IsInt, IsString } from 'class-validator';
import {
  DutyTermBody,
  ListOf,
  Nested,
  NullOr,
  PeriodBody,
  query,
  replyOf,
  type Route,
  TextBody,
} from '../../http/index.js';
import { DELIVERIES } from '../../kernel/purpose.js';
import { TIERS } from '../../kernel/tier.js';
import { TRAITS } from '../domain/likeness-of-cases.js';
import { RULINGS } from '../../kernel/ruling.js';
import type { EndedDataset } from '../ended-case.js';
import { LATER, type SimilarCasePorts } from '../similar-case-ports.js';
import type { SimilarCases, SimilarCasesView } from '../similar-cases.js';

export class FewerItemsBody {
  /** `null`: all of the dataset. */
  @NullOr('integer') asked!: number | null;
  @IsInt() given!: number;
}

export class OtherDeliveryBody {
  @IsIn(DELIVERIES) asked!: string;
  @IsIn(DELIVERIES) given!: string;
}

export class OtherPeriodBody {
  @Nested(() => PeriodBody) asked!: PeriodBody;
  @Nested(() => PeriodBody) given!: PeriodBody;
}

export class GivenConditionBody extends DutyTermBody {
  @IsString() kind!: string;
  @IsString() text!: string;
}

/** What an approval in part took away or added; null where nothing of the kind. */
export class NarrowingBody {
  @NullOr(FewerItemsBody) items!: FewerItemsBody | null;
  @NullOr(OtherDeliveryBody) delivery!: OtherDeliveryBody | null;
  @NullOr(OtherPeriodBody) period!: OtherPeriodBody | null;
  @NullOr('integer') quota!: number | null;
  @ListOf(() => GivenConditionBody) conditions!: GivenConditionBody[];
}

export class EndedDatasetBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) title!: TextBody;
  /** Whether the case at hand asks for it, too. */
  @IsBoolean() alsoAsked!: boolean;
  @IsIn(RULINGS) ruling!: string;
  /** The tier it was ruled on under, and the one it has now. */
  @NullOr(TIERS) tier!: string | null;
  @NullOr(TIERS) tierNow!: string | null;
  @NullOr(NarrowingBody) narrowing!: NarrowingBody | null;
}

export class EndedReasonBody {
  @IsString() code!: string;
  @Nested(() => TextBody) title!: TextBody;
}

export class LaterBody {
  @IsIn(LATER) what!: string;
  @IsString() on!: string;
  /** Why a grant rested, or the kind of the violation. */
  @NullOr('string') cause!: string | null;
}

export class SimilarCaseBody {
  @IsString() application!: string;
  @NullOr('string') number!: string | null;
  /** In what it agrees with the case at hand. */
  @IsArray() @IsIn(TRAITS, { each: true }) traits!: string[];
  @NullOr('string') ruledOn!: string | null;
  /** Working days it took, and how many there were. */
  @NullOr('integer') days!: number | null;
  @NullOr('integer') limit!: number | null;
  @IsBoolean() late!: boolean;
  @ListOf(() => EndedDatasetBody) datasets!: EndedDatasetBody[];
  @ListOf(() => EndedReasonBody) reasons!: EndedReasonBody[];
  /** It answered another version of the form of its purpose than this case does. */
  @IsBoolean() otherForm!: boolean;
  /** What came of it after the ruling, in order. */
  @ListOf(() => LaterBody) later!: LaterBody[];
}

/** How the newest hundred earlier cases for the same purpose ended on a dataset of this one. */
export class PracticeBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) title!: TextBody;
  @IsInt() counted!: number;
  @IsInt() approved!: number;
  @IsInt() approvedInPart!: number;
  @IsInt() refused!: number;
  /** The day of the oldest one counted. */
  @NullOr('string') since!: string | null;
  /** Rulings that would be the first of their kind among at least three. A hint: nothing is refused for it. */
  @IsArray() @IsIn(RULINGS, { each: true }) standsAlone!: string[];
}

export class SimilarCasesBody {
  /** Alike among the rulings looked at, as far as you may see them; `items` are the ten most alike. */
  @IsInt() total!: number;
  @ListOf(() => SimilarCaseBody) items!: SimilarCaseBody[];
  @ListOf(() => PracticeBody) practice!: PracticeBody[];
}

type Reasons = SimilarCasePorts['reasons'];

const datasetView = (one: EndedDataset, datasets: SimilarCasesView['datasets']): EndedDatasetBody => {
  const now = datasets.get(one.dataset);
  return { ...one, title: { ...now?.title }, tierNow: now?.tier ?? null } as EndedDatasetBody;
};

const itemView = (
  { ranked, ended: { datasets: ruled, reasons: codes, later, ...ended } }: SimilarCasesView['items'][number],
  datasets: SimilarCasesView['datasets'],
  reasons: Reasons,
): SimilarCaseBody => ({
  application: ranked.earlier.application,
  traits: [...ranked.likeness.traits],
  ...ended,
  datasets: ruled.map((one) => datasetView(one, datasets)),
  reasons: codes.map((code) => ({ code, title: { ...reasons[code]?.text } })),
  later: later.map((one) => ({ ...one })),
});

const view = ({ total, items, practice, datasets }: SimilarCasesView, reasons: Reasons): SimilarCasesBody => ({
  total,
  items: items.map((one) => itemView(one, datasets, reasons)),
  practice: practice.map(({ dataset, counted, rulings, since, standsAlone }) => ({
    dataset,
    title: { ...datasets.get(dataset)?.title },
    counted,
    approved: rulings.approved,
    approvedInPart: rulings['approved-in-part'],
    refused: rulings.refused,
    since,
    standsAlone: [...standsAlone],
  })),
});

/** Earlier cases like the one at hand, for who judges or supervises it; the applicant's side is never told. */
export const similarCasesRoutes = ({
  cases,
  reasons,
}: {
  readonly cases: SimilarCases;
  readonly reasons: Reasons;
}): Route[] => [
  query({
    path: '/api/applications/:id/similar-cases',
    permission: 'application.similar',
    summary: 'Earlier cases like this one, and how they ended',
    tag: 'Applications',
    response: SimilarCasesBody,
    handler: async (call, reader) => {
      const found = await cases.of(reader, call.principal, call.params['id'] ?? '');
      return found.ok ? replyOf(view(found.value, reasons)) : found;
    },
  }),
];
