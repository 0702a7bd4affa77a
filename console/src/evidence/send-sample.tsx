import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { upload } from '../api/upload';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Going } from './going';

const ACCEPT = '.csv,.tsv,.txt,.xlsx,.parquet,.json,.ndjson,.jsonl';

/** A file is sent, read on the server, and deleted there; the person is led to the assessment that is made of it. */
export function SendSample({ dataset }: { readonly dataset: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [headless, setHeadless] = useState(false);
  const [quasi, setQuasi] = useState('');
  const [sending, setSending] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = useRef<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  const send = async (chosen: File) => {
    const stop = new AbortController();
    stopping.current = stop;
    attempt.current ??= crypto.randomUUID();
    const form = new FormData();
    if (headless) form.append('header', 'none');
    if (quasi.trim() !== '') form.append('quasi', quasi);
    form.append('sample', chosen);
    setError(null);
    setSending(0);
    try {
      const path = `/api/datasets/${encodeURIComponent(dataset)}/assessments`;
      const request = {
        path,
        body: form,
        idempotencyKey: attempt.current,
        signal: stop.signal,
        onProgress: setSending,
      };
      const { id } = await upload<{ readonly id: string }>(request);
      attempt.current = null;
      void queryClient.invalidateQueries();
      await navigate({ to: '/classification/$id', params: { id } });
    } catch (problem) {
      if (!ApiProblem.of(problem).isUncertain || stop.signal.aborted) attempt.current = null;
      if (!stop.signal.aborted) setError(problem);
    } finally {
      setSending(null);
    }
  };
  return (
    <Card title={t('evidence.send')}>
      <p className="muted">{t('evidence.sendText')}</p>
      {error !== null && <ProblemPanel error={error} />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null && sending === null) void send(file);
        }}
      >
        <label className="file-choice">
          {t('evidence.file')}
          <input
            type="file"
            accept={ACCEPT}
            disabled={sending !== null}
            onChange={(event) => {
              attempt.current = null;
              setFile(event.currentTarget.files?.[0] ?? null);
            }}
          />
        </label>
        <Checkbox
          label={t('evidence.headless')}
          checked={headless}
          disabled={sending !== null}
          onChange={(event) => {
            attempt.current = null;
            setHeadless(event.currentTarget.checked);
          }}
        />
        <TextInput
          label={t('evidence.quasi')}
          description={t('evidence.quasiHelp')}
          value={quasi}
          disabled={sending !== null}
          onChange={(event) => {
            attempt.current = null;
            setQuasi(event.currentTarget.value);
          }}
        />
        {sending !== null && <Going label={t('evidence.sending')} share={sending} />}
        <div className="row">
          <Button type="submit" disabled={file === null} loading={sending !== null}>
            {t('evidence.sendFile')}
          </Button>
          {sending !== null && (
            <Button variant="default" onClick={() => stopping.current?.abort()}>
              {t('action.cancel')}
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}
