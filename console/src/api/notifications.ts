import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page } from './types';

/** Bodies of notifications, as the HTTP contract names them. */
export const ABOUT_KINDS = [
  'application',
  'grant',
  'violation',
  'demand',
  'evidence',
  'assessment',
  'objection',
  'organisation',
  'complaint',
] as const;
export type AboutKind = (typeof ABOUT_KINDS)[number];

export interface Notification {
  readonly id: string;
  readonly about: { readonly kind: AboutKind; readonly id: string };
  readonly title: string;
  readonly text: string;
  /** The document that was issued for the same event. */
  readonly notice: { readonly id: string; readonly number: string } | null;
  readonly at: string;
  readonly readAt: string | null;
  readonly etag: string;
}
export interface NotificationPage extends Page<Notification> {
  readonly unread: number;
}

export const MAIL_MODES = ['at-once', 'daily', 'none'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/** How I want to be told by mail. */
export interface MailPreference {
  readonly address: string | null;
  /** Until when the code that was sent to the address holds; null where it is confirmed, or there is none. */
  readonly codeUntil: string | null;
  readonly mode: MailMode;
  readonly language: 'zh' | 'en';
  readonly etag: string;
}

export const MAIL_STATES = ['waiting', 'failed', 'sent', 'dropped'] as const;

/** A mail on its way, or what became of it. */
export interface Mail {
  readonly id: string;
  readonly personName: string;
  readonly kind: string;
  readonly state: (typeof MAIL_STATES)[number];
  readonly tries: number;
  readonly madeAt: string;
  readonly nextAt: string;
  readonly settledAt: string | null;
  readonly lastError: string | null;
  readonly allowedCommands: readonly string[];
}
export interface MailPage extends Page<Mail> {
  readonly figures: { readonly waiting: number; readonly failed: number; readonly oldest: string | null };
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];
/** How often in milliseconds the bell asks. */
const LOOK = 60_000;

export const notificationsQuery = (search: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: key('notifications', search),
    queryFn: ({ signal }) =>
      call<NotificationPage>(withQuery('/api/notifications', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const unreadQuery = (signedIn: boolean) =>
  queryOptions({
    queryKey: key('unread'),
    queryFn: ({ signal }) => call<{ readonly unread: number }>('/api/notifications/unread-count', { signal }),
    enabled: signedIn,
    refetchInterval: LOOK,
    retry: false,
  });

export const mailPreferenceQuery = () =>
  queryOptions({
    queryKey: key('mail-preference'),
    queryFn: ({ signal }) => call<MailPreference>('/api/me/mail', { signal }),
    staleTime: 0,
  });

export const mailsQuery = (search: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: key('mails', search),
    queryFn: ({ signal }) => call<MailPage>(withQuery('/api/mails', { limit: 20, ...search }), { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: LOOK,
  });
