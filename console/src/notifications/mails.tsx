import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Mail, MAIL_STATES, type MailPage, mailsQuery } from '../api/notifications';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { StateTabs } from '../parts/state-tabs';
import { Empty } from '../parts/states';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';

const route = getRouteApi('/mails');

/** What became of the mails, for whoever runs the product: never an address, never a text. */
export function Mails() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const { state, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(mailsQuery({ state, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('mails.title')}>
        <p className="lead">{t('mails.text')}</p>
      </PageTitle>
      {list.data !== undefined && <Figures figures={list.data.figures} />}
      <StateTabs label={t('grants.byState')} to="/mails" family="mailState" states={MAIL_STATES} />
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/mails', search: { state, trail: next } })}
        empty={<Empty title={t('mails.empty')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((one) => (
              <Row key={one.id} mail={one} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Figures({ figures: { waiting, failed, oldest } }: Pick<MailPage, 'figures'>) {
  const { t } = useTranslation();
  const calm = waiting === 0 && failed === 0;
  const tone = calm ? ' note-good' : failed > 0 ? ' note-wait' : '';
  return (
    <p className={`note${tone}`}>
      {calm ? t('mails.calm') : t('mails.figures', { waiting, failed })}
      {oldest !== null && (
        <>
          {' '}
          {t('mails.oldest')} <Moment at={oldest} />
        </>
      )}
    </p>
  );
}

function Row({ mail }: { readonly mail: Mail }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { id, kind, personName, state, tries, madeAt, nextAt, settledAt, lastError, allowedCommands } = mail;
  return (
    <li className="row-card">
      <div className="row-main">
        <p className="row-title">{word('mailKind', kind)}</p>
        <p className="row-meta">
          <span>{t(kind === 'invitation' ? 'mails.invitedBy' : 'mails.to', { name: worded(personName) })}</span>
          <span>
            {t('mails.madeAt')} <Moment at={madeAt} />
          </span>
          {tries > 0 && <span>{t('mails.tries', { count: tries })}</span>}
        </p>
        {lastError !== null && <p className="said">{t('mails.lastError', { error: lastError })}</p>}
        {state === 'dropped' && <p className="muted">{t('mails.dropped')}</p>}
      </div>
      <div className="row-side">
        <StateBadge family="mailState" state={state} />
        <span className="row-turn">
          {state === 'waiting' ? `${t('mails.nextAt')} ` : ''}
          <Moment at={state === 'waiting' ? nextAt : (settledAt ?? madeAt)} />
        </span>
        {allowedCommands.length > 0 && (
          <CommandPanel path={`/api/mails/${id}`} commands={allowedCommands} formOf={() => null} />
        )}
      </div>
    </li>
  );
}
