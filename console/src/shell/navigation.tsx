import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types';
import { type Session, useSession } from '../parts/session';

/** The ways in; where no role is named, for everyone. */
const ENTRIES = [
  { to: '/datasets', key: 'datasets' },
  { to: '/demands', key: 'demands' },
  {
    to: '/complaints',
    key: 'complaints',
    roles: ['handler', 'signatory', 'citizen', 'steward', 'reviewer', 'approver', 'supervisor', 'auditor'],
  },
  { to: '/register', key: 'register' },
  { to: '/usage', key: 'usage', roles: ['steward', 'reviewer', 'officer', 'approver', 'supervisor', 'auditor'] },
  { to: '/queue', key: 'queue', roles: ['reviewer', 'approver'] },
  {
    to: '/applications',
    key: 'applications',
    roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'],
    named: true,
  },
  { to: '/grants', key: 'grants', roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'], named: true },
  {
    to: '/evidence',
    key: 'evidence',
    roles: ['handler', 'signatory', 'citizen', 'approver', 'officer', 'supervisor', 'auditor'],
  },
  { to: '/supervision', key: 'supervision', roles: ['supervisor', 'auditor', 'approver'] },
  { to: '/violations', key: 'violations', roles: ['handler', 'signatory', 'citizen', 'steward', 'reviewer'] },
  { to: '/classification', key: 'classification', roles: ['steward', 'officer'] },
  { to: '/objections', key: 'objections', roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'] },
  { to: '/rule-packs', key: 'rulePacks', roles: ['officer', 'admin', 'auditor'] },
  { to: '/forms', key: 'forms', roles: ['officer'] },
  { to: '/agreements', key: 'agreements', roles: ['admin'] },
  { to: '/colleagues', key: 'colleagues', roles: ['handler', 'signatory'], of: ['enterprise', 'unincorporated'] },
  { to: '/registrations', key: 'registrations', roles: ['admin'] },
  { to: '/portals', key: 'portals', roles: ['admin'] },
  { to: '/mails', key: 'mails', roles: ['admin'] },
] as const satisfies readonly Entry[];

interface Entry {
  readonly to: string;
  readonly key: string;
  readonly roles?: readonly Role[];
  /** Also for somebody without a post, whom cases and grants may name. */
  readonly named?: boolean;
  /** Only at these kinds of organisation. */
  readonly of?: readonly string[];
}

function isOpenTo({ roles, named = false, of }: Entry, session: Session): boolean {
  const kind = session.me?.organisation?.kind;
  if (roles === undefined) return true;
  if (of !== undefined && !of.some((one) => one === kind)) return false;
  return session.has(...roles) || (named && session.me?.roles.length === 0);
}

/** The ways in, by role. Hiding one is a courtesy: the server decides on every request. */
export function Navigation({ onFollow }: { readonly onFollow?: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="navigation" aria-label={t('shell.navigation')}>
      {ENTRIES.filter((entry) => isOpenTo(entry, session)).map((entry) => (
        <Link key={entry.to} to={entry.to} onClick={() => onFollow?.()} activeProps={{ 'aria-current': 'page' }}>
          {t(`shell.nav.${entry.key}`)}
        </Link>
      ))}
    </nav>
  );
}
