import './portal.css';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../api/queries';
import { PURPOSES } from '../api/types';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { TierBadge } from '../parts/tier-badge';
import { nameOf, worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';
import { Answer } from './answer';
import { askPortal } from './ask';
import { Repeat } from './repeat';

const route = getRouteApi('/portal/$distribution');

/** The example portal as a person meets it: one file, asked for in the visitor's own name. */
export function Portal() {
  const { t } = useTranslation();
  const word = useCodes();
  const { distribution } = route.useParams();
  const { dataset: id, purpose } = route.useSearch();
  const navigate = useNavigate();
  const record = useQuery({ ...datasetQuery(id ?? ''), enabled: id !== undefined }).data;
  const file = record?.distributions?.find((one) => one.id === distribution);
  const ask = useMutation({ mutationFn: () => askPortal(distribution, purpose) });
  const format = file?.format.toLowerCase() ?? 'csv';
  return (
    <div className="page middling">
      <p className="portal-banner">
        <strong>{t('portal.banner')}</strong> {t('portal.bannerText')}
      </p>
      <PageTitle
        title={worded(file?.title) || worded(record?.title) || t('portal.title')}
        above={
          id !== undefined && (
            <TextLink to="/datasets/$id" params={{ id }}>
              ← {t('portal.record')}
            </TextLink>
          )
        }
      >
        <p className="badges">
          {record !== undefined && <TierBadge tier={record.tier} large />}
          {record !== undefined && <span className="muted">{nameOf(record.publisher)}</span>}
        </p>
      </PageTitle>
      <Card title={t('portal.ask')}>
        <div className="portal-ask">
          <NativeSelect
            label={t('portal.purpose')}
            value={purpose ?? ''}
            onChange={(event) => {
              ask.reset();
              const chosen = event.currentTarget.value || undefined;
              void navigate({
                to: '/portal/$distribution',
                params: { distribution },
                search: { dataset: id, purpose: chosen },
                replace: true,
              });
            }}
            data={[
              { value: '', label: t('portal.unsaid') },
              ...PURPOSES.map((value) => ({ value, label: word('purpose', value) })),
            ]}
          />
          <Button onClick={() => ask.mutate()} loading={ask.isPending}>
            {t('portal.download')}
          </Button>
        </div>
      </Card>
      <div aria-live="polite">
        {ask.data !== undefined && (
          <Answer answer={ask.data} dataset={id} name={`${record?.identifier ?? distribution}.${format}`} />
        )}
      </div>
      <Repeat distribution={distribution} purpose={purpose} />
    </div>
  );
}
