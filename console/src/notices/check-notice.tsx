import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkNotice } from '../api/notices';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';

const HASH = /^\s*[0-9a-f]{64}\s*$/i;

/** Whether a paper somebody was shown was issued here; open to everyone, and nothing else is told. */
export function CheckNotice() {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [hash, setHash] = useState('');
  const [asked, setAsked] = useState(false);
  const check = useMutation({ mutationFn: () => checkNotice(number.trim(), hash.trim()) });
  const complete = number.trim() !== '' && HASH.test(hash);
  return (
    <div className="page">
      <PageTitle title={t('notices.check')}>
        <p className="lead">{t('notices.checkText')}</p>
      </PageTitle>
      <Card>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(true);
            if (complete) check.mutate();
          }}
        >
          <TextInput
            label={t('notices.number')}
            description={t('notices.numberHelp')}
            value={number}
            error={asked && number.trim() === '' ? t('notices.numberMissing') : null}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            label={t('notices.hash')}
            description={t('notices.hashHelp')}
            value={hash}
            error={asked && !HASH.test(hash) ? t('notices.hashWrong') : null}
            onChange={(event) => setHash(event.currentTarget.value)}
          />
          <div>
            <Button type="submit" loading={check.isPending}>
              {t('notices.ask')}
            </Button>
          </div>
        </form>
        <div role="status">
          {check.data !== undefined && !check.isPending && (
            <p className={`note ${check.data.known ? 'note-good' : 'note-wait'}`}>
              {t(check.data.known ? 'notices.known' : 'notices.unknown')}
            </p>
          )}
        </div>
        {check.isError && <ProblemPanel error={check.error} />}
      </Card>
    </div>
  );
}
