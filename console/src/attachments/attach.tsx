import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../api/types';
import { upload } from '../api/upload';
import { Going } from '../evidence/going';
import { ProblemPanel } from '../parts/states';
import { FileList } from './file-list';
import { PickKept } from './pick-kept';

const ACCEPT = '.pdf,.ofd,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.csv';

/** Documents of an application that is being written: each is sent at once and named by the draft when it is saved. */
export function Attach(props: {
  readonly files: readonly Attachment[];
  readonly error: string | undefined;
  readonly onFiles: (files: readonly Attachment[]) => void;
  /** Where one kind of document is asked for: what it is called, and the endings of its name. */
  readonly title?: string;
  readonly accept?: string;
}) {
  const { t } = useTranslation();
  const { files, error, onFiles, title = t('attachments.title'), accept = ACCEPT } = props;
  const [sending, setSending] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  const send = async (file: File) => {
    const stop = new AbortController();
    stopping.current = stop;
    setProblem(null);
    setSending(0);
    try {
      const path = `/api/attachments?name=${encodeURIComponent(file.name)}`;
      const type = 'application/octet-stream';
      const request = { path, body: file, type, idempotencyKey: crypto.randomUUID(), signal: stop.signal };
      const kept = await upload<Attachment>({ ...request, onProgress: setSending });
      onFiles([...files.filter(({ id }) => id !== kept.id), kept]);
    } catch (failure) {
      if (!stop.signal.aborted) setProblem(failure);
    } finally {
      setSending(null);
    }
  };
  return (
    <>
      <h3>{title}</h3>
      {error !== undefined && <p className="field-error">{error}</p>}
      <FileList files={files} onRemove={(id) => onFiles(files.filter((one) => one.id !== id))} />
      <label className="file-choice">
        {t('attachments.add')}
        <input
          type="file"
          accept={accept}
          disabled={sending !== null}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file !== undefined) void send(file);
          }}
        />
      </label>
      <PickKept files={files} accept={accept} onPick={(file) => onFiles([...files, file])} />
      {accept === ACCEPT && <p className="muted">{t('attachments.help')}</p>}
      {sending !== null && <Going label={t('attachments.sending')} share={sending} />}
      {problem !== null && <ProblemPanel error={problem} />}
    </>
  );
}
