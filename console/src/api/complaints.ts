import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';

/** Bodies of objections to quality and complaints about rights, as the HTTP contract names them. */
export const COMPLAINT_STATES = ['open', 'verified', 'treating', 'answered', 'taken-back'] as const;
export const QUALITY_FAULTS = [
  'wrong-values',
  'missing',
  'out-of-date',
  'broken-file',
  'description-wrong',
  'other',
] as const;
export const COMPLAINT_RIGHTS = [
  'privacy',
  'personal-information',
  'consent-withdrawn',
  'trade-secret',
  'business-secret',
  'intellectual-property',
  'other-right',
] as const;
export const FINDINGS = ['founded', 'partly-founded', 'unfounded'] as const;
export const QUALITY_OUTCOMES = ['mended', 'not-accepted'] as const;
export const RIGHTS_OUTCOMES = ['resume', 'treat-and-reopen', 'withdraw'] as const;

export interface ComplaintLine {
  readonly id: string;
  readonly number: string;
  readonly about: 'quality' | 'rights';
  readonly state: string;
  readonly fault: string | null;
  readonly right: string | null;
  readonly items: readonly string[];
  readonly dataset: string;
  readonly datasetTitle: Text | null;
  readonly holder: string;
  readonly holderName: Text | null;
  readonly filedAt: string;
  readonly deadline: {
    readonly due: string;
    readonly workingDays: number;
    readonly source: Text;
    readonly verified: boolean;
    readonly overdue: boolean;
  } | null;
  readonly rests: boolean;
  readonly outcome: string | null;
  readonly etag: string;
}

export interface Proposal {
  readonly reason: string;
  readonly at: string;
  readonly confirmed: { readonly reason: string; readonly at: string } | null;
  /** Of a release alone. */
  readonly declined?: { readonly reason: string; readonly at: string } | null;
}

export interface Complaint extends ComplaintLine {
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly href: string }[];
  readonly complainant: {
    readonly person: string;
    readonly organisationName: Text | null;
    readonly onBehalfOf: string | null;
  } | null;
  readonly lift: Proposal | null;
  readonly release: Proposal | null;
  readonly verification: { readonly finding: string; readonly remark: string; readonly at: string } | null;
  readonly answer: {
    readonly outcome: string;
    readonly text: string;
    readonly mendedOn: string | null;
    readonly at: string;
  } | null;
  readonly treatment: { readonly text: string; readonly at: string } | null;
  readonly reopened: { readonly assessment: string; readonly at: string } | null;
  readonly allowedCommands: readonly string[];
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const complaintsQuery = (search: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: key('complaints', search),
    queryFn: ({ signal }) =>
      call<Page<ComplaintLine>>(withQuery('/api/complaints', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
export const complaintQuery = (id: string) =>
  queryOptions({
    queryKey: key('complaint', id),
    queryFn: ({ signal }) => call<Complaint>(`/api/complaints/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
