import './sign-in.css';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../api/queries';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, isDemo } from '../demo/demo';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { TextLink } from '../shell/link-button';
import { SignInForm } from './sign-in-form';
import { startOf } from './start-of';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { t } = useTranslation();
  const { then, as } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const enter = async () => {
    const { roles } = await queryClient.fetchQuery(meQuery(true));
    router.history.push(then ?? startOf(roles));
  };
  const filled = isDemo && as !== undefined ? { username: as, password: DEMO_PASSWORD } : {};
  return (
    <div className={isDemo ? 'page middling' : 'page narrow'}>
      <PageTitle title={t('signIn.title')}>
        <p className="lead">{t('signIn.text')}</p>
      </PageTitle>
      <div className={isDemo ? 'sign-in' : undefined}>
        <SignInForm key={as} {...filled} onDone={enter} />
        {isDemo && <DemoAccounts />}
      </div>
      <p>
        <TextLink to="/join">{t('join.title')}</TextLink>
      </p>
    </div>
  );
}

/** In a demo: who can be played, and what each of them does. */
function DemoAccounts() {
  const { t } = useTranslation();
  const word = useCodes();
  const { then } = route.useSearch();
  return (
    <Card title={t('demo.accounts')}>
      <p className="muted">
        {t('demo.password')} <code>{DEMO_PASSWORD}</code>
      </p>
      <ul className="demo-accounts">
        {DEMO_ACCOUNTS.map(({ username, role }) => (
          <li key={username}>
            <Link to="/sign-in" search={{ then, as: username }} replace>
              {username}
            </Link>
            <small>{word('role', role)}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}
