import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { datasetQuery } from '../api/queries';
import type { Dataset } from '../api/datasets';
import { Waiting } from './waiting';

/** A screen about one dataset: it stands once its record was read, with `fresh` as it is at this moment. */
export function OfDataset(props: {
  readonly id: string;
  readonly fresh?: boolean;
  readonly children: (dataset: Dataset) => ReactNode;
}) {
  const { id, fresh = false, children } = props;
  const query = useQuery({ ...datasetQuery(id), refetchOnMount: fresh ? 'always' : true });
  if (query.data === undefined || (fresh && !query.isFetchedAfterMount)) return <Waiting query={query} />;
  return children(query.data);
}
