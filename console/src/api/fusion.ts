import { queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import type { SampleFailure, SampleProgress } from './assessments';
import { call } from './client';
import type { Text } from './types';

/** What datasets tell together, as the HTTP contract names it. */
export interface SharedIdentifier {
  readonly type: string;
  readonly role: 'identifier' | 'quasi-identifier';
  readonly first: readonly string[];
  readonly second: readonly string[];
}
export interface FusedTable {
  readonly records: number;
  readonly k: number;
  readonly matched: number;
  readonly fall: number;
}
export interface FusionFigures {
  readonly columns: readonly { readonly first: string; readonly second: string }[];
  readonly leftOut: readonly { readonly first: string; readonly second: string; readonly why: string }[];
  readonly first: FusedTable;
  readonly second: FusedTable;
  readonly uniqueToUnique: number;
  readonly certainShare: number;
  readonly kJoined: number | null;
  readonly links: boolean;
}
export interface ExactFusion {
  readonly fusion: string;
  readonly assessedAt: string;
  readonly current: boolean;
  readonly figures: FusionFigures | null;
  readonly reason: string | null;
}
export interface FusionPair {
  readonly first: string;
  readonly second: string;
  readonly status: 'shared' | 'nothing-shared' | 'not-assessed';
  readonly basis: 'content' | 'headings' | null;
  readonly reason: string | null;
  readonly shared: readonly SharedIdentifier[];
  readonly exact: ExactFusion | null;
}
export interface FusedDataset {
  readonly dataset: string;
  readonly datasetTitle: Text;
  readonly sampled: boolean;
}
export interface FusionFailure extends SampleFailure {
  readonly dataset: string | null;
}
export interface Fusion {
  readonly id: string;
  readonly state: string;
  readonly datasets: readonly FusedDataset[];
  readonly pairs: readonly FusionPair[];
  readonly progress: SampleProgress | null;
  readonly failure: FusionFailure | null;
  readonly allowedCommands: readonly string[];
  readonly createdAt: string;
  readonly etag: string;
}
export interface CasePair extends FusionPair {
  readonly firstTitle: Text;
  readonly secondTitle: Text;
  readonly grant: { readonly state: string } | null;
  readonly weight: string;
}
export interface CaseFusion {
  readonly asked: number;
  readonly held: number;
  readonly total: number;
  readonly items: readonly CasePair[];
}

/** Texts arrive in the asked language, so it is part of every key. */
const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];
/** How often in milliseconds files on their way are looked at. */
const LOOK = 1000;

export const fusionQuery = (id: string) =>
  queryOptions({
    queryKey: key('fusion', id),
    queryFn: ({ signal }) => call<Fusion>(`/api/fusion/assessments/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK : false),
  });

export const caseFusionQuery = (application: string, enabled: boolean) =>
  queryOptions({
    queryKey: key('case-fusion', application),
    queryFn: ({ signal }) =>
      call<CaseFusion>(`/api/applications/${encodeURIComponent(application)}/fusion`, { signal }),
    enabled,
    staleTime: 0,
  });
