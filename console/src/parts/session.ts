import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries';
import { isSignedIn, onSession } from '../api/session';
import type { Me, Role } from '../api/types';

export interface Session {
  readonly state: 'anonymous' | 'loading' | 'signed-in' | 'failed';
  readonly me: Me | null;
  readonly error: unknown;
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
    error: query.error,
    has: (...roles) => me?.roles.some((role) => roles.includes(role)) ?? false,
  };
}
