import { IsIn, IsInt, IsString } from 'class-validator';
import { FusionPairBody, pairView } from '../../classification/index.js';
import { ListOf, Nested, NullOr, query, replyOf, type Route, TextBody } from '../../http/index.js';
import type { CaseFusion, CaseFusionView } from '../case-fusion.js';
import { type Weight, WEIGHTS } from '../domain/fusion-of-case.js';

/** Most pairs of one answer, the most telling ones. */
const MOST = 100;

/** How a dataset comes into the case. */
export class CaseGrantBody {
  @IsString() id!: string;
  @IsString() state!: string;
}

export class CasePairBody extends FusionPairBody {
  @Nested(() => TextBody) firstTitle!: TextBody;
  @Nested(() => TextBody) secondTitle!: TextBody;
  /** The grant through which the applicant holds the second dataset; null where it is asked for, too. */
  @NullOr(CaseGrantBody) grant!: CaseGrantBody | null;
  /** What it comes to; `unknown`: nobody has assessed it. */
  @IsIn(WEIGHTS) weight!: string;
}

export class PairsOfWeightBody {
  @IsIn(WEIGHTS) weight!: string;
  @IsInt() pairs!: number;
}

/** What is asked for, together and with what the applicant holds through other cases. */
export class CaseFusionBody {
  /** Datasets asked for, and held through live grants of other cases. */
  @IsInt() asked!: number;
  @IsInt() held!: number;
  /** All pairs; `items` are the first hundred, most telling first. */
  @IsInt() total!: number;
  @ListOf(() => PairsOfWeightBody) weights!: PairsOfWeightBody[];
  @ListOf(() => CasePairBody) items!: CasePairBody[];
}

function view({ asked, held, pairs, titles }: CaseFusionView): CaseFusionBody {
  const counted = new Map<Weight, number>();
  for (const { weight } of pairs) counted.set(weight, (counted.get(weight) ?? 0) + 1);
  return {
    asked: asked.length,
    held: held.length,
    total: pairs.length,
    weights: WEIGHTS.flatMap((weight) => {
      const count = counted.get(weight);
      return count === undefined ? [] : [{ weight, pairs: count }];
    }),
    items: pairs.slice(0, MOST).map(({ pair, second: { grant }, weight }) => ({
      ...pairView(pair),
      firstTitle: { ...titles.get(pair.first) },
      secondTitle: { ...titles.get(pair.second) },
      grant: grant === null ? null : { ...grant },
      weight,
    })),
  };
}

/** Fusion risk beside the answers of a case; the applicant is never told. */
export const caseFusionRoutes = (fusion: CaseFusion): Route[] => [
  query({
    path: '/api/applications/:id/fusion',
    permission: 'application.fusion',
    summary: 'What the datasets asked for tell together, and with what the applicant already holds',
    tag: 'Applications',
    response: CaseFusionBody,
    handler: async (call, reader) => {
      const found = await fusion.of(reader, call.principal, call.params['id'] ?? '');
      return found.ok ? replyOf(view(found.value)) : found;
    },
  }),
];
