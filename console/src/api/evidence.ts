import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Attachment, Page, Text } from './types';

/** Bodies of evidence that belongs to an organisation, as the HTTP contract names them. */
export const EVIDENCE_STATES = [
  'filed',
  'verified',
  'rejected',
  'lapsed',
  'replaced',
  'withdrawn',
  'struck-out',
] as const;

/** The kinds of conditions that may ask for evidence. */
export const EVIDENCE_KINDS = [
  'mlps-filing',
  'mlps-assessment',
  'technical-capability',
  'credit-record',
  'training',
  'location',
  'applicant-kind',
  'impact-assessment',
  'separate-consent',
  'risk-assessment',
] as const;

export interface FiledEvidenceLine {
  readonly id: string;
  readonly organisation: string;
  readonly organisationName: Text | null;
  readonly kind: string;
  readonly kindLabel: Text | null;
  readonly issuer: string;
  readonly reference: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly sha256: string | null;
  readonly replaces: string | null;
  readonly state: string;
  readonly filedAt: string;
  readonly counts: boolean;
  readonly renewNow: boolean;
  readonly judged: { readonly at: string; readonly reason: string | null } | null;
  readonly ended: { readonly at: string; readonly reason: string | null } | null;
  readonly etag: string;
}
export interface FiledEvidence extends FiledEvidenceLine {
  readonly file: { readonly id: string; readonly name: string; readonly href: string } | null;
  readonly grants: readonly {
    readonly id: string;
    readonly dataset: string;
    readonly datasetTitle: Text | null;
    readonly state: string;
  }[];
  readonly allowedCommands: readonly string[];
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];
interface Search {
  readonly [name: string]: string | undefined;
}

export const evidenceListQuery = (search: Search, limit = 20) =>
  queryOptions({
    queryKey: key('evidence-on-file', search, limit),
    queryFn: ({ signal }) =>
      call<Page<FiledEvidenceLine>>(withQuery('/api/evidence', { limit, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
export const filedEvidenceQuery = (id: string) =>
  queryOptions({
    queryKey: key('evidence-on-file', id),
    queryFn: ({ signal }) => call<FiledEvidence>(`/api/evidence/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
/** The documents of one's own organisation, newest first. */
export const documentsQuery = () =>
  queryOptions({
    queryKey: key('documents'),
    queryFn: ({ signal }) => call<Page<Attachment>>('/api/attachments?limit=100', { signal }),
    staleTime: 0,
  });
