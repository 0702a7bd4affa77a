import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types';
import { useSession } from '../parts/session';

interface Entry {
  readonly to:
    | '/datasets'
    | '/applications'
    | '/queue'
    | '/grants'
    | '/supervision'
    | '/violations'
    | '/classification'
    | '/objections'
    | '/rule-packs';
  readonly key:
    | 'datasets'
    | 'applications'
    | 'queue'
    | 'grants'
    | 'supervision'
    | 'violations'
    | 'classification'
    | 'objections'
    | 'rulePacks';
  /** Nobody named: for everyone. */
  readonly roles?: readonly Role[];
}
const ENTRIES: readonly Entry[] = [
  { to: '/datasets', key: 'datasets' },
  { to: '/queue', key: 'queue', roles: ['reviewer', 'approver'] },
  { to: '/applications', key: 'applications', roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'] },
  { to: '/grants', key: 'grants', roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'] },
  { to: '/supervision', key: 'supervision', roles: ['supervisor', 'auditor', 'approver'] },
  { to: '/violations', key: 'violations', roles: ['handler', 'signatory', 'citizen', 'steward', 'reviewer'] },
  { to: '/classification', key: 'classification', roles: ['steward', 'officer'] },
  { to: '/objections', key: 'objections', roles: ['handler', 'signatory', 'citizen', 'supervisor', 'auditor'] },
  { to: '/rule-packs', key: 'rulePacks', roles: ['officer', 'admin', 'auditor'] },
];

/** The ways in, by role. Hiding one is a courtesy: the server decides on every request. */
export function Navigation({ onFollow }: { readonly onFollow?: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="navigation" aria-label={t('shell.navigation')}>
      {ENTRIES.filter((entry) => entry.roles === undefined || session.has(...entry.roles)).map((entry) => (
        <Link key={entry.to} to={entry.to} onClick={() => onFollow?.()} activeProps={{ 'aria-current': 'page' }}>
          {t(`shell.nav.${entry.key}`)}
        </Link>
      ))}
    </nav>
  );
}
