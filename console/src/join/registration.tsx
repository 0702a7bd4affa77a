import '../applications/applications.css';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Registration, registrationQuery } from '../api/registrations';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm, type FormProps } from '../parts/command-panel';
import { Card, Facts, PageTitle } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/registrations/$id');

export function RegistrationPage() {
  return (
    <SignedIn>
      <Found />
    </SignedIn>
  );
}

function Found() {
  const { id } = route.useParams();
  const query = useQuery(registrationQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Asked registration={query.data} />;
}

const FORMS: Readonly<Record<string, DrawForm>> = {
  'check-identity': (props) => <SeenForm {...props} />,
  refuse: (props) => <SaidForm {...props} name="reason" />,
};

function Asked({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <div className="page">
      <PageTitle
        title={worded(registration.name)}
        above={<TextLink to="/registrations">← {t('registrations.title')}</TextLink>}
      >
        <p className="badges">
          <StateBadge family="registrationState" state={registration.state} />
          <span className="muted">{word('registrant', registration.kind)}</span>
        </p>
      </PageTitle>
      <div className="with-aside">
        <Card title={t('registrations.asked')}>
          <Told registration={registration} />
        </Card>
        <aside className="stack" aria-label={t('application.aside')}>
          <Card title={t('application.actions')}>
            {registration.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
            <CommandPanel
              path={`/api/registrations/${registration.id}`}
              etag={registration.etag}
              commands={registration.allowedCommands}
              formOf={(name) => FORMS[name] ?? null}
              consequenceOf={(name) => (name === 'verify' ? t('registrations.verifyConsequence') : null)}
              main={['check-identity', 'verify']}
              grave={['refuse']}
            />
          </Card>
        </aside>
      </div>
    </div>
  );
}

function Told({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { handler, signatory, identity, licence, authorisation, decidedAt, reason } = registration;
  const isPerson = registration.kind === 'person';
  const who = ({ name, username }: Registration['handler']) => `${name} (${username})`;
  return (
    <Facts
      rows={[
        [t('join.creditCode'), registration.creditCode],
        [t('join.licence'), licence],
        [t('registrations.authorisation'), authorisation === '' ? null : authorisation],
        [t('registrations.account'), isPerson ? who(signatory) : null],
        [t('join.signatory'), isPerson ? null : who(signatory)],
        [t('join.handler'), isPerson || handler.username === signatory.username ? null : who(handler)],
        [
          t('join.document'),
          identity === null
            ? null
            : `${word('identityDocument', identity.document)} ${identity.issuedBy ?? ''} …${identity.ending}`,
        ],
        [
          t('registrations.identity'),
          identity === null ? null : t(identity.checked ? 'registrations.checked' : 'registrations.unchecked'),
        ],
        [t('registrations.submittedAt'), <Moment at={registration.submittedAt} />],
        [t('registrations.decidedAt'), decidedAt === null ? null : <Moment at={decidedAt} />],
        [t('command.reason'), reason],
      ]}
    />
  );
}

/** The number as it stands on the document in the administrator's hand. */
function SeenForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  useEffect(() => onBody(number.trim() === '' ? null : { number: number.trim() }), [number, onBody]);
  return (
    <TextInput
      label={t('registrations.seen')}
      description={t('registrations.seenHelp')}
      required
      autoComplete="off"
      maxLength={64}
      value={number}
      error={faultAt('/number')}
      onChange={(event) => setNumber(event.currentTarget.value)}
    />
  );
}
