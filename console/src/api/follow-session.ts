import type { QueryClient } from '@tanstack/react-query';
import { meQuery } from './queries';
import { onSession, sessionState } from './session';

/**
 * What was read belongs to whoever read it. When somebody else signs in, or somebody signs out, it is thrown away; when
 * the same person comes back after their session ended, it stays and is read again, so that nothing written is lost.
 */
export function followSession(queryClient: QueryClient): void {
  let owner: string | null = null;
  const forgetMe = () => queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[1] === 'me' });
  const follow = async (): Promise<void> => {
    const state = sessionState();
    if (state === 'ended') {
      owner = queryClient.getQueryData(meQuery(true).queryKey)?.subject.id ?? owner;
      return forgetMe();
    }
    if (state === 'anonymous') {
      owner = null;
      return queryClient.resetQueries();
    }
    const me = await queryClient.fetchQuery({ ...meQuery(true), staleTime: 0 }).catch(() => null);
    const same = me !== null && me.subject.id === owner;
    owner = me?.subject.id ?? null;
    return same ? queryClient.invalidateQueries() : queryClient.resetQueries();
  };
  onSession(() => void follow());
}
