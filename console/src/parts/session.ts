import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries';
import { onSession, sessionState } from '../api/session';
import type { Me, Role } from '../api/types';

export interface Session {
  readonly state: 'anonymous' | 'ended' | 'loading' | 'signed-in' | 'failed';
  readonly me: Me | null;
  /** Asking who it is: for a screen that waits for the answer. */
  readonly query: { readonly isError: boolean; readonly error: unknown; refetch(): unknown };
  has(...roles: readonly Role[]): boolean;
}

/** Whether they act for this applicant. A natural person has no organisation beside them and sees no case but their own. */
export const speaksFor = (me: Me | null, applicant: string): boolean =>
  me !== null && (me.organisation === null ? me.roles.includes('citizen') : me.organisation.id === applicant);

/** Who is using this console, as the server says. */
export function useSession(): Session {
  const now = useSyncExternalStore(onSession, sessionState);
  const query = useQuery(meQuery(now === 'signed-in'));
  const me = now === 'signed-in' ? (query.data ?? null) : null;
  const pending = query.isError ? 'failed' : 'loading';
  const known = me === null ? pending : 'signed-in';
  return {
    state: now === 'signed-in' ? known : now,
    me,
    query,
    has: (...roles) => me?.roles.some((role) => roles.includes(role)) ?? false,
  };
}
