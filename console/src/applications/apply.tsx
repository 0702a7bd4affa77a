import './applications.css';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { applicationQuery, datasetQuery } from '../api/queries';
import type { Application } from '../api/types';
import { PageTitle } from '../parts/page';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { ApplyForm } from './apply-form';

const route = getRouteApi('/apply');

export function Apply() {
  const { dataset, draft } = route.useSearch();
  return (
    <SignedIn>
      {draft !== undefined && <FromDraft id={draft} />}
      {draft === undefined && dataset !== undefined && <Form datasets={[dataset]} application={null} />}
      {draft === undefined && dataset === undefined && <Nothing />}
    </SignedIn>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className="page narrow">
      <PageTitle title={t('apply.title')} />
      <Empty title={t('apply.nothing')}>
        <LinkButton to="/datasets" search={{ tier: 'conditional' }}>
          {t('applications.find')}
        </LinkButton>
      </Empty>
    </div>
  );
}

function FromDraft({ id }: { readonly id: string }) {
  const query = useQuery(applicationQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Form datasets={query.data.datasets.map((one) => one.dataset)} application={query.data} />;
}

/** Waits for the records the form is about, then shows it. */
function Form(props: { readonly datasets: readonly string[]; readonly application: Application | null }) {
  const { t } = useTranslation();
  const records = useQueries({ queries: props.datasets.map((id) => datasetQuery(id)) });
  const failed = records.find((one) => one.isError);
  const loaded = records.flatMap((one) => (one.data === undefined ? [] : [one.data]));
  const title = loaded.map((one) => worded(one.title)).join(' · ');
  return (
    <div className="page middling">
      <PageTitle
        title={props.application === null ? t('apply.title') : t('apply.editTitle')}
        above={
          props.datasets[0] !== undefined && (
            <TextLink to="/datasets/$id" params={{ id: props.datasets[0] }}>
              ← {title || t('dataset.all')}
            </TextLink>
          )
        }
      >
        <p className="lead">{t('apply.text')}</p>
      </PageTitle>
      {failed !== undefined && <ProblemPanel error={failed.error} retry={() => void failed.refetch()} />}
      {failed === undefined && loaded.length < records.length && <Loading />}
      {loaded.length === records.length && <ApplyForm records={loaded} application={props.application} />}
    </div>
  );
}
