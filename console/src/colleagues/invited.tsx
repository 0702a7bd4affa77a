import '../applications/applications.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Offer, offerQuery } from '../api/colleagues';
import { useCommand } from '../api/commands';
import { AccountFields, NO_ACCOUNT } from '../join/account-fields';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { Card, Facts, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { Empty, ProblemPanel } from '../parts/states';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';
import { SignInForm } from '../sign-in/sign-in-form';

interface Accepted {
  readonly state: string;
}

/** Where the link of an invitation leads. What stands behind `#` is taken out of the address at once. */
export function Invited() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const hash = useLocation({ select: (location) => location.hash });
  const [link, setLink] = useState(hash);
  useEffect(() => {
    if (hash === '') return;
    setLink(hash);
    void navigate({ to: '/invited', replace: true });
  }, [hash, navigate]);
  return (
    <div className="page narrow">
      <PageTitle title={t('invited.title')} />
      {link === '' ? <Empty title={t('invited.noLink')} /> : <Looked key={link} link={link} />}
    </div>
  );
}

function Looked({ link }: { readonly link: string }) {
  const query = useQuery(offerQuery(link));
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  return (
    <>
      <div aria-live="polite">{accepted !== null && <Done accepted={accepted} />}</div>
      {accepted === null && query.data === undefined && <Waiting query={query} />}
      {accepted === null && query.data !== undefined && (
        <Offered link={link} offer={query.data} onAccepted={setAccepted} />
      )}
    </>
  );
}

function Done({ accepted }: { readonly accepted: Accepted }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <Card tone="good" title={t('invited.done')}>
      <p>{t(accepted.state === 'awaiting' ? 'invited.awaiting' : 'invited.welcome')}</p>
      {session.state === 'anonymous' && <LinkButton to="/sign-in">{t('action.signIn')}</LinkButton>}
    </Card>
  );
}

function Offered(props: {
  readonly link: string;
  readonly offer: Offer;
  readonly onAccepted: (accepted: Accepted) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const session = useSession();
  const { organisation, name, role, expiresAt } = props.offer;
  return (
    <>
      <Card tone="accent" title={worded(organisation)}>
        <p>{t('invited.offer')}</p>
        <Facts
          rows={[
            [t('join.name'), worded(name)],
            [t('colleagues.post'), role === null ? t('colleagues.noPost') : word('role', role)],
            [t('colleagues.until'), <Moment at={expiresAt} />],
          ]}
        />
        {role === 'signatory' && <p className="note note-wait">{t('invited.confirmed')}</p>}
      </Card>
      {session.me !== null && <AsMyself {...props} name={worded(session.me.subject.name)} />}
      <Card title={t('invited.anew')}>
        <Anew {...props} />
      </Card>
      {session.me === null && (
        <details className="stack">
          <summary>{t('invited.known')}</summary>
          <SignInForm />
        </details>
      )}
    </>
  );
}

function AsMyself(props: {
  readonly link: string;
  readonly offer: Offer;
  readonly name: string;
  readonly onAccepted: (accepted: Accepted) => void;
}) {
  const { t } = useTranslation();
  const { stopped } = props.offer;
  const accept = useCommand<Accepted>(props.onAccepted);
  return (
    <Card title={t('invited.mine')}>
      <p>{t('invited.mineText')}</p>
      {accept.isError && <ProblemPanel error={accept.error} />}
      {stopped !== null && (
        <p className="note note-wait">
          {t('invited.stopped', { name: props.name, title: stopped.title })} {stopped.remedy}
        </p>
      )}
      <Button
        disabled={stopped !== null}
        loading={accept.isPending}
        onClick={() => accept.mutate({ path: '/api/invitations/accept', body: { invitation: props.link } })}
      >
        {t('invited.acceptAs', { name: props.name })}
      </Button>
    </Card>
  );
}

function Anew(props: { readonly link: string; readonly onAccepted: (accepted: Accepted) => void }) {
  const { t } = useTranslation();
  const [account, setAccount] = useState(NO_ACCOUNT);
  const accept = useCommand<Accepted>(props.onAccepted);
  const faultAt = useFaults(faultsOf(accept.error));
  const username = account.username.trim();
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { invitation: props.link, username, password: account.password };
        accept.mutate({ path: '/api/invitations/accept', body });
      }}
    >
      {accept.isError && <ProblemPanel error={accept.error} />}
      <AccountFields account={account} onAccount={setAccount} faultAt={faultAt} />
      <div className="row">
        <Button type="submit" loading={accept.isPending} disabled={username === '' || account.password === ''}>
          {t('invited.accept')}
        </Button>
      </div>
    </form>
  );
}
