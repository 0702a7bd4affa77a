import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';

/** Bodies of the register and statistics chapter, as the HTTP contract names them. */
interface Named {
  readonly id: string;
  readonly name: Text;
}
export interface Reason {
  readonly code: string;
  readonly text: Text;
  readonly article: { readonly text: Text; readonly verified: boolean } | null;
}
export const MATTER_OUTCOMES = ['approved', 'approved-in-part', 'refused', 'undecided'] as const;

export interface RegisterEntry {
  readonly quarter: string;
  readonly dataset: { readonly id: string; readonly title: Text } | null;
  readonly holder: Named | null;
  readonly field: string | null;
  readonly purpose: string | null;
  readonly applicantKind: string | null;
  readonly outcome: string;
  readonly reasons: readonly Reason[];
  readonly days: number | null;
  readonly limit: number | null;
  readonly inTime: boolean;
  readonly appeal: string | null;
  readonly use: {
    readonly granted: boolean;
    readonly reports: number;
    readonly products: number;
    readonly named: readonly string[];
  };
}
export interface RegisterPage extends Page<RegisterEntry> {
  readonly upTo: string | null;
  readonly leastApplicants: number;
}
export interface Spread {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
}
export interface Figures extends Spread {
  readonly undecided: number;
  readonly inTime: number;
  readonly share: number | null;
}
export interface Statistics {
  readonly sight: string;
  readonly upTo: string | null;
  readonly leastApplicants: number;
  readonly whole: Figures;
  readonly steps: readonly (Spread & { readonly step: string })[];
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly reasons: readonly (Reason & { readonly count: number })[];
  readonly periods: readonly (Figures & { readonly period: string })[];
  readonly holders: readonly (Figures & { readonly holder: Named | null })[];
  readonly fields: readonly (Figures & { readonly field: string | null })[];
  readonly use: {
    readonly granted: number;
    readonly reported: number;
    readonly reports: number;
    readonly products: number;
  };
  readonly complaints: ComplaintFigures;
  readonly proceedings: readonly {
    readonly kind: string;
    readonly recorded: number;
    readonly open: number;
    readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  }[];
}

interface ComplaintFigures {
  readonly quality: readonly (Figures & {
    readonly period: string;
    readonly holder: Named;
    readonly mended: number;
  })[];
  readonly rights: readonly { readonly period: string; readonly holder: Named | null; readonly count: number }[];
}

export interface Share {
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}
export interface Judge {
  readonly person: string;
  readonly name: string;
  readonly cases: number;
  readonly approved: number;
  readonly approvedInPart: number;
  readonly refused: number;
  readonly whole: Share;
  readonly others: Share | null;
  readonly differs: 'above' | 'below' | null;
  readonly median: number | null;
  readonly othersMedian: number | null;
  readonly pace: 'above' | 'below' | null;
}
export interface Desk {
  readonly desk: 'holder' | 'authority';
  readonly holder: Named | null;
  readonly cases: number;
  readonly people: readonly Judge[];
  readonly few: number;
}
export interface Judging {
  readonly sight: string;
  readonly least: number;
  readonly desks: readonly Desk[];
}

interface Search {
  readonly [name: string]: string | undefined;
}

export const registerQuery = (search: Search) =>
  queryOptions({
    queryKey: [language(), 'register', search],
    queryFn: ({ signal }) => call<RegisterPage>(withQuery('/api/register', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
/** In full for those who have the permission. */
export const statisticsQuery = (full: boolean, search: Search) =>
  queryOptions({
    queryKey: [language(), 'statistics', full, search],
    queryFn: ({ signal }) =>
      call<Statistics>(withQuery(full ? '/api/statistics/full' : '/api/statistics', search), { signal }),
    placeholderData: keepPreviousData,
  });
/** The forms in which the register and the statistics are saved. */
export const SAVED = ['pdf', 'csv'] as const;
export const registerFile = (form: (typeof SAVED)[number], search: Search): string =>
  withQuery(`/api/register.${form}`, search);
export const statisticsFile = (form: (typeof SAVED)[number], full: boolean, search: Search): string =>
  withQuery(`${full ? '/api/statistics/full' : '/api/statistics'}.${form}`, search);
export const complaintTable = (search: Search): string => withQuery('/api/statistics/complaints.csv', search);
/** How the people of each desk judge, for who judges or oversees. */
export const judgingQuery = (period: string | undefined) =>
  queryOptions({
    queryKey: [language(), 'judging', period],
    queryFn: ({ signal }) => call<Judging>(withQuery('/api/statistics/judging', { period }), { signal }),
    placeholderData: keepPreviousData,
  });
