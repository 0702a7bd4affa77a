import '../applications/applications.css';
import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { MAIL_MODES, type MailMode, type MailPreference, mailPreferenceQuery } from '../api/notifications';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

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
  return <Form preference={query.data} />;
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
