import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Wording } from './types';

/** Bodies of the use of data, as the HTTP contract names them. */
interface Outcomes {
  readonly permitted: number;
  readonly denied: number;
  readonly undecided: number;
}
export interface DayUsage extends Outcomes {
  readonly day: string;
}
export interface DatasetUsage extends Outcomes {
  readonly dataset: string | null;
  readonly identifier: string | null;
  readonly delivered: number;
}
export interface ReasonUsage {
  readonly reason: string;
  readonly permit: boolean;
  readonly count: number;
}
export interface Usage extends Outcomes {
  readonly from: string;
  readonly to: string;
  readonly publisher: string | null;
  readonly delivered: number;
  readonly reasons: readonly ReasonUsage[];
  readonly tiers: readonly (Outcomes & { readonly tier: string })[];
  readonly days: readonly DayUsage[];
  readonly datasets: readonly DatasetUsage[];
}
interface Vocabulary {
  readonly reasons: Readonly<Record<string, { readonly text: Wording }>>;
}

export const usageQuery = (search: {
  readonly from: string;
  readonly to: string;
  readonly dataset?: string | undefined;
}) =>
  queryOptions({
    queryKey: [language(), 'usage', search],
    queryFn: ({ signal }) => call<Usage>(withQuery('/api/decisions/usage', search), { signal }),
    placeholderData: keepPreviousData,
  });
/** What the reasons of decisions mean. */
export const vocabularyQuery = () =>
  queryOptions({
    queryKey: [language(), 'vocabulary'],
    queryFn: ({ signal }) => call<Vocabulary>('/api/vocabulary', { signal }),
    staleTime: 600_000,
  });
