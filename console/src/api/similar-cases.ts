import { queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call } from './client';
import type { Text } from './types';

/** Earlier cases like one at hand, as the HTTP contract names them. */
interface Span {
  readonly from: string;
  readonly to: string;
}
export interface Narrowing {
  readonly items: { readonly asked: number | null; readonly given: number } | null;
  readonly delivery: { readonly asked: string; readonly given: string } | null;
  readonly period: { readonly asked: Span; readonly given: Span } | null;
  readonly quota: number | null;
  readonly conditions: readonly { readonly kind: string; readonly text: string }[];
}
export interface EndedDataset {
  readonly dataset: string;
  readonly title: Text;
  readonly alsoAsked: boolean;
  readonly ruling: string;
  readonly tier: string | null;
  readonly tierNow: string | null;
  readonly narrowing: Narrowing | null;
}
export interface Later {
  readonly what: string;
  readonly on: string;
  readonly cause: string | null;
}
export interface SimilarCase {
  readonly application: string;
  readonly number: string | null;
  readonly traits: readonly string[];
  readonly ruledOn: string | null;
  readonly days: number | null;
  readonly limit: number | null;
  readonly late: boolean;
  readonly datasets: readonly EndedDataset[];
  readonly reasons: readonly { readonly code: string; readonly title: Text }[];
  readonly otherForm: boolean;
  readonly later: readonly Later[];
}
export type Ruling = 'approved' | 'approved-in-part' | 'refused';
export interface Practice {
  readonly dataset: string;
  readonly title: Text;
  readonly counted: number;
  readonly approved: number;
  readonly approvedInPart: number;
  readonly refused: number;
  readonly since: string | null;
  readonly standsAlone: readonly string[];
}
export interface SimilarCases {
  readonly total: number;
  readonly items: readonly SimilarCase[];
  readonly practice: readonly Practice[];
}

export const similarCasesQuery = (application: string, enabled: boolean) =>
  queryOptions({
    queryKey: [language(), 'similar-cases', application],
    queryFn: ({ signal }) =>
      call<SimilarCases>(`/api/applications/${encodeURIComponent(application)}/similar-cases`, { signal }),
    enabled,
    staleTime: 60_000,
  });
