import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call, withQuery } from './client';
import type { Page, Text } from './types';
import type { ReasonUsage } from './usage';

/** Bodies of portals, as the HTTP contract names them. */
export interface Portal {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly organisation: string;
  /** Absent where it is registered for everyone. */
  readonly serves?: readonly string[];
  readonly state: string;
  readonly etag: string;
}
export const KEY_KINDS = ['api-key', 'client-secret'] as const;
export interface PortalKey {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}
/** With what it consists of, which is said once. */
export interface NewPortalKey extends PortalKey {
  readonly secret: string;
}
export interface KeyUse {
  readonly key: string;
  readonly lastAskedAt: string;
}
export interface PortalUse {
  readonly portal: string;
  readonly lastAskedAt: string;
  readonly permitted: number;
  readonly denied: number;
  readonly undecided: number;
  readonly reasons: readonly ReasonUsage[];
  readonly keys: readonly KeyUse[];
}
export interface PortalsUse {
  readonly from: string;
  readonly to: string;
  readonly items: readonly PortalUse[];
}
export interface Organisation {
  readonly id: string;
  readonly name: Text;
  readonly creditCode: string | null;
}

const key = (...parts: readonly unknown[]): readonly unknown[] => [language(), ...parts];
const path = (id: string): string => `/api/portals/${encodeURIComponent(id)}`;

export const portalsQuery = (pageToken: string | undefined) =>
  queryOptions({
    queryKey: key('portals', pageToken),
    queryFn: ({ signal }) => call<Page<Portal>>(withQuery('/api/portals', { limit: 20, pageToken }), { signal }),
    placeholderData: keepPreviousData,
  });
export const portalQuery = (id: string) =>
  queryOptions({
    queryKey: key('portal', id),
    queryFn: ({ signal }) => call<Portal>(path(id), { signal }),
    staleTime: 0,
  });
export const portalKeysQuery = (id: string) =>
  queryOptions({
    queryKey: key('portal-keys', id),
    queryFn: ({ signal }) => call<{ readonly items: readonly PortalKey[] }>(`${path(id)}/keys`, { signal }),
    staleTime: 0,
  });
/** What all portals asked in the last thirty days. */
export const portalsUseQuery = () =>
  queryOptions({
    queryKey: key('portals-use'),
    queryFn: ({ signal }) => call<PortalsUse>('/api/decisions/portals', { signal }),
    staleTime: 0,
  });
export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: key('organisation', id),
    queryFn: ({ signal }) => call<Organisation>(`/api/organisations/${encodeURIComponent(id)}`, { signal }),
  });
/** The organisation of a unified social credit code, or of an id; undefined where there is none. */
export async function findOrganisation(named: string): Promise<Organisation | undefined> {
  const search = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(named) ? { id: named } : { creditCode: named };
  return (await call<Page<Organisation>>(withQuery('/api/organisations', search))).items[0];
}
/** Makes a key. Not a command: its answer holds a secret, and answers to commands are kept to be repeated. */
export const makeKey = (portal: string, body: object): Promise<NewPortalKey> =>
  call<NewPortalKey>(`${path(portal)}/keys`, { method: 'POST', body });
