import { Menu } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api/session';
import { useCodes } from '../parts/codes';
import { useSession } from '../parts/session';
import { worded } from '../parts/wording';
import { LinkButton } from './link-button';

export function Account() {
  const { t } = useTranslation();
  const word = useCodes();
  const session = useSession();
  const navigate = useNavigate();
  const here = useLocation({ select: (location) => location.href });
  if (session.state === 'anonymous' || session.state === 'ended') {
    return (
      <LinkButton to="/sign-in" search={{ then: here.startsWith('/sign-in') ? undefined : here }} size="sm">
        {t('action.signIn')}
      </LinkButton>
    );
  }
  const { me } = session;
  if (me === null) return null;
  const leave = async () => {
    await signOut();
    await navigate({ to: '/' });
  };
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <button type="button" className="account">
          <span className="account-name">{worded(me.subject.name)}</span>
          <span className="account-role">{me.roles.map((role) => word('role', role)).join(' · ')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.organisation === null ? t('shell.noOrganisation') : worded(me.organisation.name)}
          {me.organisation?.creditCode != null && <div className="mono">{me.organisation.creditCode}</div>}
        </Menu.Label>
        <Menu.Item onClick={() => void leave()}>{t('action.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
