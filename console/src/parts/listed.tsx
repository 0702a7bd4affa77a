import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/types';
import { Pager } from './pager';
import { Loading, ProblemPanel } from './states';

interface Props<List extends Page<unknown>> {
  readonly list: UseQueryResult<List>;
  readonly trail: readonly string[];
  /** Keeps the way back in the address; nothing at the first page. */
  readonly onTrail: (trail: readonly string[] | undefined) => void;
  readonly empty: ReactNode;
  readonly children: (page: List) => ReactNode;
}

/** One page of a list: that it comes, that it failed, that there is nothing, or its rows and the way on. */
export function Listed<List extends Page<unknown>>({ list, trail, onTrail, empty, children }: Props<List>) {
  const page = list.data;
  return (
    <>
      {list.isPending && <Loading />}
      {list.isError && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {page?.items.length === 0 && empty}
      {page !== undefined && page.items.length > 0 && (
        <>
          {children(page)}
          <Pager
            trail={trail}
            nextPageToken={page.nextPageToken}
            total={page.total}
            shown={page.items.length}
            onTrail={(next) => onTrail(next.length === 0 ? undefined : next)}
          />
        </>
      )}
    </>
  );
}
