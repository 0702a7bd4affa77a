import { useQuery } from '@tanstack/react-query';
import { facetsQuery } from '../api/queries';
import { worded } from '../parts/wording';

/** The name of a publisher; all of them are read at once, however many records stand in a list. */
export function PublisherName({ id }: { readonly id: string }) {
  const publishers = useQuery(facetsQuery()).data?.publishers ?? [];
  return <span className="muted">{worded(publishers.find((one) => one.id === id)?.name)}</span>;
}
