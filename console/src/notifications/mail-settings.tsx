import '../applications/applications.css';
import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { MAIL_MODES, type MailMode, type MailPreference, mailPreferenceQuery } from '../api/notifications';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/notifications/mail');

/** How I want to be told by mail. */
export function MailSettings() {
  const { t } = useTranslation();
  return (
    <SignedIn>
      <div className="page narrow">
        <PageTitle
          title={t('mail.title')}
          above={<TextLink to="/notifications">← {t('notifications.title')}</TextLink>}
        >
          <p className="lead">{t('mail.text')}</p>
        </PageTitle>
        <Settings />
      </div>
    </SignedIn>
  );
}

function Settings() {
  const query = useQuery(mailPreferenceQuery());
  if (query.data === undefined) return <Waiting query={query} />;
  return (
    <div className="stack">
      {query.data.codeUntil !== null && <Confirming preference={query.data} until={query.data.codeUntil} />}
      <Form preference={query.data} />
    </div>
  );
}

/** An address that waits for its code. */
function Confirming({ preference, until }: { readonly preference: MailPreference; readonly until: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const [code, setCode] = useState(search.code ?? '');
  const confirm = useCommand<MailPreference>();
  const again = useCommand<MailPreference>();
  const faultAt = useFaults(faultsOf(confirm.error));
  const isOver = new Date(until).getTime() <= Date.now();
  return (
    <Card title={t('mail.confirm')} tone="accent">
      <p>{t(isOver ? 'mail.codeOver' : 'mail.codeSent', { address: preference.address ?? '' })}</p>
      {!isOver && (
        <p>
          {t('mail.codeUntil')} <Moment at={until} />
        </p>
      )}
      <form
        className="command-form"
        onSubmit={(event) => {
          event.preventDefault();
          again.reset();
          confirm.mutate({ path: '/api/me/mail/commands/confirm', body: { code } });
        }}
      >
        {confirm.isError && <ProblemPanel error={confirm.error} />}
        {again.isError && <ProblemPanel error={again.error} />}
        <div aria-live="polite">{again.isSuccess && <p>{t('mail.sentAgain')}</p>}</div>
        <TextInput
          label={t('mail.code')}
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          error={faultAt('/code')}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" loading={confirm.isPending} disabled={code.trim() === ''}>
            {t('mail.confirmIt')}
          </Button>
          <Button
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate({ path: '/api/me/mail/commands/send-code', body: {} })}
          >
            {t('mail.sendAgain')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Form({ preference }: { readonly preference: MailPreference }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(preference.address ?? '');
  const [mode, setMode] = useState<MailMode>(preference.mode);
  const [language, setLanguage] = useState(preference.language);
  const save = useCommand<MailPreference>();
  const faultAt = useFaults(faultsOf(save.error));
  const said = address.trim();
  return (
    <Card>
      <form
        className="command-form"
        onSubmit={(event) => {
          event.preventDefault();
          const body = { address: said === '' ? null : said, mode, language };
          save.mutate({ path: '/api/me/mail', method: 'PATCH', body, etag: preference.etag });
        }}
      >
        {save.isError && <ProblemPanel error={save.error} />}
        <div aria-live="polite">{save.isSuccess && <p>{t('mail.saved')}</p>}</div>
        <TextInput
          label={t('mail.address')}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={address}
          error={faultAt('/address')}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Mode value={mode} onChange={setMode} />
        <NativeSelect
          label={t('mail.language')}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value === 'en' ? 'en' : 'zh')}
          data={[
            { value: 'zh', label: t('mail.chinese') },
            { value: 'en', label: t('mail.english') },
          ]}
        />
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={said === '' && mode !== 'none'}>
            {t('mail.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Mode({ value, onChange }: { readonly value: MailMode; readonly onChange: (mode: MailMode) => void }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Radio.Group label={t('mail.mode')} value={value} onChange={(chosen) => onChange(chosen as MailMode)}>
      <div className="stack">
        {MAIL_MODES.map((mode) => (
          <Radio key={mode} value={mode} label={word('mailMode', mode)} />
        ))}
      </div>
    </Radio.Group>
  );
}
