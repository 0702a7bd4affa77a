import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { Waiting } from '../parts/waiting';
import { SignInForm } from '../sign-in/sign-in-form';
import { LinkButton } from './link-button';

/**
 * Screens behind a sign-in: asks for it, keeps the address, and shows the screen once the server says who it is. When a
 * session ends by itself, the screen waits behind the sign-in with what was written on it, for the same person only.
 */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const [owner, setOwner] = useState<string | null>(null);
  const now = session.state === 'anonymous' ? null : (session.me?.subject.id ?? owner);
  if (now !== owner) setOwner(now);
  const shown = session.state === 'signed-in';
  return (
    <>
      {session.state === 'anonymous' && <Asked />}
      {session.state === 'ended' && <Ended />}
      {(session.state === 'loading' || session.state === 'failed') && <Waiting query={session.query} />}
      {now !== null && (
        <div key={now} hidden={!shown}>
          {children}
        </div>
      )}
    </>
  );
}

function Asked() {
  const { t } = useTranslation();
  const here = useLocation({ select: (location) => location.href });
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

function Ended() {
  const { t } = useTranslation();
  return (
    <div className="page narrow">
      <PageTitle title={t('guard.ended')}>
        <p className="lead">{t('guard.endedText')}</p>
      </PageTitle>
      <SignInForm />
    </div>
  );
}
