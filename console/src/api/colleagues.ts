import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page } from './types';

/** Bodies of colleagues and invitations, as the HTTP contract names them. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly state: string;
  readonly posts: readonly {
    readonly id: string;
    readonly role: string;
    readonly deputy: boolean;
    readonly allowedCommands: readonly string[];
    readonly etag: string;
  }[];
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Invitation {
  readonly id: string;
  readonly organisation: Named;
  readonly name: string;
  readonly address: string | null;
  readonly role: string | null;
  readonly authorisation: string | null;
  readonly state: string;
  readonly invitedBy: Named;
  readonly person: Named | null;
  readonly expiresAt: string;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}
/** With the text of its link, which is said once. */
export interface NewInvitation extends Invitation {
  readonly invitation: string;
}

export interface Offer {
  readonly organisation: string;
  readonly name: string;
  readonly role: string | null;
  readonly expiresAt: string;
  /** Why the account that is signed in cannot accept. */
  readonly stopped: { readonly code: string; readonly title: string; readonly remedy: string } | null;
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];

export const colleaguesQuery = (pageToken: string | undefined) =>
  queryOptions({
    queryKey: key('colleagues', pageToken),
    queryFn: ({ signal }) => call<Page<Colleague>>(withQuery('/api/colleagues', { limit: 20, pageToken }), { signal }),
    placeholderData: keepPreviousData,
  });
export const invitationsQuery = (state: 'open' | 'awaiting', pageToken: string | undefined) =>
  queryOptions({
    queryKey: key('invitations', state, pageToken),
    queryFn: ({ signal }) =>
      call<Page<Invitation>>(withQuery('/api/invitations', { limit: 20, state, pageToken }), { signal }),
    placeholderData: keepPreviousData,
  });
export const offerQuery = (invitation: string) =>
  queryOptions({
    queryKey: key('offer', invitation),
    queryFn: ({ signal }) => call<Offer>('/api/invitations/look', { method: 'POST', body: { invitation }, signal }),
    retry: false,
    staleTime: Infinity,
  });
