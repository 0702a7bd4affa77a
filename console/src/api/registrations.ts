import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';

/** Bodies of registrations, as the HTTP contract names them. */
export const REGISTRANTS = ['enterprise', 'unincorporated', 'person'] as const;
export type Registrant = (typeof REGISTRANTS)[number];
export const DOCUMENTS = ['resident-id', 'passport'] as const;
export const REGISTRATION_STATES = ['submitted', 'verified', 'refused'] as const;

export interface RegistrationReceipt {
  readonly id: string;
}

export interface Registration {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly creditCode: string | null;
  readonly name: Text;
  readonly authorisation: string;
  readonly licence: string | null;
  readonly handler: { readonly username: string; readonly name: string };
  readonly signatory: { readonly username: string; readonly name: string };
  readonly identity: {
    readonly document: string;
    readonly issuedBy: string | null;
    readonly ending: string;
    readonly checked: boolean;
  } | null;
  readonly submittedAt: string;
  readonly decidedAt: string | null;
  readonly reason: string | null;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const registrationsQuery = (search: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: key('registrations', search),
    queryFn: ({ signal }) =>
      call<Page<Registration>>(withQuery('/api/registrations', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
  });
export const registrationQuery = (id: string) =>
  queryOptions({
    queryKey: key('registration', id),
    queryFn: ({ signal }) => call<Registration>(`/api/registrations/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
  });
