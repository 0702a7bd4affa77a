import { Link } from '@tanstack/react-router';
import type { Grant } from '../api/grants';
import { worded } from '../parts/wording';

export const titleOf = ({ datasetTitle, dataset }: Grant): string => worded(datasetTitle) || dataset;

/** What a grant in a list is called, and the way to it. */
export function GrantTitle({ grant }: { readonly grant: Grant }) {
  return (
    <Link to="/grants/$id" params={{ id: grant.id }} className="row-title">
      {titleOf(grant)}
    </Link>
  );
}
