import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';

/** Bodies of the supervision chapter, as the HTTP contract names them. */
export const VIOLATION_KINDS = [
  'platform-rules',
  'unlawful-acquisition',
  'infringement',
  'beyond-scenario',
  'transfer-to-third-party',
  're-identification',
  'missed-report',
  'lapsed-proof',
] as const;
export const VIOLATION_STATES = ['reported', 'heard', 'warned', 'sanctioned', 'cured', 'dismissed'] as const;
export const STEPS = ['notice', 'warning', 'limit', 'suspend', 'revoke', 'restrict'] as const;
export type Step = (typeof STEPS)[number];

export interface ViolationLine {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly organisation: string;
  readonly organisationName: Text | null;
  readonly grant: string | null;
  readonly dataset: string | null;
  readonly datasetTitle: Text | null;
  readonly reportedAt: string;
  readonly hearingUntil: string;
  readonly cureBy: string | null;
  readonly etag: string;
}
export interface Sanction {
  readonly id: string;
  readonly violation: string;
  readonly organisation: string;
  readonly organisationName: Text | null;
  readonly grant: string | null;
  readonly datasets: readonly string[];
  readonly step: Step;
  readonly state: string;
  readonly reason: string;
  readonly imposedAt: string;
  readonly until: string | null;
  readonly limit: { readonly quota: number | null; readonly delivery: string | null } | null;
  readonly interim: boolean;
  readonly byTime: boolean;
  readonly end: { readonly cause: string; readonly reason: string | null; readonly at: string } | null;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}
export interface Violation extends ViolationLine {
  readonly description: string;
  readonly evidence: readonly { readonly reference: string; readonly issuer: string | null }[];
  readonly replies: readonly { readonly at: string; readonly text: string }[];
  readonly rulings: readonly {
    readonly step: string;
    readonly reason: string;
    readonly at: string;
    readonly byTime: boolean;
  }[];
  readonly sanctions: readonly Sanction[];
  readonly ladder: {
    readonly lowest: Step;
    readonly highest: Step;
    readonly earlier: number;
    readonly steps: readonly Step[];
  };
  readonly allowedCommands: readonly string[];
}
export interface Desk {
  readonly violations: Readonly<Record<'reported' | 'heard' | 'warned', number>>;
  readonly sanctions: Readonly<Record<'warning' | 'limit' | 'suspend' | 'restrict', number>>;
  readonly grants: Readonly<Record<'suspended' | 'limited' | 'overdue', number>>;
  readonly demands: Readonly<Record<'waiting' | 'overdue', number>>;
  readonly complaints: Readonly<Record<'quality' | 'rights' | 'overdue', number>>;
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];
interface Search {
  readonly [name: string]: string | undefined;
}

export const deskQuery = () =>
  queryOptions({ queryKey: key('desk'), queryFn: ({ signal }) => call<Desk>('/api/supervision', { signal }) });
export const violationsQuery = (search: Search) =>
  queryOptions({
    queryKey: key('violations', search),
    queryFn: ({ signal }) =>
      call<Page<ViolationLine>>(withQuery('/api/violations', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
export const violationQuery = (id: string) =>
  queryOptions({
    queryKey: key('violation', id),
    queryFn: ({ signal }) => call<Violation>(`/api/violations/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
export const sanctionsQuery = (search: Search) =>
  queryOptions({
    queryKey: key('sanctions', search),
    queryFn: ({ signal }) => call<Page<Sanction>>(withQuery('/api/sanctions', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
