import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AboutKind } from '../api/notifications';

const PAGES = {
  application: '/applications/$id',
  grant: '/grants/$id',
  violation: '/violations/$id',
  demand: '/demands/$id',
  evidence: '/evidence/$id',
  assessment: '/classification/$id',
  objection: '/objections/$id',
  // Of an organisation people look at what they may use.
  organisation: '/grants',
  complaint: '/complaints/$id',
} as const satisfies Readonly<Record<AboutKind, string>>;

/** The way to the page that a notification is about. */
export function AboutLink(props: {
  readonly about: { readonly kind: AboutKind; readonly id: string };
  readonly onFollow: () => void;
  readonly children: ReactNode;
}) {
  const { about, onFollow, children } = props;
  return (
    <Link to={PAGES[about.kind]} params={{ id: about.id }} className="row-title" onClick={onFollow}>
      {children}
    </Link>
  );
}
