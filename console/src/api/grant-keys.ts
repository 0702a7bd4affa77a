import { queryOptions } from '@tanstack/react-query';
import { language } from '../language';
import { call } from './client';

/** A key with which a machine asks under a grant, as the HTTP contract names it. */
export interface GrantKey {
  readonly id: string;
  readonly label: string;
  /** In whose name it asks, where the grant names persons. */
  readonly person: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Of the last thirty days. */
  readonly lastAskedAt: string | null;
  readonly permitted: number;
  readonly denied: number;
}
/** With what it consists of, which is said once. */
export interface NewGrantKey extends GrantKey {
  readonly secret: string;
}
export interface GrantKeyList {
  readonly items: readonly GrantKey[];
  readonly mayMake: boolean;
}

const path = (grant: string): string => `/api/grants/${encodeURIComponent(grant)}/keys`;

export const grantKeysQuery = (grant: string) =>
  queryOptions({
    queryKey: [language(), 'grant-keys', grant],
    queryFn: ({ signal }) => call<GrantKeyList>(path(grant), { signal }),
    staleTime: 0,
  });
/** Makes a key. Not a command: its answer holds a secret, and answers to commands are kept to be repeated. */
export const makeGrantKey = (grant: string, body: object): Promise<NewGrantKey> =>
  call<NewGrantKey>(path(grant), { method: 'POST', body });
