import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type NoticesAbout, noticesQuery } from '../api/notices';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { TextLink } from '../shell/link-button';
import { NoticeRows } from './notice-rows';

/** A page shows at most this many. */
const MOST = 50;

/** The numbered notices of a case, a grant or a violation. */
export function NoticesCard({ about }: { readonly about: NoticesAbout }) {
  const { t } = useTranslation();
  const list = useQuery(noticesQuery(about, MOST));
  if (list.data === undefined && !list.isError) return null;
  return (
    <Card title={t('notices.title')} id="notices">
      {list.isError && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('notices.none')}</p>}
      {list.data !== undefined && list.data.items.length > 0 && (
        <>
          <p className="muted">
            {t('notices.text')}{' '}
            <TextLink to="/notices/check" underline="always">
              {t('notices.check')}
            </TextLink>
          </p>
          <NoticeRows notices={list.data.items} />
          {list.data.total > MOST && (
            <p className="muted">{t('notices.newest', { count: MOST, total: list.data.total })}</p>
          )}
        </>
      )}
    </Card>
  );
}
