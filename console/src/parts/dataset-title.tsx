import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { datasetQuery } from '../api/queries';
import type { Wording } from '../api/types';
import { Worded, worded } from './wording';

/** A dataset by its title, as a link; where a list names it by id only, the title is looked up. */
export function DatasetTitle({ id, title }: { readonly id: string; readonly title?: Wording | null | undefined }) {
  const known = worded(title) !== '';
  const record = useQuery({ ...datasetQuery(id), enabled: !known });
  const text = known ? title : record.data?.title;
  return (
    <Link to="/datasets/$id" params={{ id }}>
      {worded(text) === '' ? id : <Worded text={text} />}
    </Link>
  );
}
