import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { Waiting } from '../parts/waiting';
import { LinkButton } from './link-button';

/** Screens behind a sign-in: asks for it, keeps the address, and shows the screen once the server says who it is. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const here = useLocation({ select: (location) => location.href });
  if (session.state === 'signed-in') return <>{children}</>;
  if (session.state !== 'anonymous') return <Waiting query={session.query} />;
  return (
    <div className="page narrow">
      <PageTitle title={t('guard.title')}>
        <p className="lead">{t('guard.text')}</p>
      </PageTitle>
      <LinkButton to="/sign-in" search={{ then: here }}>
        {t('action.signIn')}
      </LinkButton>
    </div>
  );
}
