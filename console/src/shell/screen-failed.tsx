import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/page';

/** Shown when a screen itself breaks: a part that could not be loaded, or a fault of ours. */
export function ScreenFailed() {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <div className="page narrow">
      <PageTitle title={t('screenFailed.title')}>
        <p className="lead">{t('screenFailed.text')}</p>
      </PageTitle>
      <Button onClick={() => void router.invalidate()}>{t('action.retry')}</Button>{' '}
      <Button variant="default" onClick={() => location.reload()}>
        {t('action.reload')}
      </Button>
    </div>
  );
}
