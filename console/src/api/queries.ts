import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Assessment, Alike, AssessmentGroupDetail, AssessmentPage, Sample } from './assessments';
import type { Application, ApplicationSummary, Candidates } from './applications';
import type { Dataset, DatasetSummary, Eligibility, Facets } from './datasets';
import type { Grant } from './grants';
import type { AgreementText, Me, Page } from './types';

/** Texts arrive in the asked language, so it is part of every key. */
const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export interface DatasetSearch {
  readonly q?: string | undefined;
  readonly field?: string | undefined;
  readonly tier?: string | undefined;
  readonly state?: string | undefined;
  readonly publisher?: string | undefined;
  readonly pageToken?: string | undefined;
  readonly limit?: number;
}

export const meQuery = (signedIn: boolean) =>
  queryOptions({
    queryKey: key('me'),
    queryFn: ({ signal }) => call<Me>('/api/me', { signal }),
    enabled: signedIn,
    staleTime: 60_000,
  });

export const facetsQuery = (search: DatasetSearch = {}) => {
  const { q, field, tier, state, publisher } = search;
  const asked = { q, field, tier, state, publisher };
  return queryOptions({
    queryKey: key('facets', asked),
    queryFn: ({ signal }) => call<Facets>(withQuery('/api/facets', asked), { signal }),
    placeholderData: keepPreviousData,
  });
};

export const datasetsQuery = (search: DatasetSearch) =>
  queryOptions({
    queryKey: key('datasets', search),
    queryFn: ({ signal }) =>
      call<Page<DatasetSummary>>(withQuery('/api/datasets', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: key('dataset', id),
    queryFn: ({ signal }) => call<Dataset>(`/api/datasets/${encodeURIComponent(id)}`, { signal }),
  });

export const eligibilityQuery = (id: string, enabled: boolean) =>
  queryOptions({
    queryKey: key('eligibility', id),
    queryFn: ({ signal }) => call<Eligibility>(`/api/datasets/${encodeURIComponent(id)}/eligibility`, { signal }),
    enabled,
  });

export interface ApplicationSearch {
  readonly state?: string | undefined;
  readonly queue?: string | undefined;
  readonly kind?: string | undefined;
  readonly pageToken?: string | undefined;
}
export const applicationsQuery = (search: ApplicationSearch) =>
  queryOptions({
    queryKey: key('applications', search),
    queryFn: ({ signal }) =>
      call<Page<ApplicationSummary>>(withQuery('/api/applications', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: key('application', id),
    queryFn: ({ signal }) => call<Application>(`/api/applications/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });

export const candidatesQuery = (application: string) =>
  queryOptions({
    queryKey: key('candidates', application),
    queryFn: ({ signal }) =>
      call<Candidates>(`/api/applications/${encodeURIComponent(application)}/candidates`, { signal }),
    staleTime: 0,
  });

export interface GrantSearch {
  readonly state?: string | undefined;
  readonly organisation?: string | undefined;
  readonly dataset?: string | undefined;
  readonly pageToken?: string | undefined;
  /** Days within which the period ends. */
  readonly endingWithin?: string | undefined;
  readonly duty?: 'overdue' | undefined;
}
export const grantsQuery = (search: GrantSearch) =>
  queryOptions({
    queryKey: key('grants', search),
    queryFn: ({ signal }) => call<Page<Grant>>(withQuery('/api/grants', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

export const grantQuery = (id: string) =>
  queryOptions({
    queryKey: key('grant', id),
    queryFn: ({ signal }) => call<Grant>(`/api/grants/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });

export const samplesQuery = (dataset: string) =>
  queryOptions({
    queryKey: key('samples', dataset),
    queryFn: ({ signal }) =>
      call<Page<Sample>>(withQuery('/api/samples', { dataset, state: 'running', limit: 1 }), { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => ((state.data?.total ?? 0) > 0 ? LOOK : false),
  });
/** How often in milliseconds a file on its way is looked at. */
const LOOK = 1000;

export interface AssessmentSearch {
  readonly dataset?: string | undefined;
  readonly state?: string | undefined;
  readonly group?: string | undefined;
  readonly pageToken?: string | undefined;
  readonly limit?: number;
}
export const assessmentsQuery = (search: AssessmentSearch) =>
  queryOptions({
    queryKey: key('assessments', search),
    queryFn: ({ signal }) => call<AssessmentPage>(withQuery('/api/assessments', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });

/** Read until it was confirmed: then it is none any more. */
export const groupQuery = (group: string, enabled: boolean) =>
  queryOptions({
    queryKey: key('group', group),
    queryFn: ({ signal }) =>
      call<AssessmentGroupDetail>(`/api/assessments/groups/${encodeURIComponent(group)}`, { signal }),
    enabled,
    staleTime: 0,
  });

/** Read anew after every act: what was decided is gone, and the rest may fall into other sets. */
export const alikeQuery = (group: string) =>
  queryOptions({
    queryKey: key('alike', group),
    queryFn: ({ signal }) => call<Alike>(`/api/assessments/groups/${encodeURIComponent(group)}/alike`, { signal }),
    staleTime: 0,
    retry: false,
  });

export const assessmentQuery = (id: string) =>
  queryOptions({
    queryKey: key('assessment', id),
    queryFn: ({ signal }) => call<Assessment>(`/api/assessments/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK : false),
  });

/** The text somebody is asked to sign; it never changes under its version. */
export const agreementQuery = (href: string | null | undefined) =>
  queryOptions({
    queryKey: key('agreement', href),
    queryFn: ({ signal }) => call<AgreementText>(href ?? '', { signal }),
    enabled: href != null && href.startsWith('/api/'),
    staleTime: Number.POSITIVE_INFINITY,
  });
