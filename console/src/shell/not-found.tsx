import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/page';
import { LinkButton } from './link-button';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="page narrow">
      <PageTitle title={t('notFound.title')}>
        <p className="lead">{t('notFound.text')}</p>
      </PageTitle>
      <LinkButton to="/datasets">{t('notFound.search')}</LinkButton>
    </div>
  );
}
