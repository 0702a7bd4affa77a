import '../applications/applications.css';
import '../forms/forms.css';
import './dataset.css';
import { Button, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { Dataset } from '../api/datasets';
import type { Named } from '../api/types';
import { faultsOf, useFaults } from '../parts/faults';
import { useLeaveGuard } from '../parts/leave-guard';
import { OfDataset } from '../parts/of-dataset';
import { Card, Facts, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { nameOf, worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { RecordForm } from './record-form';
import { BLANK, wholeOf, type WrittenRecord, writtenLike } from './record-writing';

const route = getRouteApi('/datasets/new');

export function NewRecord() {
  const { like } = route.useSearch();
  return (
    <SignedIn>
      {like === undefined ? (
        <Page begun={BLANK} />
      ) : (
        <OfDataset id={like}>{(dataset) => <Page begun={writtenLike(dataset)} like={dataset} />}</OfDataset>
      )}
    </SignedIn>
  );
}

function Page({ begun, like }: { readonly begun: WrittenRecord; readonly like?: Dataset }) {
  const { t } = useTranslation();
  const { me, has } = useSession();
  const publisher = has('steward') ? (me?.organisation ?? null) : null;
  return (
    <div className="page middling">
      <PageTitle title={t('record.new')} above={<TextLink to="/datasets">{t('dataset.all')}</TextLink>}>
        <p className="lead">{t(publisher === null ? 'record.newNotYours' : 'record.newText')}</p>
        {publisher !== null && like !== undefined && (
          <p className="note">{t('record.like', { dataset: worded(like.title) })}</p>
        )}
      </PageTitle>
      {publisher !== null && <Writing begun={begun} publisher={publisher} />}
    </div>
  );
}

/** A draft of the own body; its page says then what it lacks to be listed. */
function Writing({ begun, publisher }: { readonly begun: WrittenRecord; readonly publisher: Named }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [identifier, setIdentifier] = useState('');
  const [first] = useState(begun);
  const [written, setWritten] = useState(first);
  const create = useCommand<Dataset>(({ id }) =>
    navigate({ to: '/datasets/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!create.isSuccess && (written !== first || identifier !== ''));
  const fault = useFaults(faultsOf(create.error));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ path: '/api/datasets', body: { identifier: identifier.trim(), ...wholeOf(written) } });
  };
  return (
    <form noValidate className="stack" onSubmit={submit}>
      <Card title={t('record.whose')}>
        <Facts rows={[[t('dataset.publisher'), nameOf(publisher)]]} />
        <TextInput
          label={t('dataset.identifier')}
          description={t('record.identifierHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          value={identifier}
          error={fault('/identifier')}
          onChange={(event) => setIdentifier(event.currentTarget.value)}
        />
      </Card>
      <RecordForm
        written={written}
        publisher={publisher}
        fault={fault}
        onChange={(part) => setWritten((now) => ({ ...now, ...part }))}
        onMoved={create.reset}
      />
      {create.isError && <ProblemPanel error={create.error} />}
      <div className="form-foot">
        <Button type="submit" loading={create.isPending} disabled={identifier.trim() === ''}>
          {t('record.create')}
        </Button>
        <TextLink to="/datasets">{t('action.cancel')}</TextLink>
      </div>
    </form>
  );
}
