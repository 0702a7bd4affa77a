import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text, Tier } from './types';

export const OBJECTION_STATES = ['open', 'upheld', 'rejected', 'withdrawn'] as const;
export const CLAIMED_RIGHTS = ['privacy', 'personal-information', 'trade-secret', 'business-secret'] as const;

/** An objection to a tier, as the HTTP contract names it. */
export interface Objection {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Text;
  readonly tierInForce: Tier | null;
  readonly objectedTier: Tier;
  readonly tier: Tier;
  readonly standing: string;
  readonly right: string | null;
  readonly reason: string;
  readonly legalBasis: string | null;
  readonly evidence: string | null;
  /** Null where a natural person objected, whom the publisher does not see. */
  readonly objector: { readonly id: string; readonly name: Text } | null;
  readonly state: string;
  readonly filedAt: string;
  readonly waitedDays: number;
  readonly decision: {
    readonly reason: string | null;
    readonly legalBasis: string | null;
    readonly tier: Tier | null;
    readonly assessment: string | null;
    readonly at: string;
  } | null;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}

/** Texts arrive in the asked language, so it is part of every key. */
const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const objectionsQuery = (search: {
  dataset?: string | undefined;
  state?: string | undefined;
  pageToken?: string | undefined;
}) =>
  queryOptions({
    queryKey: key('objections', search),
    queryFn: ({ signal }) => call<Page<Objection>>(withQuery('/api/objections', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

export const objectionQuery = (id: string) =>
  queryOptions({
    queryKey: key('objection', id),
    queryFn: ({ signal }) => call<Objection>(`/api/objections/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
