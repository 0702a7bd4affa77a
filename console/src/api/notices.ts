import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Named, Page } from './types';

/** Bodies of notices, as the HTTP contract names them. */
export interface Notice {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: Named;
  readonly addressee: Named;
  readonly about: { readonly kind: 'application' | 'grant' | 'violation'; readonly id: string };
  readonly issuedAt: string;
  readonly links: { readonly pdf: string; readonly json: string };
}

/** What notices are about; nothing is all that the reader may see. */
export type NoticesAbout = Readonly<Partial<Record<'application' | 'grant' | 'violation', string>>>;

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), 'notices', ...parts];

export const noticesQuery = (about: NoticesAbout, limit: number, pageToken?: string) =>
  queryOptions({
    queryKey: key(about, limit, pageToken),
    queryFn: ({ signal }) => call<Page<Notice>>(withQuery('/api/notices', { limit, ...about, pageToken }), { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const checkNotice = (number: string, hash: string) =>
  call<{ readonly known: boolean }>(withQuery('/api/notices/check', { number, hash }), {});
