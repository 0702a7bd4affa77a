import '../evidence/evidence.css';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { ApiProblem } from '../api/problem';
import { datasetQuery } from '../api/queries';
import { upload } from '../api/upload';
import { Going } from '../evidence/going';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { AddDataset } from './add-dataset';
import { ToCase } from './to-case';

const route = getRouteApi('/fusion');
const PATH = '/api/fusion/assessments';
const ACCEPT = '.csv,.tsv,.txt,.xlsx,.parquet,.json,.ndjson,.jsonl';
type Started = { readonly id: string };

/** The most datasets that one assessment compares. */
const MOST = 5;

export function Compare() {
  const { datasets = '' } = route.useSearch();
  const ids = [...new Set(datasets.split(',').filter((id) => id !== ''))];
  return (
    <SignedIn>
      <Chosen ids={ids} />
    </SignedIn>
  );
}

/** Datasets to compare, and a file of each: with two files there are exact figures, without any what assessments found. */
function Chosen({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { case: application } = route.useSearch();
  const add = (id: string) =>
    void navigate({ to: '/fusion', search: { datasets: [...ids, id].join(','), case: application }, replace: true });
  return (
    <div className="page narrow">
      <PageTitle title={t('fusion.compare')} above={<ToCase application={application} />}>
        <p className="lead">{t('fusion.compareText')}</p>
      </PageTitle>
      <Files ids={ids} application={application} />
      {ids.length < MOST && <AddDataset taken={ids} onAdd={add} />}
    </div>
  );
}

function Files({ ids, application }: { readonly ids: readonly string[]; readonly application: string | undefined }) {
  const { t } = useTranslation();
  const { files, choose, sending, error, send, stop } = useSending(ids, application);
  const byFiles = files.size >= 2;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (sending === null) void send();
      }}
    >
      {error !== null && <ProblemPanel error={error} />}
      {ids.map((id) => (
        <FileOf key={id} dataset={id} busy={sending !== null} onChoose={(file) => choose(id, file)} />
      ))}
      {ids.length < 2 ? (
        <p>{t('fusion.nothingToCompare')}</p>
      ) : (
        <>
          {sending !== null && <Going label={t('evidence.sending')} share={sending} />}
          <p className="muted">{t('fusion.deleted')}</p>
          <div className="row">
            <Button type="submit" loading={sending !== null} disabled={files.size === 1}>
              {t(byFiles ? 'fusion.sendFiles' : 'fusion.compareKnown')}
            </Button>
            {sending !== null && (
              <Button variant="default" onClick={stop}>
                {t('action.cancel')}
              </Button>
            )}
          </div>
        </>
      )}
    </form>
  );
}

function FileOf(props: {
  readonly dataset: string;
  readonly busy: boolean;
  readonly onChoose: (file: File | null) => void;
}) {
  const { t } = useTranslation();
  const record = useQuery(datasetQuery(props.dataset));
  const title = worded(record.data?.title) || props.dataset;
  return (
    <Card>
      <p className="row-title">
        <DatasetTitle id={props.dataset} title={record.data?.title} />
      </p>
      <label className="file-choice">
        {t('fusion.fileOf', { dataset: title })}
        <input
          type="file"
          name={props.dataset}
          accept={ACCEPT}
          disabled={props.busy}
          onChange={(event) => props.onChoose(event.currentTarget.files?.[0] ?? null)}
        />
      </label>
    </Card>
  );
}

/** Chosen files on their way: one attempt keeps its key, so that sending again after a broken line acts once. */
function useSending(ids: readonly string[], application: string | undefined) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const compared = useCommand<Started>();
  const [files, setFiles] = useState<ReadonlyMap<string, File>>(new Map());
  const [sending, setSending] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = useRef<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  const asked = ids.join();
  useEffect(() => {
    if (asked !== '') attempt.current = null;
  }, [asked]);
  const choose = (id: string, file: File | null) => {
    attempt.current = null;
    const next = new Map(files);
    if (file === null) next.delete(id);
    else next.set(id, file);
    setFiles(next);
  };
  const started = (signal: AbortSignal): Promise<Started> => {
    if (files.size < 2) return compared.mutateAsync({ path: PATH, body: { datasets: ids } });
    attempt.current ??= crypto.randomUUID();
    const body = new FormData();
    body.append('datasets', ids.join(','));
    for (const [id, file] of files) body.append(id, file);
    return upload<Started>({ path: PATH, body, idempotencyKey: attempt.current, signal, onProgress: setSending });
  };
  const send = async () => {
    const stop = new AbortController();
    stopping.current = stop;
    setError(null);
    setSending(0);
    try {
      const { id } = await started(stop.signal);
      attempt.current = null;
      void queryClient.invalidateQueries();
      await navigate({ to: '/fusion/$id', params: { id }, search: { case: application } });
    } catch (problem) {
      if (!ApiProblem.of(problem).isUncertain || stop.signal.aborted) attempt.current = null;
      if (!stop.signal.aborted) setError(problem);
    } finally {
      setSending(null);
    }
  };
  return { files, choose, sending, error, send, stop: () => stopping.current?.abort() };
}
