import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text, Tier } from './types';

/** Bodies of tiers and packs as governed acts, as the HTTP contract names them. */
interface Touched {
  readonly id: string;
  readonly state: string;
  readonly outcome: string;
}
interface Organisation {
  readonly id: string;
  readonly name: string;
}
type Counts = Readonly<Record<string, number>>;
export interface Impact {
  readonly dataset: string;
  readonly datasetTitle: Text;
  readonly from: Tier;
  readonly to: Tier;
  readonly grantRule: string | null;
  readonly pack: string;
  readonly packVersion: number;
  readonly counts: { readonly grants: Counts; readonly applications: Counts; readonly distributions: Counts };
  readonly grants: readonly (Touched & { readonly organisation: Organisation })[];
  readonly applications: readonly (Touched & { readonly number: string | null; readonly applicant: Organisation })[];
  readonly distributions: readonly { readonly id: string; readonly title: string; readonly outcome: string }[];
  readonly etag: string;
}
export interface Reclassification extends Impact {
  readonly id: string;
  readonly actor: string;
  readonly at: string;
}

/** Texts arrive in the asked language, so it is part of every key. */
const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const impactQuery = (dataset: string, tier: Tier | '') =>
  queryOptions({
    queryKey: key('impact', dataset, tier),
    queryFn: ({ signal }) =>
      call<Impact>(withQuery(`/api/datasets/${encodeURIComponent(dataset)}/reclassification`, { tier }), { signal }),
    enabled: tier !== '',
    staleTime: 0,
  });

export const reclassificationsQuery = (search: { dataset?: string | undefined; pageToken?: string | undefined }) =>
  queryOptions({
    queryKey: key('reclassifications', search),
    queryFn: ({ signal }) =>
      call<Page<Reclassification>>(withQuery('/api/reclassifications', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

type Tally = Readonly<Record<string, number>>;
export const CHANGE_KINDS = ['dataset', 'grant', 'application', 'ruling', 'decision', 'case'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export interface Rehearsal {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly counts: { readonly read: number; readonly total: number } & Readonly<Record<ChangeKind, Tally>>;
  readonly createdAt: string;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}
export interface PackRule {
  readonly id: string;
}
export interface PackDifference {
  readonly part: string;
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
}
export interface PackVersion {
  readonly id: string;
  readonly pack: string;
  readonly number: number;
  readonly state: string;
  readonly hash: string;
  readonly reason: string;
  readonly author: string | null;
  readonly proposedBy: string | null;
  readonly publishedBy: string | null;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly allowedCommands: readonly string[];
  readonly rehearsals?: readonly Rehearsal[];
  readonly content?: { readonly title: Text; readonly rules: readonly PackRule[] };
  readonly people?: readonly { readonly id: string; readonly name: string }[];
  /** How far it has come over the tiers of its pack; absent where it is not in force. */
  readonly reach?: { readonly behind: number; readonly total: number };
  /** Absent where the version it was written on is no longer here. */
  readonly differs?: readonly PackDifference[];
  readonly etag: string;
}
export interface PackInForce {
  readonly id: string;
  readonly version: number;
  readonly origin: 'shipped' | 'published';
  readonly title: string;
  readonly rules: readonly { readonly id: string }[];
  readonly verifiedRules: number;
  /** Lists that the product brings and that are newer than those of this version. */
  readonly newer: readonly { readonly part: 'lexicon' | 'columns'; readonly version: number }[];
}
export interface RehearsedChange {
  readonly kind: ChangeKind;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export interface Review {
  readonly dataset: string;
  readonly datasetTitle: Text;
  readonly tier: Tier | null;
  readonly cause: string;
  readonly note: string | null;
  readonly fusion: string | null;
  readonly objections: readonly string[];
  readonly dueAt: string;
  readonly overdueDays: number;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}

export const packsQuery = () =>
  queryOptions({
    queryKey: key('packs'),
    queryFn: ({ signal }) => call<Page<PackInForce>>('/api/rule-packs', { signal }),
  });
export const packVersionsQuery = (pageToken: string | undefined) =>
  queryOptions({
    queryKey: key('packVersions', pageToken),
    queryFn: ({ signal }) =>
      call<Page<PackVersion>>(withQuery('/api/rule-pack-versions', { limit: 20, pageToken }), { signal }),
    placeholderData: keepPreviousData,
  });
/** A version by its id, or the one in force by the code of its pack. */
export const packVersionQuery = (id: string) =>
  queryOptions({
    queryKey: key('packVersion', id),
    queryFn: ({ signal }) => call<PackVersion>(`/api/rule-packs/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.rehearsals?.some((one) => one.state === 'running') === true || (data?.reach?.behind ?? 0) > 0 ? 700 : false,
  });
/** `state` is part of the key: what a running rehearsal had found is asked for again when it has ended. */
export const rehearsedQuery = (rehearsal: string, state: string, kind: ChangeKind, pageToken: string | undefined) =>
  queryOptions({
    queryKey: key('rehearsed', rehearsal, state, kind, pageToken),
    queryFn: ({ signal }) =>
      call<Page<RehearsedChange>>(
        withQuery(`/api/rehearsals/${encodeURIComponent(rehearsal)}/changes`, { kind, limit: 20, pageToken }),
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
export const REVIEW_CAUSES = ['objection', 'complaint', 'returned', 'join', 'pack', 'schedule', 'late-update'] as const;
export const reviewsQuery = (search: { queue: string; cause?: string | undefined; pageToken?: string | undefined }) =>
  queryOptions({
    queryKey: key('reviews', search),
    queryFn: ({ signal }) => call<Page<Review>>(withQuery('/api/reevaluations', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
