import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { unreadQuery } from '../api/notifications';
import { useSession } from '../parts/session';

const MOST = 99;

/** How much somebody has not read, and the way there; nothing for who is not signed in. */
export function Bell() {
  const { t } = useTranslation();
  const signedIn = useSession().state === 'signed-in';
  const unread = useQuery(unreadQuery(signedIn)).data?.unread ?? 0;
  if (!signedIn) return null;
  return (
    <Link
      to="/notifications"
      className="bell"
      aria-label={t('shell.bell', { count: unread })}
      title={t('notifications.title')}
    >
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <path
          d="M11 3a5.5 5.5 0 0 0-5.5 5.5c0 4-1.5 5.5-2 6.5h15c-.5-1-2-2.5-2-6.5A5.5 5.5 0 0 0 11 3Zm-2 14a2 2 0 0 0 4 0"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinejoin="round"
        />
      </svg>
      {unread > 0 && (
        <span className="bell-count" aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </Link>
  );
}
