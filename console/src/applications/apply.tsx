import './applications.css';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formsQuery } from '../api/forms';
import { applicationQuery, datasetQuery } from '../api/queries';
import type { Application } from '../api/applications';
import { PageTitle } from '../parts/page';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { ApplyForm } from './apply-form';
import { asShared } from './apply-state';

const route = getRouteApi('/apply');

export function Apply() {
  const { dataset, draft, kind } = route.useSearch();
  const navigate = useNavigate();
  // The form that created a draft goes on: what is being written there is newer than what was saved.
  const [created, setCreated] = useState<{ readonly draft: string; readonly dataset: string } | null>(null);
  const begun = draft === undefined ? dataset : created?.draft === draft ? created.dataset : undefined;
  return (
    <SignedIn>
      {begun !== undefined && (
        <Form
          key={begun}
          datasets={[begun]}
          sharing={kind === 'sharing'}
          opened={null}
          onCreated={(id) => {
            setCreated({ draft: id, dataset: begun });
            void navigate({ to: '/apply', search: { draft: id, kind }, replace: true });
          }}
        />
      )}
      {begun === undefined && draft !== undefined && <FromDraft key={draft} id={draft} />}
      {begun === undefined && draft === undefined && <Nothing />}
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
  const [opened, setOpened] = useState<Application>();
  if (opened === undefined && query.data !== undefined && !query.isFetching) setOpened(query.data);
  if (opened === undefined) return <Waiting query={query} />;
  const sharing = opened.kind === 'sharing';
  const datasets = opened.datasets.map((one) => one.dataset);
  return <Form datasets={datasets} sharing={sharing} opened={opened} onCreated={() => undefined} />;
}

/** Waits for the records the form is about, then shows it. */
function Form(props: {
  readonly datasets: readonly string[];
  /** A public body asks another one. */
  readonly sharing: boolean;
  readonly opened: Application | null;
  readonly onCreated: (id: string) => void;
}) {
  const { t } = useTranslation();
  const records = useQueries({ queries: props.datasets.map((id) => datasetQuery(id)) });
  const forms = useQuery(formsQuery());
  const failed = [...records, forms].find((one) => one.isError);
  const loaded = records.flatMap((one) => (one.data === undefined ? [] : [one.data]));
  const title = loaded.map((one) => worded(one.title)).join(' · ');
  return (
    <div className="page middling">
      <PageTitle
        title={t(props.sharing ? 'sharing.apply' : props.opened === null ? 'apply.title' : 'apply.editTitle')}
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
      {failed === undefined && (loaded.length < records.length || forms.data === undefined) && <Loading />}
      {loaded.length === records.length && forms.data !== undefined && (
        <ApplyForm
          records={props.sharing ? loaded.map(asShared) : loaded}
          forms={props.sharing ? [] : forms.data.items}
          sharing={props.sharing}
          opened={props.opened}
          onCreated={props.onCreated}
        />
      )}
    </div>
  );
}
