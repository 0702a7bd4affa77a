import '../applications/applications.css';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { Demand } from '../api/demands';
import { datasetQuery, facetsQuery } from '../api/queries';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/demands/new');

/** Asking for data: for a dataset that is not open, or of a body for data that is not listed. */
export function MakeDemand() {
  const { t } = useTranslation();
  const { dataset } = route.useSearch();
  const [done, setDone] = useState<Demand | null>(null);
  return (
    <div className="page">
      <PageTitle title={t('demands.make')} above={<TextLink to="/demands">← {t('demands.title')}</TextLink>}>
        <p className="lead">{t('makeDemand.text')}</p>
      </PageTitle>
      <div aria-live="polite">{done !== null && <Received demand={done} />}</div>
      {done === null && <Form dataset={dataset} onDone={setDone} />}
    </div>
  );
}

function Received({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  return (
    <Card tone="good" title={t('makeDemand.received')}>
      <p>
        {t('makeDemand.next', { holder: worded(demand.holderName) })} <Day at={demand.deadline.due} />.
      </p>
    </Card>
  );
}

function Form({
  dataset,
  onDone,
}: {
  readonly dataset: string | undefined;
  readonly onDone: (demand: Demand) => void;
}) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [holder, setHolder] = useState('');
  const make = useCommand<Demand>(onDone);
  useLeaveGuard(!make.isSuccess && isWritten(title, description));
  const faultAt = useFaults(faultsOf(make.error));
  const about = dataset === undefined ? { holder } : { dataset };
  const ready = title.trim() !== '' && description.trim() !== '' && (dataset !== undefined || holder !== '');
  return (
    <Card>
      <form
        className="command-form"
        onSubmit={(event) => {
          event.preventDefault();
          const said = { title: title.trim(), description: description.trim() };
          make.mutate({ path: '/api/demands', body: { ...about, ...said } });
        }}
      >
        {make.isError && <ProblemPanel error={make.error} />}
        {dataset === undefined ? (
          <Holder value={holder} onChange={setHolder} error={faultAt('/holder')} />
        ) : (
          <About dataset={dataset} />
        )}
        <TextInput
          label={t('makeDemand.title')}
          description={t('makeDemand.public')}
          required
          maxLength={200}
          value={title}
          error={faultAt('/title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t('makeDemand.description')}
          description={t('makeDemand.private')}
          required
          autosize
          minRows={4}
          value={description}
          error={faultAt('/description')}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" loading={make.isPending} disabled={!ready}>
            {t('makeDemand.give')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function About({ dataset }: { readonly dataset: string }) {
  const { t } = useTranslation();
  const query = useQuery(datasetQuery(dataset));
  return (
    <p>
      {t('grant.dataset')}:{' '}
      <TextLink to="/datasets/$id" params={{ id: dataset }}>
        {worded(query.data?.title) || dataset}
      </TextLink>
    </p>
  );
}

function Holder(props: {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error: React.ReactNode;
}) {
  const { t } = useTranslation();
  const facets = useQuery(facetsQuery());
  const publishers = facets.data?.publishers ?? [];
  return (
    <NativeSelect
      label={t('demand.holder')}
      required
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('makeDemand.choose') },
        ...publishers.map(({ id, name }) => ({ value: id, label: worded(name) || id })),
      ]}
    />
  );
}
