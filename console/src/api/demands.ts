import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';

/** Bodies of demands, as the HTTP contract names them. */
export const DEMAND_STATES = ['waiting', 'planned', 'opened', 'there', 'refused'] as const;
export const DEMAND_OUTCOMES = ['planned', 'opened', 'there', 'refused'] as const;
export const DEMAND_REFUSALS = [
  'personal-information',
  'secrets',
  'forbidden-by-law',
  'not-held',
  'not-digital',
  'unclear',
  'other',
] as const;

export interface Demand {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly description: string | null;
  readonly dataset: string | null;
  readonly datasetTitle: Text | null;
  readonly holder: string;
  readonly holderName: Text | null;
  readonly askedAt: string;
  readonly deadline: {
    readonly due: string;
    readonly workingDays: number;
    readonly source: Text;
    readonly verified: boolean;
    readonly overdue: boolean;
  };
  readonly answers: readonly {
    readonly outcome: string;
    readonly text: string;
    readonly reason: string | null;
    readonly reasonText: Text | null;
    readonly dataset: string | null;
    readonly plannedBy: string | null;
    readonly at: string;
  }[];
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const demandsQuery = (search: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: key('demands', search),
    queryFn: ({ signal }) => call<Page<Demand>>(withQuery('/api/demands', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
export const demandQuery = (id: string) =>
  queryOptions({
    queryKey: key('demand', id),
    queryFn: ({ signal }) => call<Demand>(`/api/demands/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
