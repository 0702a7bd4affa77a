import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries';
import { isSignedIn, onSession } from '../api/session';
import type { Me, Role } from '../api/types';

export interface Session {
  readonly state: 'anonymous' | 'loading' | 'signed-in' | 'failed';
  readonly me: Me | null;
  /** Asking who it is: for a screen that waits for the answer. */
  readonly query: { readonly isError: boolean; readonly error: unknown; refetch(): unknown };
  has(...roles: readonly Role[]): boolean;
}

/** Who is using this console, as the server says. */
export function useSession(): Session {
  const signedIn = useSyncExternalStore(onSession, isSignedIn);
  const query = useQuery(meQuery(signedIn));
  const me = signedIn ? (query.data ?? null) : null;
  const pending = query.isError ? 'failed' : 'loading';
  return {
    state: signedIn ? (me === null ? pending : 'signed-in') : 'anonymous',
    me,
    query,
    has: (...roles) => me?.roles.some((role) => roles.includes(role)) ?? false,
  };
}
