import { queryOptions } from '@tanstack/react-query';
import { call } from './client';
import type { DutyTerm, Text } from './types';

/** The source of records that stewards write here, as opposed to imported ones. */
export const LOCAL_SOURCE = 'local';
/** What a steward writes a record with, as the HTTP contract names it. */
export const FREQUENCIES = [
  'realtime',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
  'every-two-years',
  'irregular',
  'once',
] as const;
export const SHARING_TIERS = ['unconditional', 'conditional', 'not-shared'] as const;
export type SharingTier = (typeof SHARING_TIERS)[number];
export const SECURITY_LEVELS = ['L1', 'L2', 'L3', 'L4'] as const;
export const DISTRIBUTION_KINDS = ['file', 'api'] as const;
export const DOCUMENT_KINDS = ['sample', 'data-dictionary'] as const;
/** The kinds of applicants that a condition may name. */
export const APPLICANT_KINDS = ['enterprise', 'unincorporated', 'person'] as const;
/** The kind of condition that names them. */
export const NAMES_APPLICANTS = 'applicant-kind';

export interface ConditionKind {
  readonly kind: string;
  readonly label: Text;
  readonly asks: Text;
  readonly evidence: 'never' | 'optional';
  /** The field that says when it is due. */
  readonly term?: keyof DutyTerm;
}
/** How an agreement is concluded. */
export const EXECUTIONS = ['acceptance', 'counter-signature', 'sealed-document'] as const;
export type Execution = (typeof EXECUTIONS)[number];
/** The version of a template that is in force. */
export interface AgreementTemplate {
  readonly template: string;
  readonly version: number;
  readonly title: Text;
  readonly text: Text;
  readonly hash: string;
  readonly execution: Execution;
  readonly publishedAt: string;
  readonly etag: string;
}

const listOf = <T>(path: string) =>
  queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => call<{ readonly items: readonly T[] }>(path, { signal }),
    staleTime: 60_000,
  });
export const conditionKindsQuery = () => listOf<ConditionKind>('/api/condition-kinds');
export const agreementsQuery = () => listOf<AgreementTemplate>('/api/agreements');
export const fieldsQuery = () => listOf<{ readonly code: string; readonly name: Text }>('/api/fields');
