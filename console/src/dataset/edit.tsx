import '../applications/applications.css';
import '../forms/forms.css';
import './dataset.css';
import { Button } from '@mantine/core';
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { LOCAL_SOURCE } from '../api/record';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { useLeaveGuard } from '../parts/leave-guard';
import { OfDataset } from '../parts/of-dataset';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { RecordForm } from './record-form';
import { carriedOver, changedPlaces, changesOf, type WrittenRecord, writtenFrom } from './record-writing';
import { Resting } from './resting';

const route = getRouteApi('/datasets/$id/edit');

export function EditRecord() {
  const { id } = route.useParams();
  return (
    <SignedIn>
      <OfDataset key={id} id={id} fresh>
        {(dataset) => <Editor newest={dataset} />}
      </OfDataset>
    </SignedIn>
  );
}

/** What is being written stays as it is while the record is read again. */
function Editor({ newest }: { readonly newest: Dataset }) {
  const [begun] = useState(newest);
  const edits = begun.allowedCommands?.includes('edit') === true;
  return (
    <div className="page middling">
      <Heading dataset={newest} edits={edits} />
      {edits && <Editing begun={begun} newest={newest} />}
    </div>
  );
}

/** What is written on top of one version of the record, and what another has changed in the meantime. */
function useWriting(begun: Dataset, newest: Dataset) {
  const [base, setBase] = useState(begun);
  const [written, setWritten] = useState(() => writtenFrom(begun));
  const before = useMemo(() => writtenFrom(base), [base]);
  const newer = useMemo(() => writtenFrom(newest), [newest]);
  const meanwhile = useMemo(() => changedPlaces(before, newer), [before, newer]);
  return {
    written,
    meanwhile,
    changes: changesOf(before, written),
    // A version that is new for another reason than what is edited here loses nobody's words.
    etag: (meanwhile.length === 0 ? newest : base).etag,
    change: (part: Partial<WrittenRecord>) => setWritten((now) => ({ ...now, ...part })),
    carryOver: () => {
      setWritten(carriedOver(written, before, newer));
      setBase(newest);
    },
  };
}

function Editing({ begun, newest }: { readonly begun: Dataset; readonly newest: Dataset }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { written, meanwhile, changes, etag, change, carryOver } = useWriting(begun, newest);
  const save = useCommand<Dataset>(() =>
    navigate({ to: '/datasets/$id', params: { id: begun.id }, ignoreBlocker: true }),
  );
  useLedTo();
  useLeaveGuard(!save.isSuccess && Object.keys(changes).length > 0);
  const fault = useFaults(faultsOf(save.error));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ path: `/api/datasets/${begun.id}`, method: 'PATCH', body: changes, etag });
  };
  return (
    <form noValidate className="stack" onSubmit={submit}>
      <RecordForm
        written={written}
        publisher={newest.publisher}
        own={begun.id}
        fault={fault}
        onChange={change}
        onMoved={save.reset}
      />
      <Card title={t('record.concerns')}>
        <p>{t('record.does.edit')}</p>
        <Resting dataset={newest} />
      </Card>
      {meanwhile.length > 0 && (
        <Meanwhile
          places={meanwhile}
          onCarryOver={() => {
            carryOver();
            save.reset();
          }}
        />
      )}
      {save.isError && <ProblemPanel error={save.error} />}
      <div className="form-foot">
        <Button type="submit" loading={save.isPending} disabled={Object.keys(changes).length === 0}>
          {t('record.save')}
        </Button>
        <TextLink to="/datasets/$id" params={{ id: begun.id }}>
          {t('action.cancel')}
        </TextLink>
      </div>
    </form>
  );
}

/** A link that names a place of the record leads to where it is written. */
function useLedTo(): void {
  const { hash } = useLocation();
  useEffect(() => {
    const place = hash === '' ? null : document.getElementById(hash);
    if (place === null) return;
    const fields = 'input, select, textarea, button';
    const field = place.matches(fields) ? place : place.querySelector<HTMLElement>(fields);
    // A card whose fields are still being read is led to itself.
    if (field === null) place.tabIndex = -1;
    place.scrollIntoView({ block: 'center' });
    (field ?? place).focus({ preventScroll: true });
  }, [hash]);
}

function Heading({ dataset, edits }: { readonly dataset: Dataset; readonly edits: boolean }) {
  const { t } = useTranslation();
  return (
    <PageTitle
      title={t('record.edit')}
      above={
        <TextLink to="/datasets/$id" params={{ id: dataset.id }}>
          ← {worded(dataset.title)}
        </TextLink>
      }
    >
      <p className="badges">
        <TierBadge tier={dataset.tier} large />
        {edits && (
          <TextLink to="/datasets/$id/tier" params={{ id: dataset.id }} underline="always">
            {t('changeTier.title')}
          </TextLink>
        )}
      </p>
      <p className="lead">{t(edits ? 'record.text' : 'record.notYours')}</p>
      {edits && dataset.source != null && dataset.source !== LOCAL_SOURCE && (
        <p className="note">{t('record.imported', { source: dataset.source })}</p>
      )}
    </PageTitle>
  );
}

/** Somebody else saved first: nothing written here is lost, and nothing of theirs is overwritten unseen. */
function Meanwhile(props: { readonly places: readonly string[]; readonly onCarryOver: () => void }) {
  const { t } = useTranslation();
  const word = useCodes();
  const places = props.places.map((place) => word('recordPlace', place)).join(' · ');
  return (
    <div className="note note-wait stack" role="status">
      <p>{t('record.meanwhile', { places })}</p>
      <p>
        <Button variant="default" onClick={props.onCarryOver}>
          {t('record.carryOver')}
        </Button>
      </p>
    </div>
  );
}
